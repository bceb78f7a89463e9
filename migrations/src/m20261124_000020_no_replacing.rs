//! SQLite: what is appended is not replaced either. `INSERT OR REPLACE` deletes
//! without firing the triggers on deletion. PostgreSQL has no such statement;
//! there an upsert is an update, which is refused.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::Sqlite {
            return Ok(());
        }
        for (table, same) in [
            (
                "ledger",
                "workspace_id = NEW.workspace_id AND position = NEW.position",
            ),
            ("audit", "id = NEW.id"),
        ] {
            let trigger = format!(
                "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} \
                 WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) \
                 BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            );
            manager
                .get_connection()
                .execute_unprepared(&trigger)
                .await?;
        }
        Ok(())
    }
}
