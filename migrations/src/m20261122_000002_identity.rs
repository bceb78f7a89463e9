//! Workspaces, companies, the users of both realms, their sessions.
//!
//! The two realms share no table (ID-1).

use sea_orm_migration::prelude::*;

use crate::columns::{id, index, instant, instant_or_none, refers, text, text_or_none, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(workspaces()).await?;
        manager.create_table(companies()).await?;
        manager
            .create_index(index("companies", &["workspace_id", "name", "id"]))
            .await?;
        manager.create_table(client_users()).await?;
        manager
            .create_index(unique("client_users", &["workspace_id", "email"]))
            .await?;
        manager
            .create_index(index("client_users", &["workspace_id", "company_id"]))
            .await?;
        manager.create_table(staff_users()).await?;
        manager
            .create_index(unique("staff_users", &["workspace_id", "email"]))
            .await?;
        for realm in [
            Realm {
                users: "client_users",
                sessions: "client_sessions",
                tokens: "client_refresh_tokens",
            },
            Realm {
                users: "staff_users",
                sessions: "staff_sessions",
                tokens: "staff_refresh_tokens",
            },
        ] {
            manager.create_table(sessions(&realm)).await?;
            manager
                .create_index(index(realm.sessions, &["user_id"]))
                .await?;
            manager.create_table(refresh_tokens(&realm)).await?;
            manager
                .create_index(index(realm.tokens, &["session_id"]))
                .await?;
        }
        Ok(())
    }
}

struct Realm {
    users: &'static str,
    sessions: &'static str,
    tokens: &'static str,
}

fn workspaces() -> TableCreateStatement {
    Table::create()
        .table("workspaces")
        .col(id("id").primary_key())
        .col(text("slug").unique_key())
        .col(text("name"))
        .col(text("locale"))
        .col(text("time_zone"))
        .col(text("currency"))
        .col(text("plan"))
        .col(text("status"))
        .col(instant("created_at"))
        .take()
}

fn companies() -> TableCreateStatement {
    Table::create()
        .table("companies")
        .col(id("id").primary_key())
        .col(id("workspace_id"))
        .col(text("name"))
        .col(text("kind"))
        .col(text("sharing"))
        .col(text("status"))
        .col(instant("created_at"))
        .foreign_key(&mut refers("companies", "workspace_id", "workspaces"))
        .take()
}

fn client_users() -> TableCreateStatement {
    Table::create()
        .table("client_users")
        .col(id("id").primary_key())
        .col(id("workspace_id"))
        .col(id("company_id"))
        .col(text("email"))
        .col(text("name"))
        .col(text("locale"))
        .col(text("access"))
        .col(ColumnDef::new("sections").json_binary().not_null())
        .col(text("status"))
        .col(text_or_none("password_hash"))
        .col(instant("created_at"))
        .col(instant_or_none("last_sign_in_at"))
        .foreign_key(&mut refers("client_users", "workspace_id", "workspaces"))
        .foreign_key(&mut refers("client_users", "company_id", "companies"))
        .take()
}

fn staff_users() -> TableCreateStatement {
    Table::create()
        .table("staff_users")
        .col(id("id").primary_key())
        .col(id("workspace_id"))
        .col(text("email"))
        .col(text("name"))
        .col(text("locale"))
        .col(text("role"))
        .col(text("status"))
        .col(text_or_none("password_hash"))
        .col(instant("created_at"))
        .col(instant_or_none("last_sign_in_at"))
        .foreign_key(&mut refers("staff_users", "workspace_id", "workspaces"))
        .take()
}

fn sessions(realm: &Realm) -> TableCreateStatement {
    Table::create()
        .table(realm.sessions)
        .col(id("id").primary_key())
        .col(id("workspace_id"))
        .col(id("user_id"))
        .col(instant("created_at"))
        .col(instant("expires_at"))
        .col(instant_or_none("revoked_at"))
        .foreign_key(&mut refers(realm.sessions, "user_id", realm.users))
        .take()
}

fn refresh_tokens(realm: &Realm) -> TableCreateStatement {
    Table::create()
        .table(realm.tokens)
        .col(text("hash").primary_key())
        .col(id("session_id"))
        .col(instant("created_at"))
        .col(instant("expires_at"))
        .col(instant_or_none("spent_at"))
        .foreign_key(&mut refers(realm.tokens, "session_id", realm.sessions))
        .take()
}
