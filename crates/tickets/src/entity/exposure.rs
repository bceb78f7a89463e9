//! `configuration_exposures`: the companies whose items their clients see.
//!
//! Scope: staff of the workspace read and write it; the scope of items asks it for
//! the viewer's own company.

use chrono::{DateTime, Utc};
use kernel::{CompanyId, WorkspaceId};
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "configuration_exposures")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub company_id: CompanyId,
    pub workspace_id: WorkspaceId,
    pub since: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
