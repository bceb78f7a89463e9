//! `ticket_mentions`: staff who were named in a note. Internal: a table of its
//! own (VI-4).

use chrono::{DateTime, Utc};
use kernel::{StaffUserId, WorkspaceId};
use sea_orm::entity::prelude::*;

use super::{entry::EntryId, ticket::TicketId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_mentions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: EntryId,
    /// Who was named.
    #[sea_orm(primary_key, auto_increment = false)]
    pub staff_user_id: StaffUserId,
    pub workspace_id: WorkspaceId,
    pub ticket_id: TicketId,
    pub mentioned_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
