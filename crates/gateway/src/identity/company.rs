//! Companies as the API shows them, and what belongs to those of one page,
//! fetched together.

use std::{collections::HashMap, sync::Arc};

use ::identity::{ClientUser, Company, CompanyKind, JoinRequest, users_of};
use async_graphql::{Enum, ID, Object, Result};
use chrono::{DateTime, Utc};
use kernel::{CompanyId, PageRequest, Slice};
use visibility::{Cx, Sharing};

use super::{
    page::UserPage,
    types::{UserNode, UserStatus},
};
use crate::{
    audience::{Internal, internal},
    batch::{Batch, Batches},
    connection::{Page, nodes, page},
    context::Asked,
    node::Kind,
    refusal::Refusal,
};

/// What kind of customer a company is.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "CompanyKind")]
pub(crate) enum CompanyKindName {
    /// An organisation with several people.
    Organisation,
    /// A single person.
    Person,
}

impl From<CompanyKindName> for CompanyKind {
    fn from(kind: CompanyKindName) -> Self {
        match kind {
            CompanyKindName::Organisation => Self::Organisation,
            CompanyKindName::Person => Self::Person,
        }
    }
}

/// How far a member of a company sees; admins always see all of it.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum SharingMode {
    /// Their own records.
    Own,
    /// Their own records, and those shared with them by name.
    Shared,
    /// As is chosen for each of them.
    PerMember,
    /// All records of the company.
    Company,
}

impl From<Sharing> for SharingMode {
    fn from(sharing: Sharing) -> Self {
        match sharing {
            Sharing::Own => Self::Own,
            Sharing::Shared => Self::Shared,
            Sharing::PerMember => Self::PerMember,
            Sharing::Company => Self::Company,
        }
    }
}

impl From<SharingMode> for Sharing {
    fn from(mode: SharingMode) -> Self {
        match mode {
            SharingMode::Own => Self::Own,
            SharingMode::Shared => Self::Shared,
            SharingMode::PerMember => Self::PerMember,
            SharingMode::Company => Self::Company,
        }
    }
}

/// The companies of one page. Every relation costs one statement for all of them.
pub(crate) struct CompanyPage {
    asked: Arc<Asked>,
    ids: Vec<CompanyId>,
    users: Batches<PageRequest, CompanyId, Slice<(String, UserNode)>>,
    join_requests: Batch<CompanyId, Vec<JoinRequest>>,
    exposed: Batch<CompanyId, ()>,
}

impl CompanyPage {
    /// The nodes of a page of companies.
    pub(crate) fn nodes(asked: &Arc<Asked>, companies: Vec<Company>) -> Vec<CompanyNode> {
        let page = Arc::new(Self {
            asked: asked.clone(),
            ids: companies.iter().map(|company| company.id).collect(),
            users: Batches::default(),
            join_requests: Batch::default(),
            exposed: Batch::default(),
        });
        companies
            .into_iter()
            .map(|company| CompanyNode {
                row: company,
                page: page.clone(),
            })
            .collect()
    }

    /// The node of one company.
    pub(crate) fn node(asked: &Arc<Asked>, company: Company) -> CompanyNode {
        Self::nodes(asked, vec![company]).swap_remove(0)
    }

    fn cx(&self) -> Result<Cx<'_>> {
        Ok(self.asked.cx()?)
    }

    /// The people of all companies as one page, so that what belongs to them
    /// is fetched together too.
    fn people(
        &self,
        found: HashMap<CompanyId, Slice<ClientUser>>,
    ) -> HashMap<CompanyId, Slice<(String, UserNode)>> {
        let everybody = found.values().flat_map(|slice| &slice.rows);
        let page = UserPage::of(&self.asked, everybody);
        let entry = |row: ClientUser| {
            let cursor = ::identity::user_cursor(&row);
            let page = page.clone();
            (cursor, UserNode { row, page })
        };
        let companies = found.into_iter();
        companies
            .map(|(company, slice)| (company, slice.map(entry)))
            .collect()
    }
}

/// A customer: an organisation or a single person. Seen by its own people.
#[derive(Clone)]
pub(crate) struct CompanyNode {
    row: Company,
    page: Arc<CompanyPage>,
}

/// A customer: an organisation or a single person. Seen by its own people.
#[Object(name = "Company")]
impl CompanyNode {
    /// The global id: opaque, stable, and good for `node`.
    pub(crate) async fn id(&self) -> ID {
        Kind::Company.id(self.row.id.0)
    }

    /// The name of the organisation or person.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// An organisation or a single person.
    async fn kind(&self) -> CompanyKindName {
        match self.row.kind {
            CompanyKind::Organisation => CompanyKindName::Organisation,
            CompanyKind::Person => CompanyKindName::Person,
        }
    }

    /// How far its members see.
    async fn sharing(&self) -> SharingMode {
        self.row.sharing.into()
    }

    /// The domains whose mailboxes may ask to join by themselves; empty when
    /// nobody may.
    async fn registration_domains(&self) -> Vec<&str> {
        self.row.registration_domains.iter().collect()
    }

    /// Whether its people may sign in.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn status(&self) -> UserStatus {
        self.row.status.into()
    }

    /// Whether its clients see its configuration items, those that are internal
    /// aside.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn configuration_exposed(&self) -> Result<bool> {
        let cx = self.page.cx()?;
        let fetch = async || {
            let found = ::tickets::exposed(&cx, &self.page.ids).await?;
            Ok(found.into_iter().map(|company| (company, ())).collect())
        };
        Ok(self.page.exposed.get(&self.row.id, fetch).await?.is_some())
    }

    /// Since when it is a customer.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at
    }

    /// Its people, whoever came first first.
    #[graphql(complexity = "nodes(first) * child_complexity + 1")]
    async fn users(
        &self,
        #[graphql(desc = "How many people: 1 to 100, 20 when absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the person before the page.")] after: Option<String>,
    ) -> Result<Page<UserNode>> {
        let has_previous = after.is_some();
        let request = PageRequest { first, after };
        let checked = ::identity::check_users_page(&request).map_err(Refusal::from)?;
        let cx = self.page.cx()?;
        let batch = self.page.users.with(request);
        let found = batch
            .get(&self.row.id, async || {
                let found = users_of(&cx, &self.page.ids, &checked).await?;
                Ok(self.page.people(found))
            })
            .await?;
        let slice = found.cloned().unwrap_or(Slice {
            rows: Vec::new(),
            has_next: false,
        });
        Ok(page(slice, has_previous))
    }

    /// Who has asked to join by themselves and waits for an answer, the oldest
    /// first, 100 at most. Empty for whoever may not answer.
    #[graphql(complexity = "20 * child_complexity + 1")]
    async fn join_requests(&self) -> Result<Vec<JoinRequestNode>> {
        let cx = self.page.cx()?;
        let fetch = async || ::identity::join_requests(&cx, &self.page.ids).await;
        let found: Option<&Vec<JoinRequest>> =
            self.page.join_requests.get(&self.row.id, fetch).await?;
        Ok(found
            .cloned()
            .unwrap_or_default()
            .into_iter()
            .map(JoinRequestNode)
            .collect())
    }
}

/// Somebody who asks to join a company. Seen by whoever answers.
pub(crate) struct JoinRequestNode(pub(crate) JoinRequest);

/// Somebody who asks to join a company. Seen by whoever answers.
#[Object(name = "JoinRequest")]
impl JoinRequestNode {
    /// What `joinRequestApprove` and `joinRequestDecline` ask for.
    async fn id(&self) -> ID {
        Kind::JoinRequest.id(self.0.id)
    }

    /// The address; its owner has confirmed it.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// The name that the person gave.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

/// Companies by id, as their nodes.
pub(crate) fn by_id(nodes: Vec<CompanyNode>) -> HashMap<CompanyId, CompanyNode> {
    nodes.into_iter().map(|node| (node.row.id, node)).collect()
}
