//! The reaction that hands facts to the live streams of this process.

use gateway::Hub;
use store::Fact;
use worker::{Reacting, Reaction};

/// Publishes each fact to a hub.
pub struct Live(pub Hub);

impl Reaction for Live {
    fn name(&self) -> &'static str {
        "live"
    }

    fn react<'a>(&'a self, fact: &'a Fact) -> Reacting<'a> {
        self.0.publish(fact);
        Box::pin(std::future::ready(Ok(())))
    }
}
