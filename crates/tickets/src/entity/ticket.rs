//! `tickets`: what a client in scope may see of a ticket, and nothing else.
//!
//! Scope: `company_id` within `workspace_id`, the flag, and, as far as the viewer
//! reaches, `requester_id` or a row of `ticket_participants`.

use chrono::{DateTime, Utc};
use kernel::{ClientUserId, CompanyId, WorkspaceId, typed_id};
use sea_orm::entity::prelude::*;
use visibility::Flag;

use crate::Status;

typed_id!(
    /// A ticket.
    TicketId
);

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tickets")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TicketId,
    pub workspace_id: WorkspaceId,
    pub company_id: CompanyId,
    /// The place in the workspace's series, from 1.
    pub number: i64,
    pub subject: String,
    pub description: String,
    /// The key of a category of the workspace.
    pub category: String,
    pub status: Status,
    pub flag: Flag,
    /// Whom it concerns; none when staff opened it for themselves.
    pub requester_id: Option<ClientUserId>,
    pub opened_at: DateTime<Utc>,
    /// The latest client-visible change (VI-5).
    pub changed_at: DateTime<Utc>,
    pub resolved_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
}

impl Model {
    /// The reference that people use, such as `TKT-0041`.
    pub fn reference(&self) -> String {
        format!("TKT-{:04}", self.number)
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
