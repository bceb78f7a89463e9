//! Mails: queued by facts, written as their recipient may read, sent by a task
//! of its own.
//!
//! Invariants: the queue holds neither address nor content, so that nothing can
//! leak from it, and whatever changed meanwhile is in the letter; a letter's
//! data is the only thing that templates can reach (VI-9); what a fact asks for
//! is queued once, and sent at least once, with the same `Message-ID` each time;
//! what happens to a ticket within minutes is one mail, which tells each thing once;
//! a server that refuses, stalls or dies delays a mail and loses none.
//!
//! | file | what it holds |
//! |---|---|
//! | `mail.rs` | a mail: template, recipient, status |
//! | `correspondence.rs` | what others bring in: which mails, and their letters |
//! | `mailing.rs` | from a fact to the queue |
//! | `news.rs`, `topic.rs` | what there is to tell, and how it becomes one mail |
//! | `preferences.rs` | what people want to be mailed about |
//! | `queue.rs`, `back_off.rs` | claiming, finishing, retrying, giving up |
//! | `sender.rs` | the task that sends what is due |
//! | `render.rs`, `locale.rs`, `validity.rs` | from a letter to words; `templates/` has them |
//! | `channel.rs`, `compose.rs` | what carries messages, and their bytes |
//! | `smtp.rs`, `server.rs`, `folder.rs` | the two channels |
//! | `scope.rs`, `read.rs`, `retry.rs` | the list that staff see, and the retry |

mod back_off;
mod channel;
mod compose;
mod correspondence;
#[expect(
    unreachable_pub,
    reason = "sea-orm asks for public entities; the module keeps them in"
)]
mod entity;
mod folder;
mod locale;
mod mail;
mod mailing;
mod news;
mod preferences;
mod queue;
mod read;
mod render;
mod retry;
mod scope;
mod sender;
mod server;
mod smtp;
mod topic;
mod validity;

pub use channel::{Channel, Message, Refused};
pub use compose::is_address;
pub use correspondence::{Boxed, Correspondence, Letter};
pub use folder::Folder;
pub use mail::{Mail, MailId, MailRealm, NewMail, Recipient, RecipientKind, Status, Template};
pub use mailing::{Bell, Mailing};
pub use news::{News, PATIENCE, QUIET, take, take_along, unwanted};
pub use preferences::{Preference, PreferenceError, preferences, set_preferences, unsubscribe};
pub use queue::{Queue, QueueState};
pub use read::{by_id, cursor, list};
pub use retry::{RetryError, retry};
pub use sender::{Dispatch, Sender, send_due};
pub use server::{SmtpServer, SmtpTls};
pub use smtp::Smtp;
pub use topic::Topic;
