//! `ticket_triage`: how urgent a ticket is, and under which contract it falls.
//! Internal: a table of its own (VI-4).

use contracts::{ContractId, Priority};
use kernel::WorkspaceId;
use sea_orm::entity::prelude::*;

use super::ticket::TicketId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_triage")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: TicketId,
    pub workspace_id: WorkspaceId,
    pub priority: Priority,
    pub contract_id: Option<ContractId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
