//! Writing an internal note: staff read it in the timeline, for clients it
//! does not exist, and nothing that they see moves (VI-5).

use documents::FileId;
use kernel::{Fault, Prose, TextError};
use visibility::{Cx, Flag, Permission};

use crate::{
    AttachError, Entry, EntryKind, Ticket, TicketId,
    attachments::attach,
    event, scope,
    transition::{Words, add_entry},
};

/// Why a note was refused.
#[derive(Debug, thiserror::Error)]
pub enum NoteError {
    /// The body cannot be taken.
    #[error(transparent)]
    Body(#[from] TextError),
    /// Files cannot be attached.
    #[error(transparent)]
    Attachments(#[from] AttachError),
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Adds an internal note, with uploads of the viewer, whatever the status. Needs `tickets.write`.
pub async fn note(
    cx: &Cx<'_>,
    id: TicketId,
    body: &str,
    attachments: &[FileId],
) -> Result<(Ticket, Entry), NoteError> {
    cx.viewer.may(Permission::TicketsWrite)?;
    let body = Prose::parse(body)?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let ticket = scope::by_id(&within, id).await?;
    let words = Words {
        kind: EntryKind::Message,
        flag: Flag::InternalOnly,
        body: Some(body.into_string()),
        moved: None,
    };
    let entry = add_entry(&within, &ticket, words).await?;
    attach(&within, &ticket, Some(&entry), attachments).await?;
    event::record(cx, &tx, event::NOTED, &ticket, Some(&entry));
    tx.commit().await?;
    Ok((ticket, entry))
}
