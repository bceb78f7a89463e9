//! Mail: queued by facts, sent by a task of its own, and none is lost.
//!
//! | file | what it holds |
//! |---|---|
//! | `queue.rs` | queued once, tried again, given up, claimed and given back |
//! | `staff.rs` | the list and the retry, and who may |
//! | `server.rs` | a mail server that runs, and does what it is told |
//! | `smtp.rs` | mails on their way to it, whatever it does |
//! | `tickets.rs` | who is told what of a ticket |
//! | `folding.rs` | what happens within minutes is one mail |
//! | `preferences.rs` | who wants to be told what |

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use end_to_end::World;
use kernel::{Clock, Fault};
use notifications::{
    Bell, Boxed, Channel, Correspondence, Dispatch, Letter, Mail, MailRealm, Mailing, Message,
    NewMail, Recipient, Refused, Template, send_due,
};
use serde_json::json;
use store::{Audience, Fact, Outbox};
use uuid::Uuid;
use vitrine::mail::Mails;
use worker::drain_once;

mod folding;
mod preferences;
mod queue;
mod server;
mod smtp;
mod staff;
mod tickets;

/// Who is told what, in these tests: each fact of the kind `test.mail` asks for
/// one mail, about its subject.
#[derive(Default)]
struct Letters {
    /// Whether there is nothing to say any more.
    silent: Mutex<bool>,
}

/// The address that the mail about `subject` goes to.
fn address(subject: Uuid) -> String {
    format!("{}@alder.example", subject.simple())
}

impl Correspondence for Letters {
    fn mails<'a>(&'a self, fact: &'a Fact) -> Boxed<'a, Result<Vec<NewMail>, Fault>> {
        let mails = if fact.kind == "test.mail" {
            vec![NewMail {
                workspace: fact.workspace,
                realm: MailRealm::Portal,
                template: Template::Invitation,
                recipient: Recipient::Credential(fact.subject),
                subject: fact.subject,
                news: None,
            }]
        } else {
            Vec::new()
        };
        Box::pin(std::future::ready(Ok(mails)))
    }

    fn letter<'a>(&'a self, mail: &'a Mail) -> Boxed<'a, Result<Option<Letter>, Fault>> {
        let silent = *self.silent.lock().expect("no panic");
        let letter = (!silent).then(|| Letter {
            to: address(mail.subject),
            name: Some("Mia Grün".to_owned()),
            locale: "de".to_owned(),
            sender_name: "Glass & Söhne".to_owned(),
            data: json!({
                "workspace": {"name": "Glass & Söhne"},
                "name": "Mia Grün",
                "company": "Alder",
                "invitedBy": null,
                "link": format!("https://portal.example/accept#token={}", mail.subject),
                "days": 7,
            }),
            thread: None,
            unsubscribe: None,
        });
        Box::pin(std::future::ready(Ok(letter)))
    }
}

/// A channel of the test's own: it answers what it is told, then yes.
#[derive(Default)]
struct Probe {
    answers: Mutex<Vec<Refused>>,
    sent: Mutex<Vec<Message>>,
}

impl Probe {
    fn refusing(answers: &[Refused]) -> Arc<Self> {
        let answers = answers.iter().rev().cloned().collect();
        Arc::new(Self {
            answers: Mutex::new(answers),
            ..Self::default()
        })
    }

    fn sent(&self) -> usize {
        self.sent.lock().expect("no panic").len()
    }
}

impl Channel for Probe {
    fn send<'a>(&'a self, message: &'a Message) -> Boxed<'a, Result<(), Refused>> {
        Box::pin(async move {
            if let Some(refused) = self.answers.lock().expect("no panic").pop() {
                return Err(refused);
            }
            self.sent.lock().expect("no panic").push(message.clone());
            Ok(())
        })
    }
}

/// A channel that never comes to an end.
struct Stalled;

impl Channel for Stalled {
    fn send<'a>(&'a self, _message: &'a Message) -> Boxed<'a, Result<(), Refused>> {
        Box::pin(std::future::pending())
    }
}

/// A fact that asks for a mail.
fn fact(world: &World) -> Fact {
    Fact {
        id: world.work().uuid(),
        workspace: world.cast.glass,
        company: None,
        kind: "test.mail".into(),
        subject: world.work().uuid(),
        detail: None,
        audience: Audience::Internal,
        at: world.clock.now(),
    }
}

/// What turns facts into queued mails.
fn mailing(world: &World) -> Mailing {
    Mailing {
        store: world.store.clone(),
        clock: world.clock.clone(),
        entropy: world.entropy.clone(),
        correspondence: Arc::new(Letters::default()),
        bell: Bell::default(),
    }
}

/// What sends them.
fn dispatch(world: &World, channel: Arc<dyn Channel>) -> Dispatch {
    Dispatch {
        store: world.store.clone(),
        clock: world.clock.clone(),
        correspondence: Arc::new(Letters::default()),
        channel,
        time_out: Duration::from_secs(20),
    }
}

/// Has things happen that ask for a mail each, and the worker queue the mails;
/// answers what they are about.
async fn queue(world: &World, count: usize) -> Vec<Uuid> {
    let tx = world.store.begin().await.expect("a transaction");
    let facts: Vec<Fact> = (0..count).map(|_| fact(world)).collect();
    for fact in &facts {
        tx.record(fact.clone());
    }
    tx.commit().await.expect("committed");
    drain(world).await;
    facts.iter().map(|fact| fact.subject).collect()
}

/// Drains the outbox into the queue, as the worker would.
async fn drain(world: &World) {
    let reactions: worker::Reactions = vec![Arc::new(Mails(mailing(world)))];
    let outbox = Outbox::of(&world.store);
    let drained = drain_once(&outbox, world.clock.as_ref(), &reactions);
    drained.await.expect("drained");
}

/// Sends what is due; answers how many mails were tried.
async fn send(world: &World, channel: &Arc<impl Channel + 'static>) -> usize {
    let dispatch = dispatch(world, channel.clone());
    send_due(&dispatch).await.expect("the database answers")
}
