//! `ticket_configuration_items`: which items a ticket is about.
//!
//! Scope: the ticket's, and the item's own.

use kernel::CompanyId;
use sea_orm::entity::prelude::*;

use super::{item::ItemId, ticket::TicketId};

#[expect(clippy::struct_field_names, reason = "ids, all of them")]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ticket_configuration_items")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub ticket_id: TicketId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub item_id: ItemId,
    /// Of both sides, which the database holds together.
    pub company_id: CompanyId,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
