//! `status_labels`: what a workspace calls the statuses of its tickets, in each
//! language. Scope: the viewer's workspace; clients and staff alike.

use kernel::WorkspaceId;
use sea_orm::entity::prelude::*;

use crate::Status;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "status_labels")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub workspace_id: WorkspaceId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub status: Status,
    /// The tag of the language.
    #[sea_orm(primary_key, auto_increment = false)]
    pub locale: String,
    pub text: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
