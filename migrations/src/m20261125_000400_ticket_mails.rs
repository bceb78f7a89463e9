//! What ticket mails tell, and who wants none. Internal: no portal read touches
//! the first table, and of the second a client reads their own rows alone.

use sea_orm_migration::prelude::*;

use crate::columns::{id, id_or_none, index, instant, instant_or_none, text, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [id_or_none("folds"), instant_or_none("latest_at")] {
            let alter = Table::alter().table("mails").add_column(column).take();
            manager.alter_table(alter).await?;
        }
        // One mail a recipient and record waits for what else happens; those
        // that do not wait have no record here.
        let waiting = ["recipient_kind", "recipient_id", "folds"];
        manager.create_index(unique("mails", &waiting)).await?;
        // No foreign keys, as for mails.
        let news = Table::create()
            .table("mail_news")
            .col(text("recipient_kind"))
            .col(id("recipient_id"))
            .col(id("subject_id"))
            .col(text("topic"))
            .col(id("part_id"))
            .col(id("workspace_id"))
            .col(instant("at"))
            .col(id_or_none("mail_id"))
            // Told once, however often the fact is delivered.
            .primary_key(
                Index::create()
                    .col("recipient_kind")
                    .col("recipient_id")
                    .col("subject_id")
                    .col("topic")
                    .col("part_id"),
            )
            .take();
        manager.create_table(news).await?;
        for columns in [&["mail_id"][..], &["at"]] {
            manager.create_index(index("mail_news", columns)).await?;
        }
        let unwanted = Table::create()
            .table("mail_opt_outs")
            .col(text("recipient_kind"))
            .col(id("recipient_id"))
            .col(text("topic"))
            .col(id("workspace_id"))
            .col(instant("created_at"))
            .primary_key(
                Index::create()
                    .col("recipient_kind")
                    .col("recipient_id")
                    .col("topic"),
            )
            .take();
        manager.create_table(unwanted).await
    }
}
