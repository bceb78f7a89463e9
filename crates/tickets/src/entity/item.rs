//! `configuration_items`: what a company has that is looked after. What staff note
//! about it lies in a table of its own (`item_note.rs`).
//!
//! Scope: `company_id` within `workspace_id`, the flag, and for clients a row of
//! `configuration_exposures` for their company.

use chrono::{DateTime, Utc};
use kernel::{CompanyId, WorkspaceId, typed_id};
use sea_orm::entity::prelude::*;
use visibility::Flag;

typed_id!(
    /// A configuration item.
    ItemId
);

/// Where an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum ItemStatus {
    /// Will be used.
    #[sea_orm(string_value = "planned")]
    Planned,
    /// Is used.
    #[sea_orm(string_value = "in_use")]
    InUse,
    /// Is being repaired.
    #[sea_orm(string_value = "in_repair")]
    InRepair,
    /// Is used no more.
    #[sea_orm(string_value = "retired")]
    Retired,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "configuration_items")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ItemId,
    pub workspace_id: WorkspaceId,
    pub company_id: CompanyId,
    pub name: String,
    /// What it is, in the words of the workspace.
    pub kind: String,
    pub serial_number: Option<String>,
    pub status: ItemStatus,
    pub flag: Flag,
    /// What it is found by: its words, each between blanks.
    pub words: String,
    pub created_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
