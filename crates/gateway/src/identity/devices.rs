//! Sessions as the API shows them.

use ::identity::Device;
use async_graphql::{ID, Object};
use chrono::{DateTime, Utc};
use visibility::Viewer;

use crate::node::Kind;

/// A live session: somewhere that somebody is signed in. Seen by themselves,
/// and by admins of their company.
pub(crate) struct DeviceSessionNode {
    row: Device,
    current: bool,
}

impl DeviceSessionNode {
    pub(crate) fn new(row: Device, viewer: &Viewer) -> Self {
        let current = row.id == viewer.session();
        Self { row, current }
    }
}

/// A live session: somewhere that somebody is signed in. Seen by themselves,
/// and by admins of their company.
#[Object(name = "DeviceSession")]
impl DeviceSessionNode {
    /// The global id: opaque, stable, and good for `node` and `sessionRevoke`.
    pub(crate) async fn id(&self) -> ID {
        Kind::DeviceSession.id(self.row.id.0)
    }

    /// When the person signed in.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at
    }

    /// When it was last used: refreshed or, in a browser that holds a cookie,
    /// used at all, to the minute.
    async fn last_used_at(&self) -> DateTime<Utc> {
        self.row.last_used_at
    }

    /// When it ends unless it is used before.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.row.ends_at()
    }

    /// What the program that signed in says of itself; none if it said nothing.
    async fn agent(&self) -> Option<&str> {
        self.row.agent.as_deref()
    }

    /// The network that the person signed in from, such as `192.0.2.0/24`; none
    /// if it is not known.
    async fn network(&self) -> Option<&str> {
        self.row.network.as_deref()
    }

    /// Whether this is the session that asks.
    async fn current(&self) -> bool {
        self.current
    }
}
