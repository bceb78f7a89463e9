//! Since when clients see a form as they do: the one before it is still taken for
//! a while. Forms of before have been in force for long.

use sea_orm_migration::prelude::*;

use crate::columns::instant;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut published_at = instant("published_at");
        let published_at = published_at.default("1970-01-01T00:00:00+00:00");
        let mut alter = Table::alter();
        alter.table("ticket_form_shapes").add_column(published_at);
        manager.alter_table(alter).await
    }
}
