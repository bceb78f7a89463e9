//! `sla_policies`: how fast customers are answered; the terms in force are a row of their own.

use kernel::{WorkspaceId, typed_id};
use sea_orm::entity::prelude::*;

use super::{calendar::CalendarId, terms::TermsId};

typed_id!(
    /// A service-level policy.
    PolicyId
);

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sla_policies")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PolicyId,
    pub workspace_id: WorkspaceId,
    pub name: String,
    pub calendar_id: CalendarId,
    /// The terms in force; a change makes new ones.
    pub terms_id: TermsId,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
