//! Staff who were named in a note. Internal: a table of its own.

use sea_orm_migration::prelude::*;

use crate::columns::{id, index, instant, refers};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const TABLE: &str = "ticket_mentions";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(mentions()).await?;
        // The list of one person, the latest first.
        let columns = ["workspace_id", "staff_user_id", "mentioned_at", "entry_id"];
        manager.create_index(index(TABLE, &columns)).await
    }
}

fn mentions() -> TableCreateStatement {
    Table::create()
        .table(TABLE)
        .col(id("entry_id"))
        .col(id("staff_user_id"))
        .col(id("workspace_id"))
        .col(id("ticket_id"))
        .col(instant("mentioned_at"))
        .primary_key(Index::create().col("entry_id").col("staff_user_id"))
        .foreign_key(&mut refers(TABLE, "entry_id", "ticket_entries"))
        .foreign_key(&mut refers(TABLE, "staff_user_id", "staff_users"))
        .take()
}
