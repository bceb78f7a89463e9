//! Who asks, and what that decides: viewers, permissions, sections, flags and
//! the ledger of flag changes. Nothing here knows any one noun.
//!
//! Every domain read begins with a [`Cx`], which cannot be had without a
//! [`Viewer`]; the domain's own `scope.rs` turns the viewer into a condition.
//!
//! | file | what it holds |
//! |---|---|
//! | `viewer.rs` | the two kinds of people who ask |
//! | `access.rs` | what a client user is at their company, and how far they see |
//! | `section.rs` | the parts of the portal a client user may open |
//! | `module.rs` | the parts of the product that a workspace has switched on |
//! | `flag.rs` | client visible or internal only |
//! | `permission.rs` | staff roles and the one permission table |
//! | `cx.rs` | viewer, database and instant: the first argument of every domain call |
//! | `audit.rs` | who did what to accounts and rights; append-only |
//! | `ledger.rs` | who changed which flag, when, and why; append-only, hash-chained |

mod access;
pub mod audit;
mod cx;
#[expect(
    missing_docs,
    reason = "sea-orm asks for public entities; the module keeps them in"
)]
mod entity;
mod flag;
pub mod ledger;
mod module;
mod permission;
mod section;
mod viewer;

pub use access::{Access, Reach, Sharing};
pub use cx::Cx;
pub use flag::Flag;
pub use module::{Module, Modules};
pub use permission::{Permission, StaffRole};
pub use section::{Section, Sections};
pub use viewer::{ClientViewer, StaffViewer, Viewer};
