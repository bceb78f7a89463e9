//! `ledger`: every change of a flag. Internal; triggers refuse to change or
//! remove a row.

use chrono::{DateTime, Utc};
use kernel::{StaffUserId, WorkspaceId};
use sea_orm::entity::prelude::*;

use crate::Flag;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: WorkspaceId,
    /// The place in the workspace's chain, from 1 without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    pub record_kind: String,
    pub record_id: Uuid,
    /// None for the flag a record was created with.
    pub from_flag: Option<Flag>,
    pub to_flag: Flag,
    pub reason: String,
    pub staff_user_id: StaffUserId,
    pub changed_at: DateTime<Utc>,
    /// Hex SHA-256 over the entry before and this one.
    pub hash: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
