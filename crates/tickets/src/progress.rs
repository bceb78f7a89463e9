//! Saying that work goes on, or that it waits for the client.

use visibility::{Cx, Flag, Permission};

use crate::{
    Entry, EntryKind, Move, MoveError, Ticket, TicketId,
    clock::keep::{Hand, follow},
    event,
    transition::{Words, add_entry, transition},
};

/// How work on a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Staff are on it.
    InProgress,
    /// Staff need something from the client.
    Waiting,
}

/// Moves the ticket without words; the client sees the new status. Needs `tickets.write`.
pub async fn set_progress(
    cx: &Cx<'_>,
    id: TicketId,
    progress: Progress,
) -> Result<(Ticket, Entry), MoveError> {
    cx.viewer.may(Permission::TicketsWrite)?;
    let step = match progress {
        Progress::InProgress => Move::Start,
        Progress::Waiting => Move::Wait,
    };
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let moved = transition(&within, id, step).await?;
    let words = Words {
        kind: EntryKind::Status,
        flag: Flag::ClientVisible,
        body: None,
        moved: Some((moved.from, moved.ticket.status)),
    };
    let entry = add_entry(&within, &moved.ticket, words).await?;
    follow(Hand::of(cx, &tx), &moved.ticket, false).await?;
    event::record(cx, &tx, event::MOVED, &moved.ticket, Some(&entry));
    tx.commit().await?;
    Ok((moved.ticket, entry))
}
