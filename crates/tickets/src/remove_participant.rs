//! Taking somebody off a ticket: what they saw through it alone ends at their
//! next request, and at the next delivery of what they follow.

use kernel::{ClientUserId, Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use visibility::Cx;

use crate::{
    Ticket, TicketId,
    entity::participant::{Column, Entity},
    event, index,
    participants::held,
    scope,
};

/// Why nobody was taken off.
#[derive(Debug, thiserror::Error)]
pub enum RemoveParticipantError {
    /// The ticket is theirs: a requester stays.
    #[error("the requester stays")]
    Requester,
    /// Nobody who takes part has that id.
    #[error("no such participant")]
    Unknown,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Takes a participant off the ticket; answers it, unless the viewer was that
/// participant and does not see it any more. Staff need `tickets.write`.
pub async fn remove_participant(
    cx: &Cx<'_>,
    id: TicketId,
    user: ClientUserId,
) -> Result<Option<Ticket>, RemoveParticipantError> {
    scope::may_write(cx.viewer)?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let ticket = held(&within, id).await?;
    if ticket.requester_id == Some(user) {
        return Err(RemoveParticipantError::Requester);
    }
    take_off(&within, &ticket, user).await?;
    index::renew(&within.db(), &[id]).await?;
    let left = match scope::by_id(&within, id).await {
        Err(Fault::NotFound) => None,
        found => Some(found?),
    };
    event::record(cx, &tx, event::PARTICIPANTS_CHANGED, &ticket, None);
    tx.commit().await?;
    Ok(left)
}

/// The write itself tests that they took part.
#[expect(clippy::disallowed_methods, reason = "the ticket was read in scope")]
async fn take_off(
    cx: &Cx<'_>,
    ticket: &Ticket,
    user: ClientUserId,
) -> Result<(), RemoveParticipantError> {
    let delete = Entity::delete_many()
        .filter(Column::TicketId.eq(ticket.id))
        .filter(Column::ClientUserId.eq(user));
    let done = delete
        .exec(&cx.db())
        .await
        .doing("removing a participant")?;
    if done.rows_affected == 0 {
        return Err(RemoveParticipantError::Unknown);
    }
    Ok(())
}
