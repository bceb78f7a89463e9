//! A whole list, page by page, for exports: as many statements as pages, and
//! the viewer of each page is the one who is asked for it.

use visibility::Cx;

use crate::{Filter, ListError, Order, Ticket, order::Start, read};

/// Rows of one page.
const PAGE: u32 = 500;

/// Where the next page begins.
pub struct Position(Start);

/// One page of the list, from the beginning or from a position on, and where
/// the next begins if there is one. One statement.
pub async fn export_page(
    cx: &Cx<'_>,
    filter: &Filter,
    order: Order,
    after: Option<&Position>,
) -> Result<(Vec<Ticket>, Option<Position>), ListError> {
    let after = after.map(|position| &position.0);
    let mut rows = read::rows(cx, filter, order, after, PAGE).await?;
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let last = rows.last().filter(|_| more);
    let next = last.map(|ticket| Position(order.behind(ticket)));
    Ok((rows, next))
}
