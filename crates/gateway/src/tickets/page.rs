//! The tickets of one page and what belongs to them, fetched together.

use std::{collections::HashMap, hash::Hash, sync::Arc};

use ::contracts::ContractId;
use ::identity::{ClientUser, StaffUser, client_users_by_ids, companies_by_ids, staff_member};
use ::tickets::{
    Answered, Attachment, Clock, Countdown, Entry, QuietTime, Remaining, Role, Ticket, TicketId,
    Triage, answer_attachments, answers, assignments, attachments, clocks, countdowns, escalations,
    internal_answers, merged_from, merged_into, participants, quiet_time, remaining, ticket_items,
    timelines, triages,
};
use async_graphql::Result;
use kernel::{ClientUserId, CompanyId, Fault, PageRequest, Slice};
use visibility::{Cx, Flag};

use super::{
    AttachmentNode, TicketNode,
    configuration::{ConfigurationItemNode, ItemPage},
    entry::EntryPage,
    language::Language,
    sla::TicketEscalation,
};
use crate::{
    batch::{Batch, Batches},
    context::Asked,
    contracts::{ContractNode, ContractPage},
    identity::{CompanyNode, CompanyPage, UserNode, UserPage, companies_by_id},
    refusal::Refusal,
};

/// The tickets of one page. Every relation costs one statement for all of them.
pub(crate) struct TicketPage {
    pub(super) asked: Arc<Asked>,
    ids: Vec<TicketId>,
    requester_ids: Vec<ClientUserId>,
    company_ids: Vec<CompanyId>,
    requesters: Batch<ClientUserId, UserNode>,
    companies: Batch<CompanyId, CompanyNode>,
    participants: Batch<TicketId, Vec<(Role, UserNode)>>,
    attachments: Batch<TicketId, Vec<AttachmentNode>>,
    answers: Batch<TicketId, Vec<Answered>>,
    internal_answers: Batch<TicketId, Vec<Answered>>,
    answer_files: Batch<TicketId, Vec<AttachmentNode>>,
    pub(super) language: Arc<Language>,
    assignees: Batch<TicketId, StaffUser>,
    clocks: Batch<TicketId, Clock>,
    remaining: Batch<TicketId, Remaining>,
    countdowns: Batch<TicketId, Countdown>,
    quiet: Batch<(), QuietTime>,
    items: Batch<TicketId, Vec<ConfigurationItemNode>>,
    triages: Batch<TicketId, Triage>,
    escalations: Batch<TicketId, Vec<TicketEscalation>>,
    contracts: Batch<ContractId, ContractNode>,
    merged_into: Batch<TicketId, TicketNode>,
    merged_from: Batch<TicketId, Vec<TicketNode>>,
    timelines: Batches<PageRequest, TicketId, Slice<Arc<Entry>>>,
    entry_pages: Batches<PageRequest, (), Arc<EntryPage>>,
}

impl TicketPage {
    /// The nodes of a page of tickets.
    pub(crate) fn nodes(asked: &Arc<Asked>, tickets: Vec<Ticket>) -> Vec<TicketNode> {
        let page = Arc::new(Self {
            asked: asked.clone(),
            ids: tickets.iter().map(|ticket| ticket.id).collect(),
            requester_ids: distinct(tickets.iter().filter_map(|ticket| ticket.requester_id)),
            company_ids: distinct(tickets.iter().map(|ticket| ticket.company_id)),
            requesters: Batch::default(),
            companies: Batch::default(),
            participants: Batch::default(),
            attachments: Batch::default(),
            answers: Batch::default(),
            internal_answers: Batch::default(),
            answer_files: Batch::default(),
            language: Arc::default(),
            assignees: Batch::default(),
            clocks: Batch::default(),
            remaining: Batch::default(),
            countdowns: Batch::default(),
            quiet: Batch::default(),
            items: Batch::default(),
            triages: Batch::default(),
            escalations: Batch::default(),
            contracts: Batch::default(),
            merged_into: Batch::default(),
            merged_from: Batch::default(),
            timelines: Batches::default(),
            entry_pages: Batches::default(),
        });
        tickets
            .into_iter()
            .map(|ticket| TicketNode {
                row: ticket,
                page: page.clone(),
            })
            .collect()
    }

    /// The node of one ticket.
    pub(crate) fn node(asked: &Arc<Asked>, ticket: Ticket) -> TicketNode {
        let mut nodes = Self::nodes(asked, vec![ticket]);
        nodes.swap_remove(0)
    }

    fn cx(&self) -> Result<Cx<'_>> {
        Ok(self.asked.cx()?)
    }

    pub(super) async fn requester(&self, id: ClientUserId) -> Result<Option<&UserNode>> {
        let cx = self.cx()?;
        let fetch = async || {
            let found = client_users_by_ids(&cx, &self.requester_ids).await?;
            Ok(nodes_by_id(&self.asked, found))
        };
        self.requesters.get(&id, fetch).await
    }

    pub(super) async fn company(&self, id: CompanyId) -> Result<Option<&CompanyNode>> {
        let cx = self.cx()?;
        let fetch = async || {
            let found = companies_by_ids(&cx, &self.company_ids).await?;
            Ok(companies_by_id(CompanyPage::nodes(&self.asked, found)))
        };
        self.companies.get(&id, fetch).await
    }

    /// Who takes part in a ticket besides its requester, and why.
    pub(super) async fn participants(&self, id: TicketId) -> Result<&[(Role, UserNode)]> {
        let cx = self.cx()?;
        let fetch = async || taking_part(&self.asked, &cx, &self.ids).await;
        let found = self.participants.get(&id, fetch).await?;
        Ok(found.map_or(&[], Vec::as_slice))
    }

    /// The files of a ticket's description.
    pub(super) async fn attachments(&self, id: TicketId) -> Result<Option<&Vec<AttachmentNode>>> {
        let cx = self.cx()?;
        let fetch = async || {
            let rows = attachments(&cx, &self.ids).await?;
            let rows = rows.into_iter().map(|row| (row.ticket_id, row));
            Ok(grouped(&self.asked, rows))
        };
        self.attachments.get(&id, fetch).await
    }

    /// The answers to a ticket's form: the client-visible ones, or the others.
    pub(super) async fn answers(&self, id: TicketId, flag: Flag) -> Result<&[Answered]> {
        let cx = self.cx()?;
        let found = match flag {
            Flag::ClientVisible => {
                let fetch = async || answers(&cx, &self.ids).await;
                self.answers.get(&id, fetch).await?
            }
            Flag::InternalOnly => {
                let fetch = async || internal_answers(&cx, &self.ids).await;
                self.internal_answers.get(&id, fetch).await?
            }
        };
        Ok(found.map_or(&[], Vec::as_slice))
    }

    /// The files of a ticket's answers.
    pub(super) async fn answer_files(&self, id: TicketId) -> Result<&[AttachmentNode]> {
        let cx = self.cx()?;
        let fetch = async || {
            let rows = answer_attachments(&cx, &self.ids).await?;
            let rows = rows.into_iter().map(|row| (row.ticket_id, row));
            Ok(grouped(&self.asked, rows))
        };
        let found = self.answer_files.get(&id, fetch).await?;
        Ok(found.map_or(&[], Vec::as_slice))
    }

    pub(super) async fn assignee(&self, id: TicketId) -> Result<Option<&StaffUser>> {
        let cx = self.cx()?;
        self.assignees
            .get(&id, async || assignees(&cx, &self.ids).await)
            .await
    }

    pub(super) async fn clock(&self, id: TicketId) -> Result<Option<&Clock>> {
        let cx = self.cx()?;
        let fetch = async || {
            let found = clocks(&cx, &self.ids).await?;
            Ok(found
                .into_iter()
                .map(|clock| (clock.ticket_id, clock))
                .collect())
        };
        self.clocks.get(&id, fetch).await
    }

    pub(super) async fn remaining(&self, id: TicketId) -> Result<Option<&Remaining>> {
        let cx = self.cx()?;
        let fetch = async || {
            let found = remaining(&cx, &self.ids).await?;
            Ok(found.into_iter().map(|one| (one.ticket, one)).collect())
        };
        self.remaining.get(&id, fetch).await
    }

    pub(super) async fn countdown(&self, id: TicketId) -> Result<Option<&Countdown>> {
        let cx = self.cx()?;
        let fetch = async || {
            let found = countdowns(&cx, &self.ids).await?;
            Ok(found.into_iter().map(|one| (one.ticket, one)).collect())
        };
        self.countdowns.get(&id, fetch).await
    }

    /// The configuration items that a ticket is about.
    pub(super) async fn items(&self, id: TicketId) -> Result<Option<&Vec<ConfigurationItemNode>>> {
        let cx = self.cx()?;
        let fetch = async || {
            let found = ticket_items(&cx, &self.ids).await?;
            let page = ItemPage::of(&self.asked, found.values().flatten());
            let node = |row| ConfigurationItemNode {
                row,
                page: page.clone(),
            };
            let found = found.into_iter();
            Ok(found
                .map(|(ticket, rows)| (ticket, rows.into_iter().map(node).collect()))
                .collect())
        };
        self.items.get(&id, fetch).await
    }

    /// How long resolved tickets of the viewer's workspace wait for an answer.
    pub(super) async fn quiet_time(&self) -> Result<Option<&QuietTime>> {
        let cx = self.cx()?;
        let fetch = async || Ok(HashMap::from([((), quiet_time(&cx).await?)]));
        self.quiet.get(&(), fetch).await
    }

    pub(super) async fn triage(&self, id: TicketId) -> Result<Option<&Triage>> {
        let cx = self.cx()?;
        let fetch = async || {
            let found = triages(&cx, &self.ids).await?;
            Ok(found.into_iter().map(|one| (one.ticket, one)).collect())
        };
        self.triages.get(&id, fetch).await
    }

    pub(super) async fn escalations(&self, id: TicketId) -> Result<&[TicketEscalation]> {
        let cx = self.cx()?;
        let fetch = async || {
            let mut found: HashMap<_, Vec<_>> = HashMap::new();
            for step in escalations(&cx, &self.ids).await? {
                found.entry(step.ticket).or_default().push(step.into());
            }
            Ok(found)
        };
        let found = self.escalations.get(&id, fetch).await?;
        Ok(found.map(Vec::as_slice).unwrap_or_default())
    }

    /// The contract of a ticket; those of the page come together.
    pub(super) async fn contract(&self, id: TicketId) -> Result<Option<ContractNode>> {
        let cx = self.cx()?;
        let Some(contract) = self.triage(id).await?.and_then(|triage| triage.contract) else {
            return Ok(None);
        };
        let fetch = async || {
            let all = distinct(self.triages.fetched().filter_map(|triage| triage.contract));
            ContractPage::of_tickets(&self.asked, &cx, &all).await
        };
        Ok(self.contracts.get(&contract, fetch).await?.cloned())
    }

    /// The ticket that a ticket was merged into.
    pub(super) async fn merged_into(&self, id: TicketId) -> Result<Option<&TicketNode>> {
        let cx = self.cx()?;
        let fetch = async || {
            let found = merged_into(&cx, &self.ids).await?;
            let (merged, targets): (Vec<_>, Vec<_>) = found.into_iter().unzip();
            let nodes = Self::nodes(&self.asked, targets);
            Ok(merged.into_iter().zip(nodes).collect())
        };
        self.merged_into.get(&id, fetch).await
    }

    /// The tickets that were merged into a ticket.
    pub(super) async fn merged_from(&self, id: TicketId) -> Result<&[TicketNode]> {
        let cx = self.cx()?;
        let fetch = async || {
            let found = merged_from(&cx, &self.ids).await?;
            let rows = found.into_iter();
            let rows = rows.flat_map(|(id, sources)| sources.into_iter().map(move |one| (id, one)));
            let (targets, merged): (Vec<_>, Vec<_>) = rows.unzip();
            let mut grouped: HashMap<_, Vec<_>> = HashMap::new();
            for (target, node) in targets.into_iter().zip(Self::nodes(&self.asked, merged)) {
                grouped.entry(target).or_default().push(node);
            }
            Ok(grouped)
        };
        let found = self.merged_from.get(&id, fetch).await?;
        Ok(found.map_or(&[], Vec::as_slice))
    }

    /// One page of a ticket's timeline, and the entries of that page of all
    /// the tickets, whose authors are fetched together.
    pub(super) async fn timeline(
        &self,
        id: TicketId,
        request: PageRequest,
    ) -> Result<(Slice<Arc<Entry>>, Arc<EntryPage>)> {
        let cx = self.cx()?;
        let checked = ::tickets::check_timeline_page(&request).map_err(Refusal::from)?;
        let batch = self.timelines.with(request.clone());
        let found = batch.get(&id, async || {
            let found = timelines(&cx, &self.ids, &checked).await?;
            let found: HashMap<_, _> = found
                .into_iter()
                .map(|(id, slice)| (id, slice.map(Arc::new)))
                .collect();
            let all = found
                .values()
                .flat_map(|slice: &Slice<Arc<Entry>>| slice.rows.iter().map(AsRef::as_ref));
            let page = Arc::new(EntryPage::of(&self.asked, &self.language, all));
            let keep = self.entry_pages.with(request.clone());
            // The first to come keeps its page for all; nothing can fail here.
            let _ = keep
                .get(&(), async || Ok(HashMap::from([((), page)])))
                .await;
            Ok(found)
        });
        let slice = found.await?.cloned().unwrap_or(Slice {
            rows: Vec::new(),
            has_next: false,
        });
        let keep = self.entry_pages.with(request);
        let empty = async || {
            Ok(HashMap::from([(
                (),
                Arc::new(EntryPage::of(&self.asked, &self.language, [])),
            )]))
        };
        let page = keep
            .get(&(), empty)
            .await?
            .ok_or(Refusal::Internal)?
            .clone();
        Ok((slice, page))
    }
}

/// The rows in one statement, their people in another.
async fn taking_part(
    asked: &Arc<Asked>,
    cx: &Cx<'_>,
    tickets: &[TicketId],
) -> Result<HashMap<TicketId, Vec<(Role, UserNode)>>, Fault> {
    let rows = participants(cx, tickets).await?;
    let ids = distinct(rows.iter().map(|row| row.client_user_id));
    let people = match ids.as_slice() {
        [] => Vec::new(),
        ids => client_users_by_ids(cx, ids).await?,
    };
    let people = nodes_by_id(asked, people);
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        if let Some(user) = people.get(&row.client_user_id) {
            let of_ticket = found.entry(row.ticket_id).or_default();
            of_ticket.push((row.role, user.clone()));
        }
    }
    Ok(found)
}

/// Users as nodes of one page.
fn nodes_by_id(asked: &Arc<Asked>, users: Vec<ClientUser>) -> HashMap<ClientUserId, UserNode> {
    let ids: Vec<_> = users.iter().map(|user| user.id).collect();
    ids.into_iter().zip(UserPage::nodes(asked, users)).collect()
}

async fn assignees(
    cx: &Cx<'_>,
    tickets: &[TicketId],
) -> Result<HashMap<TicketId, StaffUser>, Fault> {
    let given = assignments(cx, tickets).await?;
    let people = staff_member(cx, &distinct(given.iter().map(|given| given.assignee))).await?;
    let people: HashMap<_, _> = people.into_iter().map(|user| (user.id, user)).collect();
    let with_person =
        |given: ::tickets::Assignment| Some((given.ticket, people.get(&given.assignee)?.clone()));
    Ok(given.into_iter().filter_map(with_person).collect())
}

/// Attachments as nodes, by what they belong to.
pub(super) fn grouped<K: Eq + Hash>(
    asked: &Arc<Asked>,
    rows: impl Iterator<Item = (K, Attachment)>,
) -> HashMap<K, Vec<AttachmentNode>> {
    let mut found: HashMap<K, Vec<_>> = HashMap::new();
    for (key, row) in rows {
        let of_one = found.entry(key).or_default();
        of_one.push(AttachmentNode::of(asked, row));
    }
    found
}

/// Each id once.
pub(super) fn distinct<T: Ord>(ids: impl Iterator<Item = T>) -> Vec<T> {
    let mut ids: Vec<T> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
