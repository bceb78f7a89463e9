//! Who asked for a mailed code: from where, and with which challenge. Nobody else
//! can try it, and so nobody else can use its tries up.

use sea_orm_migration::prelude::*;

use crate::columns::{text_or_none, whole};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["client_credentials", "staff_credentials"] {
            // SQLite adds one column at a time.
            for column in ["asked_from", "challenge"] {
                let mut alter = Table::alter();
                alter.table(table).add_column(text_or_none(column));
                manager.alter_table(alter).await?;
            }
            // The tries of those who bring the challenge; `failures` counts others'.
            let mut alter = Table::alter();
            alter
                .table(table)
                .add_column(whole("challenged").default(0));
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}
