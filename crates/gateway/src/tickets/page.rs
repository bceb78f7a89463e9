//! The tickets of one page and what belongs to them, fetched together.

use std::{collections::HashMap, sync::Arc};

use ::identity::{Company, StaffUser, client_users_by_ids, companies_by_ids, staff_member};
use ::tickets::{Clock, Entry, Ticket, TicketId, assignments, clocks, timelines};
use async_graphql::Result;
use kernel::{ClientUserId, CompanyId, Fault, PageRequest, Slice};
use visibility::Cx;

use super::{TicketNode, entry::EntryPage};
use crate::{
    batch::{Batch, Batches},
    context::Asked,
    identity::{UserNode, UserPage},
    refusal::Refusal,
};

/// The tickets of one page. Every relation costs one statement for all of them.
pub(crate) struct TicketPage {
    pub(super) asked: Arc<Asked>,
    ids: Vec<TicketId>,
    requester_ids: Vec<ClientUserId>,
    company_ids: Vec<CompanyId>,
    requesters: Batch<ClientUserId, UserNode>,
    companies: Batch<CompanyId, Company>,
    assignees: Batch<TicketId, StaffUser>,
    clocks: Batch<TicketId, Clock>,
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
            assignees: Batch::default(),
            clocks: Batch::default(),
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
            let ids: Vec<_> = found.iter().map(|user| user.id).collect();
            let nodes = UserPage::nodes(&self.asked, found);
            Ok(ids.into_iter().zip(nodes).collect())
        };
        self.requesters.get(&id, fetch).await
    }

    pub(super) async fn company(&self, id: CompanyId) -> Result<Option<&Company>> {
        let cx = self.cx()?;
        let fetch = async || {
            let found = companies_by_ids(&cx, &self.company_ids).await?;
            Ok(found
                .into_iter()
                .map(|company| (company.id, company))
                .collect())
        };
        self.companies.get(&id, fetch).await
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
                .map(|clock| (clock.ticket, clock))
                .collect())
        };
        self.clocks.get(&id, fetch).await
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
            let page = Arc::new(EntryPage::of(&self.asked, all));
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
                Arc::new(EntryPage::of(&self.asked, [])),
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

/// Each id once.
pub(super) fn distinct<T: Ord>(ids: impl Iterator<Item = T>) -> Vec<T> {
    let mut ids: Vec<T> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
