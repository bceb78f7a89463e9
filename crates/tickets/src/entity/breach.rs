//! `ticket_breaches`: the targets that were missed, each once a ticket and side.
//! Internal.

use chrono::{DateTime, Utc};
use contracts::Side;
use kernel::WorkspaceId;
use sea_orm::entity::prelude::*;

use super::ticket::TicketId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_breaches")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: WorkspaceId,
    pub ticket_id: TicketId,
    pub side: Side,
    /// When it was due.
    pub breached_at: DateTime<Utc>,
    /// When that was seen.
    pub noticed_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
