//! `ticket_participants`: who takes part in a ticket besides its requester.
//! Each is a user of the ticket's own company.
//!
//! Scope: the ticket's. A row also widens the scope of its user: see `scope.rs`.

use chrono::{DateTime, Utc};
use kernel::{ClientUserId, CompanyId, StaffUserId, WorkspaceId};
use sea_orm::entity::prelude::*;

use super::ticket::TicketId;

/// Why somebody takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Role {
    /// Raised the ticket for a colleague; to them it is as their own.
    #[sea_orm(string_value = "opener")]
    Opener,
    /// Was named on it.
    #[sea_orm(string_value = "participant")]
    Participant,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_participants")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: TicketId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub client_user_id: ClientUserId,
    pub workspace_id: WorkspaceId,
    pub company_id: CompanyId,
    pub role: Role,
    /// Who named them, when a client did.
    pub added_by_client: Option<ClientUserId>,
    /// Who named them, when staff did.
    pub added_by_staff: Option<StaffUserId>,
    pub added_at: DateTime<Utc>,
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
