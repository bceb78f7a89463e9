//! The reaction that makes a new workspace ready for work.

use std::sync::Arc;

use identity::event::WORKSPACE_CREATED;
use kernel::{Clock, Entropy};
use store::{Fact, Store, Work};
use worker::{Reacting, Reaction};

/// Gives each domain its beginnings in a new workspace.
pub struct Founding {
    /// The database.
    pub store: Store,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where ids come from.
    pub entropy: Arc<dyn Entropy>,
}

impl Reaction for Founding {
    fn name(&self) -> &'static str {
        "founding"
    }

    fn react<'a>(&'a self, fact: &'a Fact) -> Reacting<'a> {
        Box::pin(async move {
            if fact.kind != WORKSPACE_CREATED {
                return Ok(());
            }
            let work = Work {
                store: &self.store,
                now: self.clock.now(),
                entropy: self.entropy.as_ref(),
            };
            tickets::begin(&work, fact.workspace)
                .await
                .map_err(|fault| fault.to_string())
        })
    }
}
