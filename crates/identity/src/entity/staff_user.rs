//! `staff_users`: the accounts of the staff realm. Scope: staff of the
//! workspace; clients learn a display name on public entries and nothing else.

use chrono::{DateTime, Utc};
use kernel::{StaffUserId, WorkspaceId};
use sea_orm::entity::prelude::*;
use visibility::StaffRole;

use super::standing::Standing;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StaffUserId,
    pub workspace_id: WorkspaceId,
    /// In lower case; unique in the workspace.
    pub email: String,
    pub name: String,
    pub locale: String,
    pub role: StaffRole,
    pub status: Standing,
    /// A PHC string; none when the user has no password.
    pub password_hash: Option<String>,
    pub created_at: DateTime<Utc>,
    pub last_sign_in_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
