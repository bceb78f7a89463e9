//! Reads of contracts, policies and calendars.

use ::contracts::{
    calendar_cursor, calendars, contract_cursor, contracts, policies, policy_cursor,
};
use async_graphql::{Context, Object, Result};
use kernel::{PageRequest, Slice};

use super::{
    page::ContractPage,
    types::{CalendarConnection, CalendarNode, ContractConnection, SlaPolicyConnection},
};
use crate::{
    audience::{Internal, internal},
    connection::nodes,
    context::Asking,
    refusal::Refusal,
};

#[derive(Default)]
pub(crate) struct ContractQuery;

#[Object]
impl ContractQuery {
    /// The calendars of the workspace, the newest first. Needs the permission
    /// `contracts.read`.
    #[graphql(guard = "Internal", directive = internal::apply(), complexity = "nodes(first) * child_complexity + 1")]
    async fn calendars(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many calendars: 1 to 100, 20 when absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the calendar before the page.")] after: Option<String>,
    ) -> Result<CalendarConnection> {
        let has_previous = after.is_some();
        let found = calendars(&ctx.cx()?, &PageRequest { first, after }).await;
        let row = |row| (calendar_cursor(&row), CalendarNode(row));
        Ok(CalendarConnection::new(
            found.map_err(Refusal::from)?.map(row),
            has_previous,
        ))
    }

    /// The service-level policies of the workspace, the newest first. Needs the
    /// permission `contracts.read`.
    #[graphql(guard = "Internal", directive = internal::apply(), complexity = "nodes(first) * child_complexity + 1")]
    async fn sla_policies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many policies: 1 to 100, 20 when absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the policy before the page.")] after: Option<String>,
    ) -> Result<SlaPolicyConnection> {
        let has_previous = after.is_some();
        let found = policies(&ctx.cx()?, &PageRequest { first, after }).await;
        let slice = found.map_err(Refusal::from)?;
        let cursors: Vec<_> = slice.rows.iter().map(policy_cursor).collect();
        let nodes = ContractPage::policies(ctx.asked()?, slice.rows);
        let rows = cursors.into_iter().zip(nodes).collect();
        let slice = Slice {
            rows,
            has_next: slice.has_next,
        };
        Ok(SlaPolicyConnection::new(slice, has_previous))
    }

    /// The contracts of the workspace, the newest first. Needs the permission
    /// `contracts.read`.
    #[graphql(guard = "Internal", directive = internal::apply(), complexity = "nodes(first) * child_complexity + 1")]
    async fn contracts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many contracts: 1 to 100, 20 when absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the contract before the page.")] after: Option<String>,
    ) -> Result<ContractConnection> {
        let has_previous = after.is_some();
        let found = contracts(&ctx.cx()?, &PageRequest { first, after }).await;
        let slice = found.map_err(Refusal::from)?;
        let cursors: Vec<_> = slice.rows.iter().map(contract_cursor).collect();
        let nodes = ContractPage::contracts(ctx.asked()?, slice.rows);
        let rows = cursors.into_iter().zip(nodes).collect();
        let slice = Slice {
            rows,
            has_next: slice.has_next,
        };
        Ok(ContractConnection::new(slice, has_previous))
    }
}
