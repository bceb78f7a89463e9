//! Finding tickets: indexes for filtered lists, and the words that can be
//! searched for, in the database's own engine.
//!
//! There are two indexes of words, so that what clients may not see is not in
//! the one that they are searched in: `ticket_search_portal` and
//! `ticket_search_staff`. What they hold is said in `tickets/src/index.rs`. The
//! tickets that are there already wait in `ticket_search_backlog` until they are
//! written into both.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::columns::{id, index};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for sort in ["opened_at", "changed_at"] {
            for filter in ["status", "category"] {
                for columns in [
                    &["workspace_id", filter, sort, "id"][..],
                    &["company_id", "flag", filter, sort, "id"],
                ] {
                    manager.create_index(index("tickets", columns)).await?;
                }
            }
        }
        let backlog = Table::create()
            .table("ticket_search_backlog")
            .col(id("ticket_id").primary_key())
            .take();
        manager.create_table(backlog).await?;
        let db = manager.get_connection();
        for statement in match manager.get_database_backend() {
            DbBackend::Sqlite => SQLITE,
            _ => POSTGRES,
        } {
            db.execute_unprepared(statement).await?;
        }
        db.execute_unprepared("INSERT INTO ticket_search_backlog SELECT id FROM tickets")
            .await?;
        Ok(())
    }
}

/// `search_key` follows the time of opening, so that the engine, which walks its
/// rows by number, meets the newest first.
const SQLITE: &[&str] = &[
    "CREATE TABLE ticket_search_keys (search_key integer PRIMARY KEY, ticket_id uuid_text NOT NULL UNIQUE REFERENCES tickets (id))",
    "CREATE VIRTUAL TABLE ticket_search_portal USING fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii')",
    "CREATE VIRTUAL TABLE ticket_search_staff USING fts5(words, content='', contentless_delete=1, detail=none, tokenize='ascii')",
];

/// No pending lists, so that a search never has to read through one; no
/// statistics, which would be large and of no use.
const POSTGRES: &[&str] = &[
    "CREATE TABLE ticket_search_portal (ticket_id uuid PRIMARY KEY REFERENCES tickets (id), words tsvector NOT NULL)",
    "CREATE TABLE ticket_search_staff (ticket_id uuid PRIMARY KEY REFERENCES tickets (id), words tsvector NOT NULL)",
    "CREATE INDEX ix_ticket_search_portal_words ON ticket_search_portal USING gin (words) WITH (fastupdate = off)",
    "CREATE INDEX ix_ticket_search_staff_words ON ticket_search_staff USING gin (words) WITH (fastupdate = off)",
    "ALTER TABLE ticket_search_portal ALTER COLUMN words SET STATISTICS 0",
    "ALTER TABLE ticket_search_staff ALTER COLUMN words SET STATISTICS 0",
];
