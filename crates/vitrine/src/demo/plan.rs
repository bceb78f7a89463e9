//! The invented world as plain data: what `seed` writes into a database, free of any database type.

use chrono::{DateTime, Utc};
use visibility::{Reach, Sharing};

/// One category of the tickets of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CategoryPlan {
    /// Short and stable, such as `hardware`; every workspace has `general`.
    pub(crate) key: &'static str,
    /// In the language of the workspace.
    pub(crate) name: &'static str,
}

/// Someone who works for the service company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StaffPlan {
    /// Unique in the workspace.
    pub(crate) email: String,
    /// First and last name.
    pub(crate) name: String,
    /// `owner`, `admin`, `manager` or `member`.
    pub(crate) role: &'static str,
}

/// A customer of the service company, with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CompanyPlan {
    /// For a private customer, the person's name.
    pub(crate) name: String,
    /// A private customer: one user, who is the admin.
    pub(crate) is_person: bool,
    /// How far its members see.
    pub(crate) sharing: Sharing,
    /// At least one of them is an admin.
    pub(crate) users: Vec<UserPlan>,
    /// In the order in which they were opened.
    pub(crate) tickets: Vec<TicketPlan>,
}

/// Someone who works for a customer, or is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UserPlan {
    /// Unique in the workspace, always under `.example`.
    pub(crate) email: String,
    /// First and last name.
    pub(crate) name: String,
    /// May manage the company's users and sees all of its tickets.
    pub(crate) is_admin: bool,
    /// How far they see, where the company chooses it for each member.
    pub(crate) reach: Option<Reach>,
    /// `en`, `fr` or `de`.
    pub(crate) locale: &'static str,
}

/// A ticket and everything that happened to it until `now`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TicketPlan {
    /// One line.
    pub(crate) subject: String,
    /// Plain text, paragraphs separated by an empty line.
    pub(crate) description: String,
    /// One of the workspace's category keys.
    pub(crate) category_key: &'static str,
    /// Opened by the staff among themselves; no client may know of it.
    pub(crate) internal: bool,
    /// Index into the company's users; `None` only for internal tickets.
    pub(crate) requester: Option<usize>,
    /// Indexes into the company's users: who was named on it, the requester not among them.
    pub(crate) participants: Vec<usize>,
    /// Index into the company's users: the colleague who raised it for the requester.
    pub(crate) raised_by: Option<usize>,
    /// The requester, or the member of staff who opened an internal ticket.
    pub(crate) opened_by: Author,
    /// Never after `now`.
    pub(crate) opened_at: DateTime<Utc>,
    /// Index into the workspace's staff.
    pub(crate) assignee: Option<usize>,
    /// In the order in which they happened, none after `now`.
    pub(crate) entries: Vec<EntryPlan>,
    /// What the entries lead to, by [`Status::after`].
    pub(crate) status: Status,
}

/// One thing that happened to a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EntryPlan {
    /// Never after `now`.
    pub(crate) at: DateTime<Utc>,
    /// Who did it.
    pub(crate) author: Author,
    /// What it was.
    pub(crate) kind: EntryKind,
    /// The text of a reply, a note or a resolution, or the reason of a rejection; else `None`.
    pub(crate) body: Option<String>,
}

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Author {
    /// Index into the company's users.
    Client(usize),
    /// Index into the workspace's staff.
    Staff(usize),
}

/// What can happen to a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntryKind {
    /// By either side, visible to both.
    Reply,
    /// By the staff, never shown to a client.
    Note,
    /// The staff take it up.
    StartWork,
    /// The staff wait for the client.
    Wait,
    /// The staff propose a resolution.
    Resolution,
    /// The client accepts it.
    Accept,
    /// The client rejects it and says why.
    Reject,
}

/// Where a ticket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// Waits for the staff.
    Open,
    /// Someone works on it.
    InProgress,
    /// Waits for the client.
    Waiting,
    /// Waits for the client's verdict.
    Resolved,
    /// Accepted; only notes may follow.
    Closed,
}

impl Status {
    /// The status after an entry, or `None` if the workflow does not allow it here.
    pub(crate) fn after(self, author: Author, kind: EntryKind) -> Option<Self> {
        let client = matches!(author, Author::Client(_));
        match (kind, client, self) {
            (EntryKind::Note, false, status)
            | (
                EntryKind::Reply,
                false,
                status @ (Self::InProgress | Self::Waiting | Self::Resolved),
            )
            | (EntryKind::Reply, true, status @ (Self::Open | Self::InProgress | Self::Resolved)) => {
                Some(status)
            }

            (EntryKind::Reply, true, Self::Waiting) | (EntryKind::Reject, true, Self::Resolved) => {
                Some(Self::Open)
            }
            (EntryKind::Reply, false, Self::Open)
            | (EntryKind::StartWork, false, Self::Open | Self::Waiting) => Some(Self::InProgress),
            (EntryKind::Wait, false, Self::Open | Self::InProgress) => Some(Self::Waiting),
            (EntryKind::Resolution, false, Self::Open | Self::InProgress | Self::Waiting) => {
                Some(Self::Resolved)
            }
            (EntryKind::Accept, true, Self::Resolved) => Some(Self::Closed),
            _ => None,
        }
    }
}
