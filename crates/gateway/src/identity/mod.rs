//! People, companies and sessions.

mod mutation;
mod payload;
mod query;
mod types;

pub(crate) use mutation::IdentityMutation;
pub(crate) use query::IdentityQuery;
pub(crate) use types::{CompanyNode, Side, StaffMemberNode, UserNode};
