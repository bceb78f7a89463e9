//! Canned replies in the API.

mod input;
mod mutation;
mod payload;
mod query;
mod types;

pub(crate) use mutation::CannedMutation;
pub(crate) use query::CannedQuery;
