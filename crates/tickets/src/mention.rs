//! Naming colleagues in a note, so that they are told of it. Internal: a table
//! of its own, which no client's read touches (VI-4).

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use identity::Standing;
use kernel::{Cursor, Doing, Fault, PageRequest, Slice, StaffUserId};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};
use store::{Tx, Work};
use uuid::Uuid;
use visibility::{Cx, Permission};

use crate::{
    Entry, EntryId, ListError, Ticket,
    entity::{
        assignment, entry,
        mention::{Column, Entity, Model},
    },
    event, scope, writer,
};

/// The most people who can be named in one note.
pub const MOST_MENTIONS: usize = 20;
/// Tells the cursors of this list apart from those of others.
const LIST: u8 = 110;

/// Why somebody cannot be named in a note.
#[derive(Debug, thiserror::Error)]
pub enum MentionError {
    /// More people than can be named in one note.
    #[error("too many people are named")]
    TooMany,
    /// Nobody in force of the team has that id.
    #[error("there is no such staff member")]
    Unknown,
    /// They could not read it.
    #[error("somebody could not read the ticket")]
    CannotSee,
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Each of the people once. Refuses unless they are of the team, in force, and
/// may read the ticket.
pub(crate) async fn check(
    cx: &Cx<'_>,
    ticket: &Ticket,
    people: &[StaffUserId],
) -> Result<Vec<StaffUserId>, MentionError> {
    let mut people = people.to_vec();
    people.sort_unstable();
    people.dedup();
    if people.len() > MOST_MENTIONS {
        return Err(MentionError::TooMany);
    }
    if people.is_empty() {
        return Ok(people);
    }
    let known = identity::staff_member(cx, &people).await?;
    let in_force = known.iter().filter(|user| user.status == Standing::Active);
    if in_force.count() < people.len() {
        return Err(MentionError::Unknown);
    }
    let assignee = assignee(cx, ticket).await?;
    let reads = |user: &identity::StaffUser| {
        user.role.may(Permission::TicketsReadAll) || assignee == Some(user.id)
    };
    if known.iter().all(reads) {
        Ok(people)
    } else {
        Err(MentionError::CannotSee)
    }
}

async fn assignee(cx: &Cx<'_>, ticket: &Ticket) -> Result<Option<StaffUserId>, Fault> {
    #[expect(clippy::disallowed_methods, reason = "the ticket was read in scope")]
    let found = assignment::Entity::find()
        .filter(assignment::Column::TicketId.eq(ticket.id))
        .one(&cx.db())
        .await;
    Ok(found
        .doing("reading an assignment")?
        .map(|row| row.staff_user_id))
}

/// Writes who is named in the note, and a fact when that is somebody else.
pub(crate) async fn write(
    cx: &Cx<'_>,
    tx: &Tx,
    ticket: &Ticket,
    note: &Entry,
    people: &[StaffUserId],
) -> Result<(), Fault> {
    let row = |staff_user_id: &StaffUserId| Model {
        entry_id: note.id,
        staff_user_id: *staff_user_id,
        workspace_id: ticket.workspace_id,
        ticket_id: ticket.id,
        mentioned_at: note.created_at,
    };
    tx.write_all::<Entity>(people.iter().map(row)).await?;
    if people.iter().any(|one| note.staff_user_id != Some(*one)) {
        event::record(cx, tx, event::MENTIONED, ticket, Some(note));
    }
    Ok(())
}

/// Who is named in a note, but for whoever wrote it: for mails, each of which is
/// then read as its recipient.
#[expect(
    clippy::disallowed_methods,
    reason = "whom to write to; what the mail says is read as each of them"
)]
pub async fn named_in(work: &Work<'_>, note: EntryId) -> Result<Vec<StaffUserId>, Fault> {
    let db = work.store.executor();
    let people = Entity::find()
        .select_only()
        .column(Column::StaffUserId)
        .filter(Column::EntryId.eq(note))
        .order_by_asc(Column::StaffUserId)
        .into_tuple::<StaffUserId>()
        .all(&db)
        .await
        .doing("reading whom a note names")?;
    let writer = writer(work, note).await?.staff;
    Ok(people
        .into_iter()
        .filter(|one| Some(*one) != writer)
        .collect())
}

/// Who is named in the entries, for staff.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: staff, in their workspace"
)]
pub async fn mentions(
    cx: &Cx<'_>,
    entries: &[EntryId],
) -> Result<HashMap<EntryId, Vec<StaffUserId>>, Fault> {
    let staff = cx.viewer.staff()?;
    let rows = Entity::find()
        .filter(Column::WorkspaceId.eq(staff.workspace))
        .filter(Column::EntryId.is_in(entries.iter().copied()))
        .order_by_asc(Column::StaffUserId)
        .all(&cx.db())
        .await
        .doing("reading who is named")?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        found
            .entry(row.entry_id)
            .or_default()
            .push(row.staff_user_id);
    }
    Ok(found)
}

/// A page of the notes that name the viewer, the latest first, as far as they
/// may read their tickets by now. Two statements.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: the viewer's own rows, of tickets in scope"
)]
pub async fn mentions_of_me(
    cx: &Cx<'_>,
    request: &PageRequest,
) -> Result<Slice<(String, Entry)>, ListError> {
    let staff = cx.viewer.staff()?;
    let page = request.check::<(DateTime<Utc>, Uuid)>(LIST)?;
    let readable = scope::visible_to(cx.viewer).select_only();
    let readable = readable.column(crate::entity::ticket::Column::Id);
    let mut select = Entity::find()
        .select_only()
        .columns([Column::MentionedAt, Column::EntryId])
        .filter(Column::WorkspaceId.eq(staff.workspace))
        .filter(Column::StaffUserId.eq(staff.user))
        .filter(Column::TicketId.in_subquery(readable.into_query()));
    if let Some((at, id)) = page.after {
        let key = Expr::tuple([Column::MentionedAt.into_expr(), Column::EntryId.into_expr()]);
        select = select.filter(key.lt(Expr::tuple([Expr::value(at), Expr::value(id)])));
    }
    let rows = select
        .order_by_desc(Column::MentionedAt)
        .order_by_desc(Column::EntryId)
        .limit(u64::from(page.size) + 1)
        .into_tuple::<(DateTime<Utc>, EntryId)>()
        .all(&cx.db())
        .await;
    let slice = Slice::cut(rows.doing("reading where somebody is named")?, page.size);
    if slice.rows.is_empty() {
        return Ok(Slice {
            rows: Vec::new(),
            has_next: false,
        });
    }
    let ids = slice.rows.iter().map(|(_, id)| *id);
    let mut notes = scope::entries_visible_to(cx.viewer)
        .filter(entry::Column::Id.is_in(ids))
        .all(&cx.db())
        .await
        .doing("reading notes")?;
    let rows = slice.rows.into_iter().filter_map(|(at, id)| {
        let place = notes.iter().position(|note| note.id == id)?;
        Some((Cursor::encode(LIST, &(at, id.0)), notes.swap_remove(place)))
    });
    Ok(Slice {
        rows: rows.collect(),
        has_next: slice.has_next,
    })
}
