//! Being named in notes.

use ::tickets::{TicketId, by_ids, mentions_of_me};
use async_graphql::{Context, Object, Result};
use chrono::{DateTime, Utc};
use kernel::{PageRequest, Slice};

use super::{EntryNode, TicketNode, entry::EntryPage, page::TicketPage};
use crate::{
    audience::{Internal, internal},
    connection::{internal_connection, nodes},
    context::Asking,
    refusal::refuse,
};

/// A note that names the viewer.
pub(crate) struct MentionNode {
    entry: EntryNode,
    ticket: Option<TicketNode>,
}

/// A note that names the viewer.
#[Object(name = "TicketMention", directive = internal::apply())]
impl MentionNode {
    /// The note.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn entry(&self) -> &EntryNode {
        &self.entry
    }

    /// The ticket that it is on.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn ticket(&self) -> Option<&TicketNode> {
        self.ticket.as_ref()
    }

    /// Since when the viewer is named.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn mentioned_at(&self) -> DateTime<Utc> {
        self.entry.row.created_at
    }
}

internal_connection! {
    MentionNode: MentionConnection "TicketMentionConnection", MentionEdge "TicketMentionEdge"
}

#[derive(Default)]
pub(crate) struct MentionQuery;

#[Object]
impl MentionQuery {
    /// The notes that name the viewer, the latest first, on tickets that the
    /// viewer may see.
    #[graphql(
        guard = "Internal",
        directive = internal::apply(),
        complexity = "nodes(first) * child_complexity + 1"
    )]
    async fn mentions_of_me(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many notes: 1 to 100, 20 when absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the note before the page.")] after: Option<String>,
    ) -> Result<MentionConnection> {
        let (cx, asked) = (ctx.cx()?, ctx.asked()?);
        let has_previous = after.is_some();
        let found = mentions_of_me(&cx, &PageRequest { first, after }).await;
        let slice = found.map_err(super::query::refused)?;
        let ids = super::page::distinct(slice.rows.iter().map(|(_, note)| note.ticket_id));
        let tickets = match ids.as_slice() {
            [] => Vec::new(),
            ids => by_ids(&cx, ids).await.map_err(|fault| refuse(&fault))?,
        };
        let tickets = TicketPage::nodes(asked, tickets);
        let ticket = |id: TicketId| tickets.iter().find(|ticket| ticket.row.id == id);
        let first = tickets.first();
        let language = first.map(|ticket| ticket.page.language.clone());
        let page = std::sync::Arc::new(EntryPage::of(
            asked,
            &language.unwrap_or_default(),
            slice.rows.iter().map(|(_, note)| note),
        ));
        let rows = slice.rows.into_iter().map(|(cursor, note)| {
            let ticket = ticket(note.ticket_id).cloned();
            let entry = EntryNode {
                row: std::sync::Arc::new(note),
                page: page.clone(),
            };
            (cursor, MentionNode { entry, ticket })
        });
        let slice = Slice {
            rows: rows.collect(),
            has_next: slice.has_next,
        };
        Ok(MentionConnection::new(slice, has_previous))
    }
}
