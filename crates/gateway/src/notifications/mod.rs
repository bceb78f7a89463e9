//! Mails in the API, for staff: what was sent, and what could not be.

mod input;
mod mutation;
mod payload;
mod query;
mod types;

pub(crate) use mutation::MailMutation;
pub(crate) use query::MailQuery;
pub(crate) use types::MailNode;
