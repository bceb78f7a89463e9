//! Opaque global ids, and `node(id)`.
//!
//! An id names its type and record. It is opaque to clients, but no secret:
//! every read of it goes through the scope. An id of another type, and one
//! that is no id at all, answer as a record that does not exist.

use async_graphql::{ID, Interface};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use crate::{
    identity::{CompanyNode, DeviceSessionNode, StaffMemberNode, UserNode},
    notifications::MailNode,
    refusal::Refusal,
    tickets::{AttachmentNode, EntryNode, TicketNode},
};

/// The kinds of records that have a global id; the number is part of the id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Ticket = 1,
    TimelineEntry = 2,
    User = 3,
    Company = 4,
    StaffMember = 5,
    /// No node: an argument alone.
    JoinRequest = 8,
    Mail = 6,
    DeviceSession = 7,
    /// No nodes: arguments alone.
    Contract = 9,
    SlaPolicy = 10,
    Calendar = 11,
    SavedView = 16,
    ConfigurationItem = 17,
    /// A node once it is attached; before that an argument alone.
    File = 12,
    /// No node: an argument alone.
    CannedReply = 14,
}

impl Kind {
    /// The global id of a record of this kind.
    pub(crate) fn id(self, record: Uuid) -> ID {
        let mut bytes = [0; 17];
        bytes[0] = self as u8;
        bytes[1..].copy_from_slice(record.as_bytes());
        ID(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The record that the id names, if it names one of this kind.
    pub(crate) fn record<T: From<Uuid>>(self, id: &ID) -> Result<T, Refusal> {
        match parse(id) {
            Some((kind, record)) if kind == self => Ok(record.into()),
            _ => Err(Refusal::NotFound),
        }
    }
}

/// The global id of a request to join, as its readers see it.
pub fn join_request_id(request: Uuid) -> String {
    Kind::JoinRequest.id(request).0
}

/// The global id of a ticket, as its readers see it.
pub fn ticket_id(ticket: Uuid) -> String {
    Kind::Ticket.id(ticket).0
}

/// The global id of an entry of a timeline, as its readers see it.
pub fn entry_id(entry: Uuid) -> String {
    Kind::TimelineEntry.id(entry).0
}

/// The global id of somebody of the team, as their team sees it.
pub fn staff_member_id(user: Uuid) -> String {
    Kind::StaffMember.id(user).0
}

/// The kind and record that an id names.
pub(crate) fn parse(id: &ID) -> Option<(Kind, Uuid)> {
    if id.len() > 32 {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(id.as_str()).ok()?;
    let (kind, record) = bytes.split_first()?;
    let kinds = [
        Kind::Ticket,
        Kind::TimelineEntry,
        Kind::User,
        Kind::Company,
        Kind::StaffMember,
        Kind::JoinRequest,
        Kind::Mail,
        Kind::DeviceSession,
        Kind::Contract,
        Kind::SlaPolicy,
        Kind::Calendar,
        Kind::SavedView,
        Kind::ConfigurationItem,
        Kind::File,
        Kind::CannedReply,
    ];
    let kind = kinds.into_iter().find(|known| *known as u8 == *kind)?;
    Some((kind, Uuid::from_slice(record).ok()?))
}

/// Anything with a global id.
#[derive(Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "The global id: opaque, stable, and good for `node`."
))]
pub(crate) enum Node {
    Ticket(TicketNode),
    TimelineEntry(EntryNode),
    User(UserNode),
    Company(CompanyNode),
    StaffMember(StaffMemberNode),
    Mail(MailNode),
    DeviceSession(DeviceSessionNode),
    Attachment(AttachmentNode),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_names_its_kind_and_record() {
        let id = Kind::Ticket.id(Uuid::from_u128(7));
        assert_eq!(Kind::Ticket.record::<Uuid>(&id), Ok(Uuid::from_u128(7)));
        assert_eq!(Kind::User.record::<Uuid>(&id), Err(Refusal::NotFound));
        for text in ["", "x", "Ticket:1", &"A".repeat(5_000), "é"] {
            assert_eq!(parse(&ID(text.to_owned())), None);
        }
    }
}
