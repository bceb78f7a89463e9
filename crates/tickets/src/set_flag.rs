//! Showing a ticket to clients, or withdrawing it (VI-2, VI-3).

use kernel::{Doing, Fault, Prose, TextError};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use visibility::{Cx, Flag, Permission, ledger};

use crate::{
    Ticket, TicketId,
    entity::ticket::{Column, Entity},
    event, index,
    merge_flags::{Merges, requester_sees},
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
    /// It was merged into a ticket that clients would not see.
    #[error("clients would see the ticket and not the one it was merged into")]
    TargetHidden,
    /// Its requester would see it, and not the ticket that it was merged into.
    #[error("the requester could not see the ticket that it was merged into")]
    RequesterCannotSee,
    /// Tickets that clients see were merged into it.
    #[error("clients see tickets that were merged into it")]
    HasMerged,
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
    scope::by_id(&within, id).await?;
    let merges = Merges::held(&within, id).await?;
    // Anew: what was waited for may have changed it.
    let before = scope::by_id(&within, id).await?;
    if before.flag == flag {
        return Err(SetFlagError::Unchanged);
    }
    leaves_nobody(&within, &before, &merges, flag).await?;
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
    let told = merges.carry_flag(&within, flag).await?;
    index::renew(&within.db(), &[id]).await?;
    let kind = if flag == Flag::ClientVisible {
        event::SHOWN
    } else {
        event::HIDDEN
    };
    event::record(cx, &tx, kind, &ticket, None);
    for (other, entry) in &told {
        event::record(cx, &tx, event::MERGE_SHOWN, other, Some(entry));
    }
    tx.commit().await?;
    Ok(ticket)
}

/// Where a company sees a ticket that was merged into another, it sees the other
/// one, too, and so does who asked: things go on there.
async fn leaves_nobody(
    cx: &Cx<'_>,
    ticket: &Ticket,
    merges: &Merges,
    flag: Flag,
) -> Result<(), SetFlagError> {
    let into = merges.into().filter(|_| flag == Flag::ClientVisible);
    if let Some(into) = into {
        if into.flag == Flag::InternalOnly {
            return Err(SetFlagError::TargetHidden);
        }
        if !requester_sees(cx, ticket, into).await? {
            return Err(SetFlagError::RequesterCannotSee);
        }
    }
    let mut from = merges.from();
    if flag == Flag::InternalOnly && from.any(|from| from.flag == Flag::ClientVisible) {
        return Err(SetFlagError::HasMerged);
    }
    Ok(())
}

/// Answers none when the ticket has got the flag in the meantime: the write
/// itself tests the flag that the ledger will call the one before.
#[expect(clippy::disallowed_methods, reason = "the ticket was read in scope")]
async fn write(cx: &Cx<'_>, ticket: &Ticket, flag: Flag) -> Result<Option<Ticket>, Fault> {
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
