//! Gapless numbers per workspace.
//!
//! The row of the series is locked until the transaction that drew the number
//! ends: two drawings cannot get the same number, and one that is undone gives
//! its number back. The price is that openings in one workspace queue up,
//! which is why the number is drawn last.

use kernel::{Doing, Fault, WorkspaceId};
use sea_orm::{
    EntityTrait, Set,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use crate::{
    Tx,
    entity::series::{ActiveModel, Column, Entity},
};

impl Tx {
    /// Draws the next number of the series `name` of a workspace, from 1.
    pub async fn next_number(&self, workspace: WorkspaceId, name: &str) -> Result<i64, Fault> {
        let first = ActiveModel { workspace_id: Set(workspace), name: Set(name.to_owned()), last: Set(1) };
        let next = Expr::col((Entity, Column::Last)).add(1);
        let row = Entity::insert(first)
            .on_conflict(OnConflict::columns([Column::WorkspaceId, Column::Name]).value(Column::Last, next).to_owned())
            .exec_with_returning(&self.executor())
            .await
            .doing("drawing a number")?;
        Ok(row.last)
    }
}
