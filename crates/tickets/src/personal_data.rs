//! What a client user wrote in tickets, for handing it to them (OP-5).

use kernel::{ClientUserId, Doing, Fault};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};
use visibility::{Cx, Flag, Permission};

use crate::{
    entity::{entry, ticket},
    form::answers::{Answered, AnswersOf, answers},
    scope,
};

/// The most tickets, and the most entries, that are handed out at once.
const MOST: u64 = 10_000;
/// Tickets whose answers are read at once.
const AT_ONCE: usize = 500;

/// The tickets that concern a client user, with what was answered to their forms,
/// and the entries that they wrote, as JSON, the oldest first: what clients may see of them, since the person is to
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
    let mut answered = AnswersOf::new();
    let ids: Vec<_> = tickets.iter().map(|ticket| ticket.id).collect();
    for ids in ids.chunks(AT_ONCE) {
        answered.extend(answers(cx, ids).await?);
    }
    let tickets = tickets.into_iter().map(|ticket| {
        let answers = answered.remove(&ticket.id).unwrap_or_default();
        let answer =
            |answered: Answered| json!({ "field": answered.field.key, "answer": answered.value });
        json!({
            "number": ticket.number,
            "subject": ticket.subject,
            "description": ticket.description,
            "answers": answers.into_iter().map(answer).collect::<Vec<_>>(),
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
