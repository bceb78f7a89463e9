//! Which items a viewer can see: the only door to the table.

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, Query},
};
use visibility::{ClientViewer, Flag, Permission, Section, StaffViewer, Viewer};

use crate::{
    entity::{
        exposure,
        item::{Column, Entity},
        ticket,
    },
    scope,
};

/// The items that the viewer can see.
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
pub(super) fn visible_to(viewer: &Viewer) -> Select<Entity> {
    Entity::find().filter(match viewer {
        Viewer::Client(client) => for_client(client),
        Viewer::Staff(staff) => for_staff(viewer, staff),
    })
}

/// Those of the own company that are not internal, once it is switched on for it.
fn for_client(client: &ClientViewer) -> Condition {
    let own = Condition::all()
        .add(Column::WorkspaceId.eq(client.workspace))
        .add(Column::CompanyId.eq(client.company))
        .add(Column::Flag.eq(Flag::ClientVisible));
    if !client.sections.contains(Section::Tickets) {
        return own.add(Expr::value(false));
    }
    let mut switch = Query::select();
    switch
        .expr(Expr::value(1))
        .from(exposure::Entity)
        .and_where(exposure::Column::CompanyId.eq(client.company))
        .and_where(exposure::Column::WorkspaceId.eq(client.workspace));
    own.add(Expr::exists(switch))
}

/// Those of the workspace; for whoever does not see all customers, those of the
/// companies whose tickets they see.
fn for_staff(viewer: &Viewer, staff: &StaffViewer) -> Condition {
    let workspace = Condition::all().add(Column::WorkspaceId.eq(staff.workspace));
    if !staff.modules.hold(Section::Tickets) {
        return workspace.add(Expr::value(false));
    }
    if staff.role.may(Permission::CustomersRead) {
        return workspace;
    }
    let companies = scope::visible_to(viewer).select_only();
    let companies = companies.column(ticket::Column::CompanyId).into_query();
    workspace.add(Column::CompanyId.in_subquery(companies))
}
