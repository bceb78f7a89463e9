//! `outbox`: facts that wait for the worker, written with the change itself.

use chrono::{DateTime, Utc};
use kernel::{CompanyId, WorkspaceId};
use sea_orm::entity::prelude::*;

use crate::Audience;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    /// The order of writing within one database.
    #[sea_orm(primary_key)]
    pub position: i64,
    /// Stays the same over every attempt: the receivers' idempotency key.
    pub fact_id: Uuid,
    pub workspace_id: WorkspaceId,
    pub company_id: Option<CompanyId>,
    pub kind: String,
    pub subject_id: Uuid,
    pub detail_id: Option<Uuid>,
    pub audience: Audience,
    pub occurred_at: DateTime<Utc>,
    pub attempts: i32,
    /// Not before this instant: the end of a claim, or of a pause after a failure.
    pub due_at: DateTime<Utc>,
    pub delivered_at: Option<DateTime<Utc>>,
    /// Set when the attempts are used up; an operator can retry it.
    pub dead_at: Option<DateTime<Utc>>,
    pub last_error: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
