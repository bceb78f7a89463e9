//! The contracts and policies of one page and what belongs to them, fetched
//! together.

use std::{collections::HashMap, sync::Arc};

use ::contracts::{
    Calendar, CalendarId, Contract, ContractId, Escalation, Policy, PolicyId, calendars_by_ids,
    contracts_by_ids, covered_by, policies_by_ids,
};
use ::identity::{StaffUser, companies_by_ids, staff_member};
use async_graphql::Result;
use kernel::{CompanyId, Fault, StaffUserId};
use visibility::{Cx, Permission};

use super::types::{CalendarNode, ContractNode, SlaPolicyNode};
use crate::{
    batch::Batch,
    context::Asked,
    identity::{CompanyNode, CompanyPage, StaffMemberNode, companies_by_id},
};

/// One page. Every relation costs one statement for all of its rows, what a
/// policy says two.
pub(crate) struct ContractPage {
    asked: Arc<Asked>,
    contract_ids: Vec<ContractId>,
    policy_ids: Vec<PolicyId>,
    calendar_ids: Vec<CalendarId>,
    staff_ids: Vec<StaffUserId>,
    policies: Batch<PolicyId, SlaPolicyNode>,
    calendars: Batch<CalendarId, Calendar>,
    companies: Batch<ContractId, Vec<CompanyNode>>,
    people: Batch<StaffUserId, StaffUser>,
}

impl ContractPage {
    fn of(
        asked: &Arc<Asked>,
        contract_ids: Vec<ContractId>,
        policy_ids: Vec<PolicyId>,
        (calendar_ids, staff_ids): (Vec<CalendarId>, Vec<StaffUserId>),
    ) -> Arc<Self> {
        Arc::new(Self {
            asked: asked.clone(),
            contract_ids,
            policy_ids,
            calendar_ids,
            staff_ids,
            policies: Batch::default(),
            calendars: Batch::default(),
            companies: Batch::default(),
            people: Batch::default(),
        })
    }

    /// The nodes of contracts.
    pub(crate) fn contracts(asked: &Arc<Asked>, contracts: Vec<Contract>) -> Vec<ContractNode> {
        let ids = contracts.iter().map(|contract| contract.id).collect();
        let policies = contracts.iter().filter_map(|contract| contract.policy_id);
        let page = Self::of(asked, ids, policies.collect(), Default::default());
        let node = |row| ContractNode {
            row,
            page: page.clone(),
        };
        contracts.into_iter().map(node).collect()
    }

    /// The node of one contract.
    pub(crate) fn contract(asked: &Arc<Asked>, contract: Contract) -> ContractNode {
        Self::contracts(asked, vec![contract]).swap_remove(0)
    }

    /// The nodes of policies.
    pub(crate) fn policies(asked: &Arc<Asked>, policies: Vec<Policy>) -> Vec<SlaPolicyNode> {
        let calendars = policies.iter().map(|policy| policy.calendar).collect();
        let steps = policies.iter().flat_map(|policy| &policy.escalations.0);
        let mut people: Vec<_> = steps.flat_map(Escalation::people).collect();
        people.sort_unstable();
        people.dedup();
        let page = Self::of(asked, Vec::new(), Vec::new(), (calendars, people));
        let node = |row| SlaPolicyNode {
            row,
            page: page.clone(),
        };
        policies.into_iter().map(node).collect()
    }

    /// The node of one policy.
    pub(crate) fn one_policy(asked: &Arc<Asked>, policy: Policy) -> SlaPolicyNode {
        Self::policies(asked, vec![policy]).swap_remove(0)
    }

    /// Contracts by their ids, for the tickets of a page: none for staff who may
    /// not see contracts.
    pub(crate) async fn of_tickets(
        asked: &Arc<Asked>,
        cx: &Cx<'_>,
        ids: &[ContractId],
    ) -> std::result::Result<HashMap<ContractId, ContractNode>, Fault> {
        if ids.is_empty() || cx.viewer.may(Permission::ContractsRead).is_err() {
            return Ok(HashMap::new());
        }
        let found = contracts_by_ids(cx, ids).await?;
        let nodes = Self::contracts(asked, found).into_iter();
        Ok(nodes.map(|node| (node.row.id, node)).collect())
    }

    pub(super) async fn calendar(&self, id: CalendarId) -> Result<Option<CalendarNode>> {
        let cx = self.asked.cx()?;
        let fetch = async || {
            let found = calendars_by_ids(&cx, &self.calendar_ids).await?;
            Ok(found
                .into_iter()
                .map(|calendar| (calendar.id, calendar))
                .collect())
        };
        let found = self.calendars.get(&id, fetch).await?;
        Ok(found.cloned().map(CalendarNode))
    }

    /// Somebody whom a step names.
    pub(super) async fn person(&self, id: StaffUserId) -> Result<Option<StaffMemberNode>> {
        let cx = self.asked.cx()?;
        let fetch = async || {
            let found = staff_member(&cx, &self.staff_ids).await?;
            Ok(found.into_iter().map(|user| (user.id, user)).collect())
        };
        let found = self.people.get(&id, fetch).await?;
        Ok(found.cloned().map(StaffMemberNode))
    }

    pub(super) async fn policy(page: &Arc<Self>, id: PolicyId) -> Result<Option<SlaPolicyNode>> {
        let cx = page.asked.cx()?;
        let fetch = async || {
            let found = policies_by_ids(&cx, &page.policy_ids).await?;
            let nodes = Self::policies(&page.asked, found).into_iter();
            Ok(nodes.map(|node| (node.row.id, node)).collect())
        };
        Ok(page.policies.get(&id, fetch).await?.cloned())
    }

    pub(super) async fn companies(&self, id: ContractId) -> Result<Vec<CompanyNode>> {
        let cx = self.asked.cx()?;
        let fetch = async || covered(&self.asked, &cx, &self.contract_ids).await;
        let found = self.companies.get(&id, fetch).await?;
        Ok(found.cloned().unwrap_or_default())
    }
}

/// Who is covered in one statement, the companies in another.
async fn covered(
    asked: &Arc<Asked>,
    cx: &Cx<'_>,
    contracts: &[ContractId],
) -> std::result::Result<HashMap<ContractId, Vec<CompanyNode>>, Fault> {
    let covered = covered_by(cx, contracts).await?;
    let mut ids: Vec<CompanyId> = covered.values().flatten().copied().collect();
    ids.sort_unstable();
    ids.dedup();
    let found = companies_by_ids(cx, &ids).await?;
    let nodes: HashMap<CompanyId, CompanyNode> = companies_by_id(CompanyPage::nodes(asked, found));
    let of = |ids: Vec<CompanyId>| ids.iter().filter_map(|id| nodes.get(id).cloned()).collect();
    Ok(covered
        .into_iter()
        .map(|(contract, ids)| (contract, of(ids)))
        .collect())
}
