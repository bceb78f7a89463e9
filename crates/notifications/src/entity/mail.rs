//! `mails`: what is to be sent to whom, and how that went. Internal.
//!
//! Scope: `workspace_id`, for staff with the permission `mail.manage`; the
//! sender, which is no person, claims what is due.

use chrono::{DateTime, Utc};
use kernel::{WorkspaceId, typed_id};
use sea_orm::entity::prelude::*;

use crate::mail::{MailRealm, RecipientKind, Status, Template};

typed_id!(
    /// A mail.
    MailId
);

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mails")]
pub struct Model {
    /// Stays the same over every attempt: the receivers' idempotency key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MailId,
    /// Nil for a mail that comes before its workspace.
    pub workspace_id: WorkspaceId,
    /// The fact that asked for it.
    pub fact_id: Uuid,
    pub template: Template,
    pub realm: MailRealm,
    pub recipient_kind: RecipientKind,
    pub recipient_id: Uuid,
    /// The record that it is about.
    pub subject_id: Uuid,
    pub status: Status,
    /// Since it was queued, or queued again.
    pub attempts: i32,
    /// Not before this instant: the end of a claim, or of a pause after a failure.
    pub due_at: DateTime<Utc>,
    /// Without address and content.
    pub last_error: Option<String>,
    pub created_at: DateTime<Utc>,
    pub sent_at: Option<DateTime<Utc>>,
    /// The record about which it waits for more to tell; none once it was claimed.
    pub folds: Option<Uuid>,
    /// How long it waits at most.
    pub latest_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
