//! Buying the next pair of tokens with a refresh token (ID-3).
//!
//! A refresh token is good once. Using a spent one means that it was stolen,
//! from us or from its owner: the whole session ends, for the thief and the
//! owner alike.

use chrono::{DateTime, Utc};
use kernel::{Doing, Fault, SessionId, WorkspaceId};
use sea_orm::{
    ConnectionTrait, DatabaseExecutor, FromQueryResult,
    sea_query::{Expr, ExprTrait, Query, TableRef},
};
use store::{Tx, Work};
use uuid::Uuid;
use visibility::audit::enter_outside;

use crate::{
    NewSession, Realm, Tokens, event,
    secret::Secret,
    session::{insert_refresh_token, revoke, touch, viewer_of},
    sign_out::ended,
};

/// Why a refresh failed.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// Unknown, expired or spent, or its session has ended.
    #[error("this refresh token is not valid")]
    InvalidToken,
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

#[derive(FromQueryResult)]
struct Row {
    session_id: SessionId,
    workspace_id: WorkspaceId,
    user_id: Uuid,
    expires_at: DateTime<Utc>,
}

/// Spends a refresh token for the next pair. Of two uses at once one wins; the
/// other counts as reuse.
pub async fn refresh(
    work: &Work<'_>,
    realm: Realm,
    tokens: &Tokens,
    text: &str,
) -> Result<NewSession, RefreshError> {
    let hash = Secret::digest(text);
    let row = find(work, realm, &hash)
        .await?
        .ok_or(RefreshError::InvalidToken)?;
    // Before the transaction, since it reads through a connection of its own.
    let viewer = viewer_of(work, realm, row.session_id, row.user_id).await?;
    if viewer.is_none() || row.expires_at <= work.now {
        return Err(RefreshError::InvalidToken);
    }
    let tx = work.begin().await?;
    if !spend(&tx.executor(), realm, &hash, work.now).await? {
        return Err(reused(work, realm, &row, tx).await?);
    }
    let (new, next) = NewSession::issue(work, tokens, realm, row.user_id, row.session_id);
    insert_refresh_token(&tx.executor(), realm, row.session_id, &next, work.now).await?;
    touch(&tx.executor(), realm, row.session_id, work.now).await?;
    tx.commit().await?;
    Ok(new)
}

/// The session that a refresh token belongs to, its workspace and its user.
pub(crate) async fn session_of_token(
    work: &Work<'_>,
    realm: Realm,
    text: &str,
) -> Result<Option<(SessionId, WorkspaceId, Uuid)>, Fault> {
    let row = find(work, realm, &Secret::digest(text)).await?;
    Ok(row.map(|row| (row.session_id, row.workspace_id, row.user_id)))
}

async fn reused(work: &Work<'_>, realm: Realm, row: &Row, tx: Tx) -> Result<RefreshError, Fault> {
    if revoke(&tx.executor(), realm, row.session_id, work.now).await? {
        tracing::warn!(realm = realm.name(), session = %row.session_id, "a spent refresh token was used; the session ends");
        let person = (realm.user(), row.user_id);
        let ended = ended("session.tokenReused", person, row.session_id);
        enter_outside(work, &tx, row.workspace_id, ended).await?;
        tx.record(event::of(
            work.uuid(),
            row.workspace_id,
            event::SESSION_ENDED,
            row.session_id.0,
            work.now,
        ));
        tx.commit().await?;
    }
    Ok(RefreshError::InvalidToken)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a refresh token is what stands for the viewer here"
)]
async fn find(work: &Work<'_>, realm: Realm, hash: &str) -> Result<Option<Row>, Fault> {
    let mut select = Query::select();
    select
        .columns([("t", "session_id"), ("t", "expires_at")])
        .columns([("s", "workspace_id"), ("s", "user_id")])
        .from_as(realm.refresh_tokens(), "t")
        .inner_join(
            TableRef::Table(realm.sessions().into(), Some("s".into())),
            Expr::col(("s", "id")).equals(("t", "session_id")),
        )
        .and_where(Expr::col(("t", "hash")).eq(hash));
    let row = work
        .store
        .executor()
        .query_one(&select)
        .await
        .doing("looking a refresh token up")?;
    row.map(|row| Row::from_query_result(&row, ""))
        .transpose()
        .doing("understanding a refresh token")
}

/// Marks the token as spent; answers false when it already was.
#[expect(
    clippy::disallowed_methods,
    reason = "a refresh token is what stands for the viewer here"
)]
async fn spend(
    db: &DatabaseExecutor<'_>,
    realm: Realm,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let mut update = Query::update();
    update
        .table(realm.refresh_tokens())
        .value("spent_at", now)
        .and_where(Expr::col("hash").eq(hash))
        .and_where(Expr::col("spent_at").is_null());
    let done = db
        .execute(&update)
        .await
        .doing("spending a refresh token")?;
    Ok(done.rows_affected() > 0)
}
