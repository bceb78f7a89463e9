//! `ticket_answers`: answers to fields that clients may know of. Scope: the
//! ticket's.

use kernel::{CompanyId, WorkspaceId};
use sea_orm::entity::prelude::*;

use super::ticket::TicketId;
use crate::form::check::Answers;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_answers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: TicketId,
    pub workspace_id: WorkspaceId,
    pub company_id: CompanyId,
    /// The category of the form.
    pub category: String,
    /// What was answered.
    pub shape: i64,
    #[sea_orm(column_type = "JsonBinary")]
    pub answers: Answers,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::ticket::Entity",
        from = "Column::TicketId",
        to = "super::ticket::Column::Id"
    )]
    Ticket,
}

impl Related<super::ticket::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Ticket.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
