//! Merging tickets.

use ::tickets::{MergeError, merge};
use async_graphql::{Context, ID, InputObject, Object, Result};

use super::{TicketNode, page::TicketPage};
use crate::{
    audience::{Internal, internal},
    context::Asking,
    node::Kind,
    payload::payload,
    refusal::refuse,
};

/// What `ticketMerge` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct TicketMergeInput {
    /// The ticket that is closed.
    id: ID,
    /// The ticket that goes on: another one of the same company.
    into: ID,
}

payload! {
    /// What `ticketMerge` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketMergePayload {
        /// The ticket that was closed; none when there are errors.
        ticket: TicketNode,
        /// The ticket that goes on; none when there are errors.
        into: TicketNode,
    }
    /// Why nothing was merged.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketMergeError;
    /// What can go wrong in `ticketMerge`.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketMergeErrorCode {
        /// A ticket cannot be merged into itself.
        Itself,
        /// There is no such ticket to merge it into.
        UnknownTicket,
        /// The tickets belong to different companies.
        OtherCompany,
        /// The ticket was merged before.
        Merged,
        /// The ticket is closed.
        TicketClosed,
        /// The ticket that was to go on is closed.
        TargetClosed,
        /// Clients see the ticket and would not see the one that goes on.
        TargetHidden,
        /// The requester would not see the ticket that goes on: the company's
        /// members see their own tickets alone.
        RequesterCannotSee,
        /// More than 100 people would take part in the ticket that goes on.
        TooManyParticipants,
        /// More than 100 tickets would be merged into the one that goes on.
        TooManyMerged,
    }
}

#[derive(Default)]
pub(crate) struct MergeMutation;

#[Object]
impl MergeMutation {
    /// Merges a ticket into another of the same company: it is closed, keeps
    /// its timeline, and whoever took part in it takes part in the other from
    /// then on. Needs the permission `tickets.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn ticket_merge(
        &self,
        ctx: &Context<'_>,
        input: TicketMergeInput,
    ) -> Result<Option<TicketMergePayload>> {
        let id = Kind::Ticket.record(&input.id)?;
        // An id of another kind names no ticket: the domain says so.
        let nothing = uuid::Uuid::nil().into();
        let into = Kind::Ticket.record(&input.into).unwrap_or(nothing);
        let payload = match merge(&ctx.cx()?, id, into).await {
            Ok((ticket, into)) => TicketMergePayload {
                ticket: Some(TicketPage::node(ctx.asked()?, ticket)),
                into: Some(TicketPage::node(ctx.asked()?, into)),
                errors: Vec::new(),
            },
            Err(error) => not_merged(error)?,
        };
        Ok(Some(payload))
    }
}

fn not_merged(error: MergeError) -> Result<TicketMergePayload> {
    use TicketMergeErrorCode as Code;
    let message = format!("Refused: {error}.");
    let (code, field) = match error {
        MergeError::Fault(fault) => return Err(refuse(&fault)),
        MergeError::Itself => (Code::Itself, "into"),
        MergeError::UnknownTarget => (Code::UnknownTicket, "into"),
        MergeError::OtherCompany => (Code::OtherCompany, "into"),
        MergeError::AlreadyMerged => (Code::Merged, "id"),
        MergeError::Closed => (Code::TicketClosed, "id"),
        MergeError::TargetClosed => (Code::TargetClosed, "into"),
        MergeError::TargetHidden => (Code::TargetHidden, "into"),
        MergeError::RequesterCannotSee => (Code::RequesterCannotSee, "into"),
        MergeError::TooManyParticipants => (Code::TooManyParticipants, "into"),
        MergeError::TooMany => (Code::TooManyMerged, "into"),
    };
    Ok(TicketMergePayload::refused(code, Some(field), message))
}
