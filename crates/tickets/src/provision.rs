//! Writing whole histories without a viewer: for the operator's own tools
//! (demo, imports) and tests. Nothing that answers a request may call this.

mod desk;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use contracts::{ContractId, Priority, Terms};
use kernel::{CompanyId, Fault, StaffUserId, WorkspaceId};
use store::Tx;
use visibility::Flag;

use crate::{
    Attachment, Category, Clock, Entry, Participant, SERIES, Status, Ticket, TicketId,
    clock::{Basis, Missed},
    entity::{assignment, attachment, breach, category, entry, participant, pause, ticket, triage},
    index,
};

pub use desk::{NewView, exposures, items, quiet_time, ticket_items, views};

/// A ticket with all that belongs to it.
#[derive(Clone, Debug)]
pub struct History {
    /// The ticket as it stands at the end.
    pub ticket: Ticket,
    /// Its timeline.
    pub entries: Vec<Entry>,
    /// Who works on it.
    pub assignee: Option<StaffUserId>,
}

/// Writes the categories of a workspace.
pub async fn categories(tx: &Tx, categories: Vec<Category>) -> Result<(), Fault> {
    tx.write_all::<category::Entity>(categories).await
}

/// Draws `count` ticket numbers of a workspace in a row; answers the first.
pub async fn next_numbers(tx: &Tx, workspace: WorkspaceId, count: u32) -> Result<i64, Fault> {
    tx.next_numbers(workspace, SERIES, count).await
}

/// What was promised for tickets that are written.
#[derive(Clone, Debug, Default)]
pub struct Promises {
    /// By when clocks are counted.
    pub now: DateTime<Utc>,
    /// What holds without a contract.
    pub own: Option<Terms>,
    /// What holds for companies under a contract.
    pub contracts: HashMap<CompanyId, (ContractId, Option<Terms>)>,
    /// How urgent tickets are; the others are as most are.
    pub priorities: HashMap<TicketId, Priority>,
}

/// Writes histories, many at a time, for which nothing was promised. The numbers
/// must have been drawn.
pub async fn histories(tx: &Tx, histories: Vec<History>) -> Result<(), Fault> {
    promised_histories(tx, histories, &Promises::default()).await
}

/// Writes histories, many at a time. The numbers must have been drawn.
pub async fn promised_histories(
    tx: &Tx,
    histories: Vec<History>,
    promises: &Promises,
) -> Result<(), Fault> {
    let mut counted = Counted::default();
    for history in &histories {
        counted.add(history, promises);
    }
    let ids: Vec<_> = histories.iter().map(|history| history.ticket.id).collect();
    let mut tickets = Vec::with_capacity(histories.len());
    let mut entries = Vec::new();
    let mut assignments = Vec::new();
    for history in histories {
        if let Some(assignee) = history.assignee {
            assignments.push(assigned(&history.ticket, assignee));
        }
        tickets.push(history.ticket);
        entries.extend(history.entries);
    }
    tx.write_all::<ticket::Entity>(tickets).await?;
    tx.write_all::<entry::Entity>(entries).await?;
    tx.write_all::<assignment::Entity>(assignments).await?;
    tx.write_all::<triage::Entity>(counted.triages).await?;
    tx.write_all::<crate::entity::clock::Entity>(counted.clocks)
        .await?;
    tx.write_all::<pause::Entity>(counted.pauses).await?;
    tx.write_all::<breach::Entity>(counted.breaches).await?;
    index::renew(&tx.executor(), &ids).await
}

/// The clocks of histories, played from their entries.
#[derive(Default)]
struct Counted {
    triages: Vec<triage::Model>,
    clocks: Vec<Clock>,
    pauses: Vec<pause::Model>,
    breaches: Vec<breach::Model>,
}

impl Counted {
    fn add(&mut self, history: &History, promises: &Promises) {
        let ticket = &history.ticket;
        let under = promises.contracts.get(&ticket.company_id);
        let triage = triage::Model {
            ticket_id: ticket.id,
            workspace_id: ticket.workspace_id,
            priority: promises
                .priorities
                .get(&ticket.id)
                .copied()
                .unwrap_or_default(),
            contract_id: under.map(|(contract, _)| *contract),
        };
        let terms = under.and_then(|(_, terms)| terms.clone());
        let basis = Basis {
            terms: terms.or_else(|| promises.own.clone()),
            priority: triage.priority,
        };
        let mut clock = Clock::begun(ticket, &basis);
        let mut missed = Vec::new();
        let mut status = Status::Open;
        for entry in &history.entries {
            let answered = entry.staff_user_id.is_some()
                && entry.flag == Flag::ClientVisible
                && entry.body.is_some();
            status = entry.to_status.unwrap_or(status);
            missed.extend(self.turned(&mut clock, &basis, entry.created_at, status, answered));
        }
        // What was written without the entries that led there.
        let moved = ticket.resolved_at.unwrap_or(ticket.changed_at);
        missed.extend(self.turned(&mut clock, &basis, moved, ticket.status, false));
        missed.extend(clock.miss(promises.now));
        clock.plan(&basis);
        let breach = |(side, breached_at): (_, DateTime<Utc>)| breach::Model {
            // As good as any: one for each ticket and side.
            id: uuid::Uuid::from_u128(ticket.id.0.as_u128() ^ (1 + side as u128)),
            workspace_id: ticket.workspace_id,
            ticket_id: ticket.id,
            side,
            breached_at,
            noticed_at: breached_at,
        };
        self.breaches.extend(missed.into_iter().map(breach));
        self.triages.push(triage);
        self.clocks.push(clock);
    }

    fn turned(
        &mut self,
        clock: &mut Clock,
        basis: &Basis,
        at: DateTime<Utc>,
        status: Status,
        answered: bool,
    ) -> Vec<Missed> {
        if !clock.turns(status, answered) {
            return Vec::new();
        }
        let before = clock.paused_at;
        let missed = clock.turn(basis, at, status, answered);
        match (before, clock.paused_at) {
            (None, Some(began_at)) => self.pauses.push(pause::Model {
                ticket_id: clock.ticket_id,
                began_at,
                ended_at: None,
            }),
            (Some(_), None) => {
                if let Some(pause) = self.pauses.last_mut() {
                    pause.ended_at = Some(clock.counted_at);
                }
            }
            _ => {}
        }
        missed
    }
}

/// Writes who takes part in tickets that were written before.
pub async fn participants(tx: &Tx, participants: Vec<Participant>) -> Result<(), Fault> {
    let mut ids: Vec<_> = participants.iter().map(|one| one.ticket_id).collect();
    ids.sort_unstable();
    ids.dedup();
    tx.write_all::<participant::Entity>(participants).await?;
    index::renew(&tx.executor(), &ids).await
}

/// Writes what is attached to tickets and entries that were written before.
pub async fn attachments(tx: &Tx, attachments: Vec<Attachment>) -> Result<(), Fault> {
    tx.write_all::<attachment::Entity>(attachments).await
}

fn assigned(ticket: &Ticket, assignee: StaffUserId) -> assignment::Model {
    assignment::Model {
        ticket_id: ticket.id,
        workspace_id: ticket.workspace_id,
        staff_user_id: assignee,
        assigned_by: assignee,
        assigned_at: ticket.opened_at,
    }
}
