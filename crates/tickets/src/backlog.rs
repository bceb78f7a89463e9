//! Tickets that wait to be written into what can be searched: those that were
//! there before it was, or all of them when it is made anew. For the operator's
//! own tools and the chores of a server, without a viewer: nothing is answered.

use kernel::{Doing, Fault};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, OnConflict, Query},
};
use store::Store;
use uuid::Uuid;

use crate::{TicketId, entity::ticket, index};

const TABLE: &str = "ticket_search_backlog";
/// Tickets of one transaction: on SQLite everybody else waits for it.
const BATCH: u64 = 100;

/// Puts every ticket into the backlog. The documents at hand stay in use until
/// they are replaced.
#[expect(clippy::disallowed_methods, reason = "the table of this file")]
pub async fn fill(store: &Store) -> Result<(), Fault> {
    let tx = store.begin().await?;
    let mut all = Query::select();
    all.column((ticket::Entity, ticket::Column::Id))
        .from(ticket::Entity)
        // SQLite would take `ON CONFLICT` for the condition of a join.
        .and_where(Expr::value(true));
    let mut insert = Query::insert();
    insert
        .into_table(TABLE)
        .columns(["ticket_id"])
        .on_conflict(OnConflict::column("ticket_id").do_nothing().to_owned());
    let insert = insert.select_from(all).map_err(|error| Fault::Database {
        doing: "filling the backlog",
        source: sea_orm::DbErr::Custom(error.to_string()),
    })?;
    tx.executor()
        .execute(&*insert)
        .await
        .doing("filling the backlog")?;
    tx.commit().await
}

/// Writes some of the tickets that wait; answers how many. Whoever does the same
/// at the same time does no harm.
#[expect(clippy::disallowed_methods, reason = "the table of this file")]
pub async fn work_off(store: &Store) -> Result<usize, Fault> {
    let tx = store.begin().await?;
    let db = tx.executor();
    let mut some = Query::select();
    some.column("ticket_id")
        .from(TABLE)
        .order_by("ticket_id", sea_orm::Order::Asc)
        .limit(BATCH);
    let rows = db.query_all(&some).await.doing("reading the backlog")?;
    let ids: Result<Vec<Uuid>, _> = rows
        .iter()
        .map(|row| row.try_get("", "ticket_id"))
        .collect();
    let ids = ids.doing("reading the backlog")?;
    if ids.is_empty() {
        return Ok(0);
    }
    let tickets: Vec<TicketId> = ids.iter().copied().map(TicketId).collect();
    index::renew(&db, &tickets).await?;
    let mut done = Query::delete();
    done.from_table(TABLE)
        .and_where(Expr::col("ticket_id").is_in(ids));
    db.execute(&done).await.doing("working the backlog off")?;
    tx.commit().await?;
    Ok(tickets.len())
}
