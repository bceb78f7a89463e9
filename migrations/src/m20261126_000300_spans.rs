//! Where the spans of time begin in which tickets are searched for: before, they
//! were 24 days long, whatever was opened in them. What is searched in is written
//! anew, by the chores of a server; the meaning of the spans is said in
//! `tickets/src/spans.rs`.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::columns::{id, instant, whole};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A scope is a workspace or a company.
        let spans = Table::create()
            .table("ticket_search_spans")
            .col(id("scope_id"))
            .col(whole("span"))
            .col(instant("begins_at"))
            .primary_key(Index::create().col("scope_id").col("span"))
            .take();
        manager.create_table(spans).await?;
        let forget = match manager.get_database_backend() {
            DbBackend::Sqlite => SQLITE,
            _ => POSTGRES,
        };
        let db = manager.get_connection();
        for statement in forget {
            db.execute_unprepared(statement).await?;
        }
        for scope in ["workspace_id", "company_id"] {
            let divide = format!(
                "INSERT INTO ticket_search_spans (scope_id, span, begins_at) \
                 SELECT scope_id, before / {TICKETS}, opened_at FROM ( \
                   SELECT {scope} AS scope_id, opened_at, \
                     row_number() OVER (PARTITION BY {scope} ORDER BY opened_at) - 1 AS before FROM tickets \
                 ) AS placed WHERE before > 0 AND before % {TICKETS} = 0"
            );
            db.execute_unprepared(&divide).await?;
        }
        db.execute_unprepared(
            "INSERT INTO ticket_search_backlog SELECT id FROM tickets WHERE true ON CONFLICT DO NOTHING",
        )
        .await?;
        Ok(())
    }
}

/// Tickets of one span.
const TICKETS: u64 = 8_192;

/// Two pieces of one size are enough to be merged, when it is asked for.
const SQLITE: &[&str] = &[
    "INSERT INTO ticket_search_portal (ticket_search_portal) VALUES ('delete-all')",
    "INSERT INTO ticket_search_staff (ticket_search_staff) VALUES ('delete-all')",
    "INSERT INTO ticket_search_portal (ticket_search_portal, rank) VALUES ('usermerge', 2)",
    "INSERT INTO ticket_search_staff (ticket_search_staff, rank) VALUES ('usermerge', 2)",
];

/// Millions of tickets take longer than a statement of a server may.
const POSTGRES: &[&str] = &[
    "SET LOCAL statement_timeout = 0",
    "TRUNCATE ticket_search_portal, ticket_search_staff",
];
