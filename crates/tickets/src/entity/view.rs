//! `ticket_views`: what staff look for again and again. Internal: a table of its
//! own (VI-4).
//!
//! Scope: the staff viewer's workspace, and their own views or shared ones.

use chrono::{DateTime, Utc};
use kernel::{StaffUserId, WorkspaceId, typed_id};
use sea_orm::entity::prelude::*;

use crate::order::OrderField;

typed_id!(
    /// A saved view.
    ViewId
);

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_views")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ViewId,
    pub workspace_id: WorkspaceId,
    pub owner_id: StaffUserId,
    /// Which of the owner's places it takes.
    pub place: i64,
    pub name: String,
    /// Whether the whole team sees it.
    pub shared: bool,
    /// The filter, in the form of `view/kept.rs`.
    pub filter: String,
    /// What is searched for, as it was typed.
    pub words: Option<String>,
    pub sort: OrderField,
    pub ascending: bool,
    pub changed_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
