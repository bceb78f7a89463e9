//! Reads of tickets.

use std::sync::Arc;

use ::identity::{client_users_by_ids, companies_by_ids, device, staff_member};
use ::tickets::{Filter, ListError, Order};
use async_graphql::{Context, ID, Object, Result};
use kernel::{Fault, PageRequest, Slice};

use super::{
    AttachmentNode, TicketNode,
    entry::EntryPage,
    input::{TicketFilter, TicketOrder},
    page::TicketPage,
    types::TicketCategory,
};
use crate::{
    connection::{Page, nodes, page},
    context::{Asked, Asking},
    identity::{CompanyPage, DeviceSessionNode, StaffMemberNode, UserPage},
    node::{Kind, Node, parse},
    notifications::MailNode,
    refusal::{Refusal, refuse},
};

#[derive(Default)]
pub(crate) struct TicketQuery;

#[Object]
impl TicketQuery {
    /// The record with this global id. A record that the viewer may not see,
    /// and one that does not exist, are the same answer: null, and the error
    /// `NOT_FOUND`.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A global id.")] id: ID,
    ) -> Result<Option<Node>> {
        let asked = ctx.asked()?;
        let cx = ctx.cx()?;
        let (kind, record) = parse(&id).ok_or(Refusal::NotFound)?;
        let found = match kind {
            Kind::Ticket => {
                let ticket = ::tickets::by_id(&cx, record.into()).await;
                ticket.map(|ticket| Node::Ticket(TicketPage::node(asked, ticket)))
            }
            Kind::TimelineEntry => {
                let entry = ::tickets::entry_by_id(&cx, record.into()).await;
                entry.map(|entry| Node::TimelineEntry(EntryPage::node(asked, entry)))
            }
            Kind::File => {
                let found = ::tickets::attachment_by_id(&cx, record.into()).await;
                found.map(|found| Node::Attachment(AttachmentNode::of(asked, found)))
            }
            Kind::User => {
                let found = client_users_by_ids(&cx, &[record.into()]).await;
                found
                    .and_then(|mut found| found.pop().ok_or(Fault::NotFound))
                    .map(|user| Node::User(UserPage::node(asked, user)))
            }
            Kind::Company => {
                let found = companies_by_ids(&cx, &[record.into()]).await;
                let one = found.and_then(|mut found| found.pop().ok_or(Fault::NotFound));
                one.map(|company| Node::Company(CompanyPage::node(asked, company)))
            }
            Kind::JoinRequest
            | Kind::Contract
            | Kind::SlaPolicy
            | Kind::Calendar
            | Kind::CannedReply
            | Kind::SavedView
            | Kind::ConfigurationItem => Err(Fault::NotFound),
            // To a client the team and its mails are no records at all.
            Kind::StaffMember | Kind::Mail if cx.viewer.staff().is_err() => Err(Fault::NotFound),
            Kind::StaffMember => {
                let found = staff_member(&cx, &[record.into()]).await;
                let one = found.and_then(|mut found| found.pop().ok_or(Fault::NotFound));
                one.map(|member| Node::StaffMember(StaffMemberNode(member)))
            }
            Kind::Mail => {
                let found = ::notifications::by_id(&cx, record.into()).await;
                found.map(|mail| Node::Mail(MailNode(mail)))
            }
            Kind::DeviceSession => {
                let found = device(&cx, record.into()).await;
                found.map(|found| Node::DeviceSession(DeviceSessionNode::new(found, cx.viewer)))
            }
        };
        found.map(Some).map_err(|fault| refuse(&fault))
    }

    /// The ticket with this global id. A ticket that the viewer may not see,
    /// and one that does not exist, are the same answer: null, and the error
    /// `NOT_FOUND`.
    async fn ticket(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A global id.")] id: ID,
    ) -> Result<Option<TicketNode>> {
        let cx = ctx.cx()?;
        let ticket = ::tickets::by_id(&cx, Kind::Ticket.record(&id)?)
            .await
            .map_err(|fault| refuse(&fault))?;
        Ok(Some(TicketPage::node(ctx.asked()?, ticket)))
    }

    /// The tickets that the viewer may see.
    #[graphql(complexity = "nodes(first) * child_complexity + 1")]
    async fn tickets(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many tickets: 1 to 100, 20 when absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the ticket before the page. It belongs to one order.")]
        after: Option<String>,
        #[graphql(desc = "Which tickets; all of them when absent.")] filter: Option<TicketFilter>,
        #[graphql(desc = "In which order; the newest first when absent.")] order_by: Option<
            TicketOrder,
        >,
    ) -> Result<Page<TicketNode>> {
        let asked = ctx.asked()?;
        asked.cx()?;
        let order: Order = order_by.map(Into::into).unwrap_or_default();
        let filter = filter.unwrap_or_default().check()?;
        ticket_page(asked, &filter, order, PageRequest { first, after }).await
    }

    /// The categories that tickets can be opened in, in the workspace's order.
    #[graphql(complexity = "20 * child_complexity + 1")]
    async fn categories(&self, ctx: &Context<'_>) -> Result<Vec<TicketCategory>> {
        let found = ::tickets::categories(&ctx.cx()?)
            .await
            .map_err(|fault| refuse(&fault))?;
        Ok(found.into_iter().map(Into::into).collect())
    }
}

/// A page of the tickets that the viewer may see.
pub(super) async fn ticket_page(
    asked: &Arc<Asked>,
    filter: &Filter,
    order: Order,
    request: PageRequest,
) -> Result<Page<TicketNode>> {
    let found = ::tickets::list(&asked.cx()?, filter, order, &request).await;
    let slice = found.map_err(refused)?;
    let cursor = |ticket| order.cursor(ticket);
    let cursors: Vec<String> = slice.rows.iter().map(cursor).collect();
    let nodes = TicketPage::nodes(asked, slice.rows);
    let rows = cursors.into_iter().zip(nodes).collect();
    let slice = Slice {
        rows,
        has_next: slice.has_next,
    };
    Ok(page(slice, request.after.is_some()))
}

/// Why a list was not answered.
pub(super) fn refused(error: ListError) -> Refusal {
    match error {
        ListError::Page(bad) => bad.into(),
        ListError::Order => Refusal::BadInput {
            message:
                "With `filter.text` the newest come first, and `orderBy` can say nothing else."
                    .into(),
            field: "orderBy",
        },
        ListError::Fault(fault) => Refusal::from(&fault),
    }
}
