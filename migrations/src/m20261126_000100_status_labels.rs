//! What a workspace calls the statuses of its tickets, in each language.

use sea_orm_migration::prelude::*;

use crate::columns::{id, refers, text};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let labels = Table::create()
            .table("status_labels")
            .col(id("workspace_id"))
            .col(text("status"))
            .col(text("locale"))
            .col(text("text"))
            .primary_key(
                Index::create()
                    .col("workspace_id")
                    .col("status")
                    .col("locale"),
            )
            .foreign_key(&mut refers("status_labels", "workspace_id", "workspaces"))
            .take();
        manager.create_table(labels).await
    }
}
