//! Signing out: the session ends, with all its tokens.

use kernel::Fault;
use visibility::{Cx, Viewer};

use crate::{Realm, event, session::revoke};

/// Ends the session that asks.
pub async fn sign_out(cx: &Cx<'_>) -> Result<(), Fault> {
    let realm = match cx.viewer {
        Viewer::Client(_) => Realm::Portal,
        Viewer::Staff(_) => Realm::Staff,
    };
    let session = cx.viewer.session();
    let tx = cx.begin().await?;
    revoke(&tx.executor(), realm, session, cx.now).await?;
    tx.record(event::fact(cx, event::SESSION_ENDED, session.0));
    tx.commit().await
}
