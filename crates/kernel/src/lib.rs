//! What every record of Vitrine shares: typed ids, time, randomness, pages and
//! cursors, checked text, and the three faults that no caller can repair.
//!
//! This crate performs no I/O and holds no query. It sits at the bottom of the
//! house: everything may depend on it, it depends on nothing of ours.
//!
//! | file | what it holds |
//! |---|---|
//! | `id.rs` | the `typed_id!` macro and the ids that more than one crate names |
//! | `clock.rs` | the only reader of the wall clock, and a frozen one for tests |
//! | `entropy.rs` | the only source of randomness, and a seeded one for tests |
//! | `page.rs` | a page request and a page of rows |
//! | `cursor.rs` | opaque keyset cursors |
//! | `text.rs` | text from outside, checked once |
//! | `fault.rs` | not found, forbidden, database |

mod clock;
mod cursor;
mod entropy;
mod fault;
mod id;
mod page;
mod text;

pub use clock::{Clock, FrozenClock, SystemClock, to_micros};
pub use cursor::{Cursor, CursorKey, MalformedCursor, is_kept};
pub use entropy::{Entropy, SeededEntropy, SystemEntropy, uuid_v7};
pub use fault::{Doing, Fault};
pub use id::{ClientUserId, CompanyId, SessionId, StaffUserId, WorkspaceId};
pub use page::{BadPage, DEFAULT_PAGE_SIZE, ListError, MAX_PAGE_SIZE, Page, PageRequest, Slice};
pub use text::{BadName, Line, Prose, TextError, is_unseen};
