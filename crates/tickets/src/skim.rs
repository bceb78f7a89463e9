//! PostgreSQL: a look through the newest tickets of a workspace, before the engine
//! is asked. An inverted index knows no order: of a word that stands everywhere it
//! would give all tickets of a span, to be sorted for a page of them. Of such a
//! word the newest few hold a page by themselves.

use kernel::WorkspaceId;
use sea_orm::{
    ColumnTrait, Iterable, QueryTrait,
    sea_query::{Expr, Query, SelectStatement},
};

use crate::{
    entity::ticket::{Column, Entity},
    scope,
    search::{Search, newest_first},
    token::{SPAN, SPAN_HERE},
};

/// How many of the newest are looked through.
const NEWEST: u64 = 400;

/// The list of what was found among the newest, if it is a page; else an empty one.
/// For staff who see all of their workspace.
pub(crate) fn a_page_of_the_newest(
    search: &Search<'_>,
    workspace: WorkspaceId,
    table: &'static str,
    query: String,
) -> SelectStatement {
    const PAGE: &str = "CASE WHEN count(*) >= $1 \
         THEN array_agg(skimmed.id ORDER BY skimmed.opened_at DESC, skimmed.id DESC) \
         ELSE CAST(ARRAY[] AS uuid[]) END";
    let limit = i64::try_from(search.limit).unwrap_or(i64::MAX);
    let found = among(newest(search, workspace), search, table, query);
    Query::select()
        .expr(Expr::cust_with_values(PAGE, [limit]))
        .from_subquery(found, "skimmed")
        .take()
}

fn among(
    newest: SelectStatement,
    search: &Search<'_>,
    table: &'static str,
    query: String,
) -> SelectStatement {
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
        .from_subquery(newest, Entity)
        .and_where(Expr::cust_with_values(words, [query]))
        .limit(search.limit);
    newest_first(&mut select);
    select
}

/// The newest tickets that can come into question, whatever the filter says: it
/// must not make this a long look.
fn newest(search: &Search<'_>, workspace: WorkspaceId) -> SelectStatement {
    let mut select = Query::select();
    select
        .columns(Column::iter())
        .from(Entity)
        .and_where(Column::WorkspaceId.eq(workspace))
        .limit(NEWEST);
    if let Some(to) = search.filter.opened.to {
        select.and_where(Column::OpenedAt.lt(to));
    }
    search.behind_the_start(&mut select);
    newest_first(&mut select);
    select
}
