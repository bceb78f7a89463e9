//! Writing configuration items down, showing them to clients, and saying which of
//! them a ticket is about. For staff.

use ::tickets::{
    ExposureError, Item, ItemError, ItemInput, LinkError, create_item, set_exposed,
    set_ticket_items, update_item,
};
use async_graphql::{Context, ID, InputObject, Object, Result};

use super::{
    TicketNode,
    configuration::{ConfigurationItemNode, ConfigurationItemStatus, ItemPage},
    input::{named, short},
    page::TicketPage,
    types::Visibility,
};
use crate::{
    audience::{Internal, internal},
    context::Asking,
    identity::{CompanyNode, CompanyPage},
    node::Kind,
    payload::payload,
    refusal::refuse,
};

/// What `configurationItemCreate` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct ConfigurationItemCreateInput {
    /// Whose it is.
    company: ID,
    /// Its name, in one line of at most 200 characters.
    name: String,
    /// What it is, in one line of at most 200 characters.
    kind: String,
    /// Its serial number, in one line of at most 200 characters.
    serial_number: Option<String>,
    /// Where it stands; `IN_USE` when absent.
    status: Option<ConfigurationItemStatus>,
    /// Whether clients may know of it; `INTERNAL_ONLY` when absent.
    visibility: Option<Visibility>,
    /// What the team notes about it, at most 20 000 characters.
    notes: Option<String>,
}

/// What `configurationItemUpdate` asks for; what is absent stays.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct ConfigurationItemUpdateInput {
    /// The item.
    id: ID,
    /// Its name, in one line of at most 200 characters.
    name: Option<String>,
    /// What it is, in one line of at most 200 characters.
    kind: Option<String>,
    /// Its serial number, in one line of at most 200 characters; blank for none.
    serial_number: Option<String>,
    /// Where it stands.
    status: Option<ConfigurationItemStatus>,
    /// Whether clients may know of it from now on.
    visibility: Option<Visibility>,
    /// Why, for the ledger, when the visibility changes; at most 20 000 characters.
    reason: Option<String>,
    /// What the team notes about it, at most 20 000 characters; blank for nothing.
    notes: Option<String>,
}

/// What `configurationExposureUpdate` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct ConfigurationExposureUpdateInput {
    /// The company.
    company: ID,
    /// Whether its clients see its items from now on, those that are internal aside.
    exposed: bool,
}

/// What `ticketItemsUpdate` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct TicketItemsUpdateInput {
    /// The ticket.
    id: ID,
    /// The items that it is about, and no others; of its company, at most 100.
    items: Vec<ID>,
}

payload! {
    /// What `configurationItemCreate` and `configurationItemUpdate` answer.
    #[graphql(directive = crate::audience::internal::apply())]
    ConfigurationItemPayload {
        /// The item as it is now; none when there are errors.
        item: ConfigurationItemNode,
    }
    /// Why the item was not written.
    #[graphql(directive = crate::audience::internal::apply())]
    ConfigurationItemError;
    /// What can go wrong in `configurationItemCreate` and `configurationItemUpdate`.
    #[graphql(directive = crate::audience::internal::apply())]
    ConfigurationItemErrorCode {
        /// The field must not be empty.
        Required,
        /// The field is too long.
        TooLong,
        /// The field holds control characters.
        InvalidCharacters,
        /// The workspace has no such company.
        UnknownCompany,
        /// Nothing would change.
        NothingToChange,
    }
}

payload! {
    /// What `configurationExposureUpdate` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    ConfigurationExposureUpdatePayload {
        /// The company as it is now; none when there are errors.
        company: CompanyNode,
    }
    /// Why the switch stays as it is.
    #[graphql(directive = crate::audience::internal::apply())]
    ConfigurationExposureUpdateError;
    /// What can go wrong in `configurationExposureUpdate`.
    #[graphql(directive = crate::audience::internal::apply())]
    ConfigurationExposureUpdateErrorCode {
        /// It is so already.
        NothingToChange,
    }
}

payload! {
    /// What `ticketItemsUpdate` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketItemsUpdatePayload {
        /// The ticket; none when there are errors.
        ticket: TicketNode,
    }
    /// Why the ticket stays with the items that it has.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketItemsUpdateError;
    /// What can go wrong in `ticketItemsUpdate`.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketItemsUpdateErrorCode {
        /// The ticket's company has no such item.
        UnknownItem,
    }
}

impl From<kernel::TextError> for ConfigurationItemErrorCode {
    fn from(error: kernel::TextError) -> Self {
        match error {
            kernel::TextError::Blank => Self::Required,
            kernel::TextError::TooLong(_) => Self::TooLong,
            kernel::TextError::Control => Self::InvalidCharacters,
        }
    }
}

#[derive(Default)]
pub(crate) struct ConfigurationMutation;

#[Object]
impl ConfigurationMutation {
    /// Writes a configuration item of a company down. Needs the permission
    /// `customers.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn configuration_item_create(
        &self,
        ctx: &Context<'_>,
        input: ConfigurationItemCreateInput,
    ) -> Result<Option<ConfigurationItemPayload>> {
        let item = ItemInput {
            name: Some(input.name),
            kind: Some(input.kind),
            serial_number: input.serial_number,
            status: input.status.map(Into::into),
            flag: input.visibility.map(Into::into),
            reason: None,
            notes: input.notes,
        };
        // An id of another kind names no company: the domain says so.
        let company = named(Kind::Company)(&input.company);
        written(ctx, create_item(&ctx.cx()?, company, item).await)
    }

    /// Changes a configuration item; the ledger keeps who showed or withdrew it,
    /// when and why. Needs the permission `customers.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn configuration_item_update(
        &self,
        ctx: &Context<'_>,
        input: ConfigurationItemUpdateInput,
    ) -> Result<Option<ConfigurationItemPayload>> {
        let id = Kind::ConfigurationItem.record(&input.id)?;
        let item = ItemInput {
            name: input.name,
            kind: input.kind,
            serial_number: input.serial_number,
            status: input.status.map(Into::into),
            flag: input.visibility.map(Into::into),
            reason: input.reason,
            notes: input.notes,
        };
        written(ctx, update_item(&ctx.cx()?, id, item).await)
    }

    /// Shows the configuration items of a company to its clients, or hides them
    /// again. Needs the permission `customers.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn configuration_exposure_update(
        &self,
        ctx: &Context<'_>,
        input: ConfigurationExposureUpdateInput,
    ) -> Result<Option<ConfigurationExposureUpdatePayload>> {
        let cx = ctx.cx()?;
        let company = Kind::Company.record(&input.company)?;
        let payload = match set_exposed(&cx, company, input.exposed).await {
            Ok(()) => {
                let found = ::identity::companies_by_ids(&cx, &[company]).await;
                let found = found.map_err(|fault| refuse(&fault))?.pop();
                let asked = ctx.asked()?;
                ConfigurationExposureUpdatePayload {
                    company: found.map(|company| CompanyPage::node(asked, company)),
                    errors: Vec::new(),
                }
            }
            Err(ExposureError::Fault(fault)) => return Err(refuse(&fault)),
            Err(ExposureError::Unchanged) => ConfigurationExposureUpdatePayload::refused(
                ConfigurationExposureUpdateErrorCode::NothingToChange,
                Some("exposed"),
                "It is so already.",
            ),
        };
        Ok(Some(payload))
    }

    /// Says which configuration items a ticket is about. Needs the permission
    /// `tickets.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn ticket_items_update(
        &self,
        ctx: &Context<'_>,
        input: TicketItemsUpdateInput,
    ) -> Result<Option<TicketItemsUpdatePayload>> {
        short("items", &input.items)?;
        let id = Kind::Ticket.record(&input.id)?;
        let items: Vec<_> = input
            .items
            .iter()
            .map(named(Kind::ConfigurationItem))
            .collect();
        let payload = match set_ticket_items(&ctx.cx()?, id, &items).await {
            Ok(ticket) => TicketItemsUpdatePayload {
                ticket: Some(TicketPage::node(ctx.asked()?, ticket)),
                errors: Vec::new(),
            },
            Err(LinkError::Fault(fault)) => return Err(refuse(&fault)),
            Err(LinkError::UnknownItem) => TicketItemsUpdatePayload::refused(
                TicketItemsUpdateErrorCode::UnknownItem,
                Some("items"),
                "The ticket's company has no such item.",
            ),
        };
        Ok(Some(payload))
    }
}

fn written(
    ctx: &Context<'_>,
    outcome: Result<Item, ItemError>,
) -> Result<Option<ConfigurationItemPayload>> {
    use ConfigurationItemErrorCode as Code;
    let (code, field, message) = match outcome {
        Ok(item) => {
            return Ok(Some(ConfigurationItemPayload {
                item: Some(ItemPage::node(ctx.asked()?, item)),
                errors: Vec::new(),
            }));
        }
        Err(ItemError::Fault(fault)) => return Err(refuse(&fault)),
        Err(ItemError::Text(field, error)) => {
            (error.into(), Some(field), format!("`{field}` {error}."))
        }
        Err(ItemError::UnknownCompany) => (
            Code::UnknownCompany,
            Some("company"),
            "There is no such company.".to_owned(),
        ),
        Err(ItemError::NothingToChange) => (
            Code::NothingToChange,
            None,
            "Nothing would change.".to_owned(),
        ),
    };
    Ok(Some(ConfigurationItemPayload::refused(
        code, field, message,
    )))
}
