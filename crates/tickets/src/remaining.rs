//! How much working time is left (SL-2), for staff: as of now, and also while
//! the clock stands.

use std::collections::HashMap;

use chrono::TimeDelta;
use contracts::{Side, terms_by_ids};
use kernel::Fault;
use visibility::Cx;

use crate::{TicketId, clock::Basis, clocks, triages};

/// What is left of what was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remaining {
    /// The ticket.
    pub ticket: TicketId,
    /// Working time until the first answer is missed; nothing left once it was,
    /// none when it was given or never promised, and of a merged ticket.
    pub response: Option<TimeDelta>,
    /// Working time until the resolution is missed, likewise.
    pub resolution: Option<TimeDelta>,
}

/// What is left for those of the tickets that anything was promised for. Three
/// statements, however many tickets there are.
pub async fn remaining(cx: &Cx<'_>, tickets: &[TicketId]) -> Result<Vec<Remaining>, Fault> {
    let clocks = clocks(cx, tickets).await?;
    let mut ids: Vec<_> = clocks.iter().filter_map(|clock| clock.terms_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let terms: HashMap<_, _> = terms_by_ids(&cx.db(), ids)
        .await?
        .into_iter()
        .map(|terms| (terms.id, terms))
        .collect();
    let priorities: HashMap<_, _> = triages(cx, tickets)
        .await?
        .into_iter()
        .map(|triage| (triage.ticket, triage.priority))
        .collect();
    let left = |clock: crate::Clock| {
        let ticket = clock.ticket_id;
        let basis = Basis {
            terms: terms.get(&clock.terms_id?).cloned(),
            priority: priorities.get(&ticket).copied().unwrap_or_default(),
        };
        Some(Remaining {
            ticket,
            response: clock.left(&basis, Side::Response, cx.now),
            resolution: clock.left(&basis, Side::Resolution, cx.now),
        })
    };
    Ok(clocks.into_iter().filter_map(left).collect())
}
