//! The first simple service-level clock: wall-clock targets, the same for all.
//!
//! Internal throughout (VI-4). Policies, business hours and pauses come with
//! the service-level rows (SL-1 to SL-6) and will replace the two constants.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, sea_query::Expr};
use visibility::Cx;

use crate::{
    Ticket, TicketId,
    entity::clock::{Column, Entity, Model},
};

/// How long until the first public answer of staff is due.
const RESPONSE_TARGET: TimeDelta = TimeDelta::hours(4);
/// How long until the resolution is due.
const RESOLUTION_TARGET: TimeDelta = TimeDelta::hours(48);

/// The clock of a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// The ticket.
    pub ticket: TicketId,
    /// When the first public answer of staff is due.
    pub response_due: DateTime<Utc>,
    /// When the resolution is due.
    pub resolution_due: DateTime<Utc>,
    /// When staff first answered.
    pub responded_at: Option<DateTime<Utc>>,
    /// When the resolution in force was given.
    pub resolved_at: Option<DateTime<Utc>>,
}

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockState {
    /// Something is due in the future.
    Running,
    /// Resolved, with both targets kept.
    Met,
    /// A target was missed.
    Breached,
}

impl Clock {
    /// How the clock stands at `now`.
    pub fn state(&self, now: DateTime<Utc>) -> ClockState {
        let late = |done: Option<DateTime<Utc>>, due| done.unwrap_or(now) > due;
        // A ticket resolved without a word before was answered by its resolution.
        let responded = self.responded_at.or(self.resolved_at);
        if late(responded, self.response_due) || late(self.resolved_at, self.resolution_due) {
            ClockState::Breached
        } else if self.resolved_at.is_some() {
            ClockState::Met
        } else {
            ClockState::Running
        }
    }
}

impl From<Model> for Clock {
    fn from(row: Model) -> Self {
        Self {
            ticket: row.ticket_id,
            response_due: row.response_due,
            resolution_due: row.resolution_due,
            responded_at: row.responded_at,
            resolved_at: row.resolved_at,
        }
    }
}

/// The row of a clock that started with the ticket.
pub(crate) fn row(ticket: &Ticket, responded_at: Option<DateTime<Utc>>) -> Model {
    Model {
        ticket_id: ticket.id,
        workspace_id: ticket.workspace_id,
        response_due: ticket.opened_at + RESPONSE_TARGET,
        resolution_due: ticket.opened_at + RESOLUTION_TARGET,
        responded_at,
        resolved_at: ticket.resolved_at,
    }
}

pub(crate) async fn start(cx: &Cx<'_>, ticket: &Ticket) -> Result<(), Fault> {
    let insert = Entity::insert(row(ticket, None).into_active_model());
    insert
        .exec_without_returning(&cx.db())
        .await
        .doing("starting a clock")?;
    Ok(())
}

/// Staff answered; only the first time counts.
#[expect(clippy::disallowed_methods, reason = "the ticket was read in scope")]
pub(crate) async fn responded(cx: &Cx<'_>, ticket: &Ticket) -> Result<(), Fault> {
    let update = Entity::update_many()
        .col_expr(Column::RespondedAt, Expr::value(Some(cx.now)))
        .filter(Column::TicketId.eq(ticket.id))
        .filter(Column::RespondedAt.is_null());
    update.exec(&cx.db()).await.doing("noting a first answer")?;
    Ok(())
}

/// The resolution was given, or (with none) taken back.
#[expect(clippy::disallowed_methods, reason = "the ticket was read in scope")]
pub(crate) async fn resolved(
    cx: &Cx<'_>,
    ticket: &Ticket,
    at: Option<DateTime<Utc>>,
) -> Result<(), Fault> {
    let update = Entity::update_many()
        .col_expr(Column::ResolvedAt, Expr::value(at))
        .filter(Column::TicketId.eq(ticket.id));
    update.exec(&cx.db()).await.doing("noting a resolution")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use kernel::{SeededEntropy, uuid_v7};

    use super::*;

    #[test]
    fn a_clock_runs_until_it_is_met_or_breached() {
        let start = DateTime::from_timestamp(1_800_000_000, 0).expect("in range");
        let after = |hours| start + TimeDelta::hours(hours);
        let clock = |responded, resolved| Clock {
            ticket: TicketId(uuid_v7(start, &SeededEntropy::new(1))),
            response_due: after(4),
            resolution_due: after(48),
            responded_at: responded,
            resolved_at: resolved,
        };
        assert_eq!(clock(None, None).state(after(4)), ClockState::Running);
        assert_eq!(clock(None, None).state(after(5)), ClockState::Breached);
        assert_eq!(
            clock(Some(after(3)), None).state(after(48)),
            ClockState::Running
        );
        assert_eq!(
            clock(Some(after(3)), None).state(after(49)),
            ClockState::Breached
        );
        assert_eq!(
            clock(Some(after(3)), Some(after(47))).state(after(99)),
            ClockState::Met
        );
        assert_eq!(
            clock(None, Some(after(2))).state(after(99)),
            ClockState::Met
        );
        assert_eq!(
            clock(Some(after(6)), Some(after(7))).state(after(7)),
            ClockState::Breached
        );
    }
}
