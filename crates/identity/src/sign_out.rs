//! Signing out: a session ends with all its tokens, or all of a user's do.

use kernel::{Fault, SessionId};
use serde_json::json;
use store::Work;
use uuid::Uuid;
use visibility::{
    Cx,
    audit::{self, Event},
};

use crate::{
    Realm,
    devices::holder,
    event,
    refresh::session_of_token,
    session::{revoke, revoke_all},
};

/// Ends the session that asks.
pub async fn sign_out(cx: &Cx<'_>) -> Result<(), Fault> {
    let (realm, user) = holder(cx.viewer);
    let session = cx.viewer.session();
    let tx = cx.begin().await?;
    revoke(&tx.executor(), realm, session, cx.now).await?;
    let person = (realm.user(), user);
    audit::enter(cx, &tx, ended("session.ended", person, session)).await?;
    tx.record(event::fact(cx, event::SESSION_ENDED, session.0));
    tx.commit().await
}

/// Ends every session of whoever asks, the one that asks included.
pub async fn sign_out_everywhere(cx: &Cx<'_>) -> Result<(), Fault> {
    let (realm, user) = holder(cx.viewer);
    let tx = cx.begin().await?;
    revoke_all(&tx.executor(), realm, user, cx.now).await?;
    let event = Event {
        kind: "session.allEnded",
        subject: Some((realm.user(), user)),
        ..Event::default()
    };
    audit::enter(cx, &tx, event).await?;
    tx.record(event::fact(cx, event::USER_SIGNED_OUT, user));
    tx.commit().await
}

/// Ends the session that a refresh token belongs to, for those whose access
/// token has ended before; answers whether there is one. A token that was spent
/// or has expired will do: whoever holds it wants the session to be over.
pub async fn sign_out_with(work: &Work<'_>, realm: Realm, token: &str) -> Result<bool, Fault> {
    let Some((session, workspace, user)) = session_of_token(work, realm, token).await? else {
        return Ok(false);
    };
    let tx = work.begin().await?;
    if revoke(&tx.executor(), realm, session, work.now).await? {
        let ended = ended("session.ended", (realm.user(), user), session);
        audit::enter_outside(work, &tx, workspace, ended).await?;
        let kind = event::SESSION_ENDED;
        let fact = event::of(work.uuid(), workspace, kind, session.0, work.now);
        tx.record(fact);
        tx.commit().await?;
    }
    Ok(true)
}

/// The end of a session, for the audit trail.
pub(crate) fn ended(
    kind: &'static str,
    person: (&'static str, Uuid),
    session: SessionId,
) -> Event<'static> {
    Event {
        kind,
        subject: Some(person),
        detail: Some(json!({ "session": session.0 })),
        ..Event::default()
    }
}
