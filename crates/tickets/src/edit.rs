//! Changing what one wrote: for some minutes, while the ticket is not closed.
//! What it said before is kept, for staff (`ticket_entry_versions`).

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Doing, Fault, Prose, TextError};
use sea_orm::{
    ColumnTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, sea_query::Expr,
};
use visibility::{Cx, Flag, Viewer};

use crate::{
    Entry, EntryId, EntryKind, MergedAway, Status, Ticket,
    changed::changed_at,
    entity::{entry, ticket, version},
    entry_by_id, event, index,
    merged::merged_away,
    scope,
};

/// For how long whoever wrote an entry may change its words.
pub const EDIT_WINDOW: TimeDelta = TimeDelta::minutes(15);
/// How often the words of one entry may be changed.
pub const MOST_EDITS: u64 = 20;
/// How often a change is tried anew when others write in between.
const TRIES: usize = 5;

/// Why an entry says what it said.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// The words cannot be taken.
    #[error(transparent)]
    Body(#[from] TextError),
    /// It is neither a reply nor a note.
    #[error("only what somebody wrote can be changed")]
    NotEditable,
    /// The time for changes is over.
    #[error("the time for changes is over")]
    TooLate,
    /// It was changed too often.
    #[error("it was changed too often")]
    TooMany,
    /// The ticket is closed.
    #[error("the ticket is closed")]
    Closed,
    /// The ticket was merged into another, where things go on.
    #[error("{0}")]
    Merged(MergedAway),
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Changes the words of a reply or a note of the viewer's own. Staff need
/// `tickets.write`. The same words again change nothing.
pub async fn edit_entry(
    cx: &Cx<'_>,
    id: EntryId,
    body: &str,
) -> Result<(Ticket, Entry), EditError> {
    scope::may_write(cx.viewer)?;
    let body = Prose::parse(body)?.into_string();
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    for _ in 0..TRIES {
        let before = entry_by_id(&within, id).await?;
        may_edit(cx, &before)?;
        let ticket = held(&within, &before).await?;
        if before.body.as_deref() == Some(body.as_str()) {
            drop(tx);
            return Ok((scope::by_id(cx, ticket.id).await?, before));
        }
        let Some(entry) = write(&within, &before, &body).await? else {
            continue;
        };
        keep(&within, before).await?;
        index::renew(&within.db(), &[ticket.id]).await?;
        event::record(cx, &tx, event::ENTRY_EDITED, &ticket, Some(&entry));
        tx.commit().await?;
        return Ok((ticket, entry));
    }
    let source = DbErr::Custom(format!("the entry was written {TRIES} times in between"));
    Err(Fault::Unavailable {
        doing: "changing an entry",
        source,
    }
    .into())
}

/// Whether an entry is the viewer's own.
pub fn wrote(viewer: &Viewer, entry: &Entry) -> bool {
    match viewer {
        Viewer::Client(client) => entry.client_user_id == Some(client.user),
        Viewer::Staff(staff) => entry.staff_user_id == Some(staff.user),
    }
}

/// Until when the viewer may change the words of an entry, that instant included;
/// none for what is not theirs, has no words of its own, or is older. It does not look
/// at the ticket, which takes none once it is closed, nor at [`MOST_EDITS`].
pub fn editable_until(cx: &Cx<'_>, entry: &Entry) -> Option<DateTime<Utc>> {
    scope::may_write(cx.viewer).ok()?;
    may_edit(cx, entry).ok()?;
    Some(entry.created_at + EDIT_WINDOW)
}

/// Refuses whoever did not write it, what has no words of one's own, and what
/// is too old.
fn may_edit(cx: &Cx<'_>, entry: &Entry) -> Result<(), EditError> {
    if !wrote(cx.viewer, entry) {
        return Err(Fault::Forbidden.into());
    }
    if entry.kind != EntryKind::Message {
        return Err(EditError::NotEditable);
    }
    if cx.now - entry.created_at > EDIT_WINDOW {
        return Err(EditError::TooLate);
    }
    Ok(())
}

/// The ticket of the entry, unless it is closed. A change of a reply is
/// client-visible and moves the ticket's time, which the write tests; of a note
/// it is not, and nothing that clients see moves (VI-5).
#[expect(clippy::disallowed_methods, reason = "the entry was read in scope")]
async fn held(cx: &Cx<'_>, entry: &Entry) -> Result<Ticket, EditError> {
    use ticket::Column;
    if entry.flag == Flag::InternalOnly {
        index::wait_for(&cx.db(), &[entry.ticket_id]).await?;
        let ticket = scope::by_id(cx, entry.ticket_id).await?;
        return match ticket.status {
            Status::Closed => Err(closed(cx, &ticket).await?),
            _ => Ok(ticket),
        };
    }
    let update = ticket::Entity::update_many()
        .col_expr(Column::ChangedAt, changed_at(cx.now))
        .filter(Column::Id.eq(entry.ticket_id))
        .filter(Column::Status.ne(Status::Closed))
        .filter(scope::tickets(cx.viewer));
    let rows = update.exec_with_returning(&cx.db()).await;
    let held = rows.doing("holding a ticket")?.into_iter().next();
    if let Some(ticket) = held {
        return Ok(ticket);
    }
    let ticket = scope::by_id(cx, entry.ticket_id).await?;
    Err(closed(cx, &ticket).await?)
}

/// Why nothing on the ticket can be changed any more.
async fn closed(cx: &Cx<'_>, ticket: &Ticket) -> Result<EditError, Fault> {
    let merged = merged_away(cx, ticket.id).await?;
    Ok(merged.map_or(EditError::Closed, EditError::Merged))
}

/// None when somebody changed the words in between: the write itself tests
/// those that it replaces.
#[expect(clippy::disallowed_methods, reason = "the entry was read in scope")]
async fn write(cx: &Cx<'_>, before: &Entry, body: &str) -> Result<Option<Entry>, Fault> {
    use entry::Column;
    let update = entry::Entity::update_many()
        .col_expr(Column::Body, Expr::value(body))
        .col_expr(
            Column::EditedAt,
            Expr::value(cx.now.max(written_at(before))),
        )
        .filter(Column::Id.eq(before.id))
        .filter(Column::Flag.eq(before.flag))
        .filter(Column::Body.eq(before.body.as_deref()));
    let rows = update.exec_with_returning(&cx.db()).await;
    Ok(rows.doing("changing an entry")?.into_iter().next())
}

/// Since when it says what it says. Who began later may have come first.
fn written_at(entry: &Entry) -> DateTime<Utc> {
    entry.edited_at.unwrap_or(entry.created_at)
}

/// Keeps what the entry said. Its row is held by now, so that versions come one
/// after the other.
#[expect(clippy::disallowed_methods, reason = "the entry was read in scope")]
async fn keep(cx: &Cx<'_>, before: Entry) -> Result<(), EditError> {
    let kept = version::Entity::find()
        .filter(version::Column::EntryId.eq(before.id))
        .count(&cx.db())
        .await
        .doing("counting versions")?;
    if kept >= MOST_EDITS {
        return Err(EditError::TooMany);
    }
    let written_at = written_at(&before);
    let row = version::Model {
        entry_id: before.id,
        position: i32::try_from(kept + 1).unwrap_or(i32::MAX),
        workspace_id: before.workspace_id,
        ticket_id: before.ticket_id,
        body: before.body.unwrap_or_default(),
        written_at,
        replaced_at: cx.now.max(written_at),
    };
    let insert = version::Entity::insert(row.into_active_model());
    let inserted = insert.exec_without_returning(&cx.db()).await;
    inserted.doing("keeping what an entry said")?;
    Ok(())
}
