//! A canned reply as staff see it.

use ::tickets::CannedReply;
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use crate::{
    audience::{Internal, internal},
    connection::internal_connection,
    context::Asking,
    node::Kind,
};

/// A text that a team answers with again and again. Seen by staff with the
/// permission `tickets.write`.
pub(crate) struct CannedNode(pub(super) CannedReply);

/// A text that a team answers with again and again. Seen by staff with the
/// permission `tickets.write`.
#[Object(name = "CannedReply", directive = internal::apply())]
impl CannedNode {
    /// The global id: opaque, stable, and good for `cannedReplyUpdate`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn id(&self) -> ID {
        Kind::CannedReply.id(self.0.id.0)
    }

    /// What the team calls it.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// The words, with the placeholders `{{client.name}}`, `{{ticket.reference}}`
    /// and `{{ticket.subject}}`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    #[expect(clippy::unused_async, reason = "the macro asks for it")]
    async fn body(&self, ctx: &Context<'_>) -> Result<&str> {
        ctx.asked()?.count_prose(self.0.body.len())?;
        Ok(&self.0.body)
    }

    /// The tag of its language: `en`, `fr` or `de`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn language(&self) -> &str {
        &self.0.language
    }

    /// The key of the category that it is for; none when it is for all.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn category(&self) -> Option<&str> {
        self.0.category.as_deref()
    }

    /// When it was created or last changed.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.changed_at
    }
}

internal_connection! {
    CannedNode: CannedConnection "CannedReplyConnection", CannedEdge "CannedReplyEdge"
}

/// A canned reply as the client of a ticket would read it.
#[derive(SimpleObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct CannedReplyPreview {
    /// The words; a placeholder that nothing fills stands in them as it is.
    #[graphql(guard = "Internal", directive = internal::apply())]
    pub(super) body: String,
    /// The placeholders that nothing fills: the ticket has no requester in
    /// force, or they may not read it.
    #[graphql(guard = "Internal", directive = internal::apply())]
    pub(super) unfilled: Vec<&'static str>,
}
