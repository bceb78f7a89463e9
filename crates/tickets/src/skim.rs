//! PostgreSQL: a look through the newest tickets of a scope, before the engine
//! is asked. An inverted index knows no order: of a word that stands everywhere it
//! would give all tickets of a span, to be sorted for a page of them. Of such a
//! word the newest few hold a page by themselves.

use sea_orm::{
    ColumnTrait, Iterable, QueryTrait,
    sea_query::{Expr, Query, SelectStatement},
};
use uuid::Uuid;
use visibility::{Flag, Viewer};

use crate::{
    entity::ticket::{Column, Entity},
    scope,
    search::{Search, newest_first},
    token::{TSQUERY, tsquery_of_spans},
};

/// How many of the newest are looked through.
const NEWEST: u64 = 300;

/// The list of what was found among the newest, if it is a page; else an empty one.
/// For who sees all of the scope.
pub(crate) fn a_page_of_the_newest(
    search: &Search<'_>,
    table: &'static str,
    scope: Uuid,
) -> SelectStatement {
    const PAGE: &str = "CASE WHEN count(*) >= $1 \
         THEN array_agg(skimmed.id ORDER BY skimmed.opened_at DESC, skimmed.id DESC) \
         ELSE CAST(ARRAY[] AS uuid[]) END";
    let limit = i64::try_from(search.limit).unwrap_or(i64::MAX);
    let found = among(newest(search), search, table, scope);
    Query::select()
        .expr(Expr::cust_with_values(PAGE, [limit]))
        .from_subquery(found, "skimmed")
        .take()
}

fn among(
    newest: SelectStatement,
    search: &Search<'_>,
    table: &'static str,
    scope: Uuid,
) -> SelectStatement {
    let visible = scope::visible_to(search.viewer);
    let mut select = search.filter.narrow_beside_the_desk(visible).into_query();
    // The words as in the last two spans, of which one may have hardly begun: what
    // stands in others is older, and found afterwards.
    let words = format!(
        "(SELECT words FROM {table} WHERE ticket_id = tickets.id) @@ {}",
        tsquery_of_spans("greatest($2 - 1, 0)", "$2")
    );
    let query = Expr::value(TSQUERY.query(scope, search.words, None));
    let span = search.latest_span();
    select.clear_selects();
    select
        .column((Entity, Column::Id))
        .column((Entity, Column::OpenedAt))
        .from_clear()
        .from_subquery(newest, Entity)
        .and_where(Expr::cust_with_exprs(words, [query, span]))
        .limit(search.limit);
    newest_first(&mut select);
    select
}

/// The newest tickets that can come into question, whatever the filter says: it
/// must not make this a long look.
fn newest(search: &Search<'_>) -> SelectStatement {
    let mut select = Query::select();
    select.columns(Column::iter()).from(Entity).limit(NEWEST);
    match search.viewer {
        Viewer::Client(client) => select
            .and_where(Column::CompanyId.eq(client.company))
            .and_where(Column::Flag.eq(Flag::ClientVisible)),
        Viewer::Staff(staff) => select.and_where(Column::WorkspaceId.eq(staff.workspace)),
    };
    if let Some(to) = search.filter.opened.to {
        select.and_where(Column::OpenedAt.lt(to));
    }
    search.behind_the_start(&mut select);
    newest_first(&mut select);
    select
}
