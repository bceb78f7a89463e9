//! `ticket_form_versions`: forms as they were published, and what of them is
//! internal. Never changed; numbered from 1 in each category, and the last is in
//! force. Internal: staff of the workspace.

use chrono::{DateTime, Utc};
use kernel::{StaffUserId, WorkspaceId};
use sea_orm::entity::prelude::*;

use crate::form::definition::Internal;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_form_versions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: WorkspaceId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub category: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i64,
    /// What clients see of it; 0 while there has been nothing to see.
    pub shape: i64,
    #[sea_orm(column_type = "JsonBinary")]
    pub internal: Internal,
    pub published_by: StaffUserId,
    pub published_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
