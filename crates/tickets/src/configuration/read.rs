//! Reads of items, each from the scope on.

use std::collections::HashMap;

use kernel::{CompanyId, Cursor, Doing, Fault, PageRequest, Slice};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;
use visibility::Cx;

use super::{Item, ItemId, scope};
use crate::{
    ListError, TicketId, Words,
    entity::{item::Column, item_note, ticket_item},
    scope as tickets,
};

/// Tells the cursors of items apart from those of other lists.
const LIST: u8 = 121;

/// Which items a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemFilter {
    /// Only items of this company.
    pub company: Option<CompanyId>,
    /// Only items with all of these words in name, kind or serial number.
    pub words: Option<Words>,
}

impl Item {
    /// The cursor of its row in a list.
    pub fn cursor(&self) -> String {
        Cursor::encode(LIST, &self.id.0)
    }
}

/// A page of the items that the viewer can see, the newest first. One statement.
pub async fn items(
    cx: &Cx<'_>,
    filter: &ItemFilter,
    request: &PageRequest,
) -> Result<Slice<Item>, ListError> {
    let page = request.check::<Uuid>(LIST)?;
    let mut select = scope::visible_to(cx.viewer).order_by_desc(Column::Id);
    if let Some(company) = filter.company {
        select = select.filter(Column::CompanyId.eq(company));
    }
    if let Some(words) = &filter.words {
        if words.is_empty() {
            return Ok(Slice {
                rows: Vec::new(),
                has_next: false,
            });
        }
        // Words are letters and digits alone: none of them is a pattern.
        for word in words.whole() {
            select = select.filter(Column::Words.like(format!("% {word} %")));
        }
        if let Some(beginning) = words.beginning() {
            select = select.filter(Column::Words.like(format!("% {beginning}%")));
        }
    }
    if let Some(after) = page.after {
        select = select.filter(Column::Id.lt(after));
    }
    let rows = select.limit(u64::from(page.size) + 1).all(&cx.db()).await;
    let rows = rows.doing("listing configuration items")?;
    Ok(Slice::cut(rows, page.size))
}

/// The item, or [`Fault::NotFound`] when it does not exist for the viewer.
pub async fn item_by_id(cx: &Cx<'_>, id: ItemId) -> Result<Item, Fault> {
    let found = scope::visible_to(cx.viewer)
        .filter(Column::Id.eq(id))
        .one(&cx.db())
        .await;
    found
        .doing("reading a configuration item")?
        .ok_or(Fault::NotFound)
}

/// The items that the tickets are about, of those that the viewer can see. Two
/// statements.
#[expect(
    clippy::disallowed_methods,
    reason = "links of tickets in scope, to items in scope"
)]
pub async fn ticket_items(
    cx: &Cx<'_>,
    ids: &[TicketId],
) -> Result<HashMap<TicketId, Vec<Item>>, Fault> {
    use sea_orm::QueryTrait;
    let mut seen = tickets::visible_to(cx.viewer).select_only();
    seen = seen
        .column(crate::entity::ticket::Column::Id)
        .filter(crate::entity::ticket::Column::Id.is_in(ids.iter().copied()));
    let links = ticket_item::Entity::find()
        .filter(ticket_item::Column::TicketId.in_subquery(seen.into_query()))
        .all(&cx.db())
        .await;
    let links = links.doing("reading what tickets are about")?;
    let found = scope::visible_to(cx.viewer)
        .filter(Column::Id.is_in(links.iter().map(|link| link.item_id)))
        .order_by_desc(Column::Id)
        .all(&cx.db())
        .await;
    let found = found.doing("reading configuration items")?;
    let mut of: HashMap<TicketId, Vec<Item>> = HashMap::new();
    for item in found {
        for link in links.iter().filter(|link| link.item_id == item.id) {
            of.entry(link.ticket_id).or_default().push(item.clone());
        }
    }
    Ok(of)
}

/// What staff note about the items. For staff.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: staff, in their workspace"
)]
pub async fn item_notes(cx: &Cx<'_>, ids: &[ItemId]) -> Result<HashMap<ItemId, String>, Fault> {
    use item_note::{Column, Entity};
    let staff = cx.viewer.staff()?;
    let rows = Entity::find()
        .filter(Column::WorkspaceId.eq(staff.workspace))
        .filter(Column::ItemId.is_in(ids.iter().copied()))
        .all(&cx.db())
        .await;
    let rows = rows.doing("reading notes")?;
    Ok(rows
        .into_iter()
        .map(|row| (row.item_id, row.body))
        .collect())
}
