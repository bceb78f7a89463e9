//! Rejecting a resolution: the client says why, and the ticket is open again (TK-5).

use kernel::{Fault, Prose, TextError};
use visibility::{Cx, Flag};

use crate::{
    Entry, EntryKind, MergedAway, Move, MoveError, Status, Ticket, TicketId,
    clock::keep::{Hand, follow},
    event,
    transition::{Words, add_entry, transition},
};

/// Why a rejection was refused.
#[derive(Debug, thiserror::Error)]
pub enum RejectError {
    /// The reason cannot be taken.
    #[error(transparent)]
    Reason(#[from] TextError),
    /// There is no resolution to reject.
    #[error("not possible while the ticket is {0:?}")]
    Illegal(Status),
    /// The ticket was merged into another, where things go on.
    #[error("{0}")]
    Merged(MergedAway),
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<MoveError> for RejectError {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::Illegal(status) => Self::Illegal(status),
            MoveError::Merged(away) => Self::Merged(away),
            MoveError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Reopens a resolved ticket, with a reason. For clients alone.
pub async fn reject(
    cx: &Cx<'_>,
    id: TicketId,
    reason: &str,
) -> Result<(Ticket, Entry), RejectError> {
    cx.viewer.client()?;
    let reason = Prose::parse(reason)?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let moved = transition(&within, id, Move::Reject).await?;
    let words = Words {
        kind: EntryKind::Rejection,
        flag: Flag::ClientVisible,
        body: Some(reason.into_string()),
        moved: Some((moved.from, moved.ticket.status)),
    };
    let entry = add_entry(&within, &moved.ticket, words).await?;
    follow(Hand::of(cx, &tx), &moved.ticket, false).await?;
    event::record(cx, &tx, event::REJECTED, &moved.ticket, Some(&entry));
    tx.commit().await?;
    Ok((moved.ticket, entry))
}
