//! Changing what one wrote.

use std::sync::Arc;

use ::tickets::{EditError, Version, edit_entry};
use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};
use kernel::TextError;

use super::{EntryNode, TicketNode, entry::EntryPage, page::TicketPage};
use crate::{
    audience::{Internal, internal},
    context::{Asked, Asking},
    node::Kind,
    payload::payload,
    refusal::refuse,
};

/// What `ticketEntryEdit` asks for.
#[derive(InputObject)]
pub(crate) struct TicketEntryEditInput {
    /// The entry: a reply of one's own that is not older than 15 minutes.
    id: ID,
    /// What it is to say, at most 20 000 characters.
    body: String,
}

payload! {
    /// What `ticketEntryEdit` answers.
    TicketEntryEditPayload {
        /// The ticket; none when there are errors.
        ticket: TicketNode,
        /// The entry as it is now; none when there are errors.
        entry: EntryNode,
    }
    /// Why the entry says what it said.
    TicketEntryEditError;
    /// What can go wrong in `ticketEntryEdit`.
    TicketEntryEditErrorCode {
        /// The field must not be empty.
        Required,
        /// The field is too long.
        TooLong,
        /// The field holds control characters.
        InvalidCharacters,
        /// It is a status change, a resolution or a rejection.
        NotEditable,
        /// It is older than 15 minutes.
        TooLate,
        /// It was changed 20 times.
        TooManyEdits,
        /// The ticket is closed.
        TicketClosed,
        /// The ticket was merged into another, where things go on.
        Merged,
    }
}

impl From<TextError> for TicketEntryEditErrorCode {
    fn from(error: TextError) -> Self {
        match error {
            TextError::Blank => Self::Required,
            TextError::TooLong(_) => Self::TooLong,
            TextError::Control => Self::InvalidCharacters,
        }
    }
}

#[derive(Default)]
pub(crate) struct EditMutation;

#[Object]
impl EditMutation {
    /// Changes the words of a reply of one's own, for 15 minutes and while the
    /// ticket is not closed. Whoever sees it sees that it was changed. What
    /// somebody else wrote answers `FORBIDDEN`.
    async fn ticket_entry_edit(
        &self,
        ctx: &Context<'_>,
        input: TicketEntryEditInput,
    ) -> Result<Option<TicketEntryEditPayload>> {
        let id = Kind::TimelineEntry.record(&input.id)?;
        let payload = match edit_entry(&ctx.cx()?, id, &input.body).await {
            Ok((ticket, entry)) => TicketEntryEditPayload {
                ticket: Some(TicketPage::node(ctx.asked()?, ticket)),
                entry: Some(EntryPage::node(ctx.asked()?, entry)),
                errors: Vec::new(),
            },
            Err(error) => not_edited(error)?,
        };
        Ok(Some(payload))
    }
}

fn not_edited(error: EditError) -> Result<TicketEntryEditPayload> {
    use TicketEntryEditErrorCode as Code;
    let message = format!("Refused: {error}.");
    let (code, field) = match error {
        EditError::Fault(fault) => return Err(refuse(&fault)),
        EditError::Body(error) => (error.into(), "body"),
        EditError::NotEditable => (Code::NotEditable, "id"),
        EditError::TooLate => (Code::TooLate, "id"),
        EditError::TooMany => (Code::TooManyEdits, "id"),
        EditError::Closed => (Code::TicketClosed, "id"),
        EditError::Merged(_) => (Code::Merged, "id"),
    };
    Ok(TicketEntryEditPayload::refused(code, Some(field), message))
}

/// What an entry said before its words were changed, for staff.
#[derive(Clone)]
pub(crate) struct VersionNode {
    row: Arc<Version>,
    asked: Arc<Asked>,
}

impl VersionNode {
    pub(super) fn of(asked: &Arc<Asked>, row: Version) -> Self {
        Self {
            row: Arc::new(row),
            asked: asked.clone(),
        }
    }
}

/// What an entry said before its words were changed, for staff.
#[Object(name = "TimelineEntryVersion", directive = internal::apply())]
impl VersionNode {
    /// The words.
    #[graphql(guard = "Internal", directive = internal::apply())]
    #[expect(clippy::unused_async, reason = "the macro asks for it")]
    async fn body(&self) -> Result<&str> {
        self.asked.count_prose(self.row.body.len())?;
        Ok(&self.row.body)
    }

    /// Since when it said so.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn written_at(&self) -> DateTime<Utc> {
        self.row.written_at
    }

    /// Until when.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn replaced_at(&self) -> DateTime<Utc> {
        self.row.replaced_at
    }
}
