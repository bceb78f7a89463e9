//! Removing what is left of sessions, credentials and requests that ended long
//! ago, and of counts that are full again.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Doing, Fault};
use sea_orm::{
    ConnectionTrait,
    sea_query::{DeleteStatement, Expr, ExprTrait, Query},
};
use store::Work;

use crate::{Realm, join::JoinStatus, throttle::KNOWN};

/// How long an ended session is kept, for whoever looks into what happened.
const KEPT: TimeDelta = TimeDelta::days(30);
/// Rows of one statement at most: others want to write, too.
const BATCH: u64 = 500;
/// Batches of one call and table at most; the next call goes on.
const BATCHES: usize = 200;

/// Removes refresh tokens that have expired, sessions and credentials that ended
/// 30 days ago, and the rest that nobody asks for any more; answers how many rows. Called every hour.
pub async fn sweep(work: &Work<'_>) -> Result<u64, Fault> {
    let mut removed = 0;
    for realm in [Realm::Portal, Realm::Staff] {
        // Tokens first: a session goes when nothing refers to it any more.
        removed += repeat(work, &expired_tokens(realm, work.now)).await?;
        removed += repeat(work, &ended_sessions(realm, work.now - KEPT)).await?;
        removed += repeat(work, &expired_credentials(realm, work.now - KEPT)).await?;
    }
    // Nothing confirms them any more a day after they were made.
    let unconfirmed = Expr::col("created_at").lte(work.now - TimeDelta::days(2));
    let unseen = unconfirmed
        .clone()
        .and(Expr::col("status").eq(JoinStatus::Unconfirmed));
    let decided = Expr::col("decided_at").lte(work.now - KEPT);
    let full = Expr::col("full_at").lte(work.now.timestamp_micros());
    let strange = Expr::col("seen_at").lte(work.now - KNOWN);
    for (table, key, gone) in [
        ("sign_ups", "id", unconfirmed),
        ("join_requests", "id", unseen.or(decided)),
        ("throttles", "key", full),
        ("known_networks", "account", strange),
    ] {
        removed += repeat(work, &rows_of(table, key, gone)).await?;
    }
    Ok(removed)
}

/// An expired token answers as one that never was.
fn expired_tokens(realm: Realm, now: DateTime<Utc>) -> DeleteStatement {
    let mut some = Query::select();
    some.column("hash")
        .from(realm.refresh_tokens())
        .and_where(Expr::col("expires_at").lte(now))
        .limit(BATCH);
    Query::delete()
        .from_table(realm.refresh_tokens())
        .and_where(Expr::col("hash").in_subquery(some))
        .take()
}

/// Rows of a table for which a condition holds, some at a time.
fn rows_of(table: &'static str, key: &'static str, gone: Expr) -> DeleteStatement {
    let mut some = Query::select();
    some.column(key)
        .from(table)
        .and_where(gone.clone())
        .limit(BATCH);
    Query::delete()
        .from_table(table)
        .and_where(Expr::col(key).in_subquery(some))
        .and_where(gone)
        .take()
}

/// What nobody can redeem; its secrets go with it.
fn expired_credentials(realm: Realm, before: DateTime<Utc>) -> DeleteStatement {
    rows_of(
        realm.credentials(),
        "id",
        Expr::col("expires_at").lte(before),
    )
}

fn ended_sessions(realm: Realm, before: DateTime<Utc>) -> DeleteStatement {
    let mut tokens = Query::select();
    tokens
        .expr(Expr::val(1))
        .from_as(realm.refresh_tokens(), "t")
        .and_where(Expr::col(("t", "session_id")).equals(("s", "id")));
    let expired = Expr::col(("s", "expires_at")).lte(before);
    let revoked = Expr::col(("s", "revoked_at")).lte(before);
    let mut some = Query::select();
    some.column(("s", "id"))
        .from_as(realm.sessions(), "s")
        .and_where(expired.or(revoked))
        .and_where(Expr::exists(tokens).not())
        .limit(BATCH);
    Query::delete()
        .from_table(realm.sessions())
        .and_where(Expr::col("id").in_subquery(some))
        .take()
}

/// Runs the statement, each time in a transaction of its own, until it finds
/// no full batch any more.
#[expect(
    clippy::disallowed_methods,
    reason = "what has ended is nobody's any more"
)]
async fn repeat(work: &Work<'_>, statement: &DeleteStatement) -> Result<u64, Fault> {
    let mut removed = 0;
    for _ in 0..BATCHES {
        let tx = work.begin().await?;
        let done = tx.executor().execute(statement).await;
        let rows = done.doing("removing ended sessions")?.rows_affected();
        tx.commit().await?;
        removed += rows;
        if rows < BATCH {
            break;
        }
    }
    Ok(removed)
}
