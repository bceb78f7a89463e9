//! What only staff may know of tickets, from tables of its own (VI-4). Each
//! function refuses clients before it builds a statement.

use chrono::{DateTime, Utc};
use contracts::{ContractId, Priority, Side};
use kernel::{Doing, Fault, StaffUserId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use visibility::Cx;

use crate::{
    Clock, EntryId, TicketId, Version,
    entity::{assignment, clock, escalation, triage, version},
};

/// Who works on a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The ticket.
    pub ticket: TicketId,
    /// Who works on it.
    pub assignee: StaffUserId,
    /// Since when.
    pub since: DateTime<Utc>,
}

/// The assignments of those of the tickets that have one.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: staff, in their workspace"
)]
pub async fn assignments(cx: &Cx<'_>, tickets: &[TicketId]) -> Result<Vec<Assignment>, Fault> {
    let staff = cx.viewer.staff()?;
    let rows = assignment::Entity::find()
        .filter(assignment::Column::WorkspaceId.eq(staff.workspace))
        .filter(assignment::Column::TicketId.is_in(tickets.iter().copied()))
        .all(&cx.db())
        .await
        .doing("reading assignments")?;
    let assignment = |row: assignment::Model| Assignment {
        ticket: row.ticket_id,
        assignee: row.staff_user_id,
        since: row.assigned_at,
    };
    Ok(rows.into_iter().map(assignment).collect())
}

/// The clocks of those of the tickets that anything was promised for.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: staff, in their workspace"
)]
pub async fn clocks(cx: &Cx<'_>, tickets: &[TicketId]) -> Result<Vec<Clock>, Fault> {
    let staff = cx.viewer.staff()?;
    let rows = clock::Entity::find()
        .filter(clock::Column::WorkspaceId.eq(staff.workspace))
        .filter(clock::Column::TicketId.is_in(tickets.iter().copied()))
        .filter(clock::Column::TermsId.is_not_null())
        .all(&cx.db())
        .await
        .doing("reading clocks")?;
    Ok(rows)
}

/// How urgent a ticket is, and under which contract it falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Triage {
    /// The ticket.
    pub ticket: TicketId,
    /// How urgent it is.
    pub priority: Priority,
    /// The contract; none when it falls under none.
    pub contract: Option<ContractId>,
}

/// How urgent the tickets are.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: staff, in their workspace"
)]
pub async fn triages(cx: &Cx<'_>, tickets: &[TicketId]) -> Result<Vec<Triage>, Fault> {
    let staff = cx.viewer.staff()?;
    let rows = triage::Entity::find()
        .filter(triage::Column::WorkspaceId.eq(staff.workspace))
        .filter(triage::Column::TicketId.is_in(tickets.iter().copied()))
        .all(&cx.db())
        .await
        .doing("reading the triage of tickets")?;
    let triage = |row: triage::Model| Triage {
        ticket: row.ticket_id,
        priority: row.priority,
        contract: row.contract_id,
    };
    Ok(rows.into_iter().map(triage).collect())
}

/// A step of its policy that came for a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Escalated {
    /// The ticket.
    pub ticket: TicketId,
    /// Which promise ran out.
    pub side: Side,
    /// How much of its time was used up, in percent.
    pub percent: i64,
    /// When that was.
    pub due_at: DateTime<Utc>,
    /// When it was seen.
    pub escalated_at: DateTime<Utc>,
}

/// The steps that came for the tickets, the earliest first.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: staff, in their workspace"
)]
pub async fn escalations(cx: &Cx<'_>, tickets: &[TicketId]) -> Result<Vec<Escalated>, Fault> {
    let staff = cx.viewer.staff()?;
    let rows = escalation::Entity::find()
        .filter(escalation::Column::WorkspaceId.eq(staff.workspace))
        .filter(escalation::Column::TicketId.is_in(tickets.iter().copied()))
        .order_by_asc(escalation::Column::DueAt)
        .order_by_asc(escalation::Column::Side)
        .order_by_asc(escalation::Column::Percent)
        .all(&cx.db())
        .await
        .doing("reading the escalations of tickets")?;
    let escalated = |row: escalation::Model| Escalated {
        ticket: row.ticket_id,
        side: row.side,
        percent: row.percent,
        due_at: row.due_at,
        escalated_at: row.escalated_at,
    };
    Ok(rows.into_iter().map(escalated).collect())
}

/// What the entries said before their words were changed, the oldest first.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: staff, in their workspace"
)]
pub async fn versions(cx: &Cx<'_>, entries: &[EntryId]) -> Result<Vec<Version>, Fault> {
    let staff = cx.viewer.staff()?;
    version::Entity::find()
        .filter(version::Column::WorkspaceId.eq(staff.workspace))
        .filter(version::Column::EntryId.is_in(entries.iter().copied()))
        .order_by_asc(version::Column::Position)
        .all(&cx.db())
        .await
        .doing("reading what entries said")
}
