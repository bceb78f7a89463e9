//! The facts that this crate puts in the outbox.
//!
//! All of them are internal: they end sessions and live streams, and are
//! nobody's news.

use kernel::WorkspaceId;
use store::{Audience, Fact};
use uuid::Uuid;
use visibility::Cx;

/// A session ended before its time; the subject is the session.
pub const SESSION_ENDED: &str = "session.ended";
/// All sessions of a user ended; the subject is the user, of either realm.
pub const USER_SIGNED_OUT: &str = "user.signedOut";
/// A client user's rights or standing changed; the subject is the user.
pub const CLIENT_USER_CHANGED: &str = "clientUser.changed";

pub(crate) fn fact(cx: &Cx<'_>, kind: &'static str, subject: Uuid) -> Fact {
    of(cx.uuid(), cx.viewer.workspace(), kind, subject, cx.now)
}

pub(crate) fn of(
    id: Uuid,
    workspace: WorkspaceId,
    kind: &'static str,
    subject: Uuid,
    at: chrono::DateTime<chrono::Utc>,
) -> Fact {
    Fact {
        id,
        workspace,
        company: None,
        kind: kind.into(),
        subject,
        detail: None,
        audience: Audience::Internal,
        at,
    }
}
