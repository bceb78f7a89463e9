//! `canned_replies`: texts that a team answers with again and again. Internal.

use chrono::{DateTime, Utc};
use kernel::{WorkspaceId, typed_id};
use sea_orm::entity::prelude::*;

typed_id!(
    /// A canned reply.
    CannedReplyId
);

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "canned_replies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CannedReplyId,
    pub workspace_id: WorkspaceId,
    /// What the team calls it.
    pub title: String,
    /// The words, with placeholders.
    pub body: String,
    /// The tag of its language.
    pub language: String,
    /// The key of a category that it is for; none when it is for all.
    pub category: Option<String>,
    /// The words of title and body, each between blanks, in alphabetical order.
    pub words: String,
    pub changed_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
