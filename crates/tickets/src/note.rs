//! Writing an internal note: staff read it in the timeline, for clients it
//! does not exist, and nothing that they see moves (VI-5).

use documents::FileId;
use kernel::{Fault, Prose, StaffUserId, TextError};
use visibility::{Cx, Flag, Permission};

use crate::{
    AttachError, Entry, EntryKind, MentionError, Ticket, TicketId,
    attachments::attach,
    event, mention, scope,
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
    /// Somebody cannot be named in it.
    #[error(transparent)]
    Mentions(#[from] MentionError),
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Adds an internal note, with uploads of the viewer, whatever the status, that
/// may name colleagues. Needs `tickets.write`.
pub async fn note(
    cx: &Cx<'_>,
    id: TicketId,
    body: &str,
    attachments: &[FileId],
    mentions: &[StaffUserId],
) -> Result<(Ticket, Entry), NoteError> {
    cx.viewer.may(Permission::TicketsWrite)?;
    let body = Prose::parse(body)?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let ticket = scope::by_id(&within, id).await?;
    let named = mention::check(&within, &ticket, mentions).await?;
    let words = Words {
        kind: EntryKind::Message,
        flag: Flag::InternalOnly,
        body: Some(body.into_string()),
        moved: None,
    };
    let entry = add_entry(&within, &ticket, words).await?;
    attach(&within, &ticket, Some(&entry), attachments).await?;
    event::record(cx, &tx, event::NOTED, &ticket, Some(&entry));
    mention::write(&within, &tx, &ticket, &entry, &named).await?;
    tx.commit().await?;
    Ok((ticket, entry))
}
