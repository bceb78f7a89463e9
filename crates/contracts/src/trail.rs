//! Entries of the audit trail about contracts and what they promise.

use kernel::Fault;
use serde_json::Value;
use store::Tx;
use uuid::Uuid;
use visibility::{
    Cx,
    audit::{self, Event},
};

/// Enters what the viewer does to a record.
pub(crate) async fn enter(
    cx: &Cx<'_>,
    tx: &Tx,
    kind: &'static str,
    subject: (&'static str, Uuid),
    detail: Option<Value>,
) -> Result<(), Fault> {
    let event = Event {
        kind,
        subject: Some(subject),
        detail,
        ..Event::default()
    };
    audit::enter(cx, tx, event).await
}
