//! Who is told what, and in which words' terms: the one place where facts,
//! people and mails meet.
//!
//! What a mail says is the answer to a query of its recipient's own, in their
//! own schema (VI-9): for whoever has an account as themselves, for whoever has
//! none with the token of the very mail. Links begin with the address that the
//! workspace, or the operator, has set; never with one that a request brought.
//!
//! | file | what it holds |
//! |---|---|
//! | `accounts.rs` | mails about accounts: invitations, codes, requests to join |

mod accounts;

use std::sync::Arc;

use gateway::{Reader, Services};
use identity::{Realm, recipient};
use kernel::{Clock, Entropy, Fault};
use notifications::{Boxed, Correspondence, Letter, Mail, MailRealm, NewMail, Recipient};
use serde_json::Value;
use store::{Fact, Store, Work};

/// Tells people what concerns them.
pub struct Letters {
    /// The database.
    pub store: Store,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where the secrets of credentials come from.
    pub entropy: Arc<dyn Entropy>,
    /// Reads as the recipient.
    pub reader: Reader,
    /// What links begin with, where a workspace has no address of its own.
    pub public_url: String,
}

impl Letters {
    /// Letters over the services of this process.
    pub fn new(
        services: &Services,
        store: Store,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        public_url: String,
    ) -> Self {
        Self {
            store,
            clock,
            entropy,
            reader: Reader::new(services),
            public_url,
        }
    }

    fn work(&self) -> Work<'_> {
        Work {
            store: &self.store,
            now: self.clock.now(),
            entropy: self.entropy.as_ref(),
        }
    }

    /// The mails that a fact asks for.
    async fn wanted(&self, fact: &Fact) -> Result<Vec<NewMail>, Fault> {
        self.of_accounts(fact).await
    }

    async fn written(&self, mail: &Mail) -> Result<Option<Letter>, Fault> {
        let realm = match mail.realm {
            MailRealm::Portal => Realm::Portal,
            MailRealm::Staff => Realm::Staff,
        };
        match mail.recipient {
            Recipient::Credential(id) => self.with_secret(realm, id).await,
            Recipient::Client(id) => self.to_client(mail, id).await,
            Recipient::Staff(id) => self.to_staff(id).await,
        }
    }

    /// Where the links of a mail lead: the workspace's own portal if it has
    /// set one, else this server; the team's pages are this server's.
    fn place(&self, realm: Realm, recipient: &recipient::Recipient) -> String {
        let slug = &recipient.from.slug;
        let own = recipient.from.portal_url.as_deref();
        match realm {
            Realm::Portal => format!("{}/{slug}", own.unwrap_or(&self.public_url)),
            Realm::Staff => format!("{}/staff/{slug}", self.public_url),
        }
    }
}

impl Correspondence for Letters {
    fn mails<'a>(&'a self, fact: &'a Fact) -> Boxed<'a, Result<Vec<NewMail>, Fault>> {
        Box::pin(self.wanted(fact))
    }

    fn letter<'a>(&'a self, mail: &'a Mail) -> Boxed<'a, Result<Option<Letter>, Fault>> {
        Box::pin(self.written(mail))
    }
}

fn letter(recipient: recipient::Recipient, data: Value) -> Letter {
    Letter {
        to: recipient.email,
        name: Some(recipient.name).filter(|name| !name.is_empty()),
        locale: recipient.locale,
        sender_name: recipient.from.name,
        data,
    }
}
