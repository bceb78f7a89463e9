//! What a workspace that has just begun needs to take tickets.

use kernel::{Doing, Fault, WorkspaceId};
use sea_orm::{EntityTrait, IntoActiveModel, sea_query::OnConflict};
use store::Work;

use crate::{
    Category,
    entity::category::{Column, Entity},
};

/// Gives a new workspace a first category. May be called again: it changes
/// nothing that is there.
pub async fn begin(work: &Work<'_>, workspace: WorkspaceId) -> Result<(), Fault> {
    let first = Category {
        workspace_id: workspace,
        key: "general".to_owned(),
        name: "General".to_owned(),
        position: 1,
    };
    let tx = work.begin().await?;
    let unless_there = OnConflict::columns([Column::WorkspaceId, Column::Key])
        .do_nothing()
        .to_owned();
    Entity::insert(first.into_active_model())
        .on_conflict(unless_there)
        .exec_without_returning(&tx.executor())
        .await
        .doing("giving a workspace its first category")?;
    tx.commit().await
}
