//! Service-level clocks over working time: priority and contract of a ticket,
//! its clock with the pauses, and the targets that were missed. Internal: tables
//! of their own.
//!
//! The first clocks counted the same hours for everybody, which nobody had
//! promised. Their tickets go on without terms, with the first answer and the
//! resolution that were noted; a policy or a contract gives them terms.

use sea_orm_migration::prelude::*;

use crate::columns::{
    id, id_or_none, index, instant, instant_or_none, refers, text, unique, whole,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// From the old tables into the new ones.
const CARRIED: [&str; 3] = [
    "INSERT INTO ticket_triage (ticket_id, workspace_id, priority) SELECT id, workspace_id, 'normal' FROM tickets",
    "INSERT INTO ticket_clocks (ticket_id, workspace_id, version, started_at, counted_at, used, paused_at, responded_at, resolved_at) \
     SELECT t.id, t.workspace_id, 1, t.opened_at, t.opened_at, 0, \
     CASE WHEN t.status = 'waiting' THEN t.changed_at WHEN t.status IN ('resolved', 'closed') THEN coalesce(c.resolved_at, t.changed_at) END, \
     c.responded_at, c.resolved_at FROM tickets t JOIN ticket_clocks_before c ON c.ticket_id = t.id",
    "INSERT INTO ticket_clock_pauses (ticket_id, began_at) SELECT ticket_id, paused_at FROM ticket_clocks WHERE paused_at IS NOT NULL",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut rename = Table::rename();
        manager
            .rename_table(rename.table("ticket_clocks", "ticket_clocks_before").take())
            .await?;
        manager.create_table(triage()).await?;
        manager.create_table(clocks()).await?;
        manager.create_table(pauses()).await?;
        manager.create_table(breaches()).await?;
        for statement in CARRIED {
            manager
                .get_connection()
                .execute_unprepared(statement)
                .await?;
        }
        manager
            .drop_table(Table::drop().table("ticket_clocks_before").take())
            .await?;
        manager
            .create_index(index("ticket_triage", &["contract_id", "ticket_id"]))
            .await?;
        manager
            .create_index(unique("ticket_breaches", &["ticket_id", "side"]))
            .await?;
        for columns in [
            // The queues of staff.
            &["workspace_id", "near_at", "ticket_id"][..],
            &["workspace_id", "missed_at", "ticket_id"],
            // What is to be counted anew.
            &["workspace_id", "resolved_at", "ticket_id"],
            &["policy_id", "resolved_at", "ticket_id"],
            // What is due, in all workspaces: nobody asks, the server looks.
            &["next_due"],
        ] {
            manager
                .create_index(index("ticket_clocks", columns))
                .await?;
        }
        Ok(())
    }
}

fn triage() -> TableCreateStatement {
    Table::create()
        .table("ticket_triage")
        .col(id("ticket_id").primary_key())
        .col(id("workspace_id"))
        .col(text("priority"))
        .col(id_or_none("contract_id"))
        .foreign_key(&mut refers("ticket_triage", "ticket_id", "tickets"))
        .foreign_key(&mut refers("ticket_triage", "contract_id", "contracts"))
        .take()
}

fn clocks() -> TableCreateStatement {
    Table::create()
        .table("ticket_clocks")
        .col(id("ticket_id").primary_key())
        .col(id("workspace_id"))
        .col(whole("version"))
        .col(id_or_none("terms_id"))
        .col(id_or_none("policy_id"))
        .col(instant("started_at"))
        .col(instant("counted_at"))
        .col(whole("used"))
        .col(instant_or_none("paused_at"))
        .col(instant_or_none("responded_at"))
        .col(instant_or_none("resolved_at"))
        .col(instant_or_none("response_due"))
        .col(instant_or_none("resolution_due"))
        .col(instant_or_none("response_breached_at"))
        .col(instant_or_none("resolution_breached_at"))
        .col(instant_or_none("next_due"))
        .col(instant_or_none("near_at"))
        .col(instant_or_none("missed_at"))
        .foreign_key(refers("ticket_clocks", "ticket_id", "tickets").name("fk_clocks_ticket_id"))
        .foreign_key(&mut refers("ticket_clocks", "terms_id", "sla_terms"))
        .take()
}

fn pauses() -> TableCreateStatement {
    Table::create()
        .table("ticket_clock_pauses")
        .col(id("ticket_id"))
        .col(instant("began_at"))
        .col(instant_or_none("ended_at"))
        .primary_key(Index::create().col("ticket_id").col("began_at"))
        .foreign_key(&mut refers("ticket_clock_pauses", "ticket_id", "tickets"))
        .take()
}

fn breaches() -> TableCreateStatement {
    Table::create()
        .table("ticket_breaches")
        .col(id("id").primary_key())
        .col(id("workspace_id"))
        .col(id("ticket_id"))
        .col(text("side"))
        .col(instant("breached_at"))
        .col(instant("noticed_at"))
        .foreign_key(&mut refers("ticket_breaches", "ticket_id", "tickets"))
        .take()
}
