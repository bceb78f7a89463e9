//! Reads of mails.

use ::notifications::{cursor, list};
use async_graphql::{Context, Object, Result};
use kernel::PageRequest;

use super::{MailNode, input::MailFilter, types::MailConnection};
use crate::{
    audience::{Internal, internal},
    connection::nodes,
    context::Asking,
    refusal::Refusal,
};

#[derive(Default)]
pub(crate) struct MailQuery;

#[Object]
impl MailQuery {
    /// The mails of the workspace, the newest first. Needs the permission
    /// `mail.manage`.
    #[graphql(
        guard = "Internal",
        directive = internal::apply(),
        complexity = "nodes(first) * child_complexity + 1"
    )]
    async fn mails(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many mails: 1 to 100, 20 when absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the mail before the page.")] after: Option<String>,
        #[graphql(desc = "Which mails; all of them when absent.")] filter: Option<MailFilter>,
    ) -> Result<MailConnection> {
        let status = filter.unwrap_or_default().status.map(Into::into);
        let has_previous = after.is_some();
        let found = list(&ctx.cx()?, status, &PageRequest { first, after }).await;
        let slice = found.map_err(Refusal::from)?;
        let row = |mail| (cursor(&mail), MailNode(mail));
        Ok(MailConnection::new(slice.map(row), has_previous))
    }
}
