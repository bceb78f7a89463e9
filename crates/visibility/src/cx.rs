//! The first argument of every domain call.

use chrono::{DateTime, Utc};
use kernel::{Entropy, Fault};
use sea_orm::DatabaseExecutor;
use store::{Store, Tx, Work};
use uuid::Uuid;

use crate::Viewer;

/// Who asks, when, and through which connection. Without a viewer there is no
/// `Cx`, and without a `Cx` no domain read: no authorisation, no connection.
#[derive(Clone, Copy)]
pub struct Cx<'a> {
    /// Who asks.
    pub viewer: &'a Viewer,
    /// The instant of the request.
    pub now: DateTime<Utc>,
    /// Where ids come from.
    pub entropy: &'a dyn Entropy,
    store: &'a Store,
    tx: Option<&'a Tx>,
}

impl<'a> Cx<'a> {
    /// The context of one request of `viewer`.
    pub fn new(viewer: &'a Viewer, work: &Work<'a>) -> Self {
        Self {
            viewer,
            now: work.now,
            entropy: work.entropy,
            store: work.store,
            tx: None,
        }
    }

    /// The executor for one statement: the transaction's, if there is one.
    pub fn db(&self) -> DatabaseExecutor<'a> {
        match self.tx {
            Some(tx) => tx.executor(),
            None => self.store.executor(),
        }
    }

    /// Begins the transaction of a command.
    pub async fn begin(&self) -> Result<Tx, Fault> {
        self.store.begin().await
    }

    /// The same context inside a transaction.
    pub fn within<'b>(&'b self, tx: &'b Tx) -> Cx<'b> {
        Cx {
            viewer: self.viewer,
            now: self.now,
            entropy: self.entropy,
            store: self.store,
            tx: Some(tx),
        }
    }

    /// A fresh id.
    pub fn uuid(&self) -> Uuid {
        kernel::uuid_v7(self.now, self.entropy)
    }
}
