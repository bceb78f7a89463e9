//! When the clock of a merged ticket ended: until now it looked resolved, and a
//! merge like a promise that was kept. Internal: a column of an internal table.

use sea_orm_migration::prelude::*;

use crate::columns::instant_or_none;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// What was resolved by the merge itself; a merge of a resolved ticket came later.
const CARRIED: &str = "UPDATE ticket_clocks SET merged_at = resolved_at, resolved_at = NULL, \
     resolution_due = CASE WHEN resolution_breached_at IS NULL THEN NULL ELSE resolution_due END \
     WHERE EXISTS (SELECT 1 FROM ticket_merges m \
     WHERE m.source_id = ticket_clocks.ticket_id AND m.merged_at = ticket_clocks.resolved_at)";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut alter = Table::alter();
        alter
            .table("ticket_clocks")
            .add_column(instant_or_none("merged_at"));
        manager.alter_table(alter).await?;
        let db = manager.get_connection();
        db.execute_unprepared(CARRIED).await.map(drop)
    }
}
