//! Who takes part in a ticket: naming people, and taking them off.

use ::tickets::{AddParticipantsError, NameError, RemoveParticipantError};
use async_graphql::{Context, ID, Object, Result};
use kernel::ClientUserId;

use super::{
    input::{TicketParticipantRemoveInput, TicketParticipantsAddInput, short},
    page::TicketPage,
    payload::{
        TicketParticipantRemoveErrorCode, TicketParticipantRemovePayload,
        TicketParticipantsAddErrorCode, TicketParticipantsAddPayload,
    },
};
use crate::{context::Asking, node::Kind, refusal::refuse};

#[derive(Default)]
pub(crate) struct ParticipantMutation;

#[Object]
impl ParticipantMutation {
    /// Names people of the ticket's company on it: from then on they see it and
    /// can take part, as far as the company shares by name.
    async fn ticket_participants_add(
        &self,
        ctx: &Context<'_>,
        input: TicketParticipantsAddInput,
    ) -> Result<Option<TicketParticipantsAddPayload>> {
        short("users", &input.users)?;
        let cx = ctx.cx()?;
        let id = Kind::Ticket.record(&input.id)?;
        let (code, field, message) =
            match ::tickets::add_participants(&cx, id, &people(&input.users)).await {
                Ok(ticket) => {
                    return Ok(Some(TicketParticipantsAddPayload {
                        ticket: Some(TicketPage::node(ctx.asked()?, ticket)),
                        errors: Vec::new(),
                    }));
                }
                Err(
                    AddParticipantsError::Fault(fault)
                    | AddParticipantsError::Name(NameError::Fault(fault)),
                ) => return Err(refuse(&fault)),
                Err(AddParticipantsError::TooMany) => (
                    TicketParticipantsAddErrorCode::TooManyParticipants,
                    "users",
                    TOO_MANY,
                ),
                Err(AddParticipantsError::Name(NameError::Unknown)) => (
                    TicketParticipantsAddErrorCode::UnknownParticipant,
                    "users",
                    UNKNOWN,
                ),
                Err(AddParticipantsError::Name(NameError::CannotSee)) => (
                    TicketParticipantsAddErrorCode::ParticipantCannotSee,
                    "users",
                    CANNOT_SEE,
                ),
                Err(AddParticipantsError::Name(NameError::SharingOff)) => (
                    TicketParticipantsAddErrorCode::SharingOff,
                    "users",
                    SHARING_OFF,
                ),
            };
        let refused = TicketParticipantsAddPayload::refused(code, Some(field), message);
        Ok(Some(refused))
    }

    /// Takes somebody off a ticket: what they saw through it alone is gone at
    /// once. The requester stays.
    async fn ticket_participant_remove(
        &self,
        ctx: &Context<'_>,
        input: TicketParticipantRemoveInput,
    ) -> Result<Option<TicketParticipantRemovePayload>> {
        let cx = ctx.cx()?;
        let id = Kind::Ticket.record(&input.id)?;
        let (code, message) =
            match ::tickets::remove_participant(&cx, id, person(&input.user)).await {
                Ok(left) => {
                    let asked = ctx.asked()?;
                    return Ok(Some(TicketParticipantRemovePayload {
                        ticket: left.map(|ticket| TicketPage::node(asked, ticket)),
                        errors: Vec::new(),
                    }));
                }
                Err(RemoveParticipantError::Fault(fault)) => return Err(refuse(&fault)),
                Err(RemoveParticipantError::Requester) => (
                    TicketParticipantRemoveErrorCode::IsRequester,
                    "The ticket is this person's own.",
                ),
                Err(RemoveParticipantError::Unknown) => (
                    TicketParticipantRemoveErrorCode::UnknownParticipant,
                    "Nobody of that id takes part.",
                ),
            };
        let refused = TicketParticipantRemovePayload::refused(code, Some("user"), message);
        Ok(Some(refused))
    }
}

pub(super) const UNKNOWN: &str = "The company has no such person.";
pub(super) const CANNOT_SEE: &str = "Somebody could not see the ticket, even when named.";
pub(super) const SHARING_OFF: &str =
    "The company does not share tickets by name: members see their own.";
const TOO_MANY: &str = "A ticket can have at most 100 participants.";

/// The person that the id names. An id of another kind names nobody, and the
/// domain says so.
pub(super) fn person(id: &ID) -> ClientUserId {
    Kind::User
        .record(id)
        .unwrap_or(ClientUserId(uuid::Uuid::nil()))
}

/// The people that the ids name.
pub(super) fn people(ids: &[ID]) -> Vec<ClientUserId> {
    ids.iter().map(person).collect()
}
