//! What uploads are held to, so that a page can say it before anybody tries.

use ::documents::upload_rules;
use ::tickets::MOST_ATTACHMENTS;
use async_graphql::{Context, Object, Result, SimpleObject};

use crate::context::Asking;

/// What uploads are held to.
#[derive(SimpleObject)]
pub(crate) struct UploadRules {
    /// The largest file that this installation takes, in bytes.
    max_size: i32,
    /// How many files a description may have, and each entry of a timeline.
    max_files: i32,
    /// The types that are taken. Choose by the ending and send the type's `name`:
    /// browsers have other names for some, or none.
    types: Vec<UploadType>,
}

/// A type of files that are taken.
#[derive(SimpleObject)]
pub(crate) struct UploadType {
    /// The media type, for `contentType`.
    name: &'static str,
    /// The endings of its files' names, without the dot; the usual one first.
    endings: Vec<&'static str>,
}

#[derive(Default)]
pub(crate) struct UploadQuery;

#[Object]
impl UploadQuery {
    /// What uploads of the viewer are held to, for the dialog that chooses files;
    /// none when the viewer may not upload any.
    #[graphql(complexity = "25 * child_complexity + 1")]
    #[expect(clippy::unused_async, reason = "the macro asks for it")]
    async fn upload_rules(&self, ctx: &Context<'_>) -> Result<Option<UploadRules>> {
        let files = &ctx.asked()?.services.files;
        let found = upload_rules(&ctx.cx()?, files);
        Ok(found.map(Into::into))
    }
}

impl From<::documents::UploadRules> for UploadRules {
    fn from(rules: ::documents::UploadRules) -> Self {
        let types = rules.types.into_iter().map(|one| UploadType {
            name: one.name,
            endings: one.endings.to_vec(),
        });
        Self {
            max_size: i32::try_from(rules.size).unwrap_or(i32::MAX),
            max_files: i32::try_from(MOST_ATTACHMENTS).unwrap_or(i32::MAX),
            types: types.collect(),
        }
    }
}
