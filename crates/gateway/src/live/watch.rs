//! One viewer's facts. The rights are read again at each delivery, when the
//! store says that rights changed, and every few seconds in any case.

use std::{sync::Arc, time::Duration};

use futures_util::{Stream, stream};
use kernel::Fault;
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
    let mut rights = Rights::new(asked);
    while rights.reason().await && rights.hold().await {}
}

struct Watch {
    rights: Rights,
    facts: broadcast::Receiver<Arc<Fact>>,
}

impl Watch {
    fn new(asked: Arc<Asked>) -> Self {
        Self {
            facts: asked.services.hub.facts(),
            rights: Rights::new(asked),
        }
    }

    /// The next fact that the viewer may notice; none when the stream is over.
    async fn next(&mut self) -> Option<Result<Seen, Refusal>> {
        loop {
            let fact = tokio::select! {
                // Rights first: nothing is delivered past a change of them.
                biased;
                may_go_on = self.rights.reason() => {
                    if may_go_on && self.rights.hold().await {
                        continue;
                    }
                    return None;
                }
                fact = self.facts.recv() => fact,
            };
            match fact {
                Ok(fact) if !self.rights.concern(&fact) => {}
                Ok(fact) => match self.rights.renew().await {
                    Ok(Some(asked)) => return Some(Ok(Seen { fact, asked })),
                    Ok(None) => return None,
                    Err(fault) => return Some(Err(Refusal::from(&fault))),
                },
                Err(RecvError::Lagged(_)) => return Some(Err(Refusal::Behind)),
                Err(RecvError::Closed) => return None,
            }
        }
    }
}

/// What one asking may, for as long as it lasts.
struct Rights {
    asked: Arc<Asked>,
    changes: broadcast::Receiver<()>,
    recheck: Interval,
    end: Instant,
}

impl Rights {
    fn new(asked: Arc<Asked>) -> Self {
        let mut recheck = interval(limits::RIGHTS_RECHECK);
        recheck.reset();
        Self {
            changes: asked.services.hub.rights(),
            recheck,
            end: Instant::now() + left(&asked),
            asked,
        }
    }

    /// Waits for a reason to look at the rights; false when it is the end of
    /// the token. Loses nothing when it is dropped before.
    async fn reason(&mut self) -> bool {
        tokio::select! {
            biased;
            () = sleep_until(self.end) => false,
            // To have missed some changes is a reason to look as well.
            _ = self.changes.recv() => true,
            _ = self.recheck.tick() => true,
        }
    }

    /// Whether the session still has rights. A database that does not answer
    /// takes nobody's rights away: nothing can be read through it either.
    async fn hold(&mut self) -> bool {
        !matches!(self.renew().await, Ok(None))
    }

    /// The asking with the rights of this moment; none when they are gone, or
    /// when the timer has slept over the end of the token, as it does with the
    /// machine.
    async fn renew(&mut self) -> Result<Option<Arc<Asked>>, Fault> {
        if left(&self.asked).is_zero() {
            return Ok(None);
        }
        let Some(asked) = self.asked.again().await? else {
            return Ok(None);
        };
        self.asked = Arc::new(asked);
        Ok(Some(self.asked.clone()))
    }

    /// A first look, without the database: other workspaces and companies, and
    /// for clients whatever is internal, are not even a reason to read.
    fn concern(&self, fact: &Fact) -> bool {
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

/// How long the token is good for from now on.
pub(super) fn left(asked: &Asked) -> Duration {
    let expires = asked.bearer.as_ref().map_or(0, |bearer| bearer.expires);
    let now = asked.services.clock.now().timestamp_millis();
    let left = expires.saturating_mul(1_000).saturating_sub(now);
    Duration::from_millis(u64::try_from(left).unwrap_or(0))
}
