//! Sessions as devices: when each was last used, by which program, from which
//! network; and the cookie that a browser holds instead of tokens.

use sea_orm_migration::prelude::*;

use crate::columns::{index, instant_or_none, text_or_none, unique};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (sessions, tokens) in [
            ("client_sessions", "client_refresh_tokens"),
            ("staff_sessions", "staff_refresh_tokens"),
        ] {
            // One column a statement: SQLite takes no more.
            for column in [
                instant_or_none("last_used_at"),
                text_or_none("agent"),
                text_or_none("network"),
                text_or_none("cookie_hash"),
            ] {
                let add = Table::alter().table(sessions).add_column(column).take();
                manager.alter_table(add).await?;
            }
            let used = Query::update()
                .table(sessions)
                .value("last_used_at", Expr::col("created_at"))
                .take();
            manager.execute(used).await?;
            manager
                .create_index(unique(sessions, &["cookie_hash"]))
                .await?;
            // What is removed some time after its end is found by these.
            for column in ["expires_at", "revoked_at"] {
                manager.create_index(index(sessions, &[column])).await?;
            }
            manager.create_index(index(tokens, &["expires_at"])).await?;
        }
        Ok(())
    }
}
