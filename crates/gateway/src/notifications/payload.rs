//! What the mail mutations answer.

use super::MailNode;
use crate::payload::payload;

payload! {
    /// What `mailRetry` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    MailRetryPayload {
        /// The mail, queued again; none when there are errors.
        mail: MailNode,
    }
    /// Why the mail was not queued again.
    #[graphql(directive = crate::audience::internal::apply())]
    MailRetryError;
    /// What can go wrong in `mailRetry`.
    #[graphql(directive = crate::audience::internal::apply())]
    MailRetryErrorCode {
        /// The mail waits, or is done with.
        NotDead,
    }
}
