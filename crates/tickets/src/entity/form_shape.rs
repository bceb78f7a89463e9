//! `ticket_form_shapes`: what clients see of a form. Never changed; numbered from
//! 1 in each category, and the last is in force. Before the first there is no
//! field. Scope: the workspace.

use chrono::{DateTime, Utc};
use kernel::WorkspaceId;
use sea_orm::entity::prelude::*;

use crate::form::definition::Shape;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_form_shapes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: WorkspaceId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub category: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub shape: i64,
    #[sea_orm(column_type = "JsonBinary")]
    pub fields: Shape,
    pub published_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
