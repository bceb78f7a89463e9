//! Tickets: what clients may see, and, in tables of their own, what they never
//! may (assignments, clocks).
//!
//! Every index begins with the columns of the scope, so that a page costs the
//! same whatever else the table holds.

use sea_orm_migration::prelude::*;

use crate::columns::{
    id, id_or_none, index, instant, instant_or_none, refers, text, text_or_none, unique, whole,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(categories()).await?;
        manager.create_table(tickets()).await?;
        manager
            .create_index(unique("tickets", &["workspace_id", "number"]))
            .await?;
        for sort in ["opened_at", "changed_at", "number"] {
            // For staff, for a company, for one of its members.
            if sort != "number" {
                manager
                    .create_index(index("tickets", &["workspace_id", sort, "id"]))
                    .await?;
            }
            manager
                .create_index(index("tickets", &["company_id", "flag", sort, "id"]))
                .await?;
            manager
                .create_index(index("tickets", &["requester_id", "flag", sort, "id"]))
                .await?;
        }
        manager.create_table(entries()).await?;
        manager
            .create_index(index("ticket_entries", &["ticket_id", "created_at", "id"]))
            .await?;
        manager.create_table(assignments()).await?;
        manager
            .create_index(index("ticket_assignments", &["staff_user_id", "ticket_id"]))
            .await?;
        manager.create_table(clocks()).await
    }
}

fn categories() -> TableCreateStatement {
    Table::create()
        .table("ticket_categories")
        .col(id("workspace_id"))
        .col(text("key"))
        .col(text("name"))
        .col(whole("position"))
        .primary_key(Index::create().col("workspace_id").col("key"))
        .foreign_key(&mut refers(
            "ticket_categories",
            "workspace_id",
            "workspaces",
        ))
        .take()
}

fn tickets() -> TableCreateStatement {
    Table::create()
        .table("tickets")
        .col(id("id").primary_key())
        .col(id("workspace_id"))
        .col(id("company_id"))
        .col(whole("number"))
        .col(text("subject"))
        .col(text("description"))
        .col(text("category"))
        .col(text("status"))
        .col(text("flag"))
        .col(id_or_none("requester_id"))
        .col(instant("opened_at"))
        .col(instant("changed_at"))
        .col(instant_or_none("resolved_at"))
        .col(instant_or_none("closed_at"))
        .foreign_key(&mut refers("tickets", "workspace_id", "workspaces"))
        .foreign_key(&mut refers("tickets", "company_id", "companies"))
        .foreign_key(&mut refers("tickets", "requester_id", "client_users"))
        .take()
}

fn entries() -> TableCreateStatement {
    Table::create()
        .table("ticket_entries")
        .col(id("id").primary_key())
        .col(id("workspace_id"))
        .col(id("company_id"))
        .col(id("ticket_id"))
        .col(text("kind"))
        .col(text("flag"))
        .col(id_or_none("client_user_id"))
        .col(id_or_none("staff_user_id"))
        .col(text_or_none("body"))
        .col(text_or_none("from_status"))
        .col(text_or_none("to_status"))
        .col(instant("created_at"))
        .foreign_key(&mut refers("ticket_entries", "ticket_id", "tickets"))
        .foreign_key(&mut refers(
            "ticket_entries",
            "client_user_id",
            "client_users",
        ))
        .foreign_key(&mut refers(
            "ticket_entries",
            "staff_user_id",
            "staff_users",
        ))
        .take()
}

fn assignments() -> TableCreateStatement {
    Table::create()
        .table("ticket_assignments")
        .col(id("ticket_id").primary_key())
        .col(id("workspace_id"))
        .col(id("staff_user_id"))
        .col(id("assigned_by"))
        .col(instant("assigned_at"))
        .foreign_key(&mut refers("ticket_assignments", "ticket_id", "tickets"))
        .foreign_key(&mut refers(
            "ticket_assignments",
            "staff_user_id",
            "staff_users",
        ))
        .take()
}

fn clocks() -> TableCreateStatement {
    Table::create()
        .table("ticket_clocks")
        .col(id("ticket_id").primary_key())
        .col(id("workspace_id"))
        .col(instant("response_due"))
        .col(instant("resolution_due"))
        .col(instant_or_none("responded_at"))
        .col(instant_or_none("resolved_at"))
        .foreign_key(&mut refers("ticket_clocks", "ticket_id", "tickets"))
        .take()
}
