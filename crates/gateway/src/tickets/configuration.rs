//! Configuration items: what a company has that is looked after.

use std::sync::Arc;

use ::tickets::{Item, ItemFilter, ItemId, ItemStatus, Words, item_notes, items};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};
use kernel::{CompanyId, PageRequest, Slice};

use super::{input::named, page::distinct, query::refused, types::Visibility};
use crate::{
    audience::{Internal, internal},
    batch::Batch,
    connection::{Page, nodes, page},
    context::{Asked, Asking},
    identity::{CompanyNode, CompanyPage, companies_by_id},
    node::Kind,
    refusal::{Refusal, refuse},
};

/// Where a configuration item stands.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum ConfigurationItemStatus {
    /// Will be used.
    Planned,
    /// Is used.
    InUse,
    /// Is being repaired.
    InRepair,
    /// Is used no more.
    Retired,
}

impl From<ItemStatus> for ConfigurationItemStatus {
    fn from(status: ItemStatus) -> Self {
        match status {
            ItemStatus::Planned => Self::Planned,
            ItemStatus::InUse => Self::InUse,
            ItemStatus::InRepair => Self::InRepair,
            ItemStatus::Retired => Self::Retired,
        }
    }
}

impl From<ConfigurationItemStatus> for ItemStatus {
    fn from(status: ConfigurationItemStatus) -> Self {
        match status {
            ConfigurationItemStatus::Planned => Self::Planned,
            ConfigurationItemStatus::InUse => Self::InUse,
            ConfigurationItemStatus::InRepair => Self::InRepair,
            ConfigurationItemStatus::Retired => Self::Retired,
        }
    }
}

/// The items that were read together, and what belongs to them.
pub(super) struct ItemPage {
    asked: Arc<Asked>,
    ids: Vec<ItemId>,
    company_ids: Vec<CompanyId>,
    companies: Batch<CompanyId, CompanyNode>,
    notes: Batch<ItemId, String>,
}

impl ItemPage {
    pub(super) fn of<'a>(
        asked: &Arc<Asked>,
        items: impl Iterator<Item = &'a Item> + Clone,
    ) -> Arc<Self> {
        Arc::new(Self {
            asked: asked.clone(),
            ids: distinct(items.clone().map(|item| item.id)),
            company_ids: distinct(items.map(|item| item.company_id)),
            companies: Batch::default(),
            notes: Batch::default(),
        })
    }

    pub(super) fn node(asked: &Arc<Asked>, row: Item) -> ConfigurationItemNode {
        let page = Self::of(asked, [&row].into_iter());
        ConfigurationItemNode { row, page }
    }
}

/// Something that a company has and that is looked after. Seen by the people of
/// the company, once the service company shows them.
#[derive(Clone)]
pub(crate) struct ConfigurationItemNode {
    pub(super) row: Item,
    pub(super) page: Arc<ItemPage>,
}

/// Something that a company has and that is looked after. Seen by the people of
/// the company, once the service company shows them.
#[Object(name = "ConfigurationItem")]
impl ConfigurationItemNode {
    /// The global id: opaque and stable.
    async fn id(&self) -> ID {
        Kind::ConfigurationItem.id(self.row.id.0)
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// What it is, in the words of the service company.
    async fn kind(&self) -> &str {
        &self.row.kind
    }

    /// Its serial number; none when nobody wrote it down.
    async fn serial_number(&self) -> Option<&str> {
        self.row.serial_number.as_deref()
    }

    /// Where it stands.
    async fn status(&self) -> ConfigurationItemStatus {
        self.row.status.into()
    }

    /// Whose it is.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn company(&self) -> Result<Option<CompanyNode>> {
        let cx = self.page.asked.cx()?;
        let fetch = async || {
            let found = ::identity::companies_by_ids(&cx, &self.page.company_ids).await?;
            Ok(companies_by_id(CompanyPage::nodes(&self.page.asked, found)))
        };
        let companies = &self.page.companies;
        Ok(companies.get(&self.row.company_id, fetch).await?.cloned())
    }

    /// Whether clients may know of it, once items are shown to them at all.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn visibility(&self) -> Visibility {
        self.row.flag.into()
    }

    /// What the team notes about it.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn notes(&self) -> Result<Option<&str>> {
        let cx = self.page.asked.cx()?;
        let fetch = async || item_notes(&cx, &self.page.ids).await;
        let notes = self.page.notes.get(&self.row.id, fetch).await?;
        let notes = notes.map(String::as_str);
        self.page.asked.count_prose(notes.map_or(0, str::len))?;
        Ok(notes)
    }

    /// When it, or a note about it, was last changed.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn updated_at(&self) -> DateTime<Utc> {
        self.row.changed_at
    }
}

/// Which configuration items a list shows.
#[derive(Default, InputObject)]
pub(crate) struct ConfigurationItemFilter {
    /// Only items with all of these words in name, kind or serial number. Case and
    /// accents do not count, and the last word may be the beginning of one. At most
    /// 200 characters and 20 words; a text without letters and digits finds nothing.
    text: Option<String>,
    /// Only items of this company.
    #[graphql(directive = internal::apply())]
    company: Option<ID>,
}

#[derive(Default)]
pub(crate) struct ConfigurationQuery;

#[Object]
impl ConfigurationQuery {
    /// The configuration items that the viewer may see, the newest first.
    #[graphql(complexity = "nodes(first) * child_complexity + 1")]
    async fn configuration_items(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many items: 1 to 100, 20 when absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the item before the page.")] after: Option<String>,
        #[graphql(desc = "Which items; all of them when absent.")] filter: Option<
            ConfigurationItemFilter,
        >,
    ) -> Result<Page<ConfigurationItemNode>> {
        let cx = ctx.cx()?;
        let filter = filter.unwrap_or_default();
        if filter.company.is_some() {
            cx.viewer.staff().map_err(|fault| refuse(&fault))?;
        }
        let words = filter.text.as_deref().map(Words::parse).transpose();
        let filter = ItemFilter {
            company: filter.company.as_ref().map(named(Kind::Company)),
            words: words.map_err(|bad| Refusal::BadInput {
                message: format!("`filter.text` {bad}.").into(),
                field: "filter.text",
            })?,
        };
        let has_previous = after.is_some();
        let found = items(&cx, &filter, &PageRequest { first, after }).await;
        let slice = found.map_err(refused)?;
        let shared = ItemPage::of(ctx.asked()?, slice.rows.iter());
        let row = |row: Item| {
            let page = shared.clone();
            (row.cursor(), ConfigurationItemNode { row, page })
        };
        let slice: Slice<_> = slice.map(row);
        Ok(page(slice, has_previous))
    }
}
