//! Which uploads are whose. Every read and write on behalf of a person begins
//! here; there is no other door to the table.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Select};
use uuid::Uuid;
use visibility::Viewer;

use crate::entity::file::{Column, Entity, Uploader};

/// The realm and the id of whoever asks.
pub(crate) fn who(viewer: &Viewer) -> (Uploader, Uuid) {
    match viewer {
        Viewer::Client(client) => (Uploader::Client, client.user.0),
        Viewer::Staff(staff) => (Uploader::Staff, staff.user.0),
    }
}

/// The condition for the viewer's own uploads.
pub(crate) fn own(viewer: &Viewer) -> Condition {
    let (uploader, id) = who(viewer);
    Condition::all()
        .add(Column::UploaderId.eq(id))
        .add(Column::Uploader.eq(uploader))
        .add(Column::WorkspaceId.eq(viewer.workspace()))
}

/// The viewer's own uploads.
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
pub(crate) fn own_files(viewer: &Viewer) -> Select<Entity> {
    Entity::find().filter(own(viewer))
}
