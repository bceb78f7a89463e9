//! Showing a ticket to clients, or withdrawing it (VI-2, VI-3).

use kernel::{Doing, Fault, Prose, TextError};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use visibility::{Cx, Flag, Permission, ledger};

use crate::{
    Ticket, TicketId,
    entity::ticket::{Column, Entity},
    event, index,
    merged::carry_flag,
    scope,
};

/// Why the flag stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum SetFlagError {
    /// The reason cannot be taken.
    #[error(transparent)]
    Reason(#[from] TextError),
    /// The ticket already carries that flag.
    #[error("nothing to change")]
    Unchanged,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Sets the ticket's flag and enters the change in the ledger. Needs `tickets.flag`.
pub async fn set_flag(
    cx: &Cx<'_>,
    id: TicketId,
    flag: Flag,
    reason: &str,
) -> Result<Ticket, SetFlagError> {
    cx.viewer.may(Permission::TicketsFlag)?;
    let reason = Prose::parse(reason)?.into_string();
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let before = scope::by_id(&within, id).await?;
    let ticket = write(&within, &before, flag)
        .await?
        .ok_or(SetFlagError::Unchanged)?;
    let change = ledger::Change {
        record_kind: "ticket",
        record: id.0,
        from: before.flag,
        to: flag,
        reason: &reason,
    };
    ledger::enter(cx, &tx, change).await?;
    carry_flag(&within, &ticket, flag).await?;
    index::renew(&within.db(), &[id]).await?;
    let kind = if flag == Flag::ClientVisible {
        event::SHOWN
    } else {
        event::HIDDEN
    };
    event::record(cx, &tx, kind, &ticket, None);
    tx.commit().await?;
    Ok(ticket)
}

/// Answers none when the ticket has got the flag in the meantime: the write
/// itself tests the flag that the ledger will call the one before.
#[expect(clippy::disallowed_methods, reason = "the ticket was read in scope")]
async fn write(cx: &Cx<'_>, ticket: &Ticket, flag: Flag) -> Result<Option<Ticket>, Fault> {
    if ticket.flag == flag {
        return Ok(None);
    }
    let update = Entity::update_many()
        .col_expr(Column::Flag, Expr::value(flag))
        .filter(Column::Id.eq(ticket.id))
        .filter(Column::Flag.eq(ticket.flag));
    let rows = update
        .exec_with_returning(&cx.db())
        .await
        .doing("changing a flag")?;
    Ok(rows.into_iter().next())
}
