//! Configuration items (TK-9): what a company has that is looked after, and which
//! of it a ticket is about.
//!
//! Clients see nothing of it until staff switch it on for their company; then the
//! items of their company that are not internal. Notes are the team's.

mod change;
mod exposure;
mod link;
mod read;
mod scope;

pub(crate) use change::found_by;
pub use change::{ItemError, ItemInput, create_item, update_item};
pub use exposure::{ExposureError, exposed, set_exposed};
pub use link::{LinkError, MOST_ITEMS, set_ticket_items};
pub use read::{ItemFilter, item_by_id, item_notes, items, ticket_items};

pub use crate::entity::item::{ItemId, ItemStatus, Model as Item};
