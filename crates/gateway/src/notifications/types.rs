//! A mail as staff see it.

use ::notifications::{Mail, Recipient, RecipientKind, Status, Template};
use async_graphql::{Enum, ID, Object};
use chrono::{DateTime, Utc};

use crate::{
    audience::{Internal, internal},
    connection::internal_connection,
    node::Kind,
};

/// How a mail stands.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(directive = internal::apply())]
pub(crate) enum MailStatus {
    /// Waits, or is being sent.
    Queued,
    /// The mail server has taken it.
    Sent,
    /// There was nothing to say any more.
    Dropped,
    /// The attempts are used up; `mailRetry` queues it again.
    Dead,
}

impl From<Status> for MailStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Queued => Self::Queued,
            Status::Sent => Self::Sent,
            Status::Dropped => Self::Dropped,
            Status::Dead => Self::Dead,
        }
    }
}

impl From<MailStatus> for Status {
    fn from(status: MailStatus) -> Self {
        match status {
            MailStatus::Queued => Self::Queued,
            MailStatus::Sent => Self::Sent,
            MailStatus::Dropped => Self::Dropped,
            MailStatus::Dead => Self::Dead,
        }
    }
}

/// What a mail says.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(directive = internal::apply())]
pub(crate) enum MailTemplate {
    /// An invitation to the portal.
    Invitation,
    /// An invitation to the team.
    StaffInvitation,
    /// The address of a new workspace's first owner is to be confirmed.
    WorkspaceConfirmation,
    /// An address is to be confirmed.
    EmailConfirmation,
    /// Somebody asks to join a company; to those who decide.
    JoinRequested,
    /// The one who asked to join may come in.
    JoinApproved,
    /// A link for a new password.
    PasswordReset,
    /// A code to sign in with.
    OneTimeCode,
    /// The password was changed.
    PasswordChanged,
    /// What happened on a ticket, to a client.
    TicketNews,
    /// What happened on a ticket, to whoever of the team works on it.
    TicketWork,
}

impl From<Template> for MailTemplate {
    fn from(template: Template) -> Self {
        match template {
            Template::Invitation => Self::Invitation,
            Template::StaffInvitation => Self::StaffInvitation,
            Template::WorkspaceConfirmation => Self::WorkspaceConfirmation,
            Template::EmailConfirmation => Self::EmailConfirmation,
            Template::JoinRequested => Self::JoinRequested,
            Template::JoinApproved => Self::JoinApproved,
            Template::PasswordReset => Self::PasswordReset,
            Template::OneTimeCode => Self::OneTimeCode,
            Template::PasswordChanged => Self::PasswordChanged,
            Template::TicketNews => Self::TicketNews,
            Template::TicketWork => Self::TicketWork,
        }
    }
}

/// What kind of record knows a mail's address.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(directive = internal::apply())]
pub(crate) enum MailRecipientKind {
    /// A client user.
    Client,
    /// A staff member.
    Staff,
    /// An invitation or confirmation: somebody who has no account yet.
    Credential,
}

impl From<RecipientKind> for MailRecipientKind {
    fn from(kind: RecipientKind) -> Self {
        match kind {
            RecipientKind::Client => Self::Client,
            RecipientKind::Staff => Self::Staff,
            RecipientKind::Credential => Self::Credential,
        }
    }
}

/// A mail of the workspace: to whom, about what, and how it stands. Neither
/// address nor content is kept. Seen by staff with the permission `mail.manage`.
pub(crate) struct MailNode(pub(crate) Mail);

/// A mail of the workspace: to whom, about what, and how it stands. Neither
/// address nor content is kept. Seen by staff with the permission `mail.manage`.
#[Object(name = "Mail", directive = internal::apply())]
impl MailNode {
    /// The global id: opaque, stable, and good for `node` and `mailRetry`.
    pub(crate) async fn id(&self) -> ID {
        Kind::Mail.id(self.0.id.0)
    }

    /// What it says.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn template(&self) -> MailTemplate {
        self.0.template.into()
    }

    /// What kind of record knows its address.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn recipient_kind(&self) -> MailRecipientKind {
        self.0.recipient.kind().into()
    }

    /// The global id of the person who gets it; none without an account.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn recipient_id(&self) -> Option<ID> {
        match self.0.recipient {
            Recipient::Client(user) => Some(Kind::User.id(user.0)),
            Recipient::Staff(user) => Some(Kind::StaffMember.id(user.0)),
            Recipient::Credential(_) => None,
        }
    }

    /// How it stands.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn status(&self) -> MailStatus {
        self.0.status.into()
    }

    /// How often it was tried since it was queued, or queued again.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// When it was queued first.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it is tried next, at the earliest; none when it is not.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn due_at(&self) -> Option<DateTime<Utc>> {
        (self.0.status == Status::Queued).then_some(self.0.due_at)
    }

    /// When the mail server took it; none while it has not.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn sent_at(&self) -> Option<DateTime<Utc>> {
        self.0.sent_at
    }

    /// Why the last attempt failed, in English; none when it did not.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn last_error(&self) -> Option<&str> {
        self.0.last_error.as_deref()
    }
}

internal_connection!(MailNode: MailConnection "MailConnection", MailEdge "MailEdge");
