//! `ticket_escalations`: the steps of a policy that came for a ticket, each once
//! a ticket, side and percent. Internal: a table of its own (VI-4).

use chrono::{DateTime, Utc};
use contracts::{Side, TermsId};
use kernel::WorkspaceId;
use sea_orm::entity::prelude::*;

use super::ticket::TicketId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_escalations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub workspace_id: WorkspaceId,
    pub ticket_id: TicketId,
    /// The terms that hold the step.
    pub terms_id: TermsId,
    pub side: Side,
    pub percent: i64,
    /// When it was to come.
    pub due_at: DateTime<Utc>,
    /// When that was seen.
    pub escalated_at: DateTime<Utc>,
    /// When the ticket was given away and made more urgent, if it was to be.
    pub done_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
