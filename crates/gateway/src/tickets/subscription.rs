//! Live updates of tickets.

use ::tickets::event::{entry_of, is_ticket_fact};
use async_graphql::{Context, ID, Result, Subscription};
use futures_util::{Stream, StreamExt};
use kernel::Fault;

use super::{EntryNode, TicketNode, entry::EntryPage, page::TicketPage};
use crate::{
    context::Asking,
    live::{Seen, watch},
    node::Kind,
    refusal::{Refusal, refuse},
};

#[derive(Default)]
pub(crate) struct TicketSubscription;

#[Subscription]
impl TicketSubscription {
    /// Each ticket as it is after something happened to it: all tickets that
    /// the viewer may see, or one. What the viewer may not see is not even
    /// counted.
    async fn ticket_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only this ticket; all tickets when absent.")] id: Option<ID>,
    ) -> Result<impl Stream<Item = Result<TicketNode>> + use<>> {
        ctx.cx()?;
        let only = match id {
            Some(id) => Some(in_scope(ctx, &id).await?),
            None => None,
        };
        let seen = watch(ctx.asked()?.clone());
        Ok(seen.filter_map(move |seen| async move {
            match seen {
                Err(refusal) => Some(Err(refusal.into())),
                Ok(seen) => changed(&seen, only).await.transpose(),
            }
        }))
    }

    /// Each new entry of a ticket's timeline that the viewer may see, and each
    /// one whose words were changed.
    async fn ticket_timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The ticket.")] id: ID,
    ) -> Result<impl Stream<Item = Result<EntryNode>> + use<>> {
        let ticket = in_scope(ctx, &id).await?;
        let seen = watch(ctx.asked()?.clone());
        Ok(seen.filter_map(move |seen| async move {
            match seen {
                Err(refusal) => Some(Err(refusal.into())),
                Ok(seen) => added(&seen, ticket).await.transpose(),
            }
        }))
    }
}

/// The ticket's id, if the viewer may see it.
async fn in_scope(ctx: &Context<'_>, id: &ID) -> Result<::tickets::TicketId> {
    let id = Kind::Ticket.record(id)?;
    let ticket = ::tickets::by_id(&ctx.cx()?, id)
        .await
        .map_err(|fault| refuse(&fault))?;
    Ok(ticket.id)
}

/// The ticket of the fact, read with the rights of this moment.
async fn changed(seen: &Seen, only: Option<::tickets::TicketId>) -> Result<Option<TicketNode>> {
    let subject = ::tickets::TicketId(seen.fact.subject);
    if !is_ticket_fact(&seen.fact) || only.is_some_and(|only| only != subject) {
        return Ok(None);
    }
    let cx = seen.asked.cx()?;
    // Withdrawn: to a client the ticket never was; staff are told of it as of any change.
    visible(::tickets::by_id(&cx, subject).await, |ticket| {
        TicketPage::node(&seen.asked, ticket)
    })
}

/// The entry of the fact, read with the rights of this moment.
async fn added(seen: &Seen, ticket: ::tickets::TicketId) -> Result<Option<EntryNode>> {
    let Some(entry) = entry_of(&seen.fact).filter(|_| seen.fact.subject == ticket.0) else {
        return Ok(None);
    };
    let cx = seen.asked.cx()?;
    visible(::tickets::entry_by_id(&cx, entry).await, |entry| {
        EntryPage::node(&seen.asked, entry)
    })
}

fn visible<T, N>(found: Result<T, Fault>, node: impl FnOnce(T) -> N) -> Result<Option<N>> {
    match found {
        Ok(record) => Ok(Some(node(record))),
        Err(Fault::NotFound) => Ok(None),
        Err(fault) => Err(Refusal::from(&fault).into()),
    }
}
