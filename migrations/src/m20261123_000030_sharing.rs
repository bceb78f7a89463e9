//! Sharing within a company: how far a member sees where that is chosen for
//! each, and who takes part in a ticket.
//!
//! What somebody takes part in is found by the person first, so that a list
//! never walks the tickets of the others.

use sea_orm_migration::prelude::*;

use crate::columns::{id, id_or_none, index, instant, refers, text, text_or_none};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut reach = Table::alter();
        reach
            .table("client_users")
            .add_column(text_or_none("reach"));
        manager.alter_table(reach).await?;
        manager.create_table(participants()).await?;
        manager
            .create_index(index(
                "ticket_participants",
                &["client_user_id", "ticket_id"],
            ))
            .await
    }
}

fn participants() -> TableCreateStatement {
    const TABLE: &str = "ticket_participants";
    Table::create()
        .table(TABLE)
        .col(id("ticket_id"))
        .col(id("client_user_id"))
        .col(id("workspace_id"))
        .col(id("company_id"))
        .col(text("role"))
        .col(id_or_none("added_by_client"))
        .col(id_or_none("added_by_staff"))
        .col(instant("added_at"))
        .primary_key(Index::create().col("ticket_id").col("client_user_id"))
        .foreign_key(&mut refers(TABLE, "ticket_id", "tickets"))
        .foreign_key(&mut refers(TABLE, "client_user_id", "client_users"))
        .foreign_key(&mut refers(TABLE, "added_by_client", "client_users"))
        .foreign_key(&mut refers(TABLE, "added_by_staff", "staff_users"))
        .take()
}
