//! Files, and the tickets and entries that they are attached to.
//!
//! An attachment repeats what is shown of its file, which never changes: who
//! may see a ticket reads one table, and never that of uploads.

use sea_orm_migration::prelude::*;

use crate::columns::{
    id, id_or_none, index, instant, instant_or_none, refers, text, text_or_none, unique, whole,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(files()).await?;
        // The places of one person: the index says which are taken.
        manager
            .create_index(unique("files", &["uploader_id", "slot"]))
            .await?;
        for columns in [&["uploader_id", "created_at"], &["state", "expires_at"]] {
            manager.create_index(index("files", columns)).await?;
        }
        manager.create_table(attachments()).await?;
        for columns in [&["ticket_id", "position"], &["entry_id", "position"]] {
            manager
                .create_index(index("ticket_attachments", columns))
                .await?;
        }
        Ok(())
    }
}

fn files() -> TableCreateStatement {
    const TABLE: &str = "files";
    Table::create()
        .table(TABLE)
        .col(id("id").primary_key())
        .col(id("workspace_id"))
        .col(text("uploader"))
        .col(id("uploader_id"))
        .col(text("name"))
        .col(text("content_type"))
        .col(whole("size"))
        .col(text_or_none("sniffed_type"))
        .col(text_or_none("sha256"))
        .col(text("state"))
        .col(ColumnDef::new("slot").integer().null())
        .col(instant("created_at"))
        .col(instant_or_none("expires_at"))
        .foreign_key(&mut refers(TABLE, "workspace_id", "workspaces"))
        .take()
}

fn attachments() -> TableCreateStatement {
    const TABLE: &str = "ticket_attachments";
    Table::create()
        .table(TABLE)
        .col(id("file_id").primary_key())
        .col(id("workspace_id"))
        .col(id("company_id"))
        .col(id("ticket_id"))
        .col(id_or_none("entry_id"))
        .col(ColumnDef::new("position").integer().not_null())
        .col(text("file_name"))
        .col(text("content_type"))
        .col(whole("size"))
        .foreign_key(&mut refers(TABLE, "file_id", "files"))
        .foreign_key(&mut refers(TABLE, "ticket_id", "tickets"))
        .foreign_key(&mut refers(TABLE, "entry_id", "ticket_entries"))
        .take()
}
