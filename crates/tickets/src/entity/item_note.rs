//! `configuration_item_notes`: what staff note about an item. Internal: a table of
//! its own, which no portal read touches (VI-4).

use kernel::WorkspaceId;
use sea_orm::entity::prelude::*;

use super::item::ItemId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "configuration_item_notes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: ItemId,
    pub workspace_id: WorkspaceId,
    pub body: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
