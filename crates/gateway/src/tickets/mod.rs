//! Tickets in the API.

mod answers;
mod attachments;
mod bulk;
mod canned;
mod configuration;
mod configuration_changes;
mod dashboard;
mod editing;
mod entry;
mod export;
mod form;
mod form_publish;
mod input;
mod labels;
mod language;
mod mentioning;
mod merging;
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
    editing::EditMutation,
    merging::MergeMutation,
    canned::CannedMutation,
    answers::AnswersMutation,
    form_publish::FormMutation,
    bulk::BulkMutation,
    quiet::TicketSettingsMutation,
    labels::StatusLabelsMutation,
    view_changes::ViewMutation,
    configuration_changes::ConfigurationMutation,
);

/// What can be read of tickets.
#[derive(Default, async_graphql::MergedObject)]
pub(crate) struct TicketReads(
    query::TicketQuery,
    triage::QueueQuery,
    dashboard::DashboardQuery,
    mentioning::MentionQuery,
    canned::CannedQuery,
    form::FormQuery,
    quiet::TicketSettingsQuery,
    labels::StatusQuery,
    views::ViewQuery,
    configuration::ConfigurationQuery,
);
