//! Reads of tickets, each from the scope on.

use kernel::{BadPage, Doing, Fault, PageRequest, Slice};
use sea_orm::{ColumnTrait, QueryFilter, QuerySelect, Select};
use visibility::Cx;

use crate::{
    Order, Status, Ticket, TicketId,
    entity::ticket::{Column, Entity},
    scope,
};

/// Which tickets of the scope a list shows; empty lists mean all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only tickets in one of these.
    pub status: Vec<Status>,
    /// Only tickets of one of these categories, by key.
    pub category: Vec<String>,
}

impl Filter {
    fn narrow(&self, mut select: Select<Entity>) -> Select<Entity> {
        if !self.status.is_empty() {
            select = select.filter(Column::Status.is_in(self.status.iter().copied()));
        }
        if !self.category.is_empty() {
            // No category holds a NUL, which PostgreSQL would refuse as a parameter.
            let known = self.category.iter().filter(|key| !key.contains('\0'));
            select = select.filter(Column::Category.is_in(known));
        }
        select
    }
}

/// Why a list was refused.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The page request is wrong.
    #[error(transparent)]
    Page(#[from] BadPage),
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The ticket, or [`Fault::NotFound`] when it does not exist for the viewer.
pub async fn by_id(cx: &Cx<'_>, id: TicketId) -> Result<Ticket, Fault> {
    scope::by_id(cx, id).await
}

/// Those of the tickets that the viewer can see, in no order.
pub async fn by_ids(cx: &Cx<'_>, ids: &[TicketId]) -> Result<Vec<Ticket>, Fault> {
    scope::visible_to(cx.viewer)
        .filter(Column::Id.is_in(ids.iter().copied()))
        .all(&cx.db())
        .await
        .doing("reading tickets")
}

/// A page of the tickets that the viewer can see. One statement.
pub async fn list(
    cx: &Cx<'_>,
    filter: &Filter,
    order: Order,
    page: &PageRequest,
) -> Result<Slice<Ticket>, ListError> {
    let page = order.check(page)?;
    let limit = u64::from(page.size) + 1;
    let mut ways: Vec<_> = scope::ways_to(cx.viewer)
        .into_iter()
        .map(|way| order.apply(filter.narrow(way), page.after.as_ref()))
        .map(|way| way.limit(limit))
        .collect();
    let select = match ways.len() {
        1 => ways.swap_remove(0),
        _ => order.apply(scope::joined(ways), None).limit(limit),
    };
    let rows = select.all(&cx.db()).await;
    Ok(Slice::cut(rows.doing("listing tickets")?, page.size))
}
