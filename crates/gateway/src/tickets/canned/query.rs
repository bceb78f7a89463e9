//! Reading canned replies, and filling them for a ticket.

use ::identity::{client_users_by_ids, recipient::client_viewer_of};
use ::tickets::{
    CannedReply, Ticket, Values, canned_replies, canned_reply, canned_reply_cursor, fill,
};
use async_graphql::{Context, ID, Object, Result};
use kernel::{Fault, PageRequest};
use visibility::Cx;

use super::{
    input::CannedReplyFilter,
    types::{CannedConnection, CannedNode, CannedReplyPreview},
};
use crate::{
    audience::{Internal, internal},
    connection::nodes,
    context::{Asked, Asking},
    node::Kind,
    refusal::refuse,
};

#[derive(Default)]
pub(crate) struct CannedQuery;

#[Object]
impl CannedQuery {
    /// The workspace's canned replies, the newest first. Needs the permission
    /// `tickets.write`.
    #[graphql(
        guard = "Internal",
        directive = internal::apply(),
        complexity = "nodes(first) * child_complexity + 1"
    )]
    async fn canned_replies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which; all of them when absent.")] filter: Option<CannedReplyFilter>,
        #[graphql(desc = "How many: 1 to 100, 20 when absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the one before the page.")] after: Option<String>,
    ) -> Result<CannedConnection> {
        let filter = filter.unwrap_or_default().check()?;
        let has_previous = after.is_some();
        let found = canned_replies(&ctx.cx()?, &filter, &PageRequest { first, after }).await;
        let slice = found.map_err(crate::tickets::query::refused)?;
        let node = |reply: CannedReply| (canned_reply_cursor(&reply), CannedNode(reply));
        Ok(CannedConnection::new(slice.map(node), has_previous))
    }

    /// A canned reply for one ticket, filled with what the ticket's requester
    /// may read of it, and with nothing else. Needs the permission
    /// `tickets.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn canned_reply_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The canned reply.")] id: ID,
        #[graphql(desc = "The ticket.")] ticket: ID,
    ) -> Result<Option<CannedReplyPreview>> {
        let (cx, asked) = (ctx.cx()?, ctx.asked()?);
        let reply = canned_reply(&cx, Kind::CannedReply.record(&id)?).await;
        let reply = reply.map_err(|fault| refuse(&fault))?;
        let ticket = ::tickets::by_id(&cx, Kind::Ticket.record(&ticket)?).await;
        let ticket = ticket.map_err(|fault| refuse(&fault))?;
        let values = as_the_client_reads(asked, &ticket).await;
        let filled = fill(&reply.body, &values.map_err(|fault| refuse(&fault))?);
        asked.count_prose(filled.body.len())?;
        Ok(Some(CannedReplyPreview {
            body: filled.body,
            unfilled: filled.unfilled,
        }))
    }
}

/// What the requester may read of the ticket: nothing, when they may not.
async fn as_the_client_reads(asked: &Asked, ticket: &Ticket) -> Result<Values, Fault> {
    let Some(requester) = ticket.requester_id else {
        return Ok(Values::default());
    };
    let work = asked.work();
    let Some(viewer) = client_viewer_of(&work, requester).await? else {
        return Ok(Values::default());
    };
    let client = Cx::new(&viewer, &work);
    let ticket = match ::tickets::by_id(&client, ticket.id).await {
        Err(Fault::NotFound) => return Ok(Values::default()),
        read => read?,
    };
    let own = client_users_by_ids(&client, &[requester]).await?.pop();
    Ok(Values {
        client_name: own.map(|user| user.name),
        ticket_reference: Some(ticket.reference()),
        ticket_subject: Some(ticket.subject),
    })
}
