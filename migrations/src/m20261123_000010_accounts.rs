//! How people come to their accounts and back into them: invitations, resets,
//! codes, requests to join, workspaces to be; what their attempts cost; and the
//! audit trail.
//!
//! The realms share no table (ID-1). Secrets are kept as digests alone.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

use crate::columns::{
    id, id_or_none, index, instant, instant_or_none, refers, text, text_or_none, unique, whole,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        new_columns(manager).await?;
        addresses(manager).await?;
        for realm in [
            Realm {
                users: "client_users",
                credentials: "client_credentials",
                secrets: "client_secrets",
            },
            Realm {
                users: "staff_users",
                credentials: "staff_credentials",
                secrets: "staff_secrets",
            },
        ] {
            manager.create_table(credentials(&realm)).await?;
            manager
                .create_index(index(realm.credentials, &["user_id", "purpose"]))
                .await?;
            manager
                .create_index(index(realm.credentials, &["expires_at"]))
                .await?;
            manager.create_table(secrets(&realm)).await?;
            manager
                .create_index(index(realm.secrets, &["credential_id"]))
                .await?;
        }
        manager.create_table(join_requests()).await?;
        manager
            .create_index(index(
                "join_requests",
                &["company_id", "status", "created_at", "id"],
            ))
            .await?;
        manager.create_table(sign_ups()).await?;
        manager
            .create_index(index("sign_ups", &["created_at"]))
            .await?;
        manager.create_table(throttles()).await?;
        manager
            .create_index(index("throttles", &["full_at"]))
            .await?;
        manager.create_table(known_networks()).await?;
        manager
            .create_index(index("known_networks", &["seen_at"]))
            .await?;
        manager.create_table(audit()).await?;
        manager
            .create_index(index("audit", &["workspace_id", "happened_at", "id"]))
            .await?;
        manager
            .create_index(index(
                "audit",
                &["workspace_id", "kind", "happened_at", "id"],
            ))
            .await?;
        append_only(manager, "audit").await?;
        manager
            .create_index(unique("companies", &["workspace_id", "id"]))
            .await?;
        manager
            .create_index(index(
                "client_users",
                &["workspace_id", "company_id", "name", "id"],
            ))
            .await
    }
}

/// What existing tables gain. One column a statement: SQLite takes no more.
async fn new_columns(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let every_module = r#"["tickets","jobs","invoices","projects","documents","portal"]"#;
    let columns = [
        ("workspaces", list("modules", every_module)),
        (
            "workspaces",
            list("sign_in_methods", r#"["password","code"]"#),
        ),
        ("workspaces", text_or_none("portal_url")),
        ("companies", list("registration_domains", "[]")),
        ("client_users", instant_or_none("accepted_at")),
        ("client_users", instant_or_none("erased_at")),
    ];
    for (table, mut column) in columns {
        let change = Table::alter().table(table).add_column(&mut column).take();
        manager.alter_table(change).await?;
    }
    Ok(())
}

/// An address has one account in a workspace, but may be invited by several
/// companies: whether it has an account elsewhere is nothing that one who
/// invites may learn.
async fn addresses(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    for statement in [
        "UPDATE client_users SET accepted_at = created_at",
        "DROP INDEX ux_client_users_workspace_id_email",
        "CREATE UNIQUE INDEX ux_client_users_accepted ON client_users (workspace_id, email) \
         WHERE accepted_at IS NOT NULL",
    ] {
        db.execute_unprepared(statement).await?;
    }
    manager
        .create_index(unique("client_users", &["company_id", "email"]))
        .await
}

/// A list of words as JSON, with what it holds in rows that exist.
fn list(name: &'static str, words: &'static str) -> ColumnDef {
    ColumnDef::new(name)
        .json_binary()
        .not_null()
        .default(words)
        .take()
}

struct Realm {
    users: &'static str,
    credentials: &'static str,
    secrets: &'static str,
}

/// Neither workspace nor user has to exist: a request for an unknown address
/// leaves the same traces as one for a known address.
fn credentials(realm: &Realm) -> TableCreateStatement {
    Table::create()
        .table(realm.credentials)
        .col(id("id").primary_key())
        .col(text("purpose"))
        .col(id_or_none("workspace_id"))
        .col(id_or_none("user_id"))
        .col(id_or_none("request_id"))
        .col(id_or_none("invited_by_client"))
        .col(id_or_none("invited_by_staff"))
        .col(whole("failures"))
        .col(instant("created_at"))
        .col(instant("expires_at"))
        .col(instant_or_none("used_at"))
        .foreign_key(&mut refers(realm.credentials, "user_id", realm.users))
        .take()
}

fn secrets(realm: &Realm) -> TableCreateStatement {
    Table::create()
        .table(realm.secrets)
        .col(text("hash").primary_key())
        .col(id("credential_id"))
        .col(instant("created_at"))
        .foreign_key(
            refers(realm.secrets, "credential_id", realm.credentials)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .take()
}

/// Without a company when no company takes mailboxes of the domain: asking
/// leaves the same traces either way.
fn join_requests() -> TableCreateStatement {
    Table::create()
        .table("join_requests")
        .col(id("id").primary_key())
        .col(id_or_none("workspace_id"))
        .col(id_or_none("company_id"))
        .col(text("email"))
        .col(text("name"))
        .col(text("locale"))
        .col(text_or_none("password_hash"))
        .col(text("status"))
        .col(instant("created_at"))
        .col(instant_or_none("confirmed_at"))
        .col(instant_or_none("decided_at"))
        .foreign_key(&mut refers("join_requests", "company_id", "companies"))
        .take()
}

fn sign_ups() -> TableCreateStatement {
    Table::create()
        .table("sign_ups")
        .col(id("id").primary_key())
        .col(text("slug"))
        .col(text("name"))
        .col(text("locale"))
        .col(text("time_zone"))
        .col(text("currency"))
        .col(text("owner_name"))
        .col(text("email"))
        .col(text("password_hash"))
        .col(instant("created_at"))
        .take()
}

/// A leaky bucket a row: `full_at` is the instant, in microseconds since 1970,
/// at which it is as good as new.
fn throttles() -> TableCreateStatement {
    Table::create()
        .table("throttles")
        .col(text("key").primary_key())
        .col(whole("full_at"))
        .take()
}

/// From which networks an account has been signed in to.
fn known_networks() -> TableCreateStatement {
    Table::create()
        .table("known_networks")
        .col(text("account"))
        .col(text("network"))
        .col(instant("seen_at"))
        .primary_key(Index::create().col("account").col("network"))
        .take()
}

fn audit() -> TableCreateStatement {
    Table::create()
        .table("audit")
        .col(id("id").primary_key())
        .col(id("workspace_id"))
        .col(text("kind"))
        .col(text_or_none("actor_side"))
        .col(id_or_none("actor_id"))
        .col(text_or_none("subject_kind"))
        .col(id_or_none("subject_id"))
        .col(text_or_none("network"))
        .col(ColumnDef::new("detail").json_binary().null().take())
        .col(instant("happened_at"))
        .take()
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
    // The function came with the ledger.
    for (name, when) in [
        ("append_only", "BEFORE UPDATE OR DELETE"),
        ("no_truncate", "BEFORE TRUNCATE"),
    ] {
        let each = if name == "no_truncate" {
            "STATEMENT"
        } else {
            "ROW"
        };
        db.execute_unprepared(&format!(
            "CREATE TRIGGER {table}_{name} {when} ON {table} \
             FOR EACH {each} EXECUTE FUNCTION refuse_rewrite()"
        ))
        .await?;
    }
    Ok(())
}
