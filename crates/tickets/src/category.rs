//! The categories that a workspace takes tickets in.

use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use visibility::{Cx, Section};

pub use crate::entity::category::Model as Category;
use crate::entity::category::{Column, Entity};

/// The workspace's categories, in its own order; none for a client to whom the
/// tickets are closed.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: the viewer's workspace"
)]
pub async fn categories(cx: &Cx<'_>) -> Result<Vec<Category>, Fault> {
    if !cx.viewer.opens(Section::Tickets) {
        return Ok(Vec::new());
    }
    Entity::find()
        .filter(Column::WorkspaceId.eq(cx.viewer.workspace()))
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Key)
        .all(&cx.db())
        .await
        .doing("reading categories")
}
