//! Creating, changing and deleting canned replies.

use ::tickets::{
    CannedError, CannedInput, create_canned_reply, delete_canned_reply, update_canned_reply,
};
use async_graphql::{Context, MaybeUndefined, Object, Result};

use super::{
    input::{CannedReplyCreateInput, CannedReplyDeleteInput, CannedReplyUpdateInput},
    payload::{
        CannedReplyCreateErrorCode, CannedReplyCreatePayload, CannedReplyDeleteErrorCode,
        CannedReplyDeletePayload, CannedReplyUpdateErrorCode, CannedReplyUpdatePayload,
    },
    types::CannedNode,
};
use crate::{
    audience::{Internal, internal},
    context::Asking,
    node::Kind,
    refusal::{Refusal, refuse},
};

#[derive(Default)]
pub(crate) struct CannedMutation;

#[Object]
impl CannedMutation {
    /// Creates a canned reply. Needs the permission `cannedReplies.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn canned_reply_create(
        &self,
        ctx: &Context<'_>,
        input: CannedReplyCreateInput,
    ) -> Result<Option<CannedReplyCreatePayload>> {
        let input = CannedInput {
            title: Some(input.title),
            body: Some(input.body),
            language: Some(input.language),
            category: input.category.map(Some),
        };
        let payload = match create_canned_reply(&ctx.cx()?, input).await {
            Ok(done) => CannedReplyCreatePayload {
                canned_reply: Some(CannedNode(done)),
                errors: Vec::new(),
            },
            Err(error) => not_created(error)?,
        };
        Ok(Some(payload))
    }

    /// Changes a canned reply. Needs the permission `cannedReplies.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn canned_reply_update(
        &self,
        ctx: &Context<'_>,
        input: CannedReplyUpdateInput,
    ) -> Result<Option<CannedReplyUpdatePayload>> {
        let id = Kind::CannedReply.record(&input.id)?;
        let input = CannedInput {
            title: input.title,
            body: input.body,
            language: input.language,
            category: match input.category {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(None),
                MaybeUndefined::Value(key) => Some(Some(key)),
            },
        };
        let payload = match update_canned_reply(&ctx.cx()?, id, input).await {
            Ok(done) => CannedReplyUpdatePayload {
                canned_reply: Some(CannedNode(done)),
                errors: Vec::new(),
            },
            Err(error) => not_changed(error)?,
        };
        Ok(Some(payload))
    }

    /// Deletes a canned reply; what was answered with it stays. Needs the
    /// permission `cannedReplies.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn canned_reply_delete(
        &self,
        ctx: &Context<'_>,
        input: CannedReplyDeleteInput,
    ) -> Result<Option<CannedReplyDeletePayload>> {
        let id = Kind::CannedReply.record(&input.id)?;
        let payload = match delete_canned_reply(&ctx.cx()?, id).await {
            Ok(()) => CannedReplyDeletePayload {
                deleted: Some(true),
                errors: Vec::new(),
            },
            Err(CannedError::ChangedMeanwhile) => CannedReplyDeletePayload::refused(
                CannedReplyDeleteErrorCode::ChangedMeanwhile,
                Some("id"),
                "Somebody has deleted it meanwhile.",
            ),
            Err(CannedError::Fault(fault)) => return Err(refuse(&fault)),
            Err(_) => return Err(Refusal::Internal.into()),
        };
        Ok(Some(payload))
    }
}

fn not_created(error: CannedError) -> Result<CannedReplyCreatePayload> {
    use CannedReplyCreateErrorCode as Code;
    let message = format!("Refused: {error}.");
    let (code, field) = match error {
        CannedError::Fault(fault) => return Err(refuse(&fault)),
        CannedError::Title(error) => (error.into(), Some("title")),
        CannedError::Body(error) => (error.into(), Some("body")),
        CannedError::UnknownPlaceholder => (Code::UnknownPlaceholder, Some("body")),
        CannedError::UnknownLanguage => (Code::UnknownLanguage, Some("language")),
        CannedError::UnknownCategory => (Code::UnknownCategory, Some("category")),
        CannedError::TooMany => (Code::TooMany, None),
        CannedError::NothingToChange | CannedError::ChangedMeanwhile => {
            return Err(Refusal::Internal.into());
        }
    };
    Ok(CannedReplyCreatePayload::refused(code, field, message))
}

fn not_changed(error: CannedError) -> Result<CannedReplyUpdatePayload> {
    use CannedReplyUpdateErrorCode as Code;
    let message = format!("Refused: {error}.");
    let (code, field) = match error {
        CannedError::Fault(fault) => return Err(refuse(&fault)),
        CannedError::Title(error) => (error.into(), Some("title")),
        CannedError::Body(error) => (error.into(), Some("body")),
        CannedError::UnknownPlaceholder => (Code::UnknownPlaceholder, Some("body")),
        CannedError::UnknownLanguage => (Code::UnknownLanguage, Some("language")),
        CannedError::UnknownCategory => (Code::UnknownCategory, Some("category")),
        CannedError::NothingToChange => (Code::NothingToChange, None),
        CannedError::ChangedMeanwhile => (Code::ChangedMeanwhile, Some("id")),
        CannedError::TooMany => return Err(Refusal::Internal.into()),
    };
    Ok(CannedReplyUpdatePayload::refused(code, field, message))
}
