//! Naming colleagues on a ticket (CT-5): from then on it is shared with them.

use kernel::{ClientUserId, Fault};
use visibility::Cx;

use crate::{
    NameError, Role, Ticket, TicketId, event, index, naming,
    participants::{each_once, held, participants, row, write},
    scope,
};

/// The most people who can be named on one ticket: as many as a list can hold.
pub const MOST_PARTICIPANTS: usize = 100;

/// Why nobody was added.
#[derive(Debug, thiserror::Error)]
pub enum AddParticipantsError {
    /// Somebody cannot be named.
    #[error(transparent)]
    Name(#[from] NameError),
    /// More people than can be named on one ticket.
    #[error("too many participants")]
    TooMany,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Names people of the ticket's company on it; who takes part already, the
/// requester included, is passed over. Staff need `tickets.write`.
pub async fn add_participants(
    cx: &Cx<'_>,
    id: TicketId,
    users: &[ClientUserId],
) -> Result<Ticket, AddParticipantsError> {
    scope::may_write(cx.viewer)?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let ticket = held(&within, id).await?;
    let there = participants(&within, &[id]).await?;
    let new = each_once(users, |user| {
        Some(user) == ticket.requester_id || there.iter().any(|one| one.client_user_id == user)
    });
    if new.is_empty() {
        // Nothing happened, not even a change of the time.
        drop(tx);
        return Ok(scope::by_id(cx, id).await?);
    }
    let named = there.iter().filter(|one| one.role == Role::Participant);
    if named.count() + new.len() > MOST_PARTICIPANTS {
        return Err(AddParticipantsError::TooMany);
    }
    naming::check(&within, ticket.company_id, &new).await?;
    let rows = new
        .into_iter()
        .map(|user| row(cx, &ticket, user, Role::Participant));
    write(&within, rows.collect()).await?;
    index::renew(&within.db(), &[id]).await?;
    event::record(cx, &tx, event::PARTICIPANTS_CHANGED, &ticket, None);
    tx.commit().await?;
    Ok(ticket)
}
