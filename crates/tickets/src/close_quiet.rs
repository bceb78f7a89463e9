//! What the server does about resolved tickets by itself: it closes those that
//! nobody answered (TK-5).
//!
//! Several processes may look at once, one may die in between, and the client may
//! answer in the same instant: each ticket is closed in a transaction of its own,
//! by a write that tests that it rests as it was read. One of them closes it, the
//! others find nothing to do.

use chrono::{DateTime, Utc};
use kernel::{Doing, Fault, WorkspaceId};
use sea_orm::{
    ActiveEnum, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr,
};
use store::Work;
use visibility::Flag;

use crate::{
    EntryId, EntryKind, Move, Status, Ticket,
    entity::{
        settings,
        ticket::{Column, Entity},
    },
    event,
    quiet::QuietTime,
    transition::{Words, insert_entry},
};

/// Workspaces whose settings are read at a time.
const WORKSPACES: u64 = 500;
/// Tickets that are read at a time.
const BATCH: u64 = 100;

/// Closes the tickets whose quiet time is over; answers how many.
#[expect(clippy::disallowed_methods, reason = "settings of all workspaces")]
pub async fn close_quiet(work: &Work<'_>) -> Result<usize, Fault> {
    let mut closed = 0;
    let mut last: Option<WorkspaceId> = None;
    loop {
        let mut page = settings::Entity::find()
            .filter(settings::Column::CloseAfterDays.is_not_null())
            .order_by_asc(settings::Column::WorkspaceId)
            .limit(WORKSPACES);
        if let Some(last) = last {
            page = page.filter(settings::Column::WorkspaceId.gt(last));
        }
        let rows = page.all(&work.store.executor()).await;
        let rows = rows.doing("reading settings of tickets")?;
        let Some(end) = rows.last() else {
            return Ok(closed);
        };
        last = Some(end.workspace_id);
        for row in &rows {
            if let Some(rests) = QuietTime::of(Some(row)).closes_what_rests_since(work.now) {
                closed += close_in(work, row.workspace_id, rests).await?;
            }
        }
    }
}

/// Closes what rests in one workspace.
async fn close_in(
    work: &Work<'_>,
    workspace: WorkspaceId,
    rests: DateTime<Utc>,
) -> Result<usize, Fault> {
    let mut closed = 0;
    loop {
        let found = resting(work, workspace, rests).await?;
        let before = closed;
        for ticket in &found {
            closed += usize::from(close(work, ticket).await?);
        }
        // What others close at the same time is not here again either.
        if closed == before || (found.len() as u64) < BATCH {
            return Ok(closed);
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the server closes by itself: there is no viewer"
)]
async fn resting(
    work: &Work<'_>,
    workspace: WorkspaceId,
    rests: DateTime<Utc>,
) -> Result<Vec<Ticket>, Fault> {
    let found = Entity::find()
        .filter(Column::WorkspaceId.eq(workspace))
        .filter(Column::Status.eq(Status::Resolved))
        .filter(Column::ChangedAt.lte(rests))
        .order_by_asc(Column::ChangedAt)
        .order_by_asc(Column::Id)
        .limit(BATCH)
        .all(&work.store.executor())
        .await;
    found.doing("looking for tickets that rest")
}

/// Closes the ticket as it was read; answers whether it did.
#[expect(
    clippy::disallowed_methods,
    reason = "the server closes by itself: there is no viewer"
)]
pub(crate) async fn close(work: &Work<'_>, ticket: &Ticket) -> Result<bool, Fault> {
    let from = ticket.status;
    let Some(to) = from.after(Move::Rest) else {
        return Ok(false);
    };
    let tx = work.begin().await?;
    let update = Entity::update_many()
        .col_expr(Column::ChangedAt, Expr::value(work.now))
        .col_expr(Column::Status, Expr::value(to.to_value()))
        .col_expr(Column::ClosedAt, Expr::value(work.now))
        .filter(Column::Id.eq(ticket.id))
        .filter(Column::Status.eq(from))
        .filter(Column::Flag.eq(ticket.flag))
        .filter(Column::ChangedAt.eq(ticket.changed_at));
    let rows = update.exec_with_returning(&tx.executor()).await;
    let Some(ticket) = rows.doing("closing a ticket")?.pop() else {
        return Ok(false);
    };
    let words = Words {
        kind: EntryKind::Status,
        flag: Flag::ClientVisible,
        body: None,
        moved: Some((from, to)),
    };
    let entry = words.by_nobody(EntryId::fresh(work.now, work.entropy), &ticket, work.now);
    insert_entry(&tx.executor(), &entry).await?;
    event::record_closed(&tx, work, &ticket, &entry);
    tx.commit().await?;
    Ok(true)
}
