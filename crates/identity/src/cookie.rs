//! Sessions that a browser holds as a cookie: one secret, which no script can
//! read, instead of a pair of tokens.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Doing, Fault, SessionId};
use sea_orm::{
    ConnectionTrait, FromQueryResult,
    sea_query::{Expr, ExprTrait, Query},
};
use store::Work;
use uuid::Uuid;

use crate::{
    Realm,
    secret::Secret,
    session::{IDLE_LIFE, touch},
};

/// How old the last use may be before another one is noted.
pub const USE_NOTED: TimeDelta = TimeDelta::minutes(1);

/// The session that a cookie stands for. Which one it is never changes; whether
/// it is live does.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct CookieSession {
    /// The session.
    #[sea_orm(from_alias = "id")]
    pub session: SessionId,
    /// Whose it is.
    #[sea_orm(from_alias = "user_id")]
    pub user: Uuid,
    /// When it ends, however often it is used.
    pub expires_at: DateTime<Utc>,
    /// When it was used last, to the minute.
    pub last_used_at: DateTime<Utc>,
}

impl CookieSession {
    /// Whether it has neither ended nor lain idle too long at this instant, if
    /// this was its last use.
    pub fn lasts(&self, last_used_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        now < self.expires_at && now < last_used_at + IDLE_LIFE
    }
}

/// Whether this could be the value of a cookie of ours at all.
pub fn is_cookie(text: &str) -> bool {
    Secret::is_one(text)
}

/// What a cache may know a cookie by, without keeping it.
pub fn cookie_digest(text: &str) -> String {
    Secret::digest(text)
}

/// The session that the cookie with this digest stands for, if there is one and
/// it lasts. Its rights are another question: [`crate::viewer_of`].
#[expect(
    clippy::disallowed_methods,
    reason = "a cookie is what stands for the viewer here"
)]
pub async fn session_of_cookie(
    work: &Work<'_>,
    realm: Realm,
    digest: &str,
) -> Result<Option<CookieSession>, Fault> {
    let mut select = Query::select();
    select
        .columns(["id", "user_id", "expires_at", "last_used_at"])
        .from(realm.sessions())
        .and_where(Expr::col("cookie_hash").eq(digest))
        .and_where(Expr::col("revoked_at").is_null());
    let row = work
        .store
        .executor()
        .query_one(&select)
        .await
        .doing("looking a cookie up")?;
    let found = row
        .map(|row| CookieSession::from_query_result(&row, ""))
        .transpose()
        .doing("understanding a cookie's session")?;
    Ok(found.filter(|held| held.lasts(held.last_used_at, work.now)))
}

/// Notes that a session was used at this instant.
pub async fn note_use(work: &Work<'_>, realm: Realm, session: SessionId) -> Result<(), Fault> {
    let tx = work.begin().await?;
    touch(&tx.executor(), realm, session, work.now).await?;
    tx.commit().await
}
