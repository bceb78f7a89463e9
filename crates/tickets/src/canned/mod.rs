//! Canned replies (TK-8): texts that a team answers with again and again, with
//! placeholders for what the client of a ticket may read. For staff.
//!
//! | file | what it holds |
//! |---|---|
//! | `template.rs` | the placeholders: tested when a text is saved, filled for one ticket |
//! | `read.rs` | lists and single reads |
//! | `write.rs` | creating, changing, deleting |

mod read;
mod template;
mod write;

pub use crate::entity::canned::{CannedReplyId, Model as CannedReply};
pub use read::{CannedFilter, canned_replies, canned_reply, canned_reply_cursor};
pub use template::{Filled, PLACEHOLDERS, Values, fill};
pub use write::{
    CannedError, CannedInput, MOST_CANNED, create_canned_reply, delete_canned_reply,
    update_canned_reply,
};

/// What a canned reply is found by.
pub(crate) fn words(title: &str, body: &str) -> String {
    let words = crate::words::distinct([title, body]);
    let words: Vec<String> = words.into_iter().collect();
    format!(" {} ", words.join(" "))
}
