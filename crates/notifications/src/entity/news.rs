//! `mail_news`: what there is to tell somebody about a record, each thing once.
//! Internal; it holds ids alone.
//!
//! Scope: none; the sender, which is no person, takes what a mail tells.

use chrono::{DateTime, Utc};
use kernel::WorkspaceId;
use sea_orm::entity::prelude::*;

use super::mail::MailId;
use crate::{Topic, mail::RecipientKind};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_news")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub recipient_kind: RecipientKind,
    #[sea_orm(primary_key, auto_increment = false)]
    pub recipient_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub topic: Topic,
    /// What happened: an entry, a breach, or the record itself.
    #[sea_orm(primary_key, auto_increment = false)]
    pub part_id: Uuid,
    pub workspace_id: WorkspaceId,
    pub at: DateTime<Utc>,
    /// The mail that tells it; none while none has begun to.
    pub mail_id: Option<MailId>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
