//! What a client user uploaded, for handing it to them (OP-5).

use kernel::{ClientUserId, Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};
use visibility::{Cx, Permission};

use crate::entity::file::{Column, Entity, State, Uploader};

/// The most files that are listed at once.
const MOST: u64 = 10_000;

/// The files that a client user uploaded, by name, the oldest first. Needs
/// `customers.erase`.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: staff who may, in their workspace"
)]
pub async fn uploaded_by(cx: &Cx<'_>, user: ClientUserId) -> Result<Value, Fault> {
    let staff = cx.viewer.may(Permission::CustomersErase)?;
    let files = Entity::find()
        .filter(Column::UploaderId.eq(user.0))
        .filter(Column::Uploader.eq(Uploader::Client))
        .filter(Column::WorkspaceId.eq(staff.workspace))
        .filter(Column::State.is_in([State::Stored, State::Attached]))
        .order_by_asc(Column::CreatedAt)
        .limit(MOST)
        .all(&cx.db())
        .await
        .doing("reading a person's files")?;
    let files = files.into_iter().map(|file| {
        json!({
            "name": file.name,
            "contentType": file.content_type,
            "size": file.size,
            "sha256": file.sha256,
            "createdAt": file.created_at,
        })
    });
    Ok(files.collect())
}
