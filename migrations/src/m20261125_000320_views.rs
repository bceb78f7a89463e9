//! Saved views: what staff look for again and again. Internal: a table of its own,
//! which no portal read touches.
//!
//! Each staff member has a number of places for them; a place is taken once.

use sea_orm_migration::prelude::*;

use crate::columns::{id, index, instant, refers, text, text_or_none, unique, whole};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let views = Table::create()
            .table("ticket_views")
            .col(id("id").primary_key())
            .col(id("workspace_id"))
            .col(id("owner_id"))
            .col(whole("place"))
            .col(text("name"))
            .col(ColumnDef::new("shared").boolean().not_null())
            .col(text("filter"))
            .col(text_or_none("words"))
            .col(text("sort"))
            .col(ColumnDef::new("ascending").boolean().not_null())
            .col(instant("changed_at"))
            .foreign_key(&mut refers("ticket_views", "workspace_id", "workspaces"))
            .foreign_key(&mut refers("ticket_views", "owner_id", "staff_users"))
            .take();
        manager.create_table(views).await?;
        manager
            .create_index(unique(
                "ticket_views",
                &["workspace_id", "owner_id", "place"],
            ))
            .await?;
        manager
            .create_index(index("ticket_views", &["workspace_id", "id"]))
            .await
    }
}
