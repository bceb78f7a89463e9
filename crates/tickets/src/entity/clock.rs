//! `ticket_clocks`: how much working time a ticket has used up, and when an
//! answer and a resolution are due. Internal: a table of its own (VI-4).

use chrono::{DateTime, Utc};
use contracts::{PolicyId, TermsId};
use kernel::WorkspaceId;
use sea_orm::entity::prelude::*;

use super::ticket::TicketId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_clocks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: TicketId,
    pub workspace_id: WorkspaceId,
    /// Counts the writes: each tests that none came in between.
    pub version: i64,
    /// What it counts by; none where nothing was promised.
    pub terms_id: Option<TermsId>,
    /// The policy of the terms.
    pub policy_id: Option<PolicyId>,
    pub started_at: DateTime<Utc>,
    /// Until when working time is counted.
    pub counted_at: DateTime<Utc>,
    /// Working time used up by then, in microseconds.
    pub used: i64,
    /// Since when it stands.
    pub paused_at: Option<DateTime<Utc>>,
    /// When staff first answered.
    pub responded_at: Option<DateTime<Utc>>,
    /// When the resolution in force was given.
    pub resolved_at: Option<DateTime<Utc>>,
    /// When the ticket was merged into another, without a resolution: nothing is
    /// due any more, and nothing was kept by that.
    pub merged_at: Option<DateTime<Utc>>,
    /// When the first public answer is due, or was; none while it stands, and
    /// where none was promised.
    pub response_due: Option<DateTime<Utc>>,
    /// When the resolution is due, or was; none likewise.
    pub resolution_due: Option<DateTime<Utc>>,
    /// When the answer was missed.
    pub response_breached_at: Option<DateTime<Utc>>,
    /// When the resolution was missed.
    pub resolution_breached_at: Option<DateTime<Utc>>,
    /// Up to which percent of the answer's time the steps have happened.
    pub response_escalated: i64,
    /// Up to which percent of the resolution's time the steps have happened.
    pub resolution_escalated: i64,
    /// When the next step comes: what the server looks for, too.
    pub escalate_at: Option<DateTime<Utc>>,
    /// The earliest that is still due: what the server looks for.
    pub next_due: Option<DateTime<Utc>>,
    /// Whether a first answer was promised, as far as the clock knows.
    pub response_promised: bool,
    /// Whether a resolution was promised.
    pub resolution_promised: bool,
    /// When that counts as near: the queue of what may be missed.
    pub near_at: Option<DateTime<Utc>>,
    /// The first miss of a ticket that is neither resolved nor merged: the queue of what was.
    pub missed_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
