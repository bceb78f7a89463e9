//! People, companies, workspaces, sessions, and how one comes to them.
//!
//! | file | what it holds |
//! |---|---|
//! | `types.rs` | people as the API shows them |
//! | `query.rs`, `mutation.rs`, `payload.rs` | who is signed in; signing in and staying in |
//! | `page.rs` | the people of one page, and what belongs to them |
//! | `sessions.rs`, `devices.rs` | the list of devices; getting out |
//! | `credentials.rs` | invitations, confirmations, resets and codes |
//! | `joining.rs` | asking to join a company by oneself |
//! | `people.rs` | the people of customers: inviting, changing, erasing |
//! | `company.rs`, `companies.rs` | customers: as nodes; read and changed |
//! | `team.rs` | the team: inviting, changing |
//! | `workspace.rs` | beginning a workspace, its settings |
//! | `audit.rs` | the audit trail |

mod audit;
mod companies;
mod company;
mod credentials;
mod devices;
mod joining;
mod mutation;
mod page;
mod payload;
mod people;
mod query;
mod sessions;
mod team;
mod types;
mod workspace;

use async_graphql::MergedObject;
pub(crate) use company::{CompanyNode, CompanyPage, by_id as companies_by_id};
pub(crate) use devices::DeviceSessionNode;
pub(crate) use page::UserPage;
pub(crate) use types::{Side, StaffMemberNode, UserNode};

/// The reads of this folder.
#[derive(Default, MergedObject)]
pub(crate) struct IdentityQuery(
    query::ViewerQuery,
    sessions::SessionQuery,
    credentials::CredentialQuery,
    companies::CompanyQuery,
    people::PeopleQuery,
    workspace::WorkspaceQuery,
    audit::AuditQuery,
);

/// The changes of this folder.
#[derive(Default, MergedObject)]
pub(crate) struct IdentityMutation(
    mutation::SignInMutation,
    sessions::SessionMutation,
    credentials::CredentialMutation,
    joining::JoiningMutation,
    people::PeopleMutation,
    companies::CompanyMutation,
    team::TeamMutation,
    workspace::WorkspaceMutation,
);

/// The text of an error as a sentence.
fn sentence(error: &impl std::fmt::Display) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).chain(['.']).collect()
}
