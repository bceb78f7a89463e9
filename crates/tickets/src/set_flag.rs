//! Showing a ticket to clients, or withdrawing it (VI-2, VI-3).

use kernel::{Doing, Fault, Prose, TextError};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use visibility::{Cx, Flag, Permission, ledger};

use crate::{
    Ticket, TicketId,
    entity::ticket::{Column, Entity},
    event, index,
    merge_flags::Merges,
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
    let ticket = write(&within, &before, flag)
        .await?
        .ok_or(SetFlagError::Unchanged)?;
    leaves_nobody(&merges, flag)?;
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
        event::record(cx, &tx, event::MERGED, other, Some(entry));
    }
    tx.commit().await?;
    Ok(ticket)
}

/// Whoever sees a ticket that was merged into another sees the other one, too:
/// else things would go on where they cannot follow.
fn leaves_nobody(merges: &Merges, flag: Flag) -> Result<(), SetFlagError> {
    let is_of = |flag: Flag| move |ticket: &Ticket| ticket.flag == flag;
    match flag {
        Flag::ClientVisible if merges.into().any(is_of(Flag::InternalOnly)) => {
            Err(SetFlagError::TargetHidden)
        }
        Flag::InternalOnly if merges.from().any(is_of(Flag::ClientVisible)) => {
            Err(SetFlagError::HasMerged)
        }
        _ => Ok(()),
    }
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
