//! Each fact is delivered at least once, by one worker at a time, whatever
//! fails and whoever dies.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use chrono::TimeDelta;
use end_to_end::{World, on_both, patience::until};
use kernel::{Clock, FrozenClock};
use store::{Fact, Options, Outbox, OutboxState, Store};
use uuid::Uuid;
use worker::{Reacting, Reaction, Reactions, Worker, drain_once};

use super::{Probe, Seen, record, rows, seen};

const DONE: OutboxState = OutboxState {
    waiting: 0,
    dead: 0,
};

/// Keeps what it sees, and fails for the kinds that `fails` names.
fn probe(fails: &'static [&'static str]) -> (Reactions, Seen) {
    let seen = Seen::default();
    let list = seen.clone();
    let probe = Probe(move |fact: &Fact| {
        list.lock().expect("no panic").push(fact.kind.to_string());
        if fails.contains(&fact.kind.as_ref()) {
            Err("on purpose: \u{e4}. ".repeat(100))
        } else {
            Ok(())
        }
    });
    (vec![Arc::new(probe)], seen)
}

async fn drain(world: &World, reactions: &Reactions) -> usize {
    let outbox = Outbox::of(&world.store);
    drain_once(&outbox, world.clock.as_ref(), reactions)
        .await
        .expect("drained")
}

async fn state(world: &World) -> OutboxState {
    Outbox::of(&world.store).state().await.expect("readable")
}

/// Notes how often each fact came, and whether two ever had it at once.
#[derive(Default)]
struct Together {
    held: Mutex<BTreeSet<Uuid>>,
    times: Mutex<BTreeMap<Uuid, usize>>,
    clashes: Mutex<Vec<Uuid>>,
}

impl Reaction for Together {
    fn name(&self) -> &'static str {
        "together"
    }

    fn react<'a>(&'a self, fact: &'a Fact) -> Reacting<'a> {
        Box::pin(async move {
            if !self.held.lock().expect("no panic").insert(fact.id) {
                self.clashes.lock().expect("no panic").push(fact.id);
            }
            for _ in 0..3 {
                tokio::task::yield_now().await;
            }
            self.held.lock().expect("no panic").remove(&fact.id);
            *self
                .times
                .lock()
                .expect("no panic")
                .entry(fact.id)
                .or_default() += 1;
            Ok(())
        })
    }
}

on_both! {
    /// Four workers of two processes on one database: each fact once, since
    /// nothing fails and no claim runs out, and never two at once.
    async fn workers_share_and_never_collide(world) {
        world.drain().await;
        let elsewhere = Store::open(&world.database.url, Options::default()).await.expect("opened");
        let together = Arc::new(Together::default());
        let start = |store: &Store| Worker::start(store.clone(), world.clock.clone(), vec![together.clone()]);
        let workers = [start(&world.store), start(&elsewhere), start(&world.store), start(&elsewhere)];
        record(&world, "test.shared", 2_000).await;
        until("all are delivered", async || state(&world).await == DONE).await;
        for worker in workers {
            worker.stop().await;
        }
        elsewhere.close().await.expect("closed");
        assert_eq!(together.clashes.lock().expect("no panic").len(), 0);
        let times = together.times.lock().expect("no panic");
        assert_eq!(times.len(), 2_000);
        assert!(times.values().all(|times| *times == 1), "{times:?}");
    }
}

on_both! {
    /// A fact whose reaction fails comes back after 2, 4, 8 … seconds and at
    /// most half an hour, twelve times, and is then put aside. What stands
    /// behind it is not held up.
    async fn what_fails_comes_back_with_growing_pauses(world) {
        world.drain().await;
        let (reactions, list) = probe(&["test.bad"]);
        record(&world, "test.bad", 1).await;
        record(&world, "test.good", 1).await;
        assert_eq!(drain(&world, &reactions).await, 2);
        assert_eq!(seen(&list), ["test.bad", "test.good"]);
        for pause in [2, 4, 8, 16, 32, 64, 128, 256, 512, 1_024, 1_800] {
            assert_eq!(state(&world).await, OutboxState { waiting: 1, dead: 0 }, "{pause}");
            assert_eq!(drain(&world, &reactions).await, 0, "{pause}");
            world.later(TimeDelta::seconds(pause) - TimeDelta::milliseconds(1));
            assert_eq!(drain(&world, &reactions).await, 0, "{pause}");
            world.later(TimeDelta::milliseconds(1));
            assert_eq!(drain(&world, &reactions).await, 1, "{pause}");
        }
        assert_eq!(state(&world).await, OutboxState { waiting: 0, dead: 1 });
        world.later(TimeDelta::days(1));
        assert_eq!(drain(&world, &reactions).await, 0);
        assert_eq!(seen(&list).len(), 13);
        let told = rows(&world.store, "SELECT last_error, attempts FROM outbox WHERE kind = 'test.bad'").await;
        let error: String = told[0].try_get("", "last_error").expect("text");
        assert!(error.starts_with("probe: on purpose: \u{e4}.") && error.chars().count() == 500, "{error}");
        assert_eq!(told[0].try_get::<i32>("", "attempts").expect("a number"), 12);
    }
}

on_both! {
    /// A failure that passes leaves no trace but in the count.
    async fn what_failed_once_is_delivered_later(world) {
        world.drain().await;
        let (failing, _) = probe(&["test.flaky"]);
        let (reactions, list) = probe(&[]);
        record(&world, "test.flaky", 3).await;
        assert_eq!(drain(&world, &failing).await, 3);
        assert_eq!(drain(&world, &reactions).await, 0);
        world.later(TimeDelta::seconds(2));
        assert_eq!(drain(&world, &reactions).await, 3);
        assert_eq!((seen(&list).len(), state(&world).await), (3, DONE));
    }
}

on_both! {
    /// The claim of a worker that died holds for half a minute, and then
    /// another takes over. The same fact has the same id again.
    async fn a_dead_workers_claim_is_taken_over(world) {
        world.drain().await;
        let outbox = Outbox::of(&world.store);
        record(&world, "test.claimed", 5).await;
        let lost = outbox.claim(world.clock.now(), 3).await.expect("claimed");
        assert_eq!(lost.len(), 3);
        let (reactions, list) = probe(&[]);
        assert_eq!(drain(&world, &reactions).await, 2);
        world.later(TimeDelta::seconds(29));
        assert_eq!(drain(&world, &reactions).await, 0);
        world.later(TimeDelta::seconds(1));
        let again = outbox.claim(world.clock.now(), 3).await.expect("claimed");
        let ids = |claims: &[store::Claimed]| claims.iter().map(|claim| claim.fact.id).collect::<Vec<_>>();
        assert_eq!(ids(&again), ids(&lost));
        assert!(again.iter().all(|claim| claim.attempts == 2));
        world.later(TimeDelta::seconds(30));
        assert_eq!(drain(&world, &reactions).await, 3);
        assert_eq!((seen(&list).len(), state(&world).await), (5, DONE));
    }
}

on_both! {
    /// A worker that was thought dead and says that it failed takes nothing
    /// from the one that has the fact now.
    async fn a_late_failure_does_not_break_the_next_claim(world) {
        world.drain().await;
        let outbox = Outbox::of(&world.store);
        record(&world, "test.late", 1).await;
        let first = outbox.claim(world.clock.now(), 1).await.expect("claimed");
        world.later(TimeDelta::seconds(30));
        let second = outbox.claim(world.clock.now(), 1).await.expect("claimed");
        assert_eq!(second.len(), 1);
        outbox.failed(&first[0], "late", world.clock.now()).await.expect("noted");
        world.later(TimeDelta::seconds(29));
        assert!(outbox.claim(world.clock.now(), 1).await.expect("asked").is_empty(), "taken while another has it");
        outbox.delivered(&[second[0].position], world.clock.now()).await.expect("noted");
        outbox.failed(&second[0], "late", world.clock.now()).await.expect("noted");
        assert_eq!(state(&world).await, DONE);
    }
}

on_both! {
    /// A reaction that panics is one that fails: the worker goes on.
    async fn a_panic_in_a_reaction_is_a_failure(world) {
        world.drain().await;
        let list = Seen::default();
        let written = list.clone();
        let probe = Probe(move |fact: &Fact| {
            written.lock().expect("not held in a panic").push(fact.kind.to_string());
            assert!(fact.kind != "test.panics", "on purpose");
            Ok(())
        });
        let reactions: Reactions = vec![Arc::new(probe)];
        let worker = Worker::start(world.store.clone(), world.clock.clone(), reactions);
        record(&world, "test.panics", 1).await;
        record(&world, "test.fine", 1).await;
        until("what stands behind it is delivered", async || seen(&list).contains(&"test.fine".to_owned())).await;
        until("it is put back", async || state(&world).await == OutboxState { waiting: 1, dead: 0 }).await;
        world.later(TimeDelta::seconds(2));
        until("it is tried again", async || seen(&list).iter().filter(|kind| *kind == "test.panics").count() == 2).await;
        worker.stop().await;
    }
}

/// Moves the clock at each fact, as slow work does.
struct Slow(Arc<FrozenClock>);

impl Reaction for Slow {
    fn name(&self) -> &'static str {
        "slow"
    }

    fn react<'a>(&'a self, _fact: &'a Fact) -> Reacting<'a> {
        self.0.advance(TimeDelta::seconds(4));
        Box::pin(std::future::ready(Ok(())))
    }
}

on_both! {
    /// A worker that is too slow for its claim gives the rest back in time,
    /// and that does not count as an attempt.
    async fn a_slow_worker_gives_back_what_it_cannot_do(world) {
        world.drain().await;
        let slow: Reactions = vec![Arc::new(Slow(world.clock.clone()))];
        record(&world, "test.slow", 20).await;
        assert_eq!(drain(&world, &slow).await, 20);
        // Seven times four seconds: there is no time for an eighth.
        assert_eq!(state(&world).await, OutboxState { waiting: 13, dead: 0 });
        let outbox = Outbox::of(&world.store);
        let rest = outbox.claim(world.clock.now(), 100).await.expect("claimed");
        assert_eq!(rest.len(), 13);
        assert!(rest.iter().all(|claim| claim.attempts == 1));
    }
}

/// Never ends.
struct Stuck;

impl Reaction for Stuck {
    fn name(&self) -> &'static str {
        "stuck"
    }

    fn react<'a>(&'a self, fact: &'a Fact) -> Reacting<'a> {
        Box::pin(async move {
            if fact.kind == "test.stuck" {
                std::future::pending::<()>().await;
            }
            Ok(())
        })
    }
}

on_both! {
    /// A reaction that never ends is given up after five seconds, and holds
    /// up what stands behind it no longer than that.
    async fn a_stuck_reaction_is_given_up(world) {
        world.drain().await;
        record(&world, "test.stuck", 1).await;
        record(&world, "test.fine", 1).await;
        let reactions: Reactions = vec![Arc::new(Stuck)];
        assert_eq!(drain(&world, &reactions).await, 2);
        assert_eq!(state(&world).await, OutboxState { waiting: 1, dead: 0 });
        let told = rows(&world.store, "SELECT last_error FROM outbox WHERE kind = 'test.stuck'").await;
        assert_eq!(told[0].try_get::<String>("", "last_error").expect("text"), "no end within 5 s");
    }
}

on_both! {
    /// Delivered facts are kept for two weeks and then removed; what waits and
    /// what is dead is kept for as long as it takes.
    async fn delivered_facts_are_forgotten(world) {
        world.drain().await;
        let outbox = Outbox::of(&world.store);
        let delivered = outbox.forget(world.clock.now() + TimeDelta::seconds(1)).await.expect("forgotten");
        assert_eq!(delivered, 0, "the cast moves in without facts");
        let (reactions, _) = probe(&["test.bad"]);
        record(&world, "test.old", 3).await;
        record(&world, "test.bad", 1).await;
        drain(&world, &reactions).await;
        world.later(TimeDelta::days(1));
        record(&world, "test.young", 2).await;
        let worker = Worker::start(world.store.clone(), world.clock.clone(), reactions);
        until("the young are delivered", async || state(&world).await == OutboxState { waiting: 1, dead: 0 }).await;
        world.later(TimeDelta::days(13) + TimeDelta::seconds(1));
        let left = async || {
            let rows = rows(&world.store, "SELECT kind FROM outbox ORDER BY position").await;
            rows.iter().map(|row| row.try_get::<String>("", "kind").expect("text")).collect::<Vec<_>>()
        };
        until("the old are forgotten", async || left().await.len() == 3).await;
        assert_eq!(left().await, ["test.bad", "test.young", "test.young"]);
        worker.stop().await;
    }
}

on_both! {
    /// A worker that is stopped finishes what it has in hand; one that is
    /// dropped does not run on for ever.
    async fn a_stopped_worker_leaves_nothing_half_done(world) {
        world.drain().await;
        let (reactions, list) = probe(&[]);
        let worker = Worker::start(world.store.clone(), world.clock.clone(), reactions.clone());
        record(&world, "test.many", 1_000).await;
        worker.stop().await;
        let delivered = rows(&world.store, "SELECT kind FROM outbox WHERE delivered_at IS NOT NULL").await;
        assert_eq!(seen(&list).len(), delivered.len());
        let rest = 1_000 - u64::try_from(delivered.len()).expect("few");
        assert_eq!(state(&world).await, OutboxState { waiting: rest, dead: 0 });
        drop(Worker::start(world.store.clone(), world.clock.clone(), reactions));
        until("it has gone, and the reaction with it", async || Arc::strong_count(&list) == 1).await;
    }
}
