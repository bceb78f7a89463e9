//! Waiting for something that happens by itself, and not for ever.

use std::{
    future::Future,
    time::{Duration, Instant},
};

use tokio::time::{sleep, timeout};

/// How long anything may take before the test has failed. Far above any honest
/// time: nothing is measured by it.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// What the future comes to, within [`PATIENCE`].
pub async fn soon<T>(what: &str, future: impl Future<Output = T>) -> T {
    timeout(PATIENCE, future)
        .await
        .unwrap_or_else(|_| panic!("not within {} s: {what}", PATIENCE.as_secs()))
}

/// Asks again and again until the answer is yes.
pub async fn until(what: &str, question: impl AsyncFnMut() -> bool) {
    until_within(PATIENCE, what, question).await;
}

/// The same with a patience of its own.
pub async fn until_within(patience: Duration, what: &str, mut question: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !question().await {
        assert!(
            begun.elapsed() < patience,
            "not within {} s: {what}",
            patience.as_secs()
        );
        sleep(Duration::from_millis(10)).await;
    }
}
