//! `ticket_entry_versions`: what an entry said before its words were changed.
//! Internal: a table of its own (VI-4).

use chrono::{DateTime, Utc};
use kernel::WorkspaceId;
use sea_orm::entity::prelude::*;

use super::{entry::EntryId, ticket::TicketId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_entry_versions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: EntryId,
    /// The place among the versions of the entry, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    pub workspace_id: WorkspaceId,
    pub ticket_id: TicketId,
    pub body: String,
    /// Since when it said so.
    pub written_at: DateTime<Utc>,
    pub replaced_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
