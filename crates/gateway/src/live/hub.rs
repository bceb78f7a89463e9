//! Facts on their way to the live streams of this process.

use std::sync::Arc;

use ::identity::event;
use store::Fact;
use tokio::sync::broadcast;

use super::seats::Seats;

/// Facts that a stream may be behind before it is told to read anew.
const BACKLOG: usize = 1_024;

/// Hands facts to the live streams of this process. Cheap to clone.
#[derive(Clone)]
pub struct Hub {
    facts: broadcast::Sender<Arc<Fact>>,
    rights: broadcast::Sender<()>,
    /// The sockets and streams that are open.
    pub(super) seats: Seats,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            facts: broadcast::Sender::new(BACKLOG),
            rights: broadcast::Sender::new(1),
            seats: Seats::default(),
        }
    }
}

impl Hub {
    /// Hands a fact to all streams; each decides for its viewer. Called by the
    /// worker as it drains the outbox.
    pub fn publish(&self, fact: &Fact) {
        self.rights_changed(std::slice::from_ref(fact));
        // An error only says that nobody listens.
        let _ = self.facts.send(Arc::new(fact.clone()));
    }

    /// Has every stream look at its rights again, if these facts touch rights.
    pub(crate) fn rights_changed(&self, facts: &[Fact]) {
        let touches = |fact: &Fact| event::changes_rights(&fact.kind);
        if facts.iter().any(touches) {
            let _ = self.rights.send(());
        }
    }

    /// How many subscriptions listen at this moment.
    pub fn listeners(&self) -> usize {
        self.facts.receiver_count()
    }

    /// How many facts the slowest subscription has not taken yet. It takes one
    /// when it has decided on the one before.
    pub fn backlog(&self) -> usize {
        self.facts.len()
    }

    pub(crate) fn facts(&self) -> broadcast::Receiver<Arc<Fact>> {
        self.facts.subscribe()
    }

    pub(crate) fn rights(&self) -> broadcast::Receiver<()> {
        self.rights.subscribe()
    }
}
