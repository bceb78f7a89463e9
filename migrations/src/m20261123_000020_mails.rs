//! `mails`: what is to be sent to whom, and how that went. Internal: no portal
//! read touches it.
//!
//! Neither address nor content is kept: both are read anew for each attempt.

use sea_orm_migration::prelude::*;

use crate::columns::{id, index, instant, instant_or_none, text, text_or_none, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // No foreign keys: a mail can come before its workspace, and a record
        // that is gone makes the mail one that is dropped.
        let mails = Table::create()
            .table("mails")
            .col(id("id").primary_key())
            .col(id("workspace_id"))
            .col(id("fact_id"))
            .col(text("template"))
            .col(text("realm"))
            .col(text("recipient_kind"))
            .col(id("recipient_id"))
            .col(id("subject_id"))
            .col(text("status"))
            .col(ColumnDef::new("attempts").integer().not_null())
            .col(instant("due_at"))
            .col(text_or_none("last_error"))
            .col(instant("created_at"))
            .col(instant_or_none("sent_at"))
            .take();
        manager.create_table(mails).await?;
        // Facts are delivered at least once; what they ask for is queued once.
        let once = ["fact_id", "template", "recipient_kind", "recipient_id"];
        manager.create_index(unique("mails", &once)).await?;
        for columns in [
            &["workspace_id", "status", "created_at", "id"][..],
            &["workspace_id", "created_at", "id"],
        ] {
            manager.create_index(index("mails", columns)).await?;
        }
        // The sender looks for what is due every second; the index holds only
        // what waits, so it stays small however long the history.
        let db = manager.get_connection();
        for part in [
            "CREATE INDEX ix_mails_waiting ON mails (due_at, id) WHERE status = 'queued'",
            "CREATE INDEX ix_mails_done ON mails (created_at) WHERE status IN ('sent', 'dropped')",
        ] {
            db.execute_unprepared(part).await?;
        }
        Ok(())
    }
}
