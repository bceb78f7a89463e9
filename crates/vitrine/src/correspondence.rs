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
//! | `tickets.rs` | mails about tickets, to clients who take part |
//! | `team.rs` | mails about tickets, to who works on them |
//! | `colleague.rs` | what those say |

mod accounts;
mod colleague;
mod team;
mod tickets;

use std::sync::Arc;

use gateway::{Reader, Services, Unread, unsubscribe_address};
use identity::{Realm, Unsubscribe, recipient};
use kernel::{Clock, Entropy, Fault};
use notifications::{Boxed, Correspondence, Letter, Mail, MailRealm, NewMail, Recipient, Template};
use sea_orm::DbErr;
use serde_json::Value;
use store::{Fact, Store, Work};
use visibility::Viewer;

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
    services: Services,
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
            services: services.clone(),
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
        let mut mails = self.of_accounts(fact).await?;
        mails.extend(self.of_tickets(fact).await?);
        mails.extend(self.of_work(fact).await?);
        Ok(mails)
    }

    async fn written(&self, mail: &Mail) -> Result<Option<Letter>, Fault> {
        let realm = match mail.realm {
            MailRealm::Portal => Realm::Portal,
            MailRealm::Staff => Realm::Staff,
        };
        match (mail.template, mail.recipient) {
            (Template::TicketNews, Recipient::Client(id)) => self.to_participant(mail, id).await,
            (Template::TicketWork, Recipient::Staff(id)) => self.to_colleague(mail, id).await,
            (_, Recipient::Credential(id)) => self.with_secret(realm, id).await,
            (_, Recipient::Client(id)) => self.to_client(mail, id).await,
            (_, Recipient::Staff(id)) => self.to_staff(id).await,
        }
    }

    /// What the recipient is answered; none when they may not read it any more.
    async fn read(
        &self,
        realm: Realm,
        viewer: Viewer,
        document: &str,
        variables: Value,
    ) -> Result<Option<Value>, Fault> {
        let read = self.reader.read(realm, Some(viewer), document, variables);
        match read.await {
            Ok(answer) => Ok(Some(answer)),
            Err(Unread(code)) if ["NOT_FOUND", "FORBIDDEN"].contains(&code.as_str()) => Ok(None),
            // Not theirs to lose: it is tried again.
            Err(Unread(code)) => Err(Fault::Unavailable {
                doing: "reading as a recipient",
                source: DbErr::Custom(code),
            }),
        }
    }

    /// A letter about a ticket: with the others about it, and with an address
    /// to have no more of them.
    fn in_thread(&self, mut letter: Letter, mail: &Mail, realm: Realm) -> Letter {
        let who = Unsubscribe {
            workspace: mail.workspace,
            user: mail.recipient.id(),
        };
        let path = unsubscribe_address(&self.services, realm, who, mail.created_at);
        let address = format!("{}{path}", self.public_url);
        letter.data["unsubscribe"] = Value::String(address.clone());
        letter.thread = Some(mail.subject);
        letter.unsubscribe = Some(address);
        letter
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
        thread: None,
        unsubscribe: None,
    }
}
