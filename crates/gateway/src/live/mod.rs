//! Live updates: from the outbox to whoever may see them, at that moment.
//!
//! | file | what it holds |
//! |---|---|
//! | `hub.rs` | facts on their way to streams of this process |
//! | `watch.rs` | one viewer's facts, re-evaluated at each delivery |
//! | `rights.rs` | whether whoever listens may still do so |
//! | `socket/` | WebSocket: `graphql-transport-ws` |
//! | `sse.rs` | server-sent events, distinct connections mode |
//! | `answers.rs` | the answers to one operation |
//! | `origin.rs`, `seats.rs`, `refused.rs` | who may open one, how many, and what others are told |

mod answers;
mod hub;
mod origin;
mod refused;
mod rights;
mod seats;
mod socket;
mod sse;
mod watch;

pub use hub::Hub;
pub(crate) use socket::upgrade;
pub(crate) use sse::sse;
pub(crate) use watch::{Seen, watch};
