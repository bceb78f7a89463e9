//! Finding tickets: filters, search, what it costs, and the export.

mod export;
mod index;
mod plans;
mod search;
mod spans;

use chrono::{DateTime, Utc};
use end_to_end::{Persona, World};
use kernel::{ClientUserId, CompanyId};
use serde_json::{Value, json};
use store::Tx;
use tickets::{
    Status, Ticket, TicketId,
    provision::{self, History, Promises},
};
use visibility::Flag;

/// A ticket as it is written behind everybody's back.
pub(crate) struct Seed {
    pub(crate) company: CompanyId,
    pub(crate) requester: ClientUserId,
    pub(crate) subject: String,
    pub(crate) opened_at: DateTime<Utc>,
    pub(crate) status: Status,
    pub(crate) category: &'static str,
    pub(crate) flag: Flag,
}

impl Seed {
    /// An open ticket of Birch that its clients see.
    pub(crate) fn of_birch(world: &World, subject: &str, opened_at: DateTime<Utc>) -> Self {
        Self {
            company: world.cast.birch,
            requester: world.cast.bea,
            subject: subject.to_owned(),
            opened_at,
            status: Status::Open,
            category: "general",
            flag: Flag::ClientVisible,
        }
    }
}

/// Writes tickets of the workspace `glass`.
pub(crate) async fn sow(world: &World, seeds: Vec<Seed>) -> Vec<TicketId> {
    let (tx, histories) = germinate(world, seeds).await;
    let ids = histories.iter().map(|history| history.ticket.id).collect();
    let written = provision::histories(&tx, histories).await;
    written.expect("histories");
    tx.commit().await.expect("committed");
    ids
}

/// Writes tickets that nobody finds by their words.
pub(crate) async fn sow_unsearchable(world: &World, seeds: Vec<Seed>) {
    let (tx, histories) = germinate(world, seeds).await;
    let promises = Promises::default();
    let written = provision::unsearchable_histories(&tx, histories, &promises).await;
    written.expect("histories");
    tx.commit().await.expect("committed");
}

/// The tickets, and the transaction in which their numbers were drawn.
async fn germinate(world: &World, seeds: Vec<Seed>) -> (Tx, Vec<History>) {
    let work = world.work();
    let tx = work.begin().await.expect("a transaction");
    let count = u32::try_from(seeds.len()).expect("few");
    let first = provision::next_numbers(&tx, world.cast.glass, count).await;
    let numbers = first.expect("numbers")..;
    let history = |(seed, number): (Seed, i64)| History {
        ticket: Ticket {
            id: TicketId::fresh(seed.opened_at, work.entropy),
            workspace_id: world.cast.glass,
            company_id: seed.company,
            number,
            subject: seed.subject,
            description: "A story.".to_owned(),
            category: seed.category.to_owned(),
            status: seed.status,
            flag: seed.flag,
            requester_id: Some(seed.requester),
            opened_at: seed.opened_at,
            changed_at: seed.opened_at,
            resolved_at: None,
            closed_at: None,
        },
        entries: Vec::new(),
        assignee: None,
    };
    let histories = seeds.into_iter().zip(numbers).map(history).collect();
    (tx, histories)
}

/// The subjects of what is found, as the list answers them.
pub(crate) async fn found(persona: &Persona, filter: Value) -> Vec<String> {
    let query = "query ($filter: TicketFilter) { tickets(first: 100, filter: $filter) { nodes { subject } } }";
    let data = persona.done(query, json!({"filter": filter})).await;
    let nodes = data["tickets"]["nodes"].as_array().expect("nodes").clone();
    let subject = |node: &Value| node["subject"].as_str().expect("a subject").to_owned();
    nodes.iter().map(subject).collect()
}
