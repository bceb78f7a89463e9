//! Saved views: what staff look for again and again.

use std::sync::Arc;

use ::identity::{StaffUser, staff_member};
use ::tickets::{Assignee, Direction, Filter, OrderField, View, view_by_id, views};
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::{PageRequest, Slice, StaffUserId};

use super::{
    TicketNode,
    input::{OrderDirection, TicketOrderField},
    page::distinct,
    query::{refused, ticket_page},
    types::{TicketStatus, Visibility},
};
use crate::{
    audience::{Internal, internal},
    batch::Batch,
    connection::{Page, internal_connection, nodes},
    context::{Asked, Asking},
    contracts::TicketPriority,
    identity::StaffMemberNode,
    limits::VIEW,
    node::Kind,
    refusal::{Refusal, refuse},
};

/// The views of one page, whose owners are fetched together.
pub(super) struct ViewPage {
    asked: Arc<Asked>,
    owner_ids: Vec<StaffUserId>,
    owners: Batch<StaffUserId, StaffUser>,
}

impl ViewPage {
    pub(super) fn nodes(asked: &Arc<Asked>, rows: Vec<View>) -> Vec<SavedViewNode> {
        let page = Arc::new(Self {
            asked: asked.clone(),
            owner_ids: distinct(rows.iter().map(|view| view.owner)),
            owners: Batch::default(),
        });
        let node = |row| SavedViewNode {
            row,
            page: page.clone(),
        };
        rows.into_iter().map(node).collect()
    }

    pub(super) fn node(asked: &Arc<Asked>, row: View) -> SavedViewNode {
        let mut nodes = Self::nodes(asked, vec![row]);
        nodes.swap_remove(0)
    }
}

/// A filter and an order under a name, somebody's own or the team's. It keeps what
/// to look for: whoever uses it finds what they may see.
#[derive(Clone)]
pub(crate) struct SavedViewNode {
    row: View,
    page: Arc<ViewPage>,
}

/// A filter and an order under a name, somebody's own or the team's. It keeps what
/// to look for: whoever uses it finds what they may see.
#[Object(name = "SavedView", directive = internal::apply())]
impl SavedViewNode {
    /// The global id, for the mutations that take it.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn id(&self) -> ID {
        Kind::SavedView.id(self.row.id.0)
    }

    /// Its name.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// Whether the whole team sees it.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn shared(&self) -> bool {
        self.row.shared
    }

    /// Who made it.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn owner(&self) -> Result<Option<StaffMemberNode>> {
        let cx = self.page.asked.cx()?;
        let fetch = async || {
            let found = staff_member(&cx, &self.page.owner_ids).await?;
            Ok(found
                .into_iter()
                .map(|member| (member.id, member))
                .collect())
        };
        let owners = &self.page.owners;
        let owner = owners.get(&self.row.owner, fetch).await?;
        Ok(owner.cloned().map(StaffMemberNode))
    }

    /// Whether the viewer may change and remove it: whoever made it, and of the
    /// team's views whoever has the permission `settings.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    #[expect(clippy::unused_async, reason = "the macro asks for it")]
    async fn editable(&self) -> Result<bool> {
        Ok(self.row.changes_for(self.page.asked.cx()?.viewer))
    }

    /// What it shows.
    #[graphql(guard = "Internal", directive = internal::apply())]
    #[expect(clippy::unused_async, reason = "the macro asks for it")]
    async fn filter(&self) -> Result<SavedViewFilter> {
        let filter = self.filter_kept()?;
        Ok(SavedViewFilter::of(&filter, self.row.words.clone()))
    }

    /// What its tickets are sorted by.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn order_field(&self) -> TicketOrderField {
        match self.row.order.field {
            OrderField::OpenedAt => TicketOrderField::OpenedAt,
            OrderField::ChangedAt => TicketOrderField::UpdatedAt,
            OrderField::Number => TicketOrderField::Reference,
        }
    }

    /// Which end of them comes first.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn order_direction(&self) -> OrderDirection {
        match self.row.order.direction {
            Direction::Ascending => OrderDirection::Asc,
            Direction::Descending => OrderDirection::Desc,
        }
    }

    /// The tickets that it shows, of those that the viewer may see.
    #[graphql(
        guard = "Internal",
        directive = internal::apply(),
        complexity = "nodes(first) * child_complexity + VIEW"
    )]
    async fn tickets(
        &self,
        #[graphql(desc = "How many tickets: 1 to 100, 20 when absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the ticket before the page.")] after: Option<String>,
    ) -> Result<Page<TicketNode>> {
        let filter = self.filter_kept()?;
        let request = PageRequest { first, after };
        ticket_page(&self.page.asked, &filter, self.row.order, request).await
    }
}

impl SavedViewNode {
    fn filter_kept(&self) -> Result<Filter, Refusal> {
        self.row.filter().map_err(|unreadable| Refusal::BadInput {
            message: format!("{unreadable}.").into(),
            field: "filter",
        })
    }
}

/// What a saved view shows; what is absent takes nothing out.
#[derive(SimpleObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct SavedViewFilter {
    /// Only tickets in one of these.
    status: Vec<TicketStatus>,
    /// Only tickets of one of these categories, by key.
    category: Vec<String>,
    /// Only tickets opened from this instant on.
    opened_from: Option<DateTime<Utc>>,
    /// Only tickets opened before this instant.
    opened_to: Option<DateTime<Utc>>,
    /// Only tickets with these words.
    text: Option<String>,
    /// Only tickets that this staff member works on.
    assignee: Option<ID>,
    /// Only tickets that nobody works on.
    unassigned: bool,
    /// Only tickets as urgent as one of these.
    priority: Vec<TicketPriority>,
    /// Only tickets of this company.
    company: Option<ID>,
    /// Only tickets of this person.
    requester: Option<ID>,
    /// Only tickets that clients may know of, or only those that they may not.
    visibility: Option<Visibility>,
}

impl SavedViewFilter {
    fn of(filter: &Filter, text: Option<String>) -> Self {
        let desk = &filter.desk;
        Self {
            status: filter.status.iter().copied().map(Into::into).collect(),
            category: filter.category.clone(),
            opened_from: filter.opened.from,
            opened_to: filter.opened.to,
            text,
            assignee: match desk.assignee {
                Some(Assignee::Somebody(id)) => Some(Kind::StaffMember.id(id.0)),
                _ => None,
            },
            unassigned: desk.assignee == Some(Assignee::Nobody),
            priority: desk.priority.iter().copied().map(Into::into).collect(),
            company: desk.company.map(|id| Kind::Company.id(id.0)),
            requester: desk.requester.map(|id| Kind::User.id(id.0)),
            visibility: desk.flag.map(Into::into),
        }
    }
}

internal_connection!(SavedViewNode: SavedViewConnection "SavedViewConnection", SavedViewEdge "SavedViewEdge");

#[derive(Default)]
pub(crate) struct ViewQuery;

#[Object]
impl ViewQuery {
    /// The saved views of the viewer and those of the team, the newest first.
    #[graphql(
        guard = "Internal",
        directive = internal::apply(),
        complexity = "nodes(first) * child_complexity + 1"
    )]
    async fn saved_views(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many views: 1 to 100, 20 when absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the view before the page.")] after: Option<String>,
    ) -> Result<SavedViewConnection> {
        let has_previous = after.is_some();
        let found = views(&ctx.cx()?, &PageRequest { first, after }).await;
        let slice = found.map_err(refused)?;
        let cursors: Vec<_> = slice.rows.iter().map(View::cursor).collect();
        let nodes = ViewPage::nodes(ctx.asked()?, slice.rows);
        let rows = cursors.into_iter().zip(nodes).collect();
        let slice = Slice {
            rows,
            has_next: slice.has_next,
        };
        Ok(SavedViewConnection::new(slice, has_previous))
    }

    /// The saved view with this global id. One that is somebody else's own, and one
    /// that does not exist, are the same answer: null, and the error `NOT_FOUND`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn saved_view(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A global id.")] id: ID,
    ) -> Result<Option<SavedViewNode>> {
        let found = view_by_id(&ctx.cx()?, Kind::SavedView.record(&id)?).await;
        let row = found.map_err(|fault| refuse(&fault))?;
        Ok(Some(ViewPage::node(ctx.asked()?, row)))
    }
}
