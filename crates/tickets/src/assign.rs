//! Giving a ticket to somebody. Internal: no column or time that a client can
//! see is touched (VI-4, VI-5).

use chrono::{DateTime, Utc};
use identity::Standing;
use kernel::{Doing, Fault, StaffUserId};
use sea_orm::{
    ColumnTrait, DatabaseExecutor, EntityTrait, QueryFilter, Set, sea_query::OnConflict,
};
use visibility::{Cx, Permission};

use crate::{
    Ticket, TicketId,
    entity::assignment::{ActiveModel, Column, Entity},
    event, index, scope,
};

/// Why a ticket was not assigned.
#[derive(Debug, thiserror::Error)]
pub enum AssignError {
    /// Nobody in force of this workspace has that id.
    #[error("no such staff member")]
    UnknownAssignee,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Gives the ticket to a staff user, or to nobody. Needs `tickets.assign`.
pub async fn assign(
    cx: &Cx<'_>,
    id: TicketId,
    assignee: Option<StaffUserId>,
) -> Result<Ticket, AssignError> {
    let by = cx.viewer.may(Permission::TicketsAssign)?.user;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let ticket = scope::by_id(&within, id).await?;
    index::wait_for(&within.db(), &[id]).await?;
    match assignee {
        Some(assignee) => {
            let known = identity::staff_member(&within, &[assignee]).await?.pop();
            known
                .filter(|user| user.status == Standing::Active)
                .ok_or(AssignError::UnknownAssignee)?;
            give(&within.db(), &ticket, assignee, by, cx.now).await?;
        }
        None => take_back(&within, &ticket).await?,
    }
    index::renew(&within.db(), &[id]).await?;
    event::record(cx, &tx, event::ASSIGNED, &ticket, None);
    tx.commit().await?;
    Ok(ticket)
}

/// Gives the ticket to somebody, in the place of whoever had it.
pub(crate) async fn give(
    db: &DatabaseExecutor<'_>,
    ticket: &Ticket,
    assignee: StaffUserId,
    by: StaffUserId,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let row = ActiveModel {
        ticket_id: Set(ticket.id),
        workspace_id: Set(ticket.workspace_id),
        staff_user_id: Set(assignee),
        assigned_by: Set(by),
        assigned_at: Set(now),
    };
    let replace = OnConflict::column(Column::TicketId)
        .update_columns([Column::StaffUserId, Column::AssignedBy, Column::AssignedAt])
        .to_owned();
    let insert = Entity::insert(row).on_conflict(replace);
    insert
        .exec_without_returning(db)
        .await
        .doing("assigning a ticket")?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the ticket was read in scope")]
async fn take_back(cx: &Cx<'_>, ticket: &Ticket) -> Result<(), Fault> {
    let delete = Entity::delete_many().filter(Column::TicketId.eq(ticket.id));
    delete.exec(&cx.db()).await.doing("taking a ticket back")?;
    Ok(())
}
