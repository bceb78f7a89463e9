//! What the operations on canned replies ask for.

use ::tickets::{CannedFilter, Words};
use async_graphql::{ID, InputObject, MaybeUndefined};

use crate::{audience::internal, refusal::Refusal};

/// Which canned replies a list shows.
#[derive(Default, InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct CannedReplyFilter {
    /// Only those in this language, by tag.
    language: Option<String>,
    /// Only those for this category, by key, and those for all.
    category: Option<String>,
    /// Only those with all of these words in title or body, as in
    /// `TicketFilter.text`.
    text: Option<String>,
}

impl CannedReplyFilter {
    pub(super) fn check(self) -> Result<CannedFilter, Refusal> {
        let words = self.text.as_deref().map(Words::parse).transpose();
        Ok(CannedFilter {
            language: self.language,
            category: self.category,
            words: words.map_err(|bad| Refusal::BadInput {
                message: format!("`filter.text` {bad}.").into(),
                field: "filter.text",
            })?,
        })
    }
}

/// What `cannedReplyCreate` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct CannedReplyCreateInput {
    /// What the team calls it, at most 200 characters.
    pub(super) title: String,
    /// The words, at most 20 000 characters, with the placeholders
    /// `{{client.name}}`, `{{ticket.reference}}` and `{{ticket.subject}}`.
    pub(super) body: String,
    /// The tag of its language: `en`, `fr` or `de`.
    pub(super) language: String,
    /// The key of the category that it is for; for all when absent.
    pub(super) category: Option<String>,
}

/// What `cannedReplyUpdate` asks for; what is absent stays.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct CannedReplyUpdateInput {
    /// The canned reply.
    pub(super) id: ID,
    /// What the team calls it, at most 200 characters.
    pub(super) title: Option<String>,
    /// The words, at most 20 000 characters, with placeholders.
    pub(super) body: Option<String>,
    /// The tag of its language: `en`, `fr` or `de`.
    pub(super) language: Option<String>,
    /// The key of the category that it is for; null for all.
    pub(super) category: MaybeUndefined<String>,
}

/// What `cannedReplyDelete` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct CannedReplyDeleteInput {
    /// The canned reply.
    pub(super) id: ID,
}
