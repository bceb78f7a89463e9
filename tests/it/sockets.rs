//! The live transports as protocols: who may open one, what may be said, and
//! how it ends when it should not have been.
//!
//! | file | what it holds |
//! |---|---|
//! | `opening.rs` | from the handshake to the acknowledgement |
//! | `talking.rs` | messages, operations, and their number |
//! | `limits.rs` | what holds over HTTP holds over a socket |
//! | `events.rs` | server-sent events |

mod events;
mod limits;
mod opening;
mod talking;

const VIEWER: &str = "{ viewer { name } }";
const CHANGED: &str = "subscription { ticketChanged { subject } }";
