//! An entry of a timeline as the API shows it.

use std::{collections::HashMap, sync::Arc};

use ::identity::{StaffUser, client_users_by_ids, staff_member, staff_names_by_ids};
use ::tickets::{
    Entry, EntryId, EntryKind, Status, editable_until, entry_attachments, mentions, versions, wrote,
};
use async_graphql::{Enum, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use kernel::{ClientUserId, Fault, StaffUserId};
use visibility::Flag;

use super::{
    AttachmentNode,
    attachments::AttachmentList,
    editing::VersionNode,
    labels::label,
    language::Language,
    page::{distinct, grouped},
    types::{TicketStatus, Visibility},
};
use crate::{
    audience::{Internal, internal},
    batch::Batch,
    context::Asked,
    identity::{Side, StaffMemberNode},
    node::Kind,
};

/// What an entry of a timeline is.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum TimelineKind {
    /// Somebody wrote something for the other side.
    Reply,
    /// The status changed without words.
    StatusChange,
    /// The service company resolved the ticket.
    Resolution,
    /// The client rejected the resolution.
    Rejection,
    /// The ticket was merged into another, or another into it.
    Merged,
    /// Somebody of the team wrote something for the team.
    #[graphql(directive = internal::apply())]
    Note,
}

/// Whoever wrote an entry.
#[derive(SimpleObject)]
pub(crate) struct Author {
    /// The name to show.
    name: String,
    /// Which side the author is on.
    side: Side,
}

/// The entries that were read together, whose authors are fetched together.
pub(crate) struct EntryPage {
    asked: Arc<Asked>,
    language: Arc<Language>,
    ids: Vec<EntryId>,
    attachments: Batch<EntryId, Vec<AttachmentNode>>,
    versions: Batch<EntryId, Vec<VersionNode>>,
    mentions: Batch<EntryId, Vec<StaffUser>>,
    client_ids: Vec<ClientUserId>,
    staff_ids: Vec<StaffUserId>,
    clients: Batch<ClientUserId, String>,
    staff: Batch<StaffUserId, String>,
}

impl EntryPage {
    pub(super) fn of<'a>(
        asked: &Arc<Asked>,
        language: &Arc<Language>,
        entries: impl IntoIterator<Item = &'a Entry> + Clone,
    ) -> Self {
        Self {
            asked: asked.clone(),
            language: language.clone(),
            ids: entries.clone().into_iter().map(|entry| entry.id).collect(),
            attachments: Batch::default(),
            versions: Batch::default(),
            mentions: Batch::default(),
            client_ids: distinct(
                entries
                    .clone()
                    .into_iter()
                    .filter_map(|entry| entry.client_user_id),
            ),
            staff_ids: distinct(entries.into_iter().filter_map(|entry| entry.staff_user_id)),
            clients: Batch::default(),
            staff: Batch::default(),
        }
    }

    /// The node of one entry.
    pub(crate) fn node(asked: &Arc<Asked>, entry: Entry) -> EntryNode {
        let page = Arc::new(Self::of(asked, &Arc::default(), [&entry]));
        EntryNode {
            row: Arc::new(entry),
            page,
        }
    }

    async fn attachments(&self, id: EntryId) -> Result<Option<&Vec<AttachmentNode>>> {
        let cx = self.asked.cx()?;
        let fetch = async || {
            let rows = entry_attachments(&cx, &self.ids).await?;
            let rows = rows.into_iter();
            let rows = rows.filter_map(|row| row.entry_id.map(|entry| (entry, row)));
            Ok(grouped(&self.asked, rows))
        };
        self.attachments.get(&id, fetch).await
    }

    /// What an entry said before its words were changed.
    async fn versions(&self, id: EntryId) -> Result<&[VersionNode]> {
        let cx = self.asked.cx()?;
        let fetch = async || -> Result<HashMap<_, Vec<_>>, Fault> {
            let mut found: HashMap<_, Vec<_>> = HashMap::new();
            for row in versions(&cx, &self.ids).await? {
                let of_entry = found.entry(row.entry_id).or_default();
                of_entry.push(VersionNode::of(&self.asked, row));
            }
            Ok(found)
        };
        let found = self.versions.get(&id, fetch).await?;
        Ok(found.map_or(&[], Vec::as_slice))
    }

    /// Who is named in an entry.
    async fn mentions(&self, id: EntryId) -> Result<&[StaffUser]> {
        let cx = self.asked.cx()?;
        let fetch = async || -> Result<HashMap<_, Vec<_>>, Fault> {
            let mut found = mentions(&cx, &self.ids).await?;
            let ids = distinct(found.values().flatten().copied());
            let people = match ids.as_slice() {
                [] => Vec::new(),
                ids => staff_member(&cx, ids).await?,
            };
            let people: HashMap<_, _> = people.into_iter().map(|user| (user.id, user)).collect();
            let named = |ids: Vec<_>| {
                let people = ids.iter().filter_map(|id| people.get(id));
                people.cloned().collect()
            };
            Ok(found.drain().map(|(id, ids)| (id, named(ids))).collect())
        };
        let found = self.mentions.get(&id, fetch).await?;
        Ok(found.map_or(&[], Vec::as_slice))
    }

    /// What a status is called, when there is one.
    async fn label(&self, status: Option<Status>, tag: Option<&str>) -> Result<Option<String>> {
        let Some(status) = status else {
            return Ok(None);
        };
        let label = label(&self.asked, &self.language, status, tag).await?;
        Ok(Some(label))
    }

    async fn client(&self, id: ClientUserId) -> Result<Option<&String>> {
        let cx = self.asked.cx()?;
        let fetch = async || -> Result<HashMap<_, _>, Fault> {
            let found = client_users_by_ids(&cx, &self.client_ids).await?;
            Ok(found.into_iter().map(|user| (user.id, user.name)).collect())
        };
        self.clients.get(&id, fetch).await
    }

    async fn staff(&self, id: StaffUserId) -> Result<Option<&String>> {
        let cx = self.asked.cx()?;
        let fetch = async || -> Result<HashMap<_, _>, Fault> {
            Ok(staff_names_by_ids(&cx, &self.staff_ids)
                .await?
                .into_iter()
                .collect())
        };
        self.staff.get(&id, fetch).await
    }
}

/// Something that happened to a ticket. Seen by whoever sees the ticket.
#[derive(Clone)]
pub(crate) struct EntryNode {
    pub(crate) row: Arc<Entry>,
    pub(crate) page: Arc<EntryPage>,
}

/// Something that happened to a ticket. Seen by whoever sees the ticket.
#[Object(name = "TimelineEntry")]
impl EntryNode {
    /// The global id: opaque, stable, and good for `node`.
    pub(crate) async fn id(&self) -> ID {
        Kind::TimelineEntry.id(self.row.id.0)
    }

    /// What it is.
    async fn kind(&self) -> TimelineKind {
        match (self.row.kind, self.row.flag) {
            (EntryKind::Message, Flag::ClientVisible) => TimelineKind::Reply,
            (EntryKind::Message, Flag::InternalOnly) => TimelineKind::Note,
            (EntryKind::Status, _) => TimelineKind::StatusChange,
            (EntryKind::Resolution, _) => TimelineKind::Resolution,
            (EntryKind::Rejection, _) => TimelineKind::Rejection,
            (EntryKind::Merged, _) => TimelineKind::Merged,
        }
    }

    /// Whether nobody did it: a resolved ticket that nobody answered has closed by
    /// itself.
    async fn automatic(&self) -> bool {
        self.row.kind == EntryKind::Status
            && self.row.client_user_id.is_none()
            && self.row.staff_user_id.is_none()
    }

    /// Whoever wrote it.
    async fn author(&self) -> Result<Option<Author>> {
        if let Some(id) = self.row.client_user_id {
            let name = self.page.client(id).await?.cloned();
            return Ok(name.map(|name| Author {
                name,
                side: Side::Client,
            }));
        }
        let Some(id) = self.row.staff_user_id else {
            return Ok(None);
        };
        let name = self.page.staff(id).await?.cloned();
        Ok(name.map(|name| Author {
            name,
            side: Side::Staff,
        }))
    }

    /// Whether the viewer did it.
    #[expect(clippy::unused_async, reason = "the macro asks for it")]
    async fn mine(&self) -> Result<bool> {
        Ok(wrote(self.page.asked.cx()?.viewer, &self.row))
    }

    /// Until when the viewer may change its words (`ticketEntryEdit`): 15 minutes
    /// from when they wrote it; none for what is not theirs, has no words of its own,
    /// or is older. It does not look at the ticket or at earlier changes: once the
    /// ticket is closed, or after 20 changes, no more are taken all the same.
    #[expect(clippy::unused_async, reason = "the macro asks for it")]
    async fn editable_until(&self) -> Result<Option<DateTime<Utc>>> {
        Ok(editable_until(&self.page.asked.cx()?, &self.row))
    }

    /// The words; none for a bare change of the status.
    #[expect(clippy::unused_async, reason = "the macro asks for it")]
    async fn body(&self) -> Result<Option<&str>> {
        let body = self.row.body.as_deref();
        self.page.asked.count_prose(body.map_or(0, str::len))?;
        Ok(body)
    }

    /// The files that came with it.
    #[graphql(complexity = "3 * child_complexity + 1")]
    async fn attachments(&self) -> Result<AttachmentList> {
        let found = self.page.attachments(self.row.id).await?;
        Ok(AttachmentList::of(found))
    }

    /// The status before, when this entry changed it.
    async fn from_status(&self) -> Option<TicketStatus> {
        self.row.from_status.map(Into::into)
    }

    /// What the status before is called, when this entry changed it.
    #[graphql(name = "fromStatusLabel")]
    async fn label_before(
        &self,
        #[graphql(desc = "The language, as a tag; the viewer's when absent.")] locale: Option<
            String,
        >,
    ) -> Result<Option<String>> {
        let status = self.row.from_status;
        self.page.label(status, locale.as_deref()).await
    }

    /// The status after, when this entry changed it.
    async fn to_status(&self) -> Option<TicketStatus> {
        self.row.to_status.map(Into::into)
    }

    /// What the status after is called, when this entry changed it.
    #[graphql(name = "toStatusLabel")]
    async fn label_after(
        &self,
        #[graphql(desc = "The language, as a tag; the viewer's when absent.")] locale: Option<
            String,
        >,
    ) -> Result<Option<String>> {
        let status = self.row.to_status;
        self.page.label(status, locale.as_deref()).await
    }

    /// When it happened.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at
    }

    /// When its words were last changed; none when they are as they were written.
    async fn edited_at(&self) -> Option<DateTime<Utc>> {
        self.row.edited_at
    }

    /// What it said before its words were changed, the oldest first; at most 20.
    #[graphql(
        guard = "Internal",
        directive = internal::apply(),
        complexity = "3 * child_complexity + 1"
    )]
    async fn versions(&self) -> Result<Vec<VersionNode>> {
        Ok(self.page.versions(self.row.id).await?.to_vec())
    }

    /// Who of the team is named in it; at most 20.
    #[graphql(
        guard = "Internal",
        directive = internal::apply(),
        complexity = "3 * child_complexity + 1"
    )]
    async fn mentions(&self) -> Result<Vec<StaffMemberNode>> {
        let named = self.page.mentions(self.row.id).await?;
        Ok(named.iter().cloned().map(StaffMemberNode).collect())
    }

    /// Whether clients may know of it.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn visibility(&self) -> Visibility {
        self.row.flag.into()
    }
}
