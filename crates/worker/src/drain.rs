//! The loop of the worker.

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use kernel::{Clock, Fault};
use store::{Claimed, Fact, Outbox, Store};
use tokio::{sync::watch, task::JoinHandle, time::sleep};

use crate::Reactions;

/// Facts claimed at a time.
const BATCH: u64 = 200;
/// How long to wait for facts of other processes, and for those whose pause is over.
const POLL: Duration = Duration::from_millis(500);
/// How long to wait after the database failed.
const TROUBLE: Duration = Duration::from_secs(2);
/// How long delivered facts are kept, for questions.
const KEPT: TimeDelta = TimeDelta::days(14);
/// How often old facts are removed.
const SWEEP: TimeDelta = TimeDelta::hours(1);

/// A running worker.
pub struct Worker {
    task: JoinHandle<()>,
    stop: watch::Sender<bool>,
}

impl Worker {
    /// Starts draining the outbox of `store`.
    pub fn start(store: Store, clock: Arc<dyn Clock>, reactions: Reactions) -> Self {
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(run(store, clock, reactions, stopped));
        Self { task, stop }
    }

    /// Finishes the facts in hand and stops.
    pub async fn stop(self) {
        // An error says that the task has ended already.
        let _ = self.stop.send(true);
        let _ = self.task.await;
    }
}

async fn run(
    store: Store,
    clock: Arc<dyn Clock>,
    reactions: Reactions,
    mut stopped: watch::Receiver<bool>,
) {
    let outbox = Outbox::of(&store);
    let mut swept = clock.now();
    while !*stopped.borrow() {
        let pause = match drain_once(&outbox, clock.as_ref(), &reactions).await {
            Ok(0) => POLL,
            Ok(_) => continue,
            Err(fault) => {
                tracing::error!(%fault, cause = ?std::error::Error::source(&fault).map(ToString::to_string), "draining the outbox");
                TROUBLE
            }
        };
        if clock.now() - swept > SWEEP {
            swept = clock.now();
            sweep(&outbox, clock.as_ref()).await;
        }
        tokio::select! {
            () = sleep(pause) => {}
            () = store.outbox_grew() => {}
            _ = stopped.changed() => {}
        }
    }
}

/// Claims what is due, reacts, and says so; answers how many facts it took.
pub async fn drain_once(
    outbox: &Outbox,
    clock: &dyn Clock,
    reactions: &Reactions,
) -> Result<usize, Fault> {
    let claimed = outbox.claim(clock.now(), BATCH).await?;
    let mut delivered = Vec::with_capacity(claimed.len());
    for claim in &claimed {
        match react(reactions, &claim.fact).await {
            Ok(()) => delivered.push(claim.position),
            Err(error) => put_back(outbox, clock, claim, &error).await?,
        }
    }
    outbox.delivered(&delivered, clock.now()).await?;
    Ok(claimed.len())
}

async fn react(reactions: &Reactions, fact: &Fact) -> Result<(), String> {
    for reaction in reactions {
        reaction
            .react(fact)
            .await
            .map_err(|error| format!("{}: {error}", reaction.name()))?;
    }
    Ok(())
}

async fn put_back(
    outbox: &Outbox,
    clock: &dyn Clock,
    claim: &Claimed,
    error: &str,
) -> Result<(), Fault> {
    tracing::warn!(kind = %claim.fact.kind, attempts = claim.attempts, error, "a reaction failed");
    outbox.failed(claim, error, clock.now()).await
}

async fn sweep(outbox: &Outbox, clock: &dyn Clock) {
    match outbox.forget(clock.now() - KEPT).await {
        Ok(0) => {}
        Ok(removed) => tracing::info!(removed, "old facts removed from the outbox"),
        Err(fault) => tracing::warn!(%fault, "removing old facts"),
    }
}
