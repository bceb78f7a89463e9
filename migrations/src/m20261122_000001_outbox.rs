//! `outbox` and `series`: facts for the worker, and numbers without gaps.

use sea_orm_migration::prelude::*;

use crate::columns::{id, id_or_none, instant, instant_or_none, text, text_or_none, whole};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let outbox = Table::create()
            .table("outbox")
            .col(
                ColumnDef::new("position")
                    .big_integer()
                    .not_null()
                    .auto_increment()
                    .primary_key(),
            )
            .col(id("fact_id").unique_key())
            .col(id("workspace_id"))
            .col(id_or_none("company_id"))
            .col(text("kind"))
            .col(id("subject_id"))
            .col(id_or_none("detail_id"))
            .col(text("audience"))
            .col(instant("occurred_at"))
            .col(ColumnDef::new("attempts").integer().not_null())
            .col(instant("due_at"))
            .col(instant_or_none("delivered_at"))
            .col(instant_or_none("dead_at"))
            .col(text_or_none("last_error"))
            .take();
        manager.create_table(outbox).await?;
        // The worker looks for what is due several times a second; the index
        // holds only what waits, so it stays small however long the history.
        manager
            .get_connection()
            .execute_unprepared(
                "CREATE INDEX ix_outbox_waiting ON outbox (position) WHERE delivered_at IS NULL AND dead_at IS NULL",
            )
            .await?;
        manager
            .get_connection()
            .execute_unprepared("CREATE INDEX ix_outbox_delivered ON outbox (delivered_at) WHERE delivered_at IS NOT NULL")
            .await?;
        let series = Table::create()
            .table("series")
            .col(id("workspace_id"))
            .col(text("name"))
            .col(whole("last"))
            .primary_key(Index::create().col("workspace_id").col("name"))
            .take();
        manager.create_table(series).await
    }
}
