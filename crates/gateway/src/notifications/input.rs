//! What the mail operations ask for.

use async_graphql::{ID, InputObject};

use super::types::MailStatus;
use crate::audience::internal;

/// Which mails a list shows.
#[derive(Default, InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct MailFilter {
    /// Only mails that stand so.
    pub(super) status: Option<MailStatus>,
}

/// What `mailRetry` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct MailRetryInput {
    /// The mail.
    pub(super) id: ID,
}
