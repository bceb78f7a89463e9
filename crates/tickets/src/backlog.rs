//! Tickets that wait to be written into what can be searched: those that were
//! there before it was, or all of them when it is made anew. For the operator's
//! own tools and the chores of a server, without a viewer: nothing is answered.

use kernel::{Doing, Fault};
use sea_orm::{
    ConnectionTrait, DbBackend,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType, OnConflict, Query},
};
use store::Store;
use uuid::Uuid;

use crate::{
    TicketId,
    entity::ticket,
    index,
    spans::{self, Sizes},
};

const TABLE: &str = "ticket_search_backlog";
/// Tickets of one transaction: on SQLite everybody else waits for it.
const BATCH: u64 = 100;

/// Begins anew: parts the time of every scope by the tickets there are, forgets all
/// documents, and puts every ticket into the backlog. A ticket is not found until it
/// is written again. Meanwhile, which is seconds for a million of them, nobody writes
/// a ticket.
#[expect(clippy::disallowed_methods, reason = "the tables of search")]
pub async fn fill(store: &Store) -> Result<(), Fault> {
    let tx = store.begin().await?;
    let db = tx.executor();
    for statement in match db.get_database_backend() {
        DbBackend::Sqlite => FORGET_ON_SQLITE,
        _ => FORGET_ON_POSTGRES,
    } {
        let done = db.execute_unprepared(statement).await;
        done.doing("forgetting documents")?;
    }
    spans::divide(&db, Sizes::of(db.get_database_backend())).await?;
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
    db.execute(&*insert).await.doing("filling the backlog")?;
    tx.commit().await
}

const FORGET_ON_SQLITE: &[&str] = &[
    "INSERT INTO ticket_search_portal (ticket_search_portal) VALUES ('delete-all')",
    "INSERT INTO ticket_search_staff (ticket_search_staff) VALUES ('delete-all')",
];

/// The lock waits for whoever is writing a ticket or its document: it would name a
/// span that is forgotten. Reading goes on. Millions of tickets take longer than a
/// statement of a server may.
const FORGET_ON_POSTGRES: &[&str] = &[
    "SET LOCAL statement_timeout = 0",
    "LOCK TABLE tickets, ticket_search_spans IN EXCLUSIVE MODE",
    "TRUNCATE ticket_search_portal, ticket_search_staff",
];

/// Writes some of the tickets that wait, the newest first; answers how many. Whoever
/// does the same at the same time takes others.
#[expect(clippy::disallowed_methods, reason = "the table of this file")]
pub async fn work_off(store: &Store) -> Result<usize, Fault> {
    let tx = store.begin().await?;
    let db = tx.executor();
    let mut some = Query::select();
    some.column("ticket_id")
        .from(TABLE)
        .order_by("ticket_id", sea_orm::Order::Desc)
        .limit(BATCH);
    if db.get_database_backend() == DbBackend::Postgres {
        some.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    }
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
