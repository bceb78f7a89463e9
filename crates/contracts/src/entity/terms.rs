//! `sla_terms`: what a policy said at a time. Never changed.

use chrono::{DateTime, Utc};
use kernel::{WorkspaceId, typed_id};
use sea_orm::entity::prelude::*;

use super::policy::PolicyId;
use crate::{Escalations, Holidays, Targets};

typed_id!(
    /// What a policy said at a time.
    TermsId
);

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sla_terms")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TermsId,
    pub workspace_id: WorkspaceId,
    pub policy_id: PolicyId,
    #[sea_orm(column_type = "JsonBinary")]
    pub targets: Targets,
    /// How much of a target is used up when its end counts as near.
    pub near_percent: i64,
    #[sea_orm(column_type = "JsonBinary")]
    pub escalations: Escalations,
    pub hours: String,
    pub time_zone: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub holidays: Holidays,
    pub made_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
