//! The timeline of tickets, read for many tickets at once.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{BadPage, Cursor, Doing, Fault, Page, PageRequest, Slice};
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult, Iterable, QueryFilter, QueryTrait,
    sea_query::{Expr, ExprTrait, Order as Sort, Query, WindowStatement},
};
use uuid::Uuid;
use visibility::Cx;

use crate::{
    Entry, EntryId, TicketId,
    entity::entry::{Column, Entity},
    scope,
};

/// Tells the cursors of timelines apart from those of other lists.
const LIST: u8 = 20;

/// The cursor of an entry.
pub fn entry_cursor(entry: &Entry) -> String {
    Cursor::encode(LIST, &(entry.created_at, entry.id.0))
}

/// The cursor after which come the entries from `at` on.
pub fn from_on(at: DateTime<Utc>) -> String {
    Cursor::encode(LIST, &(at - TimeDelta::microseconds(1), Uuid::max()))
}

/// The entry, or [`Fault::NotFound`] when it does not exist for the viewer.
pub async fn entry_by_id(cx: &Cx<'_>, id: EntryId) -> Result<Entry, Fault> {
    let found = scope::entries_visible_to(cx.viewer)
        .filter(Column::Id.eq(id))
        .one(&cx.db())
        .await;
    found.doing("reading an entry")?.ok_or(Fault::NotFound)
}

/// Checks a page request for timelines.
pub fn check_page(request: &PageRequest) -> Result<Page<(DateTime<Utc>, Uuid)>, BadPage> {
    request.check(LIST)
}

/// The same page of the timeline of each ticket, oldest entry first. One
/// statement, however many tickets there are.
pub async fn timelines(
    cx: &Cx<'_>,
    tickets: &[TicketId],
    page: &Page<(DateTime<Utc>, Uuid)>,
) -> Result<HashMap<TicketId, Slice<Entry>>, Fault> {
    let mut of = Condition::all().add(Column::TicketId.is_in(tickets.iter().copied()));
    if let Some((at, id)) = page.after {
        let key = Expr::tuple([Column::CreatedAt.into_expr(), Column::Id.into_expr()]);
        of = of.add(ExprTrait::gt(
            key,
            Expr::tuple([Expr::value(at), Expr::value(id)]),
        ));
    }
    let limit = u64::from(page.size) + 1;
    let visible = scope::entries_visible_to(cx.viewer).filter(of);
    let rows = match tickets {
        [_] => one(cx, visible, limit).await?,
        _ => many(cx, visible, limit).await?,
    };
    let mut by_ticket: HashMap<TicketId, Vec<Entry>> = HashMap::new();
    for row in rows {
        by_ticket.entry(row.ticket_id).or_default().push(row);
    }
    Ok(by_ticket
        .into_iter()
        .map(|(ticket, rows)| (ticket, Slice::cut(rows, page.size)))
        .collect())
}

async fn one(
    cx: &Cx<'_>,
    visible: sea_orm::Select<Entity>,
    limit: u64,
) -> Result<Vec<Entry>, Fault> {
    use sea_orm::{QueryOrder, QuerySelect};
    let select = visible
        .order_by_asc(Column::CreatedAt)
        .order_by_asc(Column::Id)
        .limit(limit);
    select.all(&cx.db()).await.doing("reading a timeline")
}

/// Numbers the entries of each ticket and keeps the first `limit`.
#[expect(
    clippy::disallowed_methods,
    reason = "wraps a select that began in the scope"
)]
async fn many(
    cx: &Cx<'_>,
    visible: sea_orm::Select<Entity>,
    limit: u64,
) -> Result<Vec<Entry>, Fault> {
    use sea_orm::ConnectionTrait;
    let mut window = WindowStatement::partition_by((Entity, Column::TicketId));
    window
        .order_by((Entity, Column::CreatedAt), Sort::Asc)
        .order_by((Entity, Column::Id), Sort::Asc);
    let mut numbered = visible.into_query();
    numbered.expr_window_as(Expr::cust("ROW_NUMBER()"), window, "place");
    let mut select = Query::select();
    for column in Column::iter() {
        select.column(("numbered", column));
    }
    select
        .from_subquery(numbered, "numbered")
        .and_where(Expr::col(("numbered", "place")).lte(limit))
        .order_by(("numbered", Column::CreatedAt), Sort::Asc)
        .order_by(("numbered", Column::Id), Sort::Asc);
    let rows = cx
        .db()
        .query_all(&select)
        .await
        .doing("reading timelines")?;
    rows.iter()
        .map(|row| Entry::from_query_result(row, ""))
        .collect::<Result<_, _>>()
        .doing("understanding timelines")
}
