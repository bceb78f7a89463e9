//! A mail: which template, to whom, about what, and how it stands.

use chrono::{DateTime, Utc};
use kernel::{ClientUserId, StaffUserId, WorkspaceId};
use sea_orm::{DeriveActiveEnum, EnumIter, Iterable};
use uuid::Uuid;

pub use crate::entity::mail::MailId;
use crate::{News, entity::mail::Model};

/// What a mail says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Template {
    /// Somebody is invited to the portal.
    #[sea_orm(string_value = "invitation")]
    Invitation,
    /// Somebody is invited to the team.
    #[sea_orm(string_value = "staff_invitation")]
    StaffInvitation,
    /// The address of a new workspace's first owner is to be confirmed.
    #[sea_orm(string_value = "workspace_confirmation")]
    WorkspaceConfirmation,
    /// An address is to be confirmed.
    #[sea_orm(string_value = "email_confirmation")]
    EmailConfirmation,
    /// Somebody asks to join a company; to those who decide.
    #[sea_orm(string_value = "join_requested")]
    JoinRequested,
    /// The one who asked to join may come in.
    #[sea_orm(string_value = "join_approved")]
    JoinApproved,
    /// A link for a new password.
    #[sea_orm(string_value = "password_reset")]
    PasswordReset,
    /// A code to sign in with.
    #[sea_orm(string_value = "one_time_code")]
    OneTimeCode,
    /// The password was changed.
    #[sea_orm(string_value = "password_changed")]
    PasswordChanged,
    /// What happened on a ticket, to a client.
    #[sea_orm(string_value = "ticket_news")]
    TicketNews,
    /// What happened on a ticket, to somebody of the team.
    #[sea_orm(string_value = "ticket_work")]
    TicketWork,
}

impl Template {
    /// The name of its files, and in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::StaffInvitation => "staff_invitation",
            Self::WorkspaceConfirmation => "workspace_confirmation",
            Self::EmailConfirmation => "email_confirmation",
            Self::JoinRequested => "join_requested",
            Self::JoinApproved => "join_approved",
            Self::PasswordReset => "password_reset",
            Self::OneTimeCode => "one_time_code",
            Self::PasswordChanged => "password_changed",
            Self::TicketNews => "ticket_news",
            Self::TicketWork => "ticket_work",
        }
    }

    /// Every template.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter()
    }
}

/// Whose side a mail's links lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum MailRealm {
    /// Clients.
    #[sea_orm(string_value = "portal")]
    Portal,
    /// The team.
    #[sea_orm(string_value = "staff")]
    Staff,
}

/// What kind of record knows the recipient's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum RecipientKind {
    /// A client user.
    #[sea_orm(string_value = "client")]
    Client,
    /// A staff user.
    #[sea_orm(string_value = "staff")]
    Staff,
    /// An invitation, a confirmation: somebody who has no account yet.
    #[sea_orm(string_value = "credential")]
    Credential,
}

/// Who gets a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Recipient {
    /// A client user.
    Client(ClientUserId),
    /// A staff user.
    Staff(StaffUserId),
    /// Whoever the credential was made out to.
    Credential(Uuid),
}

impl Recipient {
    /// The kind of record.
    pub fn kind(self) -> RecipientKind {
        match self {
            Self::Client(_) => RecipientKind::Client,
            Self::Staff(_) => RecipientKind::Staff,
            Self::Credential(_) => RecipientKind::Credential,
        }
    }

    /// The record.
    pub fn id(self) -> Uuid {
        match self {
            Self::Client(user) => user.0,
            Self::Staff(user) => user.0,
            Self::Credential(credential) => credential,
        }
    }

    fn of(kind: RecipientKind, id: Uuid) -> Self {
        match kind {
            RecipientKind::Client => Self::Client(id.into()),
            RecipientKind::Staff => Self::Staff(id.into()),
            RecipientKind::Credential => Self::Credential(id),
        }
    }
}

/// How a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Status {
    /// Waits, or is being sent.
    #[sea_orm(string_value = "queued")]
    Queued,
    /// The channel has taken it.
    #[sea_orm(string_value = "sent")]
    Sent,
    /// There was nothing to say any more.
    #[sea_orm(string_value = "dropped")]
    Dropped,
    /// The attempts are used up; staff can queue it again.
    #[sea_orm(string_value = "dead")]
    Dead,
}

/// A mail that a fact asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewMail {
    /// The workspace whose staff answer for it; nil before there is one.
    pub workspace: WorkspaceId,
    /// Whose side its links lead to.
    pub realm: MailRealm,
    /// What it says.
    pub template: Template,
    /// Who gets it.
    pub recipient: Recipient,
    /// The record that it is about.
    pub subject: Uuid,
    /// What it tells, when that may be told together with what else happens;
    /// none for a mail that goes out at once.
    pub news: Option<News>,
}

/// A mail of the queue. It holds neither address nor content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Stays the same over every attempt.
    pub id: MailId,
    /// The workspace whose staff answer for it; nil before there is one.
    pub workspace: WorkspaceId,
    /// The fact that asked for it.
    pub fact: Uuid,
    /// Whose side its links lead to.
    pub realm: MailRealm,
    /// What it says.
    pub template: Template,
    /// Who gets it.
    pub recipient: Recipient,
    /// The record that it is about.
    pub subject: Uuid,
    /// How it stands.
    pub status: Status,
    /// How often it was tried since it was queued, or queued again.
    pub attempts: i32,
    /// Not before this instant.
    pub due_at: DateTime<Utc>,
    /// Why the last attempt failed, without address and content.
    pub last_error: Option<String>,
    /// When it was queued first.
    pub created_at: DateTime<Utc>,
    /// When the channel took it.
    pub sent_at: Option<DateTime<Utc>>,
}

impl From<Model> for Mail {
    fn from(row: Model) -> Self {
        Self {
            id: row.id,
            workspace: row.workspace_id,
            fact: row.fact_id,
            realm: row.realm,
            template: row.template,
            recipient: Recipient::of(row.recipient_kind, row.recipient_id),
            subject: row.subject_id,
            status: row.status,
            attempts: row.attempts,
            due_at: row.due_at,
            last_error: row.last_error,
            created_at: row.created_at,
            sent_at: row.sent_at,
        }
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::ActiveEnum;

    use super::*;

    #[test]
    fn the_database_and_the_files_use_one_name() {
        for template in Template::all() {
            assert_eq!(template.to_value(), template.name());
        }
    }
}
