//! The settings of mail, and the address that its links begin with.

use std::net::SocketAddr;

use super::{BadSetting, address::is_fit};
use notifications::{SmtpServer, is_address};

/// Who sends mails where there is no server to insist.
const NOBODY: &str = "vitrine@localhost";

/// How mails leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MailSettings {
    /// The server that takes them; without one they go to a folder (demo and
    /// development), or wait.
    pub(crate) smtp: Option<SmtpServer>,
    /// The sender's address.
    pub(crate) from: String,
}

impl MailSettings {
    pub(super) fn check(smtp: Option<&str>, from: Option<String>) -> Result<Self, BadSetting> {
        let smtp = smtp
            .map(SmtpServer::parse)
            .transpose()
            .map_err(|error| BadSetting(format!("VITRINE_SMTP_URL: {error}")))?;
        let from = match from {
            Some(from) if is_address(&from) => from,
            Some(from) => {
                let text = format!(
                    "VITRINE_MAIL_FROM: `{from}` is no address, such as portal@glass.example"
                );
                return Err(BadSetting(text));
            }
            None if smtp.is_some() => {
                let text = "VITRINE_MAIL_FROM: VITRINE_SMTP_URL needs it: the sender's address";
                return Err(BadSetting(text.to_owned()));
            }
            None => NOBODY.to_owned(),
        };
        Ok(Self { smtp, from })
    }
}

/// What links begin with: as set, else where a process on loopback listens.
/// Never what a request says of its host.
pub(super) fn public_url(
    written: Option<&str>,
    listen: SocketAddr,
    mail: &MailSettings,
) -> Result<Option<String>, BadSetting> {
    let Some(written) = written else {
        if listen.ip().is_loopback() {
            return Ok(Some(format!("http://{listen}")));
        }
        if mail.smtp.is_some() {
            let text = "VITRINE_PUBLIC_URL: VITRINE_SMTP_URL needs it: what links in mails begin with, such as https://portal.example";
            return Err(BadSetting(text.to_owned()));
        }
        return Ok(None);
    };
    if !is_fit(written) {
        let text = format!(
            "VITRINE_PUBLIC_URL: `{written}` is no address for links, such as https://portal.example; http is for this machine alone"
        );
        return Err(BadSetting(text));
    }
    Ok(Some(written.trim_end_matches('/').to_owned()))
}
