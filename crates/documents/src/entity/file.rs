//! `files`: what was uploaded, or is about to be. The bytes are elsewhere.
//!
//! Scope: an upload is its uploader's; what became of it, an attachment, is a
//! row of another table with a scope of its own.

use chrono::{DateTime, Utc};
use kernel::{WorkspaceId, typed_id};
use sea_orm::entity::prelude::*;

typed_id!(
    /// A file.
    FileId
);

/// Which realm the uploader is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Uploader {
    /// Somebody of a customer.
    #[sea_orm(string_value = "client")]
    Client,
    /// Somebody of the team.
    #[sea_orm(string_value = "staff")]
    Staff,
}

/// How far a file has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum State {
    /// It has an address, and no bytes yet.
    #[sea_orm(string_value = "pending")]
    Pending,
    /// Its bytes are coming; the address is used up.
    #[sea_orm(string_value = "receiving")]
    Receiving,
    /// Its bytes are there; nothing refers to it.
    #[sea_orm(string_value = "stored")]
    Stored,
    /// It belongs to a record, for good.
    #[sea_orm(string_value = "attached")]
    Attached,
    /// Nobody used it in time, or it failed; it is about to be removed.
    #[sea_orm(string_value = "expired")]
    Expired,
}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "files")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FileId,
    pub workspace_id: WorkspaceId,
    pub uploader: Uploader,
    pub uploader_id: Uuid,
    /// Made safe; shown, and never a path.
    pub name: String,
    /// As declared, from the closed list; the content is of it.
    pub content_type: String,
    /// As declared, in bytes; there are exactly as many.
    pub size: i64,
    /// What the content looks like by itself; none for text.
    pub sniffed_type: Option<String>,
    /// The digest of the content, in hexadecimal.
    pub sha256: Option<String>,
    pub state: State,
    /// Which of the uploader's places it takes; none when it takes none.
    pub slot: Option<i32>,
    pub created_at: DateTime<Utc>,
    /// When it goes unless something happens; none for what stays.
    pub expires_at: Option<DateTime<Utc>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
