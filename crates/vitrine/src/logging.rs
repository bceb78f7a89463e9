//! Where the log goes: standard error, one JSON object a line, or plain text
//! for people at a terminal. It holds no secret and no client content.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Starts the log with a filter such as `info` or `gateway=debug`.
pub(crate) fn start(filter: &str) -> Result<(), String> {
    let filter = EnvFilter::try_new(filter).map_err(|error| format!("VITRINE_LOG: {error}"))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        log.compact().init();
    } else {
        log.json().init();
    }
    Ok(())
}
