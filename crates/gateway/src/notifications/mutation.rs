//! What can be done to mails.

use ::notifications::{RetryError, retry};
use async_graphql::{Context, Object, Result};

use super::{
    MailNode,
    input::MailRetryInput,
    payload::{MailRetryErrorCode, MailRetryPayload},
};
use crate::{
    audience::{Internal, internal},
    context::Asking,
    node::Kind,
    refusal::refuse,
};

#[derive(Default)]
pub(crate) struct MailMutation;

#[Object]
impl MailMutation {
    /// Queues a dead mail again, due at once, with all its attempts. Needs the
    /// permission `mail.manage`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn mail_retry(
        &self,
        ctx: &Context<'_>,
        input: MailRetryInput,
    ) -> Result<Option<MailRetryPayload>> {
        let payload = match retry(&ctx.cx()?, Kind::Mail.record(&input.id)?).await {
            Ok(mail) => MailRetryPayload {
                mail: Some(MailNode(mail)),
                errors: Vec::new(),
            },
            Err(RetryError::Fault(fault)) => return Err(refuse(&fault)),
            Err(RetryError::NotDead) => MailRetryPayload::refused(
                MailRetryErrorCode::NotDead,
                Some("id"),
                "The mail waits, or is done with.",
            ),
        };
        Ok(Some(payload))
    }
}
