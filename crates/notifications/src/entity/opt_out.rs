//! `mail_opt_outs`: what somebody does not want to be mailed about.
//!
//! Scope: the person themselves, and the sender.

use chrono::{DateTime, Utc};
use kernel::WorkspaceId;
use sea_orm::entity::prelude::*;

use crate::{Topic, mail::RecipientKind};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_opt_outs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub recipient_kind: RecipientKind,
    #[sea_orm(primary_key, auto_increment = false)]
    pub recipient_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub topic: Topic,
    pub workspace_id: WorkspaceId,
    pub created_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
