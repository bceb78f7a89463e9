//! `ticket_clocks`: when an answer and a resolution are due. Internal: a table
//! of its own, which no portal read touches (VI-4).

use chrono::{DateTime, Utc};
use kernel::WorkspaceId;
use sea_orm::entity::prelude::*;

use super::ticket::TicketId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_clocks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: TicketId,
    pub workspace_id: WorkspaceId,
    pub response_due: DateTime<Utc>,
    pub resolution_due: DateTime<Utc>,
    pub responded_at: Option<DateTime<Utc>>,
    pub resolved_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
