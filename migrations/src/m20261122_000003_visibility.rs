//! `ledger`: every change of a flag, which nobody can rewrite.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::columns::{id, instant, refers, text, text_or_none, whole};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let ledger = Table::create()
            .table("ledger")
            .col(id("workspace_id"))
            .col(whole("position"))
            .col(text("record_kind"))
            .col(id("record_id"))
            .col(text_or_none("from_flag"))
            .col(text("to_flag"))
            .col(text("reason"))
            .col(id("staff_user_id"))
            .col(instant("changed_at"))
            .col(text("hash"))
            .primary_key(Index::create().col("workspace_id").col("position"))
            .foreign_key(&mut refers("ledger", "workspace_id", "workspaces"))
            .foreign_key(&mut refers("ledger", "staff_user_id", "staff_users"))
            .take();
        manager.create_table(ledger).await?;
        append_only(manager, "ledger").await
    }
}

/// Makes the database refuse to change or remove a row of `table`.
async fn append_only(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    let db = manager.get_connection();
    if manager.get_database_backend() == DbBackend::Sqlite {
        for verb in ["UPDATE", "DELETE"] {
            db.execute_unprepared(&format!(
                "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} \
                 BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            ))
            .await?;
        }
        return Ok(());
    }
    db.execute_unprepared(
        "CREATE FUNCTION refuse_rewrite() RETURNS trigger LANGUAGE plpgsql AS $$ \
         BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
    )
    .await?;
    db.execute_unprepared(&format!(
        "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} \
         FOR EACH ROW EXECUTE FUNCTION refuse_rewrite()"
    ))
    .await?;
    db.execute_unprepared(&format!(
        "CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} \
         FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewrite()"
    ))
    .await?;
    Ok(())
}
