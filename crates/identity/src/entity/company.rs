//! `companies`: the customers of a workspace. Scope: staff of the workspace,
//! and the company's own users.

use chrono::{DateTime, Utc};
use kernel::{CompanyId, WorkspaceId};
use sea_orm::entity::prelude::*;
use visibility::Sharing;

use super::standing::Standing;
use crate::Domains;

/// What kind of customer a company is (WS-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum CompanyKind {
    /// An organisation with several people.
    #[sea_orm(string_value = "organisation")]
    Organisation,
    /// A single person.
    #[sea_orm(string_value = "person")]
    Person,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "companies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CompanyId,
    pub workspace_id: WorkspaceId,
    pub name: String,
    pub kind: CompanyKind,
    pub sharing: Sharing,
    pub status: Standing,
    /// Whose mailboxes may ask to join; empty when nobody may.
    #[sea_orm(column_type = "JsonBinary")]
    pub registration_domains: Domains,
    pub created_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
