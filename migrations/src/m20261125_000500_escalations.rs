//! Steps of service-level policies, and what of them has happened to which
//! tickets. Internal: a table of its own, and columns of internal tables.

use sea_orm_migration::prelude::*;

use crate::columns::{id, index, instant, instant_or_none, refers, text, unique, whole};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Policies of before have no steps.
        let mut steps = ColumnDef::new("escalations");
        let steps = steps.json_binary().not_null().default("[]").take();
        let columns = [
            ("sla_terms", steps),
            (
                "ticket_clocks",
                whole("response_escalated").default(0).take(),
            ),
            (
                "ticket_clocks",
                whole("resolution_escalated").default(0).take(),
            ),
            ("ticket_clocks", instant_or_none("escalate_at")),
            ("ticket_clocks", promised("response_promised")),
            ("ticket_clocks", promised("resolution_promised")),
        ];
        for (table, mut column) in columns {
            let mut alter = Table::alter();
            alter.table(table).add_column(&mut column);
            manager.alter_table(alter).await?;
        }
        manager.create_table(escalations()).await?;
        let once = unique("ticket_escalations", &["ticket_id", "side", "percent"]);
        manager.create_index(once).await?;
        for columns in [
            // What is to happen, in all workspaces: nobody asks, the server looks.
            &["escalate_at"][..],
            // What staff count up: a stretch of time, by policy.
            &["workspace_id", "started_at", "policy_id"],
        ] {
            manager
                .create_index(index("ticket_clocks", columns))
                .await?;
        }
        Ok(())
    }
}

fn promised(name: &'static str) -> ColumnDef {
    ColumnDef::new(name)
        .boolean()
        .not_null()
        .default(false)
        .take()
}

fn escalations() -> TableCreateStatement {
    Table::create()
        .table("ticket_escalations")
        .col(id("id").primary_key())
        .col(id("workspace_id"))
        .col(id("ticket_id"))
        .col(id("terms_id"))
        .col(text("side"))
        .col(whole("percent"))
        .col(instant("due_at"))
        .col(instant("escalated_at"))
        .col(instant_or_none("done_at"))
        .foreign_key(&mut refers("ticket_escalations", "ticket_id", "tickets"))
        .foreign_key(&mut refers("ticket_escalations", "terms_id", "sla_terms"))
        .take()
}
