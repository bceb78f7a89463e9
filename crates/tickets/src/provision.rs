//! Writing whole histories without a viewer: for the operator's own tools
//! (demo, imports) and tests. Nothing that answers a request may call this.

mod desk;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use contracts::{ContractId, Priority, Terms};
use kernel::{CompanyId, Entropy, Fault, StaffUserId, WorkspaceId};
use store::Tx;
use visibility::Flag;

use crate::{
    Attachment, CannedReply, CannedReplyId, Category, Clock, Entry, Field, Participant, SERIES,
    Status, Ticket, TicketId,
    clock::{Basis, Due, Missed},
    entity::{
        assignment, attachment, breach, canned, category, entry, escalation, mention, participant,
        pause, ticket, triage,
    },
    form::{definition::part, publish::first as first_form},
    index,
};

pub use desk::{NewView, exposures, items, quiet_time, status_labels, ticket_items, views};

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

/// Writes the first version of a category's form, as somebody of the team would
/// publish it at that instant. The keys and bounds must be sound.
pub async fn form(
    tx: &Tx,
    by: (WorkspaceId, StaffUserId),
    at: DateTime<Utc>,
    category: &str,
    fields: Vec<Field>,
) -> Result<(), Fault> {
    first_form(tx, by, at, category, part(fields)).await
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
    let ids: Vec<_> = histories.iter().map(|history| history.ticket.id).collect();
    unsearchable_histories(tx, histories, promises).await?;
    index::renew(&tx.executor(), &ids).await
}

/// Writes histories that nobody finds by their words until the backlog has been
/// filled and worked off, which is quicker for a great many: how their time is
/// parted, and in which order they are written, follows from all of them.
pub async fn unsearchable_histories(
    tx: &Tx,
    histories: Vec<History>,
    promises: &Promises,
) -> Result<(), Fault> {
    let mut counted = Counted::default();
    for history in &histories {
        counted.add(history, promises);
    }
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
    tx.write_all::<escalation::Entity>(counted.escalations)
        .await
}

/// The clocks of histories, played from their entries.
#[derive(Default)]
struct Counted {
    triages: Vec<triage::Model>,
    clocks: Vec<Clock>,
    pauses: Vec<pause::Model>,
    breaches: Vec<breach::Model>,
    escalations: Vec<escalation::Model>,
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
        let resolved = ticket.resolved_at.map(|_| Status::Resolved);
        for status in resolved.into_iter().chain([ticket.status]) {
            missed.extend(self.turned(&mut clock, &basis, moved, status, false));
        }
        missed.extend(clock.miss(promises.now));
        self.escalate(&mut clock, &basis, promises.now);
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

    /// The steps that came, as if they had been done: the history says how the
    /// ticket stands.
    fn escalate(&mut self, clock: &mut Clock, basis: &Basis, now: DateTime<Utc>) {
        let Some(terms_id) = clock.terms_id else {
            return;
        };
        let come = clock.escalate(basis, now);
        let row = |step: Due| escalation::Model {
            // As good as any: one for each ticket, side and percent.
            id: uuid::Uuid::from_u128(
                clock.ticket_id.0.as_u128() ^ u128::from(step.number().unsigned_abs()),
            ),
            workspace_id: clock.workspace_id,
            ticket_id: clock.ticket_id,
            terms_id,
            side: step.side,
            percent: step.percent,
            due_at: step.at,
            escalated_at: step.at,
            done_at: Some(step.at),
        };
        self.escalations.extend(come.into_iter().map(row));
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

/// A canned reply that is to be written.
#[derive(Clone, Copy, Debug)]
pub struct NewCannedReply<'a> {
    /// What the team calls it.
    pub title: &'a str,
    /// The words, with placeholders.
    pub body: &'a str,
    /// The tag of its language.
    pub language: &'a str,
}

/// Writes canned replies of a workspace.
pub async fn canned_replies(
    tx: &Tx,
    entropy: &dyn Entropy,
    (workspace, at): (WorkspaceId, DateTime<Utc>),
    replies: &[NewCannedReply<'_>],
) -> Result<(), Fault> {
    let row = |new: &NewCannedReply<'_>| CannedReply {
        id: CannedReplyId::fresh(at, entropy),
        workspace_id: workspace,
        title: new.title.to_owned(),
        body: new.body.to_owned(),
        language: new.language.to_owned(),
        category: None,
        words: crate::canned::words(new.title, new.body),
        changed_at: at,
    };
    tx.write_all::<canned::Entity>(replies.iter().map(row))
        .await
}

/// Writes who is named in notes that were written before.
pub async fn mentions(tx: &Tx, named: Vec<(Entry, StaffUserId)>) -> Result<(), Fault> {
    let row = |(note, staff_user_id): (Entry, StaffUserId)| mention::Model {
        entry_id: note.id,
        staff_user_id,
        workspace_id: note.workspace_id,
        ticket_id: note.ticket_id,
        mentioned_at: note.created_at,
    };
    tx.write_all::<mention::Entity>(named.into_iter().map(row))
        .await
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
