//! `ticket_merges`: which ticket was merged into which.
//!
//! Scope: both tickets' flags; each of the two is read from its own scope.

use chrono::{DateTime, Utc};
use kernel::{CompanyId, WorkspaceId};
use sea_orm::entity::prelude::*;

use super::{entry::EntryId, ticket::TicketId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_merges")]
pub struct Model {
    /// The ticket that was closed by it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub source_id: TicketId,
    /// The ticket that goes on.
    pub target_id: TicketId,
    pub workspace_id: WorkspaceId,
    pub company_id: CompanyId,
    /// The entry that tells of it, of each of the two. It carries the flag of
    /// the other ticket.
    pub source_entry_id: EntryId,
    pub target_entry_id: EntryId,
    pub merged_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
