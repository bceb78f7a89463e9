//! Which items a ticket is about. Clients' side of a ticket stays as it is: what
//! they see of items is decided by the items' own scope.

use std::collections::BTreeSet;

use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use visibility::{Cx, Permission};

use super::{ItemId, scope};
use crate::{
    Ticket, TicketId,
    entity::{
        item,
        ticket_item::{Column, Entity, Model},
    },
    event, index, scope as tickets,
};

/// Items that one ticket can be about.
pub const MOST_ITEMS: usize = 100;

/// Why a ticket stays with the items that it has.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// The ticket's company has no such item.
    #[error("the ticket's company has no such item")]
    UnknownItem,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Says which items a ticket is about: these, and no others. Needs `tickets.write`.
#[expect(clippy::disallowed_methods, reason = "the ticket was read in scope")]
pub async fn set_ticket_items(
    cx: &Cx<'_>,
    id: TicketId,
    items: &[ItemId],
) -> Result<Ticket, LinkError> {
    cx.viewer.may(Permission::TicketsWrite)?;
    let wanted: BTreeSet<ItemId> = items.iter().copied().collect();
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let ticket = tickets::by_id(&within, id).await?;
    // One after the other: of two who set them at once, the second has it.
    index::wait_for(&within.db(), &[id]).await?;
    let known = scope::visible_to(cx.viewer)
        .select_only()
        .column(item::Column::Id)
        .filter(item::Column::CompanyId.eq(ticket.company_id))
        .filter(item::Column::Id.is_in(wanted.iter().copied()))
        .into_tuple::<ItemId>()
        .all(&within.db())
        .await;
    let known = known.doing("reading configuration items")?;
    if known.len() != wanted.len() {
        return Err(LinkError::UnknownItem);
    }
    let delete = Entity::delete_many().filter(Column::TicketId.eq(id));
    let deleted = delete.exec(&within.db()).await;
    deleted.doing("changing what a ticket is about")?;
    let link = |item_id| Model {
        ticket_id: id,
        item_id,
        company_id: ticket.company_id,
    };
    tx.write_all::<Entity>(wanted.into_iter().map(link)).await?;
    event::record(cx, &tx, event::ITEMS_CHANGED, &ticket, None);
    tx.commit().await?;
    Ok(ticket)
}
