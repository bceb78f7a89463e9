//! Resolving: staff say that it is done, and how (TK-5).

use kernel::{Fault, Prose, TextError};
use visibility::{Cx, Flag, Permission};

use crate::{
    Entry, EntryKind, MergedAway, Move, MoveError, Status, Ticket, TicketId,
    clock::keep::{Hand, follow},
    event,
    transition::{Words, add_entry, transition},
};

/// Why a resolution was refused.
#[derive(Debug, thiserror::Error)]
pub enum ResolveError {
    /// The words cannot be taken.
    #[error(transparent)]
    Resolution(#[from] TextError),
    /// The ticket is already resolved or closed.
    #[error("not possible while the ticket is {0:?}")]
    Illegal(Status),
    /// The ticket was merged into another, where things go on.
    #[error("{0}")]
    Merged(MergedAway),
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<MoveError> for ResolveError {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::Illegal(status) => Self::Illegal(status),
            MoveError::Merged(away) => Self::Merged(away),
            MoveError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Resolves the ticket, with words for the client. Needs `tickets.write`.
pub async fn resolve(
    cx: &Cx<'_>,
    id: TicketId,
    resolution: &str,
) -> Result<(Ticket, Entry), ResolveError> {
    cx.viewer.may(Permission::TicketsWrite)?;
    let resolution = Prose::parse(resolution)?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let moved = transition(&within, id, Move::Resolve).await?;
    let words = Words {
        kind: EntryKind::Resolution,
        flag: Flag::ClientVisible,
        body: Some(resolution.into_string()),
        moved: Some((moved.from, moved.ticket.status)),
    };
    let entry = add_entry(&within, &moved.ticket, words).await?;
    follow(Hand::of(cx, &tx), &moved.ticket, false).await?;
    event::record(cx, &tx, event::RESOLVED, &moved.ticket, Some(&entry));
    tx.commit().await?;
    Ok((moved.ticket, entry))
}
