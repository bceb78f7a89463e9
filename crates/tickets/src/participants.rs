//! Who takes part in tickets (CT-5): read for many tickets at once, and written
//! within a command.

use kernel::{ClientUserId, Doing, Fault};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, sea_query::OnConflict,
};
use visibility::{Cx, Viewer};

use crate::{
    Participant, Role, Ticket, TicketId,
    changed::changed_at,
    entity::{
        participant::{Column, Entity},
        ticket,
    },
    scope,
};

/// The participants of those of the tickets that the viewer can see: the first
/// to come first. One statement.
pub async fn participants(cx: &Cx<'_>, tickets: &[TicketId]) -> Result<Vec<Participant>, Fault> {
    scope::participants_visible_to(cx.viewer)
        .filter(Column::TicketId.is_in(tickets.iter().copied()))
        .order_by_asc(Column::AddedAt)
        .order_by_asc(Column::ClientUserId)
        .all(&cx.db())
        .await
        .doing("reading participants")
}

/// The ticket, held until the end of the transaction, so that changes of its
/// participants come one after the other, and marked as changed: who takes part
/// is client-visible.
#[expect(clippy::disallowed_methods, reason = "the update tests the scope")]
pub(crate) async fn held(cx: &Cx<'_>, id: TicketId) -> Result<Ticket, Fault> {
    let update = ticket::Entity::update_many()
        .col_expr(ticket::Column::ChangedAt, changed_at(cx.now))
        .filter(ticket::Column::Id.eq(id))
        .filter(scope::tickets(cx.viewer));
    let done = update.exec(&cx.db()).await.doing("holding a ticket")?;
    if done.rows_affected == 0 {
        return Err(Fault::NotFound);
    }
    // Anew: what was waited for may have taken the ticket out of the scope.
    scope::by_id(cx, id).await
}

/// A row about somebody who is named on the ticket now.
pub(crate) fn row(cx: &Cx<'_>, ticket: &Ticket, user: ClientUserId, role: Role) -> Participant {
    let (client, staff) = match cx.viewer {
        Viewer::Client(client) => (Some(client.user), None),
        Viewer::Staff(staff) => (None, Some(staff.user)),
    };
    Participant {
        ticket_id: ticket.id,
        client_user_id: user,
        workspace_id: ticket.workspace_id,
        company_id: ticket.company_id,
        role,
        added_by_client: client,
        added_by_staff: staff,
        added_at: cx.now,
    }
}

/// Writes the rows; who takes part already goes on as before.
pub(crate) async fn write(cx: &Cx<'_>, rows: Vec<Participant>) -> Result<(), Fault> {
    if rows.is_empty() {
        return Ok(());
    }
    let there = OnConflict::columns([Column::TicketId, Column::ClientUserId])
        .do_nothing()
        .to_owned();
    Entity::insert_many(rows.into_iter().map(IntoActiveModel::into_active_model))
        .on_conflict(there)
        .exec_without_returning(&cx.db())
        .await
        .doing("adding participants")?;
    Ok(())
}

/// Each of the users once, without those who are left out.
pub(crate) fn each_once(
    users: &[ClientUserId],
    mut left_out: impl FnMut(ClientUserId) -> bool,
) -> Vec<ClientUserId> {
    let mut users: Vec<_> = users
        .iter()
        .copied()
        .filter(|user| !left_out(*user))
        .collect();
    users.sort_unstable();
    users.dedup();
    users
}
