//! Drains the outbox into reactions.
//!
//! A reaction gets facts, never content: what it tells anybody it reads through
//! the recipient's own scope. Delivery is at least once; a fact whose reaction
//! fails comes back with a growing pause, and one that fails too often is put
//! aside for the operator.

mod drain;

use std::sync::Arc;

pub use drain::{Worker, drain_once};
use store::Fact;

/// Something that happens because something happened.
pub trait Reaction: Send + Sync {
    /// The name in logs.
    fn name(&self) -> &'static str;

    /// Reacts. It may be called again with the same fact: [`Fact::id`] tells.
    fn react<'a>(&'a self, fact: &'a Fact) -> Reacting<'a>;
}

/// A reaction under way; the error is for the log and the dead-letter list.
pub type Reacting<'a> = std::pin::Pin<Box<dyn Future<Output = Result<(), String>> + Send + 'a>>;

/// The reactions of a worker, in the order in which they run.
pub type Reactions = Vec<Arc<dyn Reaction>>;
