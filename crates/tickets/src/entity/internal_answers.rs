//! `ticket_internal_answers`: answers to fields that clients may not know of.
//! Internal: staff of the workspace.

use kernel::WorkspaceId;
use sea_orm::entity::prelude::*;

use super::ticket::TicketId;
use crate::form::check::Answers;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_internal_answers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: TicketId,
    pub workspace_id: WorkspaceId,
    /// The category of the form.
    pub category: String,
    /// What was answered.
    pub version: i64,
    #[sea_orm(column_type = "JsonBinary")]
    pub answers: Answers,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
