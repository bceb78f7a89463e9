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

/// Somebody of the team changed; the subject is the staff user.
pub const STAFF_USER_CHANGED: &str = "staffUser.changed";
/// A company's standing or sharing changed; the subject is the company.
pub const COMPANY_CHANGED: &str = "company.changed";
/// A workspace's standing or modules changed; the subject is the workspace.
pub const WORKSPACE_CHANGED: &str = "workspace.changed";
/// A workspace began; the subject is the workspace.
pub const WORKSPACE_CREATED: &str = "workspace.created";
/// A credential of the portal waits to be mailed; the subject is the credential.
pub const CLIENT_CREDENTIAL_ISSUED: &str = "clientCredential.issued";
/// A credential of the team waits to be mailed; the subject is the credential.
pub const STAFF_CREDENTIAL_ISSUED: &str = "staffCredential.issued";
/// A client's password was set anew; the subject is the user.
pub const CLIENT_PASSWORD_CHANGED: &str = "clientPassword.changed";
/// A staff user's password was set anew; the subject is the user.
pub const STAFF_PASSWORD_CHANGED: &str = "staffPassword.changed";
/// Somebody with a confirmed address asks to join a company; the subject is the request.
pub const JOIN_REQUESTED: &str = "joinRequest.confirmed";
/// A request to join was granted; the subject is the new user.
pub const JOIN_APPROVED: &str = "joinRequest.approved";

pub(crate) fn credential_issued(realm: crate::Realm) -> &'static str {
    match realm {
        crate::Realm::Portal => CLIENT_CREDENTIAL_ISSUED,
        crate::Realm::Staff => STAFF_CREDENTIAL_ISSUED,
    }
}

pub(crate) fn password_changed(realm: crate::Realm) -> &'static str {
    match realm {
        crate::Realm::Portal => CLIENT_PASSWORD_CHANGED,
        crate::Realm::Staff => STAFF_PASSWORD_CHANGED,
    }
}

/// Whether a fact of this kind changes what somebody may see or do.
pub fn changes_rights(kind: &str) -> bool {
    [
        SESSION_ENDED,
        USER_SIGNED_OUT,
        CLIENT_USER_CHANGED,
        STAFF_USER_CHANGED,
        COMPANY_CHANGED,
        WORKSPACE_CHANGED,
    ]
    .contains(&kind)
}

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
