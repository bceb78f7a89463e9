//! The real binary as a process: killed at any moment, stopped politely, and
//! started twice at once.
//!
//! | file | what it holds |
//! |---|---|
//! | `alone.rs` | the tests, which need the machine for themselves |
//! | `server.rs` | the binary as a process |
//! | `writers.rs` | people who write as fast as they can, and remember what was acknowledged |
//! | `ledger.rs` | what must be true of the database afterwards |

mod alone;
mod ledger;
pub(crate) mod server;
mod writers;
