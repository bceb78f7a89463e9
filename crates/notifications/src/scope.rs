//! Which mails a viewer can see: the only door of people to the table.

use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};
use visibility::{Cx, Permission, StaffViewer, Viewer};

use crate::{
    Mail, MailId,
    entity::mail::{Column, Entity},
};

/// Staff with the permission `mail.manage`; [`Fault::Forbidden`] for all others.
pub(crate) fn manager(viewer: &Viewer) -> Result<&StaffViewer, Fault> {
    viewer.may(Permission::MailManage)
}

/// The mails of the viewer's workspace.
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
pub(crate) fn visible_to(viewer: &Viewer) -> Result<Select<Entity>, Fault> {
    let staff = manager(viewer)?;
    Ok(Entity::find().filter(Column::WorkspaceId.eq(staff.workspace)))
}

/// The mail, if the viewer can see it.
pub(crate) async fn by_id(cx: &Cx<'_>, id: MailId) -> Result<Mail, Fault> {
    let found = visible_to(cx.viewer)?
        .filter(Column::Id.eq(id))
        .one(&cx.db())
        .await;
    let row = found.doing("reading a mail")?.ok_or(Fault::NotFound)?;
    Ok(row.into())
}
