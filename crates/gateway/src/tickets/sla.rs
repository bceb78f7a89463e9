//! Service-level clocks as the API shows them: all of one to staff, the time left
//! to clients whose contract shows it.

use std::sync::Arc;

use ::tickets::{Clock, ClockState, Countdown, Escalated, TicketId};
use async_graphql::{ComplexObject, Enum, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::page::TicketPage;
use crate::{
    audience::{Internal, internal},
    contracts::SlaTargetKind,
};

/// How a service-level clock stands.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "SlaState", directive = internal::apply())]
pub(crate) enum SlaState {
    /// Something is due in the future.
    Running,
    /// Something is due soon, by the policy's threshold.
    NearBreach,
    /// It stands: the client's turn, or the ticket was merged into another.
    Paused,
    /// Resolved, with both targets kept.
    Met,
    /// A target was missed.
    Breached,
}

/// The service-level clock of a ticket.
#[derive(SimpleObject)]
#[graphql(complex, directive = internal::apply())]
pub(crate) struct Sla {
    #[graphql(skip)]
    ticket: TicketId,
    #[graphql(skip)]
    page: Arc<TicketPage>,
    /// When the first public answer is due, or was; none while the clock stands,
    /// and when none is promised.
    #[graphql(guard = "Internal", directive = internal::apply())]
    response_due: Option<DateTime<Utc>>,
    /// When the resolution is due, or was; none while the clock stands, and when
    /// none is promised.
    #[graphql(guard = "Internal", directive = internal::apply())]
    resolution_due: Option<DateTime<Utc>>,
    /// How the clock stands right now.
    #[graphql(guard = "Internal", directive = internal::apply())]
    state: SlaState,
    /// Since when the clock stands; none while it runs.
    #[graphql(guard = "Internal", directive = internal::apply())]
    paused_at: Option<DateTime<Utc>>,
    /// When the answer was due that was missed; none when none was.
    #[graphql(guard = "Internal", directive = internal::apply())]
    response_breached_at: Option<DateTime<Utc>>,
    /// When the resolution was due that was missed; none when none was.
    #[graphql(guard = "Internal", directive = internal::apply())]
    resolution_breached_at: Option<DateTime<Utc>>,
}

impl Sla {
    pub(super) fn of(page: &Arc<TicketPage>, clock: &Clock) -> Self {
        let now = page.asked.now;
        let state = match clock.state(now) {
            ClockState::Running => SlaState::Running,
            ClockState::NearBreach => SlaState::NearBreach,
            ClockState::Paused => SlaState::Paused,
            ClockState::Met => SlaState::Met,
            ClockState::Breached => SlaState::Breached,
        };
        Self {
            ticket: clock.ticket_id,
            page: page.clone(),
            response_due: clock.response_due,
            resolution_due: clock.resolution_due,
            state,
            paused_at: clock.paused_at,
            response_breached_at: clock.response_breached_at,
            resolution_breached_at: clock.resolution_breached_at,
        }
    }
}

#[ComplexObject]
impl Sla {
    /// How much working time is left for the first public answer, in whole seconds:
    /// also while the clock stands; 0 once it was missed, none when it was given,
    /// when the ticket was merged into another, or when none is promised.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn response_remaining_seconds(&self) -> Result<Option<i64>> {
        let left = self.page.remaining(self.ticket).await?;
        Ok(left
            .and_then(|left| left.response)
            .map(|left| left.num_seconds()))
    }

    /// How much working time is left for the resolution, in whole seconds, likewise.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn resolution_remaining_seconds(&self) -> Result<Option<i64>> {
        let left = self.page.remaining(self.ticket).await?;
        Ok(left
            .and_then(|left| left.resolution)
            .map(|left| left.num_seconds()))
    }
}

/// A step of its policy that came for a ticket.
#[derive(Clone, SimpleObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct TicketEscalation {
    /// As which promise ran out.
    #[graphql(guard = "Internal", directive = internal::apply())]
    target: SlaTargetKind,
    /// At how much of the promised time, in percent.
    #[graphql(guard = "Internal", directive = internal::apply())]
    percent: i32,
    /// When that was.
    #[graphql(guard = "Internal", directive = internal::apply())]
    due_at: DateTime<Utc>,
    /// When the server saw it, and did what the step says.
    #[graphql(guard = "Internal", directive = internal::apply())]
    escalated_at: DateTime<Utc>,
}

impl From<Escalated> for TicketEscalation {
    fn from(step: Escalated) -> Self {
        Self {
            target: step.side.into(),
            percent: i32::try_from(step.percent).unwrap_or_default(),
            due_at: step.due_at,
            escalated_at: step.escalated_at,
        }
    }
}

/// The time that is left for a ticket.
#[derive(SimpleObject)]
pub(crate) struct SlaCountdown {
    /// When the first answer is due; none once there was one, and while it stands.
    response_due_at: Option<DateTime<Utc>>,
    /// When the ticket is due to be resolved; none once it is, and while it stands.
    resolution_due_at: Option<DateTime<Utc>>,
    /// Whether it stands: while the ticket waits for the client, and once it is
    /// resolved or merged into another.
    paused: bool,
}

impl From<&Countdown> for SlaCountdown {
    fn from(countdown: &Countdown) -> Self {
        Self {
            response_due_at: countdown.response_due,
            resolution_due_at: countdown.resolution_due,
            paused: countdown.paused,
        }
    }
}
