//! A ticket as the API shows it.

use std::sync::Arc;

use ::tickets::{Category, Role, Status, Ticket};
use async_graphql::{Enum, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::PageRequest;
use visibility::Flag;

use super::{
    answers::AnswerNode,
    attachments::AttachmentList,
    configuration::ConfigurationItemNode,
    entry::EntryNode,
    labels::label,
    page::TicketPage,
    sla::{Sla, SlaCountdown, TicketEscalation},
};
use crate::{
    audience::{Internal, internal},
    connection::{Page, nodes, page},
    contracts::{ContractNode, TicketPriority},
    identity::{CompanyNode, StaffMemberNode, UserNode},
    node::Kind,
};

/// Where a ticket stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum TicketStatus {
    /// Waits for the service company.
    Open,
    /// The service company is on it.
    InProgress,
    /// Waits for the client.
    Waiting,
    /// Said to be done; the client accepts or rejects.
    Resolved,
    /// Done for good.
    Closed,
}

impl From<Status> for TicketStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Open => Self::Open,
            Status::InProgress => Self::InProgress,
            Status::Waiting => Self::Waiting,
            Status::Resolved => Self::Resolved,
            Status::Closed => Self::Closed,
        }
    }
}

impl From<TicketStatus> for Status {
    fn from(status: TicketStatus) -> Self {
        match status {
            TicketStatus::Open => Self::Open,
            TicketStatus::InProgress => Self::InProgress,
            TicketStatus::Waiting => Self::Waiting,
            TicketStatus::Resolved => Self::Resolved,
            TicketStatus::Closed => Self::Closed,
        }
    }
}

/// Whether clients may know of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(directive = internal::apply())]
pub(crate) enum Visibility {
    /// Clients in whose scope it lies see it.
    ClientVisible,
    /// For clients it does not exist.
    InternalOnly,
}

impl From<Flag> for Visibility {
    fn from(flag: Flag) -> Self {
        match flag {
            Flag::ClientVisible => Self::ClientVisible,
            Flag::InternalOnly => Self::InternalOnly,
        }
    }
}

impl From<Visibility> for Flag {
    fn from(visibility: Visibility) -> Self {
        match visibility {
            Visibility::ClientVisible => Self::ClientVisible,
            Visibility::InternalOnly => Self::InternalOnly,
        }
    }
}

/// A category that the workspace takes tickets in.
#[derive(SimpleObject)]
pub(crate) struct TicketCategory {
    /// What `ticketOpen` and filters name it by.
    key: String,
    /// What people call it.
    name: String,
}

impl From<Category> for TicketCategory {
    fn from(category: Category) -> Self {
        Self {
            key: category.key,
            name: category.name,
        }
    }
}

/// Something that a client asked for. Seen by the people of the company, as
/// far as the company shares its tickets with them.
#[derive(Clone)]
pub(crate) struct TicketNode {
    pub(crate) row: Ticket,
    pub(crate) page: Arc<TicketPage>,
}

/// Something that a client asked for. Seen by the people of the company, as
/// far as the company shares its tickets with them.
#[Object(name = "Ticket")]
impl TicketNode {
    /// The global id: opaque, stable, and good for `node`.
    pub(crate) async fn id(&self) -> ID {
        Kind::Ticket.id(self.row.id.0)
    }

    /// The reference that people use, such as `TKT-0041`; unique in the workspace.
    async fn reference(&self) -> String {
        self.row.reference()
    }

    /// What it is about, in one line of at most 200 characters.
    async fn subject(&self) -> &str {
        &self.row.subject
    }

    /// The whole story, as it was told on opening.
    #[expect(clippy::unused_async, reason = "the macro asks for it")]
    async fn description(&self) -> Result<&str> {
        self.page.asked.count_prose(self.row.description.len())?;
        Ok(&self.row.description)
    }

    /// The key of its category; `categories` has the names.
    async fn category(&self) -> &str {
        &self.row.category
    }

    /// Where it stands.
    async fn status(&self) -> TicketStatus {
        self.row.status.into()
    }

    /// What its status is called: as the workspace calls it in that language, else as
    /// it does in its own, else in words that every workspace begins with.
    async fn status_label(
        &self,
        #[graphql(desc = "The language, as a tag; the viewer's when absent.")] locale: Option<
            String,
        >,
    ) -> Result<String> {
        let page = &self.page;
        label(
            &page.asked,
            &page.language,
            self.row.status,
            locale.as_deref(),
        )
        .await
    }

    /// When it was opened.
    async fn opened_at(&self) -> DateTime<Utc> {
        self.row.opened_at
    }

    /// When something last happened that the client's side can see. It never goes
    /// back; two things that happen at once may leave it where it is.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.row.changed_at
    }

    /// When it was resolved; none while it is not.
    async fn resolved_at(&self) -> Option<DateTime<Utc>> {
        self.row.resolved_at
    }

    /// When it was closed; none while it is not.
    async fn closed_at(&self) -> Option<DateTime<Utc>> {
        self.row.closed_at
    }

    /// When it closes by itself if nothing happens until then; none while it is not
    /// resolved, and where tickets do not close by themselves.
    async fn closes_at(&self) -> Result<Option<DateTime<Utc>>> {
        let quiet = self.page.quiet_time().await?;
        Ok(quiet.and_then(|quiet| quiet.closes_at(&self.row)))
    }

    /// Whom it concerns.
    async fn requester(&self) -> Result<Option<UserNode>> {
        let Some(id) = self.row.requester_id else {
            return Ok(None);
        };
        Ok(self.page.requester(id).await?.cloned())
    }

    /// Who raised it for the requester; none when nobody did, or when that person
    /// takes part no more.
    async fn opened_by(&self) -> Result<Option<UserNode>> {
        let part = self.page.participants(self.row.id).await?;
        let opener = part.iter().find(|(role, _)| *role == Role::Opener);
        Ok(opener.map(|(_, user)| user.clone()))
    }

    /// Who takes part besides the requester, the first to come first: whoever
    /// raised it for them, and at most 100 colleagues who were named.
    #[graphql(complexity = "20 * child_complexity + 1")]
    async fn participants(&self) -> Result<Vec<UserNode>> {
        let part = self.page.participants(self.row.id).await?;
        Ok(part.iter().map(|(_, user)| user.clone()).collect())
    }

    /// The company it concerns.
    async fn company(&self) -> Result<Option<CompanyNode>> {
        Ok(self.page.company(self.row.company_id).await?.cloned())
    }

    /// The ticket that it was merged into, where things go on; none when it was
    /// not, or when the viewer may not see that one.
    async fn merged_into(&self) -> Result<Option<TicketNode>> {
        Ok(self.page.merged_into(self.row.id).await?.cloned())
    }

    /// The tickets that were merged into it, as far as the viewer may see them,
    /// the first to come first; at most 100.
    #[graphql(complexity = "20 * child_complexity + 1")]
    async fn merged_from(&self) -> Result<Vec<TicketNode>> {
        Ok(self.page.merged_from(self.row.id).await?.to_vec())
    }

    /// The files of the description.
    #[graphql(complexity = "3 * child_complexity + 1")]
    async fn attachments(&self) -> Result<AttachmentList> {
        let found = self.page.attachments(self.row.id).await?;
        Ok(AttachmentList::of(found))
    }

    /// What was answered to the form of the category, as it was when the answers
    /// were given; fields without an answer are left out.
    #[graphql(complexity = "10 * child_complexity + 1")]
    async fn answers(
        &self,
        #[graphql(desc = "The language of labels, as a tag; the viewer's when absent.")]
        locale: Option<String>,
    ) -> Result<Vec<AnswerNode>> {
        AnswerNode::visible(&self.page, self.row.id, locale.as_deref()).await
    }

    /// What was answered to the fields that clients may not know of.
    #[graphql(
        guard = "Internal",
        directive = internal::apply(),
        complexity = "10 * child_complexity + 1"
    )]
    async fn internal_answers(
        &self,
        #[graphql(desc = "The language of labels, as a tag; the viewer's when absent.")]
        locale: Option<String>,
    ) -> Result<Vec<AnswerNode>> {
        AnswerNode::internal(&self.page, self.row.id, locale.as_deref()).await
    }

    /// What happened, oldest first: replies of both sides, changes of the
    /// status, resolutions.
    #[graphql(complexity = "nodes(first) * child_complexity + 1")]
    async fn timeline(
        &self,
        #[graphql(desc = "How many entries: 1 to 100, 20 when absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the entry before the page.")] after: Option<String>,
    ) -> Result<Page<EntryNode>> {
        let has_previous = after.is_some();
        let (slice, entries) = self
            .page
            .timeline(self.row.id, PageRequest { first, after })
            .await?;
        let node = |row: Arc<::tickets::Entry>| {
            (
                ::tickets::entry_cursor(&row),
                EntryNode {
                    row,
                    page: entries.clone(),
                },
            )
        };
        Ok(page(slice.map(node), has_previous))
    }

    /// The configuration items that it is about, of those that the viewer may see.
    #[graphql(complexity = "20 * child_complexity + 1")]
    async fn configuration_items(&self) -> Result<Vec<ConfigurationItemNode>> {
        let found = self.page.items(self.row.id).await?;
        Ok(found.cloned().unwrap_or_default())
    }

    /// Whether clients may know of it.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn visibility(&self) -> Visibility {
        self.row.flag.into()
    }

    /// Who works on it; none when nobody does.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn assignee(&self) -> Result<Option<StaffMemberNode>> {
        Ok(self
            .page
            .assignee(self.row.id)
            .await?
            .cloned()
            .map(StaffMemberNode))
    }

    /// The time that is left; none unless the service company shows it for this
    /// ticket.
    async fn sla_countdown(&self) -> Result<Option<SlaCountdown>> {
        let found = self.page.countdown(self.row.id).await?;
        Ok(found.map(SlaCountdown::from))
    }

    /// The service-level clock; none where nothing was promised.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn sla(&self) -> Result<Option<Sla>> {
        let clock = self.page.clock(self.row.id).await?;
        Ok(clock.map(|clock| Sla::of(&self.page, clock)))
    }

    /// The steps of its policy that have come, the earliest first.
    #[graphql(guard = "Internal", directive = internal::apply(), complexity = "3 * child_complexity + 1")]
    async fn escalations(&self) -> Result<Vec<TicketEscalation>> {
        Ok(self.page.escalations(self.row.id).await?.to_vec())
    }

    /// How urgent it is.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn priority(&self) -> Result<TicketPriority> {
        let triage = self.page.triage(self.row.id).await?;
        Ok(triage.map_or(TicketPriority::Normal, |triage| triage.priority.into()))
    }

    /// The contract that it falls under; none when it falls under none, and for
    /// staff without the permission `contracts.read`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn contract(&self) -> Result<Option<ContractNode>> {
        self.page.contract(self.row.id).await
    }
}
