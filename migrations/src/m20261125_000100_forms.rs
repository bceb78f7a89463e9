//! Forms of categories, and what was answered.
//!
//! What clients see of a form is a shape, numbered by itself; the rest of a
//! version is internal, and so are the answers to it: tables of their own, which
//! no portal read touches. Shapes and versions are never changed.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::columns::{id, instant, refers, text, whole};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(shapes()).await?;
        manager.create_table(versions()).await?;
        append_only(manager, SHAPES, "shape").await?;
        append_only(manager, VERSIONS, "version").await?;
        manager.create_table(answers()).await?;
        manager.create_table(internal_answers()).await?;
        // SQLite adds one column at a time.
        for column in [
            ColumnDef::new("answer").text().null().take(),
            ColumnDef::new("flag")
                .text()
                .not_null()
                .default("client")
                .take(),
        ] {
            let alter = Table::alter()
                .table("ticket_attachments")
                .add_column(column)
                .take();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}

const SHAPES: &str = "ticket_form_shapes";
const VERSIONS: &str = "ticket_form_versions";

fn json(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).json_binary().not_null().take()
}

/// A foreign key to the category.
fn of_category(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{table}_category"))
        .from(table, ("workspace_id", "category"))
        .to("ticket_categories", ("workspace_id", "key"))
        .on_delete(ForeignKeyAction::Restrict)
        .take()
}

fn shapes() -> TableCreateStatement {
    Table::create()
        .table(SHAPES)
        .col(id("workspace_id"))
        .col(text("category"))
        .col(whole("shape"))
        .col(json("fields"))
        .primary_key(
            Index::create()
                .col("workspace_id")
                .col("category")
                .col("shape"),
        )
        .foreign_key(&mut of_category(SHAPES))
        .take()
}

fn versions() -> TableCreateStatement {
    Table::create()
        .table(VERSIONS)
        .col(id("workspace_id"))
        .col(text("category"))
        .col(whole("version"))
        .col(whole("shape"))
        .col(json("internal"))
        .col(id("published_by"))
        .col(instant("published_at"))
        .primary_key(
            Index::create()
                .col("workspace_id")
                .col("category")
                .col("version"),
        )
        .foreign_key(&mut of_category(VERSIONS))
        .foreign_key(&mut refers(VERSIONS, "published_by", "staff_users"))
        .take()
}

fn answers() -> TableCreateStatement {
    const TABLE: &str = "ticket_answers";
    Table::create()
        .table(TABLE)
        .col(id("ticket_id").primary_key())
        .col(id("workspace_id"))
        .col(id("company_id"))
        .col(text("category"))
        .col(whole("shape"))
        .col(json("answers"))
        .foreign_key(&mut refers(TABLE, "ticket_id", "tickets"))
        .take()
}

fn internal_answers() -> TableCreateStatement {
    const TABLE: &str = "ticket_internal_answers";
    Table::create()
        .table(TABLE)
        .col(id("ticket_id").primary_key())
        .col(id("workspace_id"))
        .col(text("category"))
        .col(whole("version"))
        .col(json("answers"))
        .foreign_key(&mut refers(TABLE, "ticket_id", "tickets"))
        .take()
}

/// Makes the database refuse to change, replace or remove a row of `table`.
async fn append_only(manager: &SchemaManager<'_>, table: &str, number: &str) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let refuse = format!("BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END");
    let statements = if manager.get_database_backend() == DbBackend::Sqlite {
        vec![
            format!("CREATE TRIGGER {table}_no_UPDATE BEFORE UPDATE ON {table} {refuse}"),
            format!("CREATE TRIGGER {table}_no_DELETE BEFORE DELETE ON {table} {refuse}"),
            // `INSERT OR REPLACE` deletes without firing the trigger on deletion.
            format!(
                "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} \
                 WHERE workspace_id = NEW.workspace_id AND category = NEW.category AND {number} = NEW.{number}) {refuse}"
            ),
        ]
    } else {
        let refuse = "EXECUTE FUNCTION refuse_rewrite()";
        vec![
            format!(
                "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {refuse}"
            ),
            format!(
                "CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}"
            ),
        ]
    };
    for statement in statements {
        db.execute_unprepared(&statement).await?;
    }
    Ok(())
}
