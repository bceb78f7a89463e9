//! Contracts, service-level policies and calendars in the API, for staff.

mod escalations;
mod input;
mod mutation;
mod page;
mod payload;
mod query;
mod types;

pub(crate) use escalations::SlaTargetKind;
pub(crate) use mutation::ContractMutation;
pub(crate) use page::ContractPage;
pub(crate) use query::ContractQuery;
pub(crate) use types::{ContractNode, SlaPolicyNode, TicketPriority};
