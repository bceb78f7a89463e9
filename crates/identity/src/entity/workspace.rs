//! `workspaces`: one row a service company. Its own scope: a viewer knows of
//! exactly one.

use chrono::{DateTime, Utc};
use kernel::WorkspaceId;
use sea_orm::entity::prelude::*;

use visibility::Modules;

use super::standing::Standing;
use crate::SignInMethods;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "workspaces")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WorkspaceId,
    /// Its name in addresses and sign-ins.
    pub slug: String,
    pub name: String,
    pub locale: String,
    pub time_zone: String,
    pub currency: String,
    pub plan: String,
    pub status: Standing,
    #[sea_orm(column_type = "JsonBinary")]
    pub modules: Modules,
    #[sea_orm(column_type = "JsonBinary")]
    pub sign_in_methods: SignInMethods,
    /// Where its portal is, for links in mails; none for the server's own address.
    pub portal_url: Option<String>,
    pub created_at: DateTime<Utc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
