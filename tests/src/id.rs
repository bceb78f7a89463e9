//! Global ids as clients hold them. Written out here, not taken from the
//! gateway: clients keep ids for years, so a change of their form must fail a test.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use documents::FileId;
use kernel::{ClientUserId, CompanyId, SessionId, StaffUserId};
use tickets::{EntryId, TicketId};
use uuid::Uuid;

fn id(kind: u8, record: Uuid) -> String {
    let mut bytes = vec![kind];
    bytes.extend_from_slice(record.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The global id of a ticket.
pub fn ticket(ticket: TicketId) -> String {
    id(1, ticket.0)
}

/// The global id of a timeline entry.
pub fn entry(entry: EntryId) -> String {
    id(2, entry.0)
}

/// The global id of a client user.
pub fn user(user: ClientUserId) -> String {
    id(3, user.0)
}

/// The global id of a company.
pub fn company(company: CompanyId) -> String {
    id(4, company.0)
}

/// The global id of a staff member.
pub fn staff(staff: StaffUserId) -> String {
    id(5, staff.0)
}

/// The global id of a mail.
pub fn mail(mail: Uuid) -> String {
    id(6, mail)
}

/// The global id of a contract.
pub fn contract(contract: Uuid) -> String {
    id(9, contract)
}

/// The global id of a service-level policy.
pub fn policy(policy: Uuid) -> String {
    id(10, policy)
}

/// The global id of a calendar.
pub fn calendar(calendar: Uuid) -> String {
    id(11, calendar)
}

/// The global id of a canned reply.
pub fn canned(reply: Uuid) -> String {
    id(14, reply)
}

/// The global id of a session.
pub fn session(session: SessionId) -> String {
    id(7, session.0)
}

/// The global id of a file.
pub fn file(file: FileId) -> String {
    id(12, file.0)
}

/// A well-formed id of a session that does not exist.
pub fn no_session() -> String {
    session(SessionId(Uuid::from_u128(
        0x0190_0000_0000_7000_8000_0000_dead_beef,
    )))
}

/// A well-formed id of a ticket that does not exist.
pub fn no_ticket() -> String {
    id(
        1,
        Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_dead_beef),
    )
}
