//! `ticket_attachments`: files that belong to a ticket's description, to an answer
//! of its form, or to an entry of its timeline. What is shown of a file is
//! repeated here.
//!
//! Scope: the ticket's and the file's own flag, and of an entry's attachments the
//! entry's as well.

use documents::{File, FileId};
use kernel::{CompanyId, WorkspaceId};
use sea_orm::entity::prelude::*;
use visibility::Flag;

use super::{entry::EntryId, ticket::TicketId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_attachments")]
pub struct Model {
    /// A file belongs to one record at most.
    #[sea_orm(primary_key, auto_increment = false)]
    pub file_id: FileId,
    pub workspace_id: WorkspaceId,
    pub company_id: CompanyId,
    pub ticket_id: TicketId,
    /// The entry; none for the description, and for answers.
    pub entry_id: Option<EntryId>,
    /// The place among those of the same description or entry, from 1.
    pub position: i32,
    pub file_name: String,
    pub content_type: String,
    pub size: i64,
    /// The field whose answer it belongs to; none for all other files.
    pub answer: Option<String>,
    /// Internal for the answers to internal fields.
    pub flag: Flag,
}

impl Model {
    /// A file at a place of the ticket's description, or of an entry of it.
    pub fn of(
        ticket: &super::ticket::Model,
        entry: Option<EntryId>,
        position: i32,
        file: File,
    ) -> Self {
        Self {
            file_id: file.id,
            workspace_id: ticket.workspace_id,
            company_id: ticket.company_id,
            ticket_id: ticket.id,
            entry_id: entry,
            position,
            file_name: file.name,
            content_type: file.content_type,
            size: file.size,
            answer: None,
            flag: Flag::ClientVisible,
        }
    }
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
