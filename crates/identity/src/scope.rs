//! The only reads of companies and users, each from the viewer on.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Select};
use visibility::Viewer;

use crate::entity::{client_user, company, staff_user};

/// Companies: staff see those of the workspace, a client their own.
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
pub(crate) fn companies(viewer: &Viewer) -> Select<company::Entity> {
    use company::{Column, Entity};
    Entity::find().filter(match viewer {
        Viewer::Staff(staff) => Condition::all().add(Column::WorkspaceId.eq(staff.workspace)),
        Viewer::Client(client) => Condition::all()
            .add(Column::WorkspaceId.eq(client.workspace))
            .add(Column::Id.eq(client.company)),
    })
}

/// Client users: staff see those of the workspace, a client their colleagues.
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
pub(crate) fn client_users(viewer: &Viewer) -> Select<client_user::Entity> {
    use client_user::{Column, Entity};
    Entity::find().filter(match viewer {
        Viewer::Staff(staff) => Condition::all().add(Column::WorkspaceId.eq(staff.workspace)),
        Viewer::Client(client) => Condition::all()
            .add(Column::WorkspaceId.eq(client.workspace))
            .add(Column::CompanyId.eq(client.company)),
    })
}

/// Staff users of the viewer's workspace. What a client may learn of them is a
/// name (CT-3), which is all that [`crate::staff_names_by_ids`] reads.
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
pub(crate) fn staff_users(viewer: &Viewer) -> Select<staff_user::Entity> {
    staff_user::Entity::find().filter(staff_user::Column::WorkspaceId.eq(viewer.workspace()))
}
