//! Contracts: what a service company has promised to which customers, and how
//! fast it answers them.
//!
//! Invariants: internal throughout (VI-4): every read for a person begins in
//! `scope.rs`, which refuses clients; terms are never changed, so that a clock
//! that counted by them goes on knowing what they were; a change tests with its
//! write that none came in between.
//!
//! | file | what it holds |
//! |---|---|
//! | `hours.rs` | working time: opening hours, holidays and a time zone |
//! | `targets.rs`, `holidays.rs` | what is due by priority; days off |
//! | `escalation.rs` | what happens by itself as a promise runs out |
//! | `scope.rs`, `read.rs` | what staff see of calendars, policies and contracts |
//! | `terms.rs` | which terms hold, for clocks: no viewer |
//! | `calendar.rs`, `policy.rs`, `contract.rs` | creating and changing them |
//! | `trail.rs`, `event.rs` | its audit entries, and the facts it puts in the outbox |
//! | `provision.rs` | writing them without a viewer, for the demo and tests |

mod calendar;
mod contract;
#[expect(
    clippy::struct_field_names,
    missing_docs,
    unreachable_pub,
    reason = "sea-orm asks for public entities, with the names of columns; the module keeps them in"
)]
mod entity;
mod escalation;
pub mod event;
mod holidays;
mod hours;
mod policy;
pub mod provision;
mod read;
mod scope;
mod targets;
mod terms;
mod trail;

pub use calendar::{CalendarError, CalendarInput, create_calendar, update_calendar};
pub use contract::{
    ContractError, ContractInput, MOST_COMPANIES, create_contract, update_contract,
};
pub use entity::{
    calendar::{CalendarId, Model as Calendar},
    contract::{ContractId, Model as Contract},
    policy::PolicyId,
    terms::TermsId,
};
pub use escalation::{Escalation, EscalationError, Escalations};
pub use holidays::{Holiday, Holidays};
pub use hours::{BadHours, Hours};
pub use policy::{Policy, PolicyError, PolicyInput, create_policy, update_policy};
pub use read::{
    calendar_cursor, calendars, calendars_by_ids, contract_cursor, contracts, contracts_by_ids,
    covered_by, policies, policies_by_ids, policy_cursor,
};
pub use targets::{Priority, Side, Target, Targets};
pub use terms::{Terms, counting_down, covers, in_force, terms_by_ids, terms_under};
