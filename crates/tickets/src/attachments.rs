//! Files on tickets: attached within a command, read for many records at once,
//! and handed out to whoever sees the record.

use documents::{ClaimError, Content, FileId, Files};
use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use visibility::{Cx, Flag};

use crate::{
    Attachment, Entry, EntryId, Ticket, TicketId,
    entity::attachment::{Column, Entity},
    form::check::Uploads,
    scope,
};

/// The most files of one description, or of one entry.
pub const MOST_ATTACHMENTS: usize = 10;

/// Why files were not attached.
#[derive(Debug, thiserror::Error)]
pub enum AttachError {
    /// The viewer has no such upload, or it cannot be used.
    #[error(transparent)]
    Upload(ClaimError),
    /// More files than one description or entry can have.
    #[error("too many attachments")]
    TooMany,
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<ClaimError> for AttachError {
    fn from(error: ClaimError) -> Self {
        match error {
            ClaimError::Fault(fault) => Self::Fault(fault),
            other => Self::Upload(other),
        }
    }
}

/// Attaches uploads of the viewer to the ticket's description, or to an entry
/// of it, inside the command's transaction. The same id twice counts once.
pub(crate) async fn attach(
    cx: &Cx<'_>,
    ticket: &Ticket,
    entry: Option<&Entry>,
    uploads: &[FileId],
) -> Result<(), AttachError> {
    let mut ids: Vec<FileId> = Vec::with_capacity(uploads.len());
    for id in uploads {
        if !ids.contains(id) {
            ids.push(*id);
        }
    }
    if ids.len() > MOST_ATTACHMENTS {
        return Err(AttachError::TooMany);
    }
    let files = documents::claim(cx, &ids).await?;
    if files.is_empty() {
        return Ok(());
    }
    let entry = entry.map(|entry| entry.id);
    let rows = files.into_iter().zip(1..);
    let rows = rows.map(|(file, position)| Attachment::of(ticket, entry, position, file));
    Entity::insert_many(rows.map(IntoActiveModel::into_active_model))
        .exec_without_returning(&cx.db())
        .await
        .doing("attaching files")?;
    Ok(())
}

/// Attaches uploads of the viewer to an answer of the ticket's form, behind those
/// that are there, inside the command's transaction.
pub(crate) async fn attach_answer(
    cx: &Cx<'_>,
    ticket: &Ticket,
    flag: Flag,
    uploads: &Uploads,
) -> Result<(), AttachError> {
    let files = documents::claim(cx, &uploads.files).await?;
    let places = i32::try_from(uploads.there).unwrap_or(i32::MAX);
    let rows = files.into_iter().zip(1..).map(|(file, place)| Attachment {
        answer: Some(uploads.key.clone()),
        flag,
        ..Attachment::of(ticket, None, places.saturating_add(place), file)
    });
    Entity::insert_many(rows.map(IntoActiveModel::into_active_model))
        .exec_without_returning(&cx.db())
        .await
        .doing("attaching files")?;
    Ok(())
}

/// What is attached to answers on those of the tickets that the viewer can see.
/// One statement.
pub async fn answer_attachments(
    cx: &Cx<'_>,
    tickets: &[TicketId],
) -> Result<Vec<Attachment>, Fault> {
    scope::attachments_visible_to(cx.viewer)
        .filter(Column::TicketId.is_in(tickets.iter().copied()))
        .filter(Column::Answer.is_not_null())
        .order_by_asc(Column::TicketId)
        .order_by_asc(Column::Position)
        .all(&cx.db())
        .await
        .doing("reading attachments")
}

/// What is attached to the descriptions of those of the tickets that the viewer
/// can see. One statement.
pub async fn attachments(cx: &Cx<'_>, tickets: &[TicketId]) -> Result<Vec<Attachment>, Fault> {
    scope::attachments_visible_to(cx.viewer)
        .filter(Column::TicketId.is_in(tickets.iter().copied()))
        .filter(Column::EntryId.is_null())
        .filter(Column::Answer.is_null())
        .order_by_asc(Column::TicketId)
        .order_by_asc(Column::Position)
        .all(&cx.db())
        .await
        .doing("reading attachments")
}

/// What is attached to those of the entries that the viewer can see. One
/// statement.
pub async fn entry_attachments(cx: &Cx<'_>, entries: &[EntryId]) -> Result<Vec<Attachment>, Fault> {
    scope::attachments_visible_to(cx.viewer)
        .filter(Column::EntryId.is_in(entries.iter().copied()))
        .order_by_asc(Column::EntryId)
        .order_by_asc(Column::Position)
        .all(&cx.db())
        .await
        .doing("reading attachments")
}

/// The attachment, or [`Fault::NotFound`] when it does not exist for the viewer.
pub async fn attachment_by_id(cx: &Cx<'_>, id: FileId) -> Result<Attachment, Fault> {
    let found = scope::attachments_visible_to(cx.viewer)
        .filter(Column::FileId.eq(id))
        .one(&cx.db())
        .await;
    found.doing("reading an attachment")?.ok_or(Fault::NotFound)
}

/// Why an attachment was not handed out.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// Folder or bucket failed.
    #[error(transparent)]
    Unreadable(#[from] documents::Unreadable),
    /// Not found, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// An attachment with its bytes, for whoever sees it at this moment.
pub async fn attachment_content(
    cx: &Cx<'_>,
    files: &Files,
    id: FileId,
) -> Result<(Attachment, Content), ContentError> {
    let attachment = attachment_by_id(cx, id).await?;
    let content = documents::read(files, attachment.workspace_id, id).await?;
    Ok((attachment, content))
}
