//! Mails in the API: for staff what was sent and what could not be, for everybody
//! what they want to be mailed about.

mod input;
mod mutation;
mod payload;
mod preferences;
mod query;
mod types;

pub(crate) use mutation::MailMutation;
pub(crate) use preferences::{MailPreferencesMutation, MailPreferencesQuery};
pub(crate) use query::MailQuery;
pub(crate) use types::MailNode;
