//! The time that is left, for clients whose contract shows it (SL-6): when an
//! answer and a resolution are due, and nothing of why.

use chrono::{DateTime, Utc};
use contracts::ContractId;
use kernel::{CompanyId, Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect};
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
/// contract covers their company and shows it. Three statements at most, however many
/// there are.
#[expect(
    clippy::disallowed_methods,
    reason = "tickets of the scope alone, and clocks that their contract shows"
)]
pub async fn countdowns(cx: &Cx<'_>, tickets: &[TicketId]) -> Result<Vec<Countdown>, Fault> {
    let of_ticket = ticket::Entity::belongs_to(triage::Entity)
        .from(ticket::Column::Id)
        .to(triage::Column::TicketId);
    let under: Vec<(TicketId, CompanyId, ContractId)> = scope::visible_to(cx.viewer)
        .filter(ticket::Column::Id.is_in(tickets.iter().copied()))
        .filter(triage::Column::ContractId.is_not_null())
        .join(JoinType::InnerJoin, of_ticket.into())
        .select_only()
        .columns([ticket::Column::Id, ticket::Column::CompanyId])
        .column(triage::Column::ContractId)
        .into_tuple()
        .all(&cx.db())
        .await
        .doing("reading the contracts of tickets")?;
    if under.is_empty() {
        return Ok(Vec::new());
    }
    let mut contracts: Vec<_> = under.iter().map(|(.., contract)| *contract).collect();
    contracts.sort_unstable();
    contracts.dedup();
    let shown = contracts::counting_down(&cx.db(), contracts).await?;
    let is_shown = |(_, company, contract): &(_, CompanyId, ContractId)| {
        shown.contains(&(*contract, *company))
    };
    let ids: Vec<_> = under
        .into_iter()
        .filter(is_shown)
        .map(|(ticket, ..)| ticket)
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
