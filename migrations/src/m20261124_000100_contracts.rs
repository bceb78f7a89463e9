//! What was promised to which customers: calendars of working time, policies
//! with their terms, contracts. Internal: no portal read touches these tables.
//!
//! Terms are never changed: a clock that counted under them goes on knowing what
//! they were.

use sea_orm_migration::prelude::*;

use crate::columns::{
    id, id_or_none, index, instant, instant_or_none, refers, text, unique, whole,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(calendars()).await?;
        manager.create_table(policies()).await?;
        manager.create_table(terms()).await?;
        manager.create_table(defaults()).await?;
        manager.create_table(contracts()).await?;
        manager.create_table(companies()).await?;
        for table in ["calendars", "sla_policies", "contracts"] {
            manager
                .create_index(index(table, &["workspace_id", "id"]))
                .await?;
        }
        manager
            .create_index(index("sla_policies", &["calendar_id"]))
            .await?;
        manager
            .create_index(unique("contracts", &["workspace_id", "number"]))
            .await?;
        manager
            .create_index(index("contract_companies", &["company_id", "contract_id"]))
            .await
    }
}

fn json(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).json_binary().not_null().take()
}

fn date(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).date().take()
}

fn calendars() -> TableCreateStatement {
    Table::create()
        .table("calendars")
        .col(id("id").primary_key())
        .col(id("workspace_id"))
        .col(text("name"))
        .col(text("hours"))
        .col(text("time_zone"))
        .col(json("holidays"))
        .col(whole("revision"))
        .foreign_key(&mut refers("calendars", "workspace_id", "workspaces"))
        .take()
}

fn policies() -> TableCreateStatement {
    Table::create()
        .table("sla_policies")
        .col(id("id").primary_key())
        .col(id("workspace_id"))
        .col(text("name"))
        .col(id("calendar_id"))
        .col(id("terms_id"))
        .foreign_key(&mut refers("sla_policies", "calendar_id", "calendars"))
        .take()
}

fn terms() -> TableCreateStatement {
    Table::create()
        .table("sla_terms")
        .col(id("id").primary_key())
        .col(id("workspace_id"))
        .col(id("policy_id"))
        .col(json("targets"))
        .col(whole("near_percent"))
        .col(text("hours"))
        .col(text("time_zone"))
        .col(json("holidays"))
        .col(instant("made_at"))
        .take()
}

fn defaults() -> TableCreateStatement {
    Table::create()
        .table("sla_defaults")
        .col(id("workspace_id").primary_key())
        .col(id("policy_id"))
        .foreign_key(&mut refers("sla_defaults", "policy_id", "sla_policies"))
        .take()
}

fn contracts() -> TableCreateStatement {
    Table::create()
        .table("contracts")
        .col(id("id").primary_key())
        .col(id("workspace_id"))
        .col(whole("number"))
        .col(text("title"))
        .col(id_or_none("policy_id"))
        .col(ColumnDef::new("countdown").boolean().not_null().take())
        .col(date("starts_on").not_null())
        .col(date("ends_on").null())
        .col(instant("in_force_from"))
        .col(instant_or_none("in_force_until"))
        .col(whole("revision"))
        .foreign_key(&mut refers("contracts", "workspace_id", "workspaces"))
        .foreign_key(&mut refers("contracts", "policy_id", "sla_policies"))
        .take()
}

fn companies() -> TableCreateStatement {
    Table::create()
        .table("contract_companies")
        .col(id("contract_id"))
        .col(id("company_id"))
        .col(id("workspace_id"))
        .primary_key(Index::create().col("contract_id").col("company_id"))
        .foreign_key(&mut refers(
            "contract_companies",
            "contract_id",
            "contracts",
        ))
        .foreign_key(&mut refers("contract_companies", "company_id", "companies"))
        .take()
}
