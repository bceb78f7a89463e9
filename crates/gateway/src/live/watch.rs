//! One viewer's facts. The rights are read again at each delivery, when the
//! store says that rights changed, and every few seconds in any case.

use std::{sync::Arc, time::Duration};

use futures_util::{Stream, stream};
use store::{Audience, Fact};
use tokio::{
    sync::broadcast::{self, error::RecvError},
    time::{Instant, Interval, interval, sleep_until},
};
use visibility::Viewer;

use crate::{context::Asked, limits, refusal::Refusal};

/// A fact that the viewer may notice, with the asking to read its record by.
pub(crate) struct Seen {
    pub(crate) fact: Arc<Fact>,
    pub(crate) asked: Arc<Asked>,
}

/// The facts that concern the viewer, until the rights or the token end.
pub(crate) fn watch(asked: Arc<Asked>) -> impl Stream<Item = Result<Seen, Refusal>> + use<> {
    stream::unfold(Some(Watch::new(asked)), |watch| async {
        let mut watch = watch?;
        match watch.next().await? {
            Ok(seen) => Some((Ok(seen), Some(watch))),
            Err(refusal) => Some((Err(refusal), None)),
        }
    })
}

/// Completes when the session has lost its rights or its token has ended.
pub(crate) async fn ended(asked: Arc<Asked>) {
    let mut watch = Watch::new(asked);
    while watch.rights_or_end().await {}
}

struct Watch {
    asked: Arc<Asked>,
    facts: broadcast::Receiver<Arc<Fact>>,
    rights: broadcast::Receiver<()>,
    recheck: Interval,
    end: Instant,
}

impl Watch {
    fn new(asked: Arc<Asked>) -> Self {
        let hub = &asked.services.hub;
        let expires = asked.bearer.as_ref().map_or(0, |bearer| bearer.expires);
        let left = expires.saturating_sub(asked.now.timestamp());
        let mut recheck = interval(limits::RIGHTS_RECHECK);
        recheck.reset();
        Self {
            facts: hub.facts(),
            rights: hub.rights(),
            recheck,
            end: Instant::now() + Duration::from_secs(u64::try_from(left).unwrap_or(0)),
            asked,
        }
    }

    /// The next fact that the viewer may notice; none when the stream is over.
    async fn next(&mut self) -> Option<Result<Seen, Refusal>> {
        loop {
            tokio::select! {
                biased;
                () = sleep_until(self.end) => return None,
                changed = self.rights.recv() => if !self.still(changed.is_ok()).await { return None },
                _ = self.recheck.tick() => if !self.still(true).await { return None },
                fact = self.facts.recv() => match fact {
                    Ok(fact) => {
                        if !self.concerns(&fact) { continue }
                        match self.asked.again().await {
                            Ok(Some(asked)) => return Some(Ok(Seen { fact, asked: Arc::new(asked) })),
                            Ok(None) => return None,
                            Err(fault) => return Some(Err(Refusal::from(&fault))),
                        }
                    }
                    Err(RecvError::Lagged(_)) => return Some(Err(Refusal::Behind)),
                    Err(RecvError::Closed) => return None,
                },
            }
        }
    }

    /// Waits for the next look at the rights; answers whether they still hold.
    async fn rights_or_end(&mut self) -> bool {
        tokio::select! {
            () = sleep_until(self.end) => false,
            _ = self.rights.recv() => self.still(true).await,
            _ = self.recheck.tick() => self.still(true).await,
        }
    }

    /// Whether the session still has rights. A database that does not answer
    /// takes nobody's rights away: nothing can be read through it either.
    async fn still(&self, open: bool) -> bool {
        open && !matches!(self.asked.again().await, Ok(None))
    }

    /// A first look, without the database: other workspaces and companies, and
    /// for clients whatever is internal, are not even a reason to read.
    fn concerns(&self, fact: &Fact) -> bool {
        match self.asked.viewer() {
            Some(Viewer::Staff(staff)) => fact.workspace == staff.workspace,
            Some(Viewer::Client(client)) => {
                fact.workspace == client.workspace
                    && fact.company == Some(client.company)
                    && fact.audience == Audience::Client
            }
            None => false,
        }
    }
}
