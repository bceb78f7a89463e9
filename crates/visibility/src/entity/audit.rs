//! `audit`: who did what to accounts and rights. Internal; triggers refuse to
//! change or remove a row. It holds ids and networks, no names and no addresses,
//! so that a person can be erased without touching it.

use chrono::{DateTime, Utc};
use kernel::WorkspaceId;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: WorkspaceId,
    /// `noun.verb`, as in facts.
    pub kind: String,
    /// `client`, `staff`, or none when nobody was signed in.
    pub actor_side: Option<String>,
    pub actor_id: Option<Uuid>,
    /// The kind of record that it was done to.
    pub subject_kind: Option<String>,
    pub subject_id: Option<Uuid>,
    /// The caller's network.
    pub network: Option<String>,
    /// What changed, by field: names of levels and sections, nothing personal.
    #[sea_orm(column_type = "JsonBinary")]
    pub detail: Option<Json>,
    pub happened_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
