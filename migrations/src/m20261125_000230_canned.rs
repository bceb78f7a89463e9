//! Texts that a team answers with again and again. Internal: a table of its own.

use sea_orm_migration::prelude::*;

use crate::columns::{id, index, instant, refers, text, text_or_none};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLE: &str = "canned_replies";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(replies()).await?;
        manager
            .create_index(index(TABLE, &["workspace_id", "id"]))
            .await
    }
}

fn replies() -> TableCreateStatement {
    Table::create()
        .table(TABLE)
        .col(id("id").primary_key())
        .col(id("workspace_id"))
        .col(text("title"))
        .col(text("body"))
        .col(text("language"))
        .col(text_or_none("category"))
        // What it is found by.
        .col(text("words"))
        .col(instant("changed_at"))
        .foreign_key(&mut refers(TABLE, "workspace_id", "workspaces"))
        .take()
}
