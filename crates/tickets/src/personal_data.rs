//! What a client user wrote in tickets, for handing it to them (OP-5).

use kernel::{ClientUserId, Doing, Fault};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};
use visibility::{Cx, Flag, Permission};

use crate::{
    entity::{entry, ticket},
    scope,
};

/// The most tickets, and the most entries, that are handed out at once.
const MOST: u64 = 10_000;

/// The tickets that concern a client user and the entries that they wrote, as
/// JSON, the oldest first: what clients may see of them, since the person is to
/// read it. Needs `customers.erase`.
pub async fn written_by(cx: &Cx<'_>, user: ClientUserId) -> Result<Value, Fault> {
    cx.viewer.may(Permission::CustomersErase)?;
    let tickets = scope::visible_to(cx.viewer)
        .filter(ticket::Column::RequesterId.eq(user))
        .filter(ticket::Column::Flag.eq(Flag::ClientVisible))
        .order_by_asc(ticket::Column::OpenedAt)
        .limit(MOST)
        .all(&cx.db())
        .await
        .doing("reading a person's tickets")?;
    let entries = scope::entries_visible_to(cx.viewer)
        .filter(entry::Column::ClientUserId.eq(user))
        .filter(entry::Column::Flag.eq(Flag::ClientVisible))
        .filter(ticket::Column::Flag.eq(Flag::ClientVisible))
        .order_by_asc(entry::Column::CreatedAt)
        .limit(MOST)
        .all(&cx.db())
        .await
        .doing("reading a person's entries")?;
    let tickets = tickets.into_iter().map(|ticket| {
        json!({
            "number": ticket.number,
            "subject": ticket.subject,
            "description": ticket.description,
            "openedAt": ticket.opened_at,
        })
    });
    let entries = entries.into_iter().map(|entry| {
        json!({
            "ticket": entry.ticket_id.to_string(),
            "body": entry.body,
            "createdAt": entry.created_at,
        })
    });
    Ok(json!({
        "opened": tickets.collect::<Vec<_>>(),
        "written": entries.collect::<Vec<_>>(),
    }))
}
