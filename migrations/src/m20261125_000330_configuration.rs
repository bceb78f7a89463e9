//! Configuration items: what a company has that is looked after, and which of it a
//! ticket is about.
//!
//! Notes are a table of their own, which no portal read touches. So is the switch
//! that shows a company's items to its clients: no row is off.

use sea_orm_migration::prelude::*;

use crate::columns::{id, index, instant, refers, text, text_or_none, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(items()).await?;
        manager.create_table(notes()).await?;
        // So that a link is to an item of its ticket's company.
        manager
            .create_index(unique("configuration_items", &["id", "company_id"]))
            .await?;
        manager.create_table(of_tickets()).await?;
        manager.create_table(exposures()).await?;
        for columns in [
            // For staff: all, and those of one company. For clients.
            &["workspace_id", "id"][..],
            &["company_id", "id"],
            &["company_id", "flag", "id"],
        ] {
            manager
                .create_index(index("configuration_items", columns))
                .await?;
        }
        manager
            .create_index(index(
                "ticket_configuration_items",
                &["item_id", "ticket_id"],
            ))
            .await
    }
}

fn items() -> TableCreateStatement {
    Table::create()
        .table("configuration_items")
        .col(id("id").primary_key())
        .col(id("workspace_id"))
        .col(id("company_id"))
        .col(text("name"))
        .col(text("kind"))
        .col(text_or_none("serial_number"))
        .col(text("status"))
        .col(text("flag"))
        .col(text("words"))
        .col(instant("created_at"))
        .col(instant("changed_at"))
        .foreign_key(&mut refers(
            "configuration_items",
            "workspace_id",
            "workspaces",
        ))
        .foreign_key(&mut refers(
            "configuration_items",
            "company_id",
            "companies",
        ))
        .take()
}

fn notes() -> TableCreateStatement {
    Table::create()
        .table("configuration_item_notes")
        .col(id("item_id").primary_key())
        .col(id("workspace_id"))
        .col(text("body"))
        .foreign_key(&mut refers(
            "configuration_item_notes",
            "item_id",
            "configuration_items",
        ))
        .take()
}

fn of_tickets() -> TableCreateStatement {
    Table::create()
        .table("ticket_configuration_items")
        .col(id("ticket_id"))
        .col(id("item_id"))
        .col(id("company_id"))
        .primary_key(Index::create().col("ticket_id").col("item_id"))
        .foreign_key(&mut refers(
            "ticket_configuration_items",
            "ticket_id",
            "tickets",
        ))
        .foreign_key(
            ForeignKey::create()
                .name("fk_ticket_configuration_items_item_id")
                .from("ticket_configuration_items", ("item_id", "company_id"))
                .to("configuration_items", ("id", "company_id"))
                .on_delete(ForeignKeyAction::Restrict),
        )
        .take()
}

fn exposures() -> TableCreateStatement {
    Table::create()
        .table("configuration_exposures")
        .col(id("company_id").primary_key())
        .col(id("workspace_id"))
        .col(instant("since"))
        .foreign_key(&mut refers(
            "configuration_exposures",
            "company_id",
            "companies",
        ))
        .take()
}
