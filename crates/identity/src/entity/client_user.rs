//! `client_users`: the accounts of the portal realm. Scope: staff of the
//! workspace, and colleagues of the same company.

use chrono::{DateTime, Utc};
use kernel::{ClientUserId, CompanyId, WorkspaceId};
use sea_orm::entity::prelude::*;
use visibility::{Access, Reach, Sections};

use super::standing::Standing;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "client_users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ClientUserId,
    pub workspace_id: WorkspaceId,
    pub company_id: CompanyId,
    /// In lower case; unique in the company, and among the accepted of the workspace.
    pub email: String,
    pub name: String,
    pub locale: String,
    pub access: Access,
    #[sea_orm(column_type = "JsonBinary")]
    pub sections: Sections,
    /// How far the user sees, in a company that chooses it for each member;
    /// none means the own records.
    pub reach: Option<Reach>,
    pub status: Standing,
    /// A PHC string; none when the user has no password.
    pub password_hash: Option<String>,
    pub created_at: DateTime<Utc>,
    pub last_sign_in_at: Option<DateTime<Utc>>,
    /// When the account was taken by its owner; none for open invitations.
    pub accepted_at: Option<DateTime<Utc>>,
    /// When everything personal was erased.
    pub erased_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
