//! The tables of Vitrine, for SQLite and PostgreSQL alike.
//!
//! One file per step, named by the day it was written. A step that has been
//! released never changes; what it got wrong is mended by a later one.
//! Several replicas may start at once: on PostgreSQL an advisory lock lets one
//! of them migrate while the others wait, on SQLite the file's own lock does.

#![expect(
    clippy::disallowed_methods,
    reason = "migrations make the tables; they have no viewer"
)]

mod columns;
mod m20261122_000001_outbox;
mod m20261122_000002_identity;
mod m20261122_000003_visibility;
mod m20261122_000004_tickets;
mod m20261123_000010_accounts;
mod m20261123_000020_devices;
mod m20261123_000020_mails;
mod m20261123_000030_sharing;
mod m20261124_000010_code_askers;
mod m20261124_000020_no_replacing;
mod m20261124_000030_passwords_by_mail;
mod m20261124_000100_contracts;
mod m20261124_000110_clocks;
mod m20261124_000200_files;
mod m20261124_000300_finding;
mod m20261125_000100_forms;
mod m20261125_000200_edits;
mod m20261125_000210_mentions;
mod m20261125_000220_merges;
mod m20261125_000230_canned;
mod m20261125_000300_desk;
mod m20261125_000310_quiet;
mod m20261125_000320_views;
mod m20261125_000330_configuration;
mod m20261125_000400_ticket_mails;
mod m20261125_000500_escalations;
mod m20261126_000100_status_labels;
mod m20261126_000200_merged_clocks;
mod m20261126_000210_form_times;
mod m20261126_000300_spans;

use sea_orm_migration::{
    prelude::*,
    sea_orm::{
        DatabaseConnection, DbBackend, SqliteTransactionMode, TransactionOptions, TransactionTrait,
    },
};

/// The migrator over all steps.
pub struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_outbox::Migration),
            Box::new(m20261122_000002_identity::Migration),
            Box::new(m20261122_000003_visibility::Migration),
            Box::new(m20261122_000004_tickets::Migration),
            Box::new(m20261123_000010_accounts::Migration),
            Box::new(m20261123_000020_devices::Migration),
            Box::new(m20261123_000020_mails::Migration),
            Box::new(m20261123_000030_sharing::Migration),
            Box::new(m20261124_000010_code_askers::Migration),
            Box::new(m20261124_000020_no_replacing::Migration),
            Box::new(m20261124_000030_passwords_by_mail::Migration),
            Box::new(m20261124_000100_contracts::Migration),
            Box::new(m20261124_000110_clocks::Migration),
            Box::new(m20261124_000200_files::Migration),
            Box::new(m20261124_000300_finding::Migration),
            Box::new(m20261125_000100_forms::Migration),
            Box::new(m20261125_000200_edits::Migration),
            Box::new(m20261125_000210_mentions::Migration),
            Box::new(m20261125_000220_merges::Migration),
            Box::new(m20261125_000230_canned::Migration),
            Box::new(m20261125_000300_desk::Migration),
            Box::new(m20261125_000310_quiet::Migration),
            Box::new(m20261125_000320_views::Migration),
            Box::new(m20261125_000330_configuration::Migration),
            Box::new(m20261125_000400_ticket_mails::Migration),
            Box::new(m20261125_000500_escalations::Migration),
            Box::new(m20261126_000100_status_labels::Migration),
            Box::new(m20261126_000200_merged_clocks::Migration),
            Box::new(m20261126_000210_form_times::Migration),
            Box::new(m20261126_000300_spans::Migration),
        ]
    }
}

/// Whoever migrates waits for whoever does so already, and a step takes as long as
/// there are rows: longer than a statement of a server may. It waits no longer than
/// that for a table that others use: who comes after it would wait as well. Any number
/// will do, as long as every version of Vitrine uses the same.
const ALONE: &str = "SET LOCAL statement_timeout = 0; \
    SELECT pg_advisory_xact_lock(862754091); \
    SET LOCAL lock_timeout = '15s'";

/// Brings the database up to date; does nothing when it is.
///
/// In one transaction: what stops in between leaves the database as it was. On SQLite
/// it has the write lock from its beginning.
pub async fn up(db: &DatabaseConnection) -> Result<(), DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..Default::default()
    };
    let whole = db.begin_with_options(options).await?;
    if db.get_database_backend() == DbBackend::Postgres {
        whole.execute_unprepared(ALONE).await?;
    }
    Migrator::up(&whole, None).await?;
    whole.commit().await
}

/// Brings an empty database to where it was before the step of that name: a test
/// of the step writes there what it finds.
pub async fn up_before(db: &DatabaseConnection, step: &str) -> Result<(), DbErr> {
    let steps = Migrator::migrations();
    let before = steps.iter().position(|other| other.name() == step);
    let before = before.unwrap_or(steps.len());
    Migrator::up(db, before.try_into().ok()).await
}

/// How many steps the database still lacks.
pub async fn pending(db: &DatabaseConnection) -> Result<usize, DbErr> {
    Ok(Migrator::get_pending_migrations(db).await?.len())
}
