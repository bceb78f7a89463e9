//! PostgreSQL: a look through the newest tickets of a workspace, before the engine
//! is asked. An inverted index knows no order: of a word that stands everywhere it
//! would give all tickets of a span, to be sorted for a page of them. Of such a
//! word the newest few hold a page by themselves.

use sea_orm::{
    ColumnTrait, Iterable, Order, QueryTrait,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use visibility::Viewer;

use crate::{
    entity::ticket::{Column, Entity},
    scope,
    search::Search,
    token::{SPAN, SPAN_HERE},
};

/// How many of the newest are looked through.
const NEWEST: u64 = 400;

/// The list of what was found among the newest, if it is a page; else an empty one.
pub(crate) fn a_page_of_the_newest(
    search: &Search<'_>,
    table: &'static str,
    query: String,
) -> SelectStatement {
    let page = format!(
        "CASE WHEN count(*) >= $1 THEN array_agg(skimmed.id ORDER BY skimmed.opened_at DESC, skimmed.id DESC) \
         ELSE {} END",
        "CAST(ARRAY[] AS uuid[])"
    );
    let limit = i64::try_from(search.limit).unwrap_or(i64::MAX);
    Query::select()
        .expr(Expr::cust_with_values(page, [limit]))
        .from_subquery(among_the_newest(search, table, query), "skimmed")
        .take()
}

fn among_the_newest(search: &Search<'_>, table: &'static str, query: String) -> SelectStatement {
    let visible = scope::visible_to(search.viewer);
    let mut select = search.filter.narrow_beside_the_desk(visible).into_query();
    // Each ticket is asked for the words of its own span; one by one, by its key.
    let words = format!(
        "(SELECT words FROM {table} WHERE ticket_id = tickets.id) @@ CAST(replace($1, '{SPAN_HERE}', lpad(to_hex(\
         CAST(floor(extract(epoch FROM tickets.opened_at)) AS bigint) >> {SPAN}), 3, '0')) AS tsquery)"
    );
    select.clear_selects();
    select
        .column((Entity, Column::Id))
        .column((Entity, Column::OpenedAt))
        .from_clear()
        .from_subquery(newest(search), Entity)
        .and_where(Expr::cust_with_values(words, [query]))
        .order_by((Entity, Column::OpenedAt), Order::Desc)
        .order_by((Entity, Column::Id), Order::Desc)
        .limit(search.limit)
        .take()
}

/// The newest tickets that can come into question, whatever the filter says: it
/// must not make this a long look.
fn newest(search: &Search<'_>) -> SelectStatement {
    let mut select = Query::select();
    select.columns(Column::iter()).from(Entity);
    match search.viewer {
        Viewer::Client(client) => select.and_where(Column::CompanyId.eq(client.company)),
        Viewer::Staff(staff) => select.and_where(Column::WorkspaceId.eq(staff.workspace)),
    };
    if let Some(to) = search.filter.opened.to {
        select.and_where(Column::OpenedAt.lt(to));
    }
    if let Some((at, id)) = search.after {
        let key = Expr::tuple([Column::OpenedAt.into_expr(), Column::Id.into_expr()]);
        let start = Expr::tuple([Expr::value(at), Expr::value(id)]);
        select.and_where(ExprTrait::lt(key, start));
    }
    select
        .order_by(Column::OpenedAt, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(NEWEST)
        .take()
}
