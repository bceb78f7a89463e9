//! A fact: what happened, to which record. It carries no content, so nothing
//! can leak in transit; whoever reacts reads the record through its own scope.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use kernel::{CompanyId, WorkspaceId};
use sea_orm::{DeriveActiveEnum, EnumIter};
use uuid::Uuid;

/// Who may notice that the fact happened at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Audience {
    /// Clients in whose scope the record lies, and staff.
    #[sea_orm(string_value = "client")]
    Client,
    /// Staff alone: a client must not even see that something moved (VI-5).
    #[sea_orm(string_value = "internal")]
    Internal,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The same over every attempt to deliver it.
    pub id: Uuid,
    /// The workspace it happened in.
    pub workspace: WorkspaceId,
    /// The company concerned; none when it concerns the workspace as a whole.
    pub company: Option<CompanyId>,
    /// What happened, as `noun.verb`; each domain lists its own in `event.rs`.
    pub kind: Cow<'static, str>,
    /// The record it happened to.
    pub subject: Uuid,
    /// A part of that record, such as a timeline entry.
    pub detail: Option<Uuid>,
    /// Who may notice it.
    pub audience: Audience,
    /// When it happened.
    pub at: DateTime<Utc>,
}
