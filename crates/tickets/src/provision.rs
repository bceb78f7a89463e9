//! Writing whole histories without a viewer: for the operator's own tools
//! (demo, imports) and tests. Nothing that answers a request may call this.

use kernel::{Doing, Fault, StaffUserId, WorkspaceId};
use sea_orm::{EntityTrait, IntoActiveModel};
use store::Tx;

use crate::{
    Category, Entry, SERIES, Ticket, clock,
    entity::{assignment, category, entry, ticket},
};

/// Rows of one statement at most: PostgreSQL takes 65 535 parameters.
const CHUNK: usize = 2_000;

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
    in_chunks::<category::Entity>(tx, categories).await
}

/// Draws `count` ticket numbers of a workspace in a row; answers the first.
pub async fn next_numbers(tx: &Tx, workspace: WorkspaceId, count: u32) -> Result<i64, Fault> {
    tx.next_numbers(workspace, SERIES, count).await
}

/// Writes histories, many at a time. The numbers must have been drawn.
pub async fn histories(tx: &Tx, histories: Vec<History>) -> Result<(), Fault> {
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
    in_chunks::<ticket::Entity>(tx, tickets).await?;
    in_chunks::<entry::Entity>(tx, entries).await?;
    in_chunks::<assignment::Entity>(tx, assignments).await?;
    in_chunks::<crate::entity::clock::Entity>(tx, clocks).await
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

async fn in_chunks<E>(tx: &Tx, rows: Vec<E::Model>) -> Result<(), Fault>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: sea_orm::ActiveModelTrait<Entity = E> + Send,
{
    let mut rows = rows
        .into_iter()
        .map(IntoActiveModel::into_active_model)
        .peekable();
    while rows.peek().is_some() {
        let chunk: Vec<_> = rows.by_ref().take(CHUNK).collect();
        E::insert_many(chunk)
            .exec_without_returning(&tx.executor())
            .await
            .doing("provisioning")?;
    }
    Ok(())
}
