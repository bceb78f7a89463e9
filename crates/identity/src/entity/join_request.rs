//! `join_requests`: who asks to join a company by themselves (ID-5). Scope: the
//! company's admins, and staff of the workspace; only with a confirmed address.

use chrono::{DateTime, Utc};
use kernel::{CompanyId, WorkspaceId};
use sea_orm::entity::prelude::*;

use crate::join::JoinStatus;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "join_requests")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: Option<WorkspaceId>,
    /// None when no company takes mailboxes of that domain.
    pub company_id: Option<CompanyId>,
    pub email: String,
    pub name: String,
    pub locale: String,
    pub password_hash: Option<String>,
    pub status: JoinStatus,
    pub created_at: DateTime<Utc>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub decided_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
