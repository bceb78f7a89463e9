//! Saving, changing and removing views.

use ::tickets::{
    ListError, Order, View, ViewError, ViewInput, create_view, delete_view, update_view,
};
use async_graphql::{Context, ID, InputObject, Object, Result};

use super::{
    input::{TicketFilter, TicketOrder},
    query,
    views::{SavedViewNode, ViewPage},
};
use crate::{
    audience::{Internal, internal},
    context::Asking,
    node::Kind,
    payload::payload,
    refusal::{Refusal, refuse},
};

/// What `savedViewCreate` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct SavedViewCreateInput {
    /// Its name, in one line of at most 200 characters.
    name: String,
    /// Whether the whole team sees it; not when absent.
    shared: Option<bool>,
    /// What it shows; all tickets when absent.
    filter: Option<TicketFilter>,
    /// In which order; the newest first when absent.
    order_by: Option<TicketOrder>,
}

/// What `savedViewUpdate` asks for; what is absent stays.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct SavedViewUpdateInput {
    /// The view.
    id: ID,
    /// Its name, in one line of at most 200 characters.
    name: Option<String>,
    /// Whether the whole team sees it.
    shared: Option<bool>,
    /// What it shows, as a whole.
    filter: Option<TicketFilter>,
    /// In which order.
    order_by: Option<TicketOrder>,
}

/// What `savedViewDelete` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct SavedViewDeleteInput {
    /// The view.
    id: ID,
}

payload! {
    /// What `savedViewCreate` and `savedViewUpdate` answer.
    #[graphql(directive = crate::audience::internal::apply())]
    SavedViewPayload {
        /// The view as it is now; none when there are errors.
        view: SavedViewNode,
    }
    /// Why the view was not saved.
    #[graphql(directive = crate::audience::internal::apply())]
    SavedViewError;
    /// What can go wrong in `savedViewCreate` and `savedViewUpdate`.
    #[graphql(directive = crate::audience::internal::apply())]
    SavedViewErrorCode {
        /// The field must not be empty.
        Required,
        /// The field is too long.
        TooLong,
        /// The field holds control characters.
        InvalidCharacters,
        /// Whoever has 50 views makes no more.
        TooManyViews,
        /// It is somebody else's.
        NotYours,
    }
}

payload! {
    /// What `savedViewDelete` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    SavedViewDeletePayload {
        /// The id of the view that is gone; none when there are errors.
        deleted: ID,
    }
    /// Why the view was not removed.
    #[graphql(directive = crate::audience::internal::apply())]
    SavedViewDeleteError;
    /// What can go wrong in `savedViewDelete`.
    #[graphql(directive = crate::audience::internal::apply())]
    SavedViewDeleteErrorCode {
        /// It is somebody else's.
        NotYours,
    }
}

#[derive(Default)]
pub(crate) struct ViewMutation;

#[Object]
impl ViewMutation {
    /// Saves a view of one's own, at most 50.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn saved_view_create(
        &self,
        ctx: &Context<'_>,
        input: SavedViewCreateInput,
    ) -> Result<Option<SavedViewPayload>> {
        let view = ViewInput {
            name: Some(input.name),
            shared: input.shared,
            filter: input.filter.map(filter).transpose()?,
            order: input.order_by.map(Order::from),
        };
        saved(ctx, create_view(&ctx.cx()?, view).await)
    }

    /// Changes a view: one's own, or one of the team's with the permission
    /// `settings.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn saved_view_update(
        &self,
        ctx: &Context<'_>,
        input: SavedViewUpdateInput,
    ) -> Result<Option<SavedViewPayload>> {
        let id = Kind::SavedView.record(&input.id)?;
        let view = ViewInput {
            name: input.name,
            shared: input.shared,
            filter: input.filter.map(filter).transpose()?,
            order: input.order_by.map(Order::from),
        };
        saved(ctx, update_view(&ctx.cx()?, id, view).await)
    }

    /// Removes a view: one's own, or one of the team's with the permission
    /// `settings.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn saved_view_delete(
        &self,
        ctx: &Context<'_>,
        input: SavedViewDeleteInput,
    ) -> Result<Option<SavedViewDeletePayload>> {
        let id = Kind::SavedView.record(&input.id)?;
        let payload = match delete_view(&ctx.cx()?, id).await {
            Ok(()) => SavedViewDeletePayload {
                deleted: Some(input.id),
                errors: Vec::new(),
            },
            Err(ViewError::Fault(fault)) => return Err(refuse(&fault)),
            Err(_) => SavedViewDeletePayload::refused(
                SavedViewDeleteErrorCode::NotYours,
                Some("id"),
                NOT_YOURS,
            ),
        };
        Ok(Some(payload))
    }
}

const NOT_YOURS: &str = "It is somebody else's view.";

/// The filter, and what is searched for as it was typed.
fn filter(input: TicketFilter) -> Result<(::tickets::Filter, Option<String>), Refusal> {
    let words = input.typed();
    Ok((input.check()?, words))
}

fn saved(ctx: &Context<'_>, outcome: Result<View, ViewError>) -> Result<Option<SavedViewPayload>> {
    use SavedViewErrorCode as Code;
    let error = match outcome {
        Ok(view) => {
            return Ok(Some(SavedViewPayload {
                view: Some(ViewPage::node(ctx.asked()?, view)),
                errors: Vec::new(),
            }));
        }
        Err(ViewError::Fault(fault)) => return Err(refuse(&fault)),
        Err(ViewError::Order) => return Err(query::refused(ListError::Order).into()),
        Err(error) => error,
    };
    let message = format!("{}.", sentence(&error));
    let (code, field) = match error {
        ViewError::Name(error) => (error.into(), "name"),
        ViewError::TooMany => (Code::TooManyViews, "name"),
        ViewError::NotYours => (Code::NotYours, "id"),
        _ => (Code::TooLong, "filter"),
    };
    Ok(Some(SavedViewPayload::refused(code, Some(field), message)))
}

/// An error as people read it, with a capital.
fn sentence(error: &ViewError) -> String {
    let text = error.to_string();
    let (first, rest) = text.split_at(1);
    first.to_uppercase() + rest
}

impl From<kernel::TextError> for SavedViewErrorCode {
    fn from(error: kernel::TextError) -> Self {
        match error {
            kernel::TextError::Blank => Self::Required,
            kernel::TextError::TooLong(_) => Self::TooLong,
            kernel::TextError::Control => Self::InvalidCharacters,
        }
    }
}
