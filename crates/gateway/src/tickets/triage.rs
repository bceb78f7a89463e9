//! How urgent tickets are, under which contract they fall, and what of them is
//! due. For staff.

use ::tickets::{Queue, TriageError, queue, set_contract, set_priority};
use async_graphql::{Context, Enum, ID, InputObject, MaybeUndefined, Object, Result};
use kernel::{PageRequest, Slice};

use super::{TicketNode, input::said, page::TicketPage};
use crate::{
    audience::{Internal, internal},
    connection::{Page, nodes, page},
    context::Asking,
    contracts::TicketPriority,
    node::Kind,
    payload::payload,
    refusal::refuse,
};

/// A queue of tickets by what is due.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(directive = internal::apply())]
pub(crate) enum SlaQueue {
    /// What is due soon, by the threshold of its policy: whatever came near first
    /// is first.
    NearBreach,
    /// What was missed and is not resolved: whatever was missed first is first.
    Breached,
}

/// What `ticketPriority` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct TicketPriorityInput {
    /// The ticket.
    id: ID,
    /// How urgent it is.
    priority: TicketPriority,
}

/// What `ticketContract` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct TicketContractInput {
    /// The ticket.
    id: ID,
    /// The contract, which must cover the ticket's company; null for none. It has to
    /// be given.
    contract: MaybeUndefined<ID>,
}

payload! {
    /// What `ticketPriority` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketPriorityPayload {
        /// The ticket; none when there are errors.
        ticket: TicketNode,
    }
    /// Why the priority stays as it is.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketPriorityError;
    /// What can go wrong in `ticketPriority`.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketPriorityErrorCode {
        /// The ticket already has that priority.
        Unchanged,
    }
}

payload! {
    /// What `ticketContract` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketContractPayload {
        /// The ticket; none when there are errors.
        ticket: TicketNode,
    }
    /// Why the ticket stays under the contract that it has.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketContractError;
    /// What can go wrong in `ticketContract`.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketContractErrorCode {
        /// No contract of that id covers the ticket's company.
        UnknownContract,
        /// The ticket already falls under it.
        Unchanged,
    }
}

#[derive(Default)]
pub(crate) struct TriageMutation;

#[Object]
impl TriageMutation {
    /// Sets how urgent a ticket is; what is due is worked out anew. Needs the
    /// permission `tickets.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn ticket_priority(
        &self,
        ctx: &Context<'_>,
        input: TicketPriorityInput,
    ) -> Result<Option<TicketPriorityPayload>> {
        let id = Kind::Ticket.record(&input.id)?;
        let payload = match set_priority(&ctx.cx()?, id, input.priority.into()).await {
            Ok(ticket) => TicketPriorityPayload {
                ticket: Some(TicketPage::node(ctx.asked()?, ticket)),
                errors: Vec::new(),
            },
            Err(TriageError::Fault(fault)) => return Err(refuse(&fault)),
            Err(TriageError::Unchanged | TriageError::UnknownContract) => {
                TicketPriorityPayload::refused(
                    TicketPriorityErrorCode::Unchanged,
                    Some("priority"),
                    "The ticket already has that priority.",
                )
            }
        };
        Ok(Some(payload))
    }

    /// Says under which contract a ticket falls; what is due is worked out anew.
    /// Needs the permissions `tickets.write` and `contracts.read`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn ticket_contract(
        &self,
        ctx: &Context<'_>,
        input: TicketContractInput,
    ) -> Result<Option<TicketContractPayload>> {
        use TicketContractErrorCode as Code;
        let id = Kind::Ticket.record(&input.id)?;
        // An id of another kind names no contract: the domain says so.
        let nothing = || uuid::Uuid::nil().into();
        let contract = said("contract", input.contract)?;
        let contract = contract
            .as_ref()
            .map(|id| Kind::Contract.record(id).unwrap_or_else(|_| nothing()));
        let refused =
            |code, message: &str| TicketContractPayload::refused(code, Some("contract"), message);
        let payload = match set_contract(&ctx.cx()?, id, contract).await {
            Ok(ticket) => TicketContractPayload {
                ticket: Some(TicketPage::node(ctx.asked()?, ticket)),
                errors: Vec::new(),
            },
            Err(TriageError::Fault(fault)) => return Err(refuse(&fault)),
            Err(TriageError::Unchanged) => {
                refused(Code::Unchanged, "The ticket already falls under it.")
            }
            Err(TriageError::UnknownContract) => {
                let message = "There is no such contract that covers the ticket's company.";
                refused(Code::UnknownContract, message)
            }
        };
        Ok(Some(payload))
    }
}

#[derive(Default)]
pub(crate) struct QueueQuery;

#[Object]
impl QueueQuery {
    /// The tickets in the viewer's scope that are due soon, or that were missed.
    #[graphql(
        guard = "Internal",
        directive = internal::apply(),
        complexity = "nodes(first) * child_complexity + 1"
    )]
    async fn sla_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which queue.")] state: SlaQueue,
        #[graphql(desc = "How many tickets: 1 to 100, 20 when absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the ticket before the page.")] after: Option<String>,
    ) -> Result<Page<TicketNode>> {
        let has_previous = after.is_some();
        let of = match state {
            SlaQueue::NearBreach => Queue::NearBreach,
            SlaQueue::Breached => Queue::Breached,
        };
        let found = queue(&ctx.cx()?, of, &PageRequest { first, after }).await;
        let slice = found.map_err(super::query::refused)?;
        let has_next = slice.has_next;
        let (cursors, tickets): (Vec<_>, Vec<_>) = slice.rows.into_iter().unzip();
        let nodes = TicketPage::nodes(ctx.asked()?, tickets);
        let rows = cursors.into_iter().zip(nodes).collect();
        Ok(page(Slice { rows, has_next }, has_previous))
    }
}
