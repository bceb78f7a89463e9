//! The database: connections, transactions, the outbox and number series.
//!
//! Knows nothing of any noun. Domains reach their tables through an executor
//! that they get from here; the worker drains the outbox through functions
//! that live here, so that neither it nor the gateway needs SQL.
//!
//! | file | what it holds |
//! |---|---|
//! | `open.rs` | opening SQLite or PostgreSQL with the right settings |
//! | `limits.rs` | limits and other values, in the text of a statement for its plan |
//! | `work.rs` | one piece of work: the store, the time and randomness it runs with |
//! | `tx.rs` | a transaction that carries the facts it will publish |
//! | `fact.rs` | what happened, without content |
//! | `outbox.rs` | claiming, finishing and retrying facts |
//! | `series.rs` | gapless numbers per workspace |

#[expect(
    unreachable_pub,
    reason = "sea-orm asks for public entities; the module keeps them in"
)]
mod entity;
mod fact;
mod limits;
mod open;
mod outbox;
mod series;
mod tx;
mod work;

pub use fact::{Audience, Fact};
pub use limits::{in_plain, plain_limits};
pub use open::{CommitHook, OpenError, Options, StatementHook, Store};
pub use outbox::{Claimed, Outbox, OutboxState};
pub use tx::Tx;
pub use work::Work;
