//! Whoever reads the mail sets the password: what was kept of those who merely
//! asked goes.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut sign_ups = Table::alter();
        sign_ups.table("sign_ups").drop_column("password_hash");
        manager.alter_table(sign_ups).await?;
        let mut asked = Query::update();
        asked
            .table("join_requests")
            .value("password_hash", Option::<String>::None)
            .and_where(Expr::col("status").is_in(["unconfirmed", "waiting"]));
        manager.execute(asked).await
    }
}
