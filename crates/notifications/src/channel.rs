//! What carries messages: a server, a folder, a probe of a test.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{Boxed, MailId};

/// A mail on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The id of the mail, the same over every attempt: it becomes the
    /// `Message-ID`, by which receivers can drop repeats.
    pub id: MailId,
    /// When the mail was queued.
    pub at: DateTime<Utc>,
    /// The recipient's address.
    pub to: String,
    /// The recipient's name.
    pub to_name: Option<String>,
    /// Who writes.
    pub from_name: String,
    /// The subject, one line.
    pub subject: String,
    /// The content as text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// The record whose mails belong together; none for a mail by itself.
    pub thread: Option<Uuid>,
    /// Where a POST switches off such mails; none for those that cannot be.
    pub unsubscribe: Option<String>,
}

/// Why a message was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Refused {
    /// Whether the same message will hardly be taken later.
    pub permanent: bool,
    /// Why, without address and content: it is stored, and shown to staff.
    pub reason: String,
}

impl Refused {
    /// Later it may be taken.
    pub fn for_now(reason: impl Into<String>) -> Self {
        Self {
            permanent: false,
            reason: reason.into(),
        }
    }

    /// It will hardly be taken later.
    pub fn for_good(reason: impl Into<String>) -> Self {
        Self {
            permanent: true,
            reason: reason.into(),
        }
    }
}

/// Something that carries messages.
pub trait Channel: Send + Sync {
    /// Sends a message; it was taken when this succeeds. A caller who stops
    /// waiting leaves it open whether it was.
    fn send<'a>(&'a self, message: &'a Message) -> Boxed<'a, Result<(), Refused>>;
}
