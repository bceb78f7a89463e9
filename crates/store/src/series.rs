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
        self.next_numbers(workspace, name, 1).await
    }

    /// Draws `count` numbers in a row; answers the first of them.
    pub async fn next_numbers(
        &self,
        workspace: WorkspaceId,
        name: &str,
        count: u32,
    ) -> Result<i64, Fault> {
        let count = i64::from(count);
        let first = ActiveModel {
            workspace_id: Set(workspace),
            name: Set(name.to_owned()),
            last: Set(count),
        };
        let next = Expr::col((Entity, Column::Last)).add(count);
        let row = Entity::insert(first)
            .on_conflict(
                OnConflict::columns([Column::WorkspaceId, Column::Name])
                    .value(Column::Last, next)
                    .to_owned(),
            )
            .exec_with_returning(&self.executor())
            .await
            .doing("drawing a number")?;
        Ok(row.last - count + 1)
    }
}
