//! `ticket_settings`: what a workspace says about its tickets.
//!
//! Scope: the viewer's workspace. Clients see of it when a resolved ticket closes.

use chrono::{DateTime, Utc};
use kernel::WorkspaceId;
use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_settings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: WorkspaceId,
    /// After how many quiet days resolved tickets close; none for never.
    pub close_after_days: Option<i64>,
    /// Since when it says so.
    pub since: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
