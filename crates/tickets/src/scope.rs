//! Which tickets and entries a viewer can see. Every read of this crate begins
//! here; there is no other door to these tables.

use kernel::{Doing, Fault};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait, Select,
    sea_query::{Expr, Query},
};
use visibility::{ClientViewer, Cx, Flag, Permission, Reach, Section, StaffViewer, Viewer};

use crate::{
    Ticket, TicketId,
    entity::{assignment, entry, ticket},
};

/// The tickets that the viewer can see.
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
pub(crate) fn visible_to(viewer: &Viewer) -> Select<ticket::Entity> {
    ticket::Entity::find().filter(tickets(viewer))
}

/// The entries that the viewer can see: of tickets in scope, and flagged for
/// the viewer themselves. A child never outlives its parent's flag (VI-2).
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
pub(crate) fn entries_visible_to(viewer: &Viewer) -> Select<entry::Entity> {
    entry::Entity::find()
        .join(JoinType::InnerJoin, entry::Relation::Ticket.def())
        .filter(entries(viewer))
}

/// The condition for tickets, for statements that are not a plain select.
pub(crate) fn tickets(viewer: &Viewer) -> Condition {
    match viewer {
        Viewer::Client(client) => for_client(client),
        Viewer::Staff(staff) => for_staff(staff),
    }
}

/// The condition for entries joined with their ticket.
pub(crate) fn entries(viewer: &Viewer) -> Condition {
    let parent = tickets(viewer);
    match viewer {
        Viewer::Client(_) => parent.add(entry::Column::Flag.eq(Flag::ClientVisible)),
        Viewer::Staff(_) => parent,
    }
}

/// The ticket, if the viewer can see it.
pub(crate) async fn by_id(cx: &Cx<'_>, id: TicketId) -> Result<Ticket, Fault> {
    let found = visible_to(cx.viewer)
        .filter(ticket::Column::Id.eq(id))
        .one(&cx.db())
        .await;
    found.doing("reading a ticket")?.ok_or(Fault::NotFound)
}

fn for_client(client: &ClientViewer) -> Condition {
    let scope = Condition::all()
        .add(ticket::Column::WorkspaceId.eq(client.workspace))
        .add(ticket::Column::CompanyId.eq(client.company))
        .add(ticket::Column::Flag.eq(Flag::ClientVisible));
    if !client.sections.contains(Section::Tickets) {
        return scope.add(Expr::value(false));
    }
    match client.reach {
        Reach::Company => scope,
        Reach::Own => scope.add(ticket::Column::RequesterId.eq(client.user)),
    }
}

fn for_staff(staff: &StaffViewer) -> Condition {
    let workspace = Condition::all().add(ticket::Column::WorkspaceId.eq(staff.workspace));
    if staff.role.may(Permission::TicketsReadAll) {
        return workspace;
    }
    let mut assigned = Query::select();
    assigned
        .column(assignment::Column::TicketId)
        .from(assignment::Entity)
        .and_where(assignment::Column::StaffUserId.eq(staff.user));
    workspace.add(ticket::Column::Id.in_subquery(assigned))
}
