//! `ticket_entries`: the timeline of a ticket. Internal entries lie beside the
//! public ones and carry the flag that the scope tests.
//!
//! Scope: the ticket's, and the entry's own flag.

use chrono::{DateTime, Utc};
use kernel::{ClientUserId, CompanyId, StaffUserId, WorkspaceId, typed_id};
use sea_orm::entity::prelude::*;
use visibility::Flag;

use super::ticket::TicketId;
use crate::Status;

typed_id!(
    /// An entry of a timeline.
    EntryId
);

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum EntryKind {
    /// Somebody wrote something; with an internal flag it is a note.
    #[sea_orm(string_value = "message")]
    Message,
    /// The status changed without words.
    #[sea_orm(string_value = "status")]
    Status,
    /// Staff resolved the ticket, with words.
    #[sea_orm(string_value = "resolution")]
    Resolution,
    /// The client rejected the resolution, with a reason.
    #[sea_orm(string_value = "rejection")]
    Rejection,
    /// The ticket was merged into another, or another into it.
    #[sea_orm(string_value = "merged")]
    Merged,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EntryId,
    pub workspace_id: WorkspaceId,
    pub company_id: CompanyId,
    pub ticket_id: TicketId,
    pub kind: EntryKind,
    pub flag: Flag,
    /// The author, when a client wrote it.
    pub client_user_id: Option<ClientUserId>,
    /// The author, when staff wrote it.
    pub staff_user_id: Option<StaffUserId>,
    pub body: Option<String>,
    pub from_status: Option<Status>,
    pub to_status: Option<Status>,
    pub created_at: DateTime<Utc>,
    /// When its words were last changed; what they were before is internal.
    pub edited_at: Option<DateTime<Utc>>,
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
