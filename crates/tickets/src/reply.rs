//! Replying, for the other side to read (TK-3, TK-4).

use documents::FileId;
use kernel::{Fault, Prose, TextError};
use visibility::{Cx, Flag, Permission, Viewer};

use crate::{
    AttachError, Entry, EntryKind, MergedAway, Move, MoveError, Status, Ticket, TicketId,
    attachments::attach,
    clock::keep::{Hand, follow},
    event,
    transition::{Words, add_entry, transition},
};

/// Why a reply was refused.
#[derive(Debug, thiserror::Error)]
pub enum ReplyError {
    /// The body cannot be taken.
    #[error(transparent)]
    Body(#[from] TextError),
    /// The ticket is closed.
    #[error("the ticket is closed")]
    Closed,
    /// Files cannot be attached.
    #[error(transparent)]
    Attachments(#[from] AttachError),
    /// The ticket was merged into another, where things go on.
    #[error("{0}")]
    Merged(MergedAway),
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<MoveError> for ReplyError {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::Illegal(_) => Self::Closed,
            MoveError::Merged(away) => Self::Merged(away),
            MoveError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Adds a public reply of the viewer, with uploads of theirs. Staff need `tickets.write`.
pub async fn reply(
    cx: &Cx<'_>,
    id: TicketId,
    body: &str,
    attachments: &[FileId],
) -> Result<(Ticket, Entry), ReplyError> {
    let step = match cx.viewer {
        Viewer::Client(_) => Move::ClientReply,
        Viewer::Staff(_) => {
            cx.viewer.may(Permission::TicketsWrite)?;
            Move::StaffReply
        }
    };
    let body = Prose::parse(body)?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let moved = transition(&within, id, step).await?;
    let words = Words {
        kind: EntryKind::Message,
        flag: Flag::ClientVisible,
        body: Some(body.into_string()),
        moved: changed(moved.from, moved.ticket.status),
    };
    let entry = add_entry(&within, &moved.ticket, words).await?;
    attach(&within, &moved.ticket, Some(&entry), attachments).await?;
    let answered = step == Move::StaffReply;
    follow(Hand::of(cx, &tx), &moved.ticket, answered).await?;
    event::record(cx, &tx, event::REPLIED, &moved.ticket, Some(&entry));
    tx.commit().await?;
    Ok((moved.ticket, entry))
}

fn changed(from: Status, to: Status) -> Option<(Status, Status)> {
    (from != to).then_some((from, to))
}
