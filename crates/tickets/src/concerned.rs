//! Whom what happens to a ticket concerns: for mails, whose content each of them
//! reads through their own scope.
//!
//! For the worker alone. Nothing here says what the ticket is about.

use kernel::{ClientUserId, Doing, Fault, StaffUserId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use store::Work;

use crate::{
    EntryId, Role, TicketId,
    entity::{assignment, entry, participant, ticket},
};

/// The people of a ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concerned {
    /// Whom it concerns.
    pub requester: Option<ClientUserId>,
    /// Who raised it for the requester.
    pub opener: Option<ClientUserId>,
    /// The client users who take part, the requester among them, each once.
    pub clients: Vec<ClientUserId>,
}

/// Who works on a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// Who works on it.
    pub to: StaffUserId,
    /// Who said so.
    pub by: StaffUserId,
}

/// Who wrote an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Writer {
    /// When a client wrote it.
    pub client: Option<ClientUserId>,
    /// When somebody of the team wrote it.
    pub staff: Option<StaffUserId>,
}

/// The client's side of a ticket; nobody's when there is no such ticket.
#[expect(
    clippy::disallowed_methods,
    reason = "whom to write to; what the mail says is read as each of them"
)]
pub async fn concerned(work: &Work<'_>, id: TicketId) -> Result<Concerned, Fault> {
    let db = work.store.executor();
    let found = ticket::Entity::find_by_id(id).one(&db).await;
    let Some(ticket) = found.doing("reading whom a ticket concerns")? else {
        return Ok(Concerned::default());
    };
    let part = participant::Entity::find()
        .select_only()
        .column(participant::Column::ClientUserId)
        .column(participant::Column::Role)
        .filter(participant::Column::TicketId.eq(id))
        .into_tuple::<(ClientUserId, Role)>()
        .all(&db)
        .await
        .doing("reading who takes part in a ticket")?;
    let opener = part.iter().find(|(_, role)| *role == Role::Opener);
    let mut clients: Vec<_> = part.iter().map(|(user, _)| *user).collect();
    clients.extend(ticket.requester_id);
    clients.sort_unstable();
    clients.dedup();
    Ok(Concerned {
        requester: ticket.requester_id,
        opener: opener.map(|(user, _)| *user),
        clients,
    })
}

/// Who works on a ticket; none when nobody does.
#[expect(
    clippy::disallowed_methods,
    reason = "whom to write to; what the mail says is read as them"
)]
pub async fn assigned(work: &Work<'_>, id: TicketId) -> Result<Option<Assigned>, Fault> {
    let found = assignment::Entity::find_by_id(id)
        .one(&work.store.executor())
        .await;
    let found = found.doing("reading who works on a ticket")?;
    Ok(found.map(|row| Assigned {
        to: row.staff_user_id,
        by: row.assigned_by,
    }))
}

/// Who wrote an entry: nobody is told what they did themselves.
#[expect(clippy::disallowed_methods, reason = "whom not to write to")]
pub async fn writer(work: &Work<'_>, id: EntryId) -> Result<Writer, Fault> {
    let found = entry::Entity::find_by_id(id)
        .one(&work.store.executor())
        .await;
    let found = found.doing("reading who wrote an entry")?;
    Ok(found.map_or_else(Writer::default, |row| Writer {
        client: row.client_user_id,
        staff: row.staff_user_id,
    }))
}
