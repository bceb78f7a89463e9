//! `contracts`: what was agreed with customers.

use chrono::{DateTime, NaiveDate, Utc};
use kernel::{WorkspaceId, typed_id};
use sea_orm::entity::prelude::*;

use super::policy::PolicyId;

typed_id!(
    /// A contract.
    ContractId
);

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contracts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ContractId,
    pub workspace_id: WorkspaceId,
    pub number: i64,
    pub title: String,
    /// The policy; none where the workspace's own holds.
    pub policy_id: Option<PolicyId>,
    /// Whether its customers see the time that is left.
    pub countdown: bool,
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: Option<NaiveDate>,
    /// The days as instants of the workspace's time zone; the end is the first
    /// one that is out.
    pub in_force_from: DateTime<Utc>,
    pub in_force_until: Option<DateTime<Utc>>,
    /// Counts the changes: each tests that none came in between.
    pub revision: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
