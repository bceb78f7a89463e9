//! The loop of the worker.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use chrono::TimeDelta;
use futures_util::FutureExt;
use kernel::{Clock, Fault};
use store::{Claimed, Fact, Outbox, Store};
use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{sleep, timeout},
};

use crate::{Reaction, Reactions};

/// Facts claimed at a time.
const BATCH: u64 = 200;
/// How long all reactions to one fact may take. With this much of a claim left
/// no further fact is begun: another worker may take it as soon as it is over.
const REACTIONS: Duration = Duration::from_secs(5);
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
    loop {
        let pause = match drain_once(&outbox, clock.as_ref(), &reactions).await {
            Ok(0) => POLL,
            Ok(_) => Duration::ZERO,
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
            biased;
            // Told to stop, or dropped by somebody who has no use for it.
            _ = stopped.changed() => return,
            () = store.outbox_grew() => {}
            () = sleep(pause) => {}
        }
    }
}

/// Claims what is due, reacts, and says so; answers how many facts it took.
pub async fn drain_once(
    outbox: &Outbox,
    clock: &dyn Clock,
    reactions: &Reactions,
) -> Result<usize, Fault> {
    let begun = clock.now();
    let claimed = outbox.claim(begun, BATCH).await?;
    let mut delivered = Vec::with_capacity(claimed.len());
    for (place, claim) in claimed.iter().enumerate() {
        let left = (begun + Outbox::LEASE - clock.now())
            .to_std()
            .unwrap_or_default();
        if left <= REACTIONS {
            outbox.give_back(&claimed[place..], clock.now()).await?;
            break;
        }
        match react(reactions, &claim.fact).await {
            Ok(()) => delivered.push(claim.position),
            Err(error) => put_back(outbox, clock, claim, &error).await?,
        }
    }
    outbox.delivered(&delivered, clock.now()).await?;
    Ok(claimed.len())
}

async fn react(reactions: &Reactions, fact: &Fact) -> Result<(), String> {
    let all = async {
        for reaction in reactions {
            one(reaction.as_ref(), fact)
                .await
                .map_err(|error| format!("{}: {error}", reaction.name()))?;
        }
        Ok(())
    };
    let late = |_| Err(format!("no end within {} s", REACTIONS.as_secs()));
    timeout(REACTIONS, all).await.unwrap_or_else(late)
}

/// A panic is a failure like any other: the worker outlives it.
async fn one(reaction: &dyn Reaction, fact: &Fact) -> Result<(), String> {
    let reacting = AssertUnwindSafe(async { reaction.react(fact).await });
    let panicked = |_| Err("it panicked".to_owned());
    reacting.catch_unwind().await.unwrap_or_else(panicked)
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
