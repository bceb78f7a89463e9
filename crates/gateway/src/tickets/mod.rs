//! Tickets in the API.

mod entry;
mod input;
mod mutation;
mod page;
mod payload;
mod query;
mod subscription;
mod types;

pub(crate) use entry::EntryNode;
pub(crate) use mutation::TicketMutation;
pub(crate) use query::TicketQuery;
pub(crate) use subscription::TicketSubscription;
pub(crate) use types::TicketNode;
