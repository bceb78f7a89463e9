//! Accepting a resolution: the client closes the ticket (TK-5).

use visibility::{Cx, Flag};

use crate::{
    Entry, EntryKind, Move, MoveError, Ticket, TicketId, event,
    transition::{Words, add_entry, transition},
};

/// Closes a resolved ticket. For clients alone: staff do not accept their own work.
pub async fn accept(cx: &Cx<'_>, id: TicketId) -> Result<(Ticket, Entry), MoveError> {
    cx.viewer.client()?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let moved = transition(&within, id, Move::Accept).await?;
    let words = Words {
        kind: EntryKind::Status,
        flag: Flag::ClientVisible,
        body: None,
        moved: Some((moved.from, moved.ticket.status)),
    };
    let entry = add_entry(&within, &moved.ticket, words).await?;
    event::record(cx, &tx, event::ACCEPTED, &moved.ticket, Some(&entry));
    tx.commit().await?;
    Ok((moved.ticket, entry))
}
