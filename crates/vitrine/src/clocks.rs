//! The reaction that counts clocks anew when a policy says something else, and
//! does what a step of a policy says.

use std::sync::Arc;

use contracts::event::is_about_clocks;
use kernel::{Clock, Entropy};
use store::{Fact, Store, Work};
use worker::{Reacting, Reaction};

/// Brings the clocks of tickets to the terms that hold, and escalates.
pub struct Clocks {
    /// The database.
    pub store: Store,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where ids come from.
    pub entropy: Arc<dyn Entropy>,
}

impl Reaction for Clocks {
    fn name(&self) -> &'static str {
        "clocks"
    }

    fn react<'a>(&'a self, fact: &'a Fact) -> Reacting<'a> {
        Box::pin(async move {
            let work = Work {
                store: &self.store,
                now: self.clock.now(),
                entropy: self.entropy.as_ref(),
            };
            let done = if is_about_clocks(fact) {
                tickets::recount(&work, fact).await
            } else {
                tickets::escalate(&work, fact).await
            };
            done.map_err(|fault| fault.to_string())
        })
    }
}
