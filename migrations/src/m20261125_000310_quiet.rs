//! What a workspace says about its tickets: after how many quiet days resolved
//! ones close by themselves. No row, and no number in it, is never.

use sea_orm_migration::prelude::*;

use crate::columns::{id, instant, refers};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let settings = Table::create()
            .table("ticket_settings")
            .col(id("workspace_id").primary_key())
            .col(ColumnDef::new("close_after_days").big_integer().null())
            .col(instant("since"))
            .foreign_key(&mut refers("ticket_settings", "workspace_id", "workspaces"))
            .take();
        manager.create_table(settings).await
    }
}
