//! What this crate does not know: which mails a fact asks for, and what a
//! recipient may read. Whoever wires the product brings it in.

use std::pin::Pin;

use kernel::Fault;
use serde_json::Value;
use store::Fact;
use uuid::Uuid;

use crate::{Mail, NewMail};

/// Something under way.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A mail's address and content, as its recipient may read them right now.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// The address.
    pub to: String,
    /// The recipient's name.
    pub name: Option<String>,
    /// The recipient's language; English when there are no templates in it.
    pub locale: String,
    /// Who writes: the name of the workspace.
    pub sender_name: String,
    /// The one thing that templates can reach: the answer to a query of the
    /// recipient's own, and links.
    pub data: Value,
    /// The record whose mails belong together; none for a mail by itself.
    pub thread: Option<Uuid>,
    /// Where a POST switches off such mails; none for those that cannot be.
    pub unsubscribe: Option<String>,
}

/// Who is told what.
pub trait Correspondence: Send + Sync {
    /// The mails that a fact asks for. Called again with the same fact, it
    /// should answer the same; what is queued already is not queued twice.
    fn mails<'a>(&'a self, fact: &'a Fact) -> Boxed<'a, Result<Vec<NewMail>, Fault>>;

    /// The letter, read as the recipient; none when there is nothing to say
    /// any more. Called for each attempt.
    fn letter<'a>(&'a self, mail: &'a Mail) -> Boxed<'a, Result<Option<Letter>, Fault>>;
}
