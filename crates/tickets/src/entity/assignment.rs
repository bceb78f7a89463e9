//! `ticket_assignments`: who works on a ticket. Internal: a table of its own,
//! which no portal read touches (VI-4).

use chrono::{DateTime, Utc};
use kernel::{StaffUserId, WorkspaceId};
use sea_orm::entity::prelude::*;

use super::ticket::TicketId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_assignments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: TicketId,
    pub workspace_id: WorkspaceId,
    pub staff_user_id: StaffUserId,
    pub assigned_by: StaffUserId,
    pub assigned_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
