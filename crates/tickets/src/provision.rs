//! Writing whole histories without a viewer: for the operator's own tools
//! (demo, imports) and tests. Nothing that answers a request may call this.

use kernel::{Fault, StaffUserId, WorkspaceId};
use store::Tx;

use crate::{
    Attachment, Category, Entry, Participant, SERIES, Ticket, clock,
    entity::{assignment, attachment, category, entry, participant, ticket},
    index,
};

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

/// Writes histories, many at a time. The numbers must have been drawn.
pub async fn histories(tx: &Tx, histories: Vec<History>) -> Result<(), Fault> {
    let ids: Vec<_> = histories.iter().map(|history| history.ticket.id).collect();
    let clocks: Vec<_> = histories.iter().map(started_clock).collect();
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
    tx.write_all::<crate::entity::clock::Entity>(clocks).await?;
    index::renew(&tx.executor(), &ids).await
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

fn started_clock(history: &History) -> crate::entity::clock::Model {
    let answer = history.entries.iter().find(|entry| {
        entry.staff_user_id.is_some()
            && entry.flag == visibility::Flag::ClientVisible
            && entry.body.is_some()
    });
    clock::row(&history.ticket, answer.map(|entry| entry.created_at))
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
