//! The time that is left, for clients whose contract shows it (SL-6): when an
//! answer and a resolution are due, and nothing of why.

use chrono::{DateTime, Utc};
use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use visibility::Cx;

use crate::{
    Clock, TicketId,
    entity::{clock, ticket, triage},
    scope,
};

/// What a client sees of a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Countdown {
    /// The ticket.
    pub ticket: TicketId,
    /// When an answer is due; none once there was one, and while it stands.
    pub response_due: Option<DateTime<Utc>>,
    /// When the resolution is due; none once there is one, and while it stands.
    pub resolution_due: Option<DateTime<Utc>>,
    /// Whether it stands.
    pub paused: bool,
}

impl From<Clock> for Countdown {
    fn from(clock: Clock) -> Self {
        let running = clock.paused_at.is_none();
        let open = clock.resolved_at.is_none();
        Self {
            ticket: clock.ticket_id,
            response_due: clock
                .response_due
                .filter(|_| running && clock.responded_at.is_none()),
            resolution_due: clock.resolution_due.filter(|_| running && open),
            paused: !running,
        }
    }
}

/// The countdowns of those of the tickets that the viewer can see and whose
/// contract shows it. Three statements at most, however many there are.
#[expect(
    clippy::disallowed_methods,
    reason = "tickets of the scope alone, and clocks that their contract shows"
)]
pub async fn countdowns(cx: &Cx<'_>, tickets: &[TicketId]) -> Result<Vec<Countdown>, Fault> {
    let visible = scope::visible_to(cx.viewer)
        .filter(ticket::Column::Id.is_in(tickets.iter().copied()))
        .select_only()
        .column(ticket::Column::Id);
    let under = triage::Entity::find()
        .filter(triage::Column::TicketId.in_subquery(visible.into_query()))
        .filter(triage::Column::ContractId.is_not_null())
        .all(&cx.db())
        .await
        .doing("reading the contracts of tickets")?;
    if under.is_empty() {
        return Ok(Vec::new());
    }
    let mut contracts: Vec<_> = under.iter().filter_map(|row| row.contract_id).collect();
    contracts.sort_unstable();
    contracts.dedup();
    let shown = contracts::counting_down(&cx.db(), contracts).await?;
    let is_shown = |row: &triage::Model| row.contract_id.is_some_and(|id| shown.contains(&id));
    let ids: Vec<_> = under
        .into_iter()
        .filter(is_shown)
        .map(|row| row.ticket_id)
        .collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let clocks = clock::Entity::find()
        .filter(clock::Column::TicketId.is_in(ids))
        .filter(clock::Column::TermsId.is_not_null())
        .all(&cx.db())
        .await
        .doing("reading countdowns")?;
    Ok(clocks.into_iter().map(Countdown::from).collect())
}
