//! People, companies and sessions.

mod devices;
mod mutation;
mod page;
mod payload;
mod query;
mod sessions;
mod types;

pub(crate) use devices::DeviceSessionNode;
pub(crate) use mutation::IdentityMutation;
pub(crate) use page::UserPage;
pub(crate) use query::IdentityQuery;
pub(crate) use sessions::{SessionMutation, SessionQuery};
pub(crate) use types::{CompanyNode, Side, StaffMemberNode, UserNode};
