//! `calendars`: when a team works.

use kernel::{WorkspaceId, typed_id};
use sea_orm::entity::prelude::*;

use crate::Holidays;

typed_id!(
    /// A calendar of working time.
    CalendarId
);

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendars")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CalendarId,
    pub workspace_id: WorkspaceId,
    pub name: String,
    /// Opening hours, in OpenStreetMap's notation.
    pub hours: String,
    /// An IANA time zone name.
    pub time_zone: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub holidays: Holidays,
    /// Counts the changes: each tests that none came in between.
    pub revision: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
