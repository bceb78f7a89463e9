//! One piece of work: what a request or a reaction runs with, before it is
//! known who asks.

use chrono::{DateTime, Utc};
use kernel::{Entropy, Fault};
use uuid::Uuid;

use crate::{Store, Tx};

/// The store, the instant and the randomness of one request or reaction. The
/// instant is read once, so that everything in one request agrees on it.
#[derive(Clone, Copy)]
pub struct Work<'a> {
    /// Where the data is.
    pub store: &'a Store,
    /// The instant of this work.
    pub now: DateTime<Utc>,
    /// Where ids and secrets come from.
    pub entropy: &'a dyn Entropy,
}

impl Work<'_> {
    /// Begins a transaction that can write.
    pub async fn begin(&self) -> Result<Tx, Fault> {
        self.store.begin().await
    }

    /// A fresh id.
    pub fn uuid(&self) -> Uuid {
        kernel::uuid_v7(self.now, self.entropy)
    }
}
