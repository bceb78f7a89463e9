//! Tickets that were merged into others. Nothing is moved: each keeps its own
//! timeline, and has an entry that tells of it.

use sea_orm_migration::prelude::*;

use crate::columns::{id, index, instant, refers};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLE: &str = "ticket_merges";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(merges()).await?;
        let columns = ["target_id", "merged_at", "source_id"];
        manager.create_index(index(TABLE, &columns)).await
    }
}

fn merges() -> TableCreateStatement {
    Table::create()
        .table(TABLE)
        // A ticket is merged once at most.
        .col(id("source_id").primary_key())
        .col(id("target_id"))
        .col(id("workspace_id"))
        .col(id("company_id"))
        .col(id("source_entry_id"))
        .col(id("target_entry_id"))
        .col(instant("merged_at"))
        .foreign_key(&mut refers(TABLE, "source_id", "tickets"))
        .foreign_key(&mut refers(TABLE, "target_id", "tickets"))
        .foreign_key(&mut refers(TABLE, "source_entry_id", "ticket_entries"))
        .foreign_key(&mut refers(TABLE, "target_entry_id", "ticket_entries"))
        .take()
}
