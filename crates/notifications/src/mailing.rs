//! From a fact to the mails that it asks for.

use std::sync::Arc;

use kernel::{Clock, Entropy, Fault};
use store::{Fact, Store, Work};
use tokio::sync::Notify;

use crate::{Correspondence, queue::Queue};

/// Tells a sender of this process that there is something new to send.
#[derive(Clone, Default)]
pub struct Bell(Arc<Notify>);

impl Bell {
    /// Rings. A sender that is busy hears it when it is done.
    pub fn ring(&self) {
        self.0.notify_one();
    }

    pub(crate) async fn rang(&self) {
        self.0.notified().await;
    }
}

/// Queues the mails that facts ask for. It sends nothing itself: a server that
/// stalls must not keep the outbox waiting.
pub struct Mailing {
    /// Where the queue is.
    pub store: Store,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where ids come from.
    pub entropy: Arc<dyn Entropy>,
    /// Who is told what.
    pub correspondence: Arc<dyn Correspondence>,
    /// Wakes the sender.
    pub bell: Bell,
}

impl Mailing {
    /// Reacts to a fact. It may be called again with the same one.
    pub async fn react(&self, fact: &Fact) -> Result<(), Fault> {
        let mails = self.correspondence.mails(fact).await?;
        let work = Work {
            store: &self.store,
            now: self.clock.now(),
            entropy: self.entropy.as_ref(),
        };
        if Queue::add(&work, fact, mails).await? > 0 {
            self.bell.ring();
        }
        Ok(())
    }
}
