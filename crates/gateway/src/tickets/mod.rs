//! Tickets in the API.

mod attachments;
mod bulk;
mod configuration;
mod configuration_changes;
mod entry;
mod export;
mod input;
mod mutation;
mod page;
mod participants;
mod payload;
mod query;
mod quiet;
mod sla;
mod subscription;
mod triage;
mod types;
mod view_changes;
mod views;

pub(crate) use attachments::AttachmentNode;
pub(crate) use entry::EntryNode;
pub(crate) use export::{Export, TicketsExportQuery};
pub(crate) use input::short;
pub(crate) use subscription::TicketSubscription;
pub(crate) use types::TicketNode;

/// What can be done to tickets.
#[derive(Default, async_graphql::MergedObject)]
pub(crate) struct TicketMutation(
    mutation::TicketCommands,
    participants::ParticipantMutation,
    triage::TriageMutation,
    bulk::BulkMutation,
    quiet::TicketSettingsMutation,
    view_changes::ViewMutation,
    configuration_changes::ConfigurationMutation,
);

/// What can be read of tickets.
#[derive(Default, async_graphql::MergedObject)]
pub(crate) struct TicketReads(
    query::TicketQuery,
    triage::QueueQuery,
    quiet::TicketSettingsQuery,
    views::ViewQuery,
    configuration::ConfigurationQuery,
);
