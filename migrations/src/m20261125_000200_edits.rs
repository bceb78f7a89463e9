//! Entries whose words were changed, and, in an internal table, what they said
//! before.

use sea_orm_migration::prelude::*;

use crate::columns::{id, instant, instant_or_none, refers, text};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut alter = Table::alter();
        alter
            .table("ticket_entries")
            .add_column(instant_or_none("edited_at"));
        manager.alter_table(alter).await?;
        manager.create_table(versions()).await
    }
}

fn versions() -> TableCreateStatement {
    const TABLE: &str = "ticket_entry_versions";
    Table::create()
        .table(TABLE)
        .col(id("entry_id"))
        .col(ColumnDef::new("position").integer().not_null())
        .col(id("workspace_id"))
        .col(id("ticket_id"))
        .col(text("body"))
        .col(instant("written_at"))
        .col(instant("replaced_at"))
        .primary_key(Index::create().col("entry_id").col("position"))
        .foreign_key(&mut refers(TABLE, "entry_id", "ticket_entries"))
        .take()
}
