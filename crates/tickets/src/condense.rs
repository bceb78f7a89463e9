//! SQLite: the engine keeps what was written in pieces, and asks each of them for
//! each word. Pieces are merged here, some pages at a time, so that nobody who
//! writes waits for long. PostgreSQL has one piece.

use kernel::{Doing, Fault};
use sea_orm::{
    ConnectionTrait, DatabaseExecutor, DbBackend, DbErr,
    sea_query::{Expr, Query},
};
use store::Store;

use crate::index::{PORTAL, STAFF};

/// Pages of one transaction: a fifth of a second.
const PAGES: i64 = 2_000;

/// What is merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pieces {
    /// All of them into one, which writes everything again.
    All,
    /// Those that are alike in size, and what was begun.
    Alike,
}

/// Merges some; answers whether there is more to do, which is asked for with
/// [`Pieces::Alike`].
pub async fn condense(store: &Store, pieces: Pieces) -> Result<bool, Fault> {
    let mut more = false;
    for table in [PORTAL, STAFF] {
        let tx = store.begin().await?;
        let merged = merge(&tx.executor(), table, pieces).await;
        more |= merged.doing("merging pieces of the search")?;
        tx.commit().await?;
    }
    Ok(more)
}

/// Whether anything was merged: the engine's own row counts as one change.
#[expect(clippy::disallowed_methods, reason = "the engine's own commands")]
async fn merge(
    db: &DatabaseExecutor<'_>,
    table: &'static str,
    pieces: Pieces,
) -> Result<bool, DbErr> {
    if db.get_database_backend() != DbBackend::Sqlite {
        return Ok(false);
    }
    let pages = match pieces {
        Pieces::All => -PAGES,
        Pieces::Alike => PAGES,
    };
    let mut command = Query::insert();
    command
        .into_table(table)
        .columns([table, "rank"])
        .values_panic(["merge".into(), pages.into()]);
    let before = changes(db).await?;
    db.execute(&command).await?;
    Ok(changes(db).await? - before > 1)
}

#[expect(clippy::disallowed_methods, reason = "counts, and reads nothing")]
async fn changes(db: &DatabaseExecutor<'_>) -> Result<i64, DbErr> {
    let select = Query::select()
        .expr_as(Expr::cust("total_changes()"), "changes")
        .take();
    let row = db.query_one(&select).await?;
    row.map_or(Ok(0), |row| row.try_get("", "changes"))
}
