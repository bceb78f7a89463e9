//! The one write that moves a ticket, and the entry that tells of it.

use chrono::{DateTime, Utc};
use kernel::{Doing, Fault};
use sea_orm::{
    ActiveEnum, ColumnTrait, DatabaseExecutor, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::Expr,
};
use visibility::{Cx, Flag, Viewer};

use crate::{
    Entry, EntryId, EntryKind, Move, Status, Ticket, TicketId,
    changed::changed_at,
    entity::{
        entry,
        ticket::{Column, Entity},
    },
    index,
    merged::{MergedAway, merged_away},
    scope,
};

/// How often a move is tried anew when others move the ticket in between.
const TRIES: usize = 5;

/// Why a ticket did not move.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// The workflow has no such move from where the ticket stands.
    #[error("not possible while the ticket is {0:?}")]
    Illegal(Status),
    /// The ticket was merged into another, where things go on.
    #[error("{0}")]
    Merged(MergedAway),
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A ticket that has just moved.
pub(crate) struct Moved {
    pub(crate) ticket: Ticket,
    pub(crate) from: Status,
}

/// Moves the ticket, inside the command's transaction. The write itself tests
/// where the ticket stood: of two moves at once, the second sees the first.
pub(crate) async fn transition(cx: &Cx<'_>, id: TicketId, step: Move) -> Result<Moved, MoveError> {
    for _ in 0..TRIES {
        let ticket = scope::by_id(cx, id).await?;
        let from = ticket.status;
        let Some(to) = from.after(step) else {
            return Err(illegal(cx, &ticket).await?);
        };
        if let Some(ticket) = write(cx, &ticket, to).await? {
            return Ok(Moved { ticket, from });
        }
    }
    let source = DbErr::Custom(format!("the ticket moved {TRIES} times in between"));
    Err(Fault::Unavailable {
        doing: "moving a ticket",
        source,
    }
    .into())
}

/// Why the workflow has no such move.
async fn illegal(cx: &Cx<'_>, ticket: &Ticket) -> Result<MoveError, Fault> {
    let merged = match ticket.status {
        Status::Closed => merged_away(cx, ticket.id).await?,
        _ => None,
    };
    Ok(merged.map_or(MoveError::Illegal(ticket.status), MoveError::Merged))
}

#[expect(clippy::disallowed_methods, reason = "the ticket was read in scope")]
async fn write(cx: &Cx<'_>, ticket: &Ticket, to: Status) -> Result<Option<Ticket>, Fault> {
    let mut update = Entity::update_many()
        .col_expr(Column::ChangedAt, changed_at(cx.now))
        .filter(Column::Id.eq(ticket.id))
        .filter(Column::Status.eq(ticket.status))
        .filter(Column::Flag.eq(ticket.flag));
    if to != ticket.status {
        let resolved = matches!(to, Status::Resolved | Status::Closed);
        let resolved_at = if to == Status::Resolved {
            Some(cx.now)
        } else {
            ticket.resolved_at.filter(|_| resolved)
        };
        update = update
            .col_expr(Column::Status, Expr::value(to.to_value()))
            .col_expr(Column::ResolvedAt, Expr::value(resolved_at))
            .col_expr(
                Column::ClosedAt,
                Expr::value((to == Status::Closed).then_some(cx.now)),
            );
    }
    let rows = update
        .exec_with_returning(&cx.db())
        .await
        .doing("moving a ticket")?;
    Ok(rows.into_iter().next())
}

/// What an entry says.
pub(crate) struct Words {
    pub(crate) kind: EntryKind,
    pub(crate) flag: Flag,
    pub(crate) body: Option<String>,
    pub(crate) moved: Option<(Status, Status)>,
}

impl Words {
    /// The entry that says this, without an author.
    pub(crate) fn by_nobody(self, id: EntryId, ticket: &Ticket, now: DateTime<Utc>) -> Entry {
        Entry {
            id,
            workspace_id: ticket.workspace_id,
            company_id: ticket.company_id,
            ticket_id: ticket.id,
            kind: self.kind,
            flag: self.flag,
            client_user_id: None,
            staff_user_id: None,
            body: self.body,
            from_status: self.moved.map(|(from, _)| from),
            to_status: self.moved.map(|(_, to)| to),
            created_at: now,
            edited_at: None,
        }
    }
}

/// Adds an entry of the viewer to the timeline.
pub(crate) async fn add_entry(cx: &Cx<'_>, ticket: &Ticket, words: Words) -> Result<Entry, Fault> {
    let (client, staff) = match cx.viewer {
        Viewer::Client(client) => (Some(client.user), None),
        Viewer::Staff(staff) => (None, Some(staff.user)),
    };
    let entry = Entry {
        client_user_id: client,
        staff_user_id: staff,
        ..words.by_nobody(EntryId::fresh(cx.now, cx.entropy), ticket, cx.now)
    };
    insert_entry(&cx.db(), &entry).await?;
    if entry.body.is_some() {
        index::renew(&cx.db(), &[ticket.id]).await?;
    }
    Ok(entry)
}

/// Writes an entry as it is.
pub(crate) async fn insert_entry(db: &DatabaseExecutor<'_>, entry: &Entry) -> Result<(), Fault> {
    let insert = entry::Entity::insert(entry.clone().into_active_model());
    let inserted = insert.exec_without_returning(db).await;
    inserted.doing("adding to a timeline").map(drop)
}
