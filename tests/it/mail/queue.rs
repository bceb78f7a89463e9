//! Queued once, tried again, given up, claimed and given back.

use chrono::TimeDelta;
use end_to_end::{Kind, on_both, patience::soon};
use notifications::{Queue, QueueState};
use sea_orm::ConnectionTrait;

use super::*;

async fn state(world: &World) -> (u64, u64) {
    let QueueState { waiting, dead } = Queue::of(&world.store).state().await.expect("counted");
    (waiting, dead)
}

on_both! {
    /// Facts are delivered at least once; what they ask for is queued once.
    async fn a_fact_queues_its_mail_once(world) {
        let mailing = mailing(&world);
        let (one, other) = (fact(&world), fact(&world));
        let (first, second) = tokio::join!(mailing.react(&one), mailing.react(&one));
        first.and(second).expect("queued");
        mailing.react(&one).await.expect("queued");
        assert_eq!(state(&world).await, (1, 0));
        mailing.react(&other).await.expect("queued");
        assert_eq!(state(&world).await, (2, 0));
        let probe = Probe::refusing(&[]);
        assert_eq!(send(&world, &probe).await, 2);
        mailing.react(&one).await.expect("queued");
        assert_eq!((send(&world, &probe).await, probe.sent()), (0, 2));
    }
}

on_both! {
    async fn a_fact_that_asks_for_nothing_costs_no_statement(world) {
        let fact = Fact { kind: "ticket.opened".into(), ..fact(&world) };
        let mailing = mailing(&world);
        let (statements, done) = world.statements(mailing.react(&fact)).await;
        done.expect("nothing to do");
        assert_eq!(statements, 0);
    }
}

on_both! {
    async fn what_fails_is_tried_again_after_a_pause(world) {
        queue(&world, 1).await;
        let probe = Probe::refusing(&[Refused::for_now("busy"), Refused::for_now("busy")]);
        assert_eq!(send(&world, &probe).await, 1);
        for (pause, tried) in [(0, 0), (9, 0), (1, 1), (19, 0), (1, 1), (3_600, 0)] {
            world.later(TimeDelta::seconds(pause));
            assert_eq!(send(&world, &probe).await, tried, "after {pause} s more");
        }
        assert_eq!((probe.sent(), state(&world).await), (1, (0, 0)));
    }
}

on_both! {
    /// About a day of trying, then it is for staff to look at.
    async fn attempts_come_to_an_end(world) {
        queue(&world, 1).await;
        let probe = Probe::refusing(&vec![Refused::for_now("busy"); 100]);
        let mut tried = 0;
        while state(&world).await == (1, 0) {
            tried += send(&world, &probe).await;
            assert!(tried < 100, "it never ends");
            world.later(TimeDelta::hours(1));
        }
        assert_eq!((tried, state(&world).await), (32, (0, 1)));
        world.later(TimeDelta::days(30));
        assert_eq!(send(&world, &probe).await, 0, "the dead rest");
    }
}

on_both! {
    async fn what_nobody_needs_any_more_is_dropped(world) {
        queue(&world, 1).await;
        let probe = Probe::refusing(&[]);
        let dispatch = Dispatch {
            correspondence: Arc::new(Letters { silent: Mutex::new(true) }),
            ..dispatch(&world, probe.clone())
        };
        assert_eq!(send_due(&dispatch).await.expect("sent"), 1);
        assert_eq!((probe.sent(), state(&world).await), (0, (0, 0)));
    }
}

on_both! {
    /// A claim is a lease: who dies gives back by doing nothing, and two hold
    /// no mail together.
    async fn a_process_that_dies_gives_its_mails_back(world) {
        queue(&world, 20).await;
        let of_the_dead = Queue::of(&world.store);
        let now = world.clock.now();
        let (one, other) = tokio::join!(of_the_dead.claim(now, 15), of_the_dead.claim(now, 15));
        let claimed = one.expect("claimed").len() + other.expect("claimed").len();
        assert!((15..=20).contains(&claimed), "{claimed}");
        let probe = Probe::refusing(&[]);
        while send(&world, &probe).await > 0 {}
        assert_eq!(probe.sent(), 20 - claimed);
        world.later(Queue::LEASE);
        while send(&world, &probe).await > 0 {}
        assert_eq!((probe.sent(), state(&world).await), (20, (0, 0)));
    }
}

/// A queue beside thousands of mails that were sent.
#[expect(clippy::disallowed_methods, reason = "written behind everybody's back")]
async fn with_a_history(world: &World) {
    queue(world, 1).await;
    let new = match world.kind {
        Kind::Sqlite => "randomblob(16)",
        Kind::Postgres => "gen_random_uuid()",
    };
    let copies = format!(
        "WITH RECURSIVE copies (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies WHERE n < 5000) \
         INSERT INTO mails (id, workspace_id, fact_id, template, realm, recipient_kind, recipient_id, subject_id, \
         status, attempts, due_at, created_at, latest_at) \
         SELECT {new}, workspace_id, {new}, template, realm, recipient_kind, recipient_id, subject_id, \
         'sent', 1, due_at, created_at, latest_at FROM mails, copies"
    );
    let written = world.store.connection().execute_unprepared(&copies).await;
    written.expect("written");
    world.store.analyze().await.expect("analysed");
}

on_both! {
    /// Each second, however many have been sent before.
    async fn what_waits_is_found_along_its_index(world) {
        with_a_history(&world).await;
        let (now, queue) = (world.clock.now(), Queue::of(&world.store));
        let (sent, claimed) = world.sent_by(queue.claim(now, 10)).await;
        assert_eq!(claimed.expect("claimed").len(), 1);
        let looks: Vec<_> = sent.iter().filter(|statement| statement.sql.contains("queued")).collect();
        assert_eq!(looks.len(), 2, "{sent:?}");
        for look in looks {
            let plan = world.plan(look).await;
            assert!(plan.contains("ix_mails_waiting"), "{look}\n{plan}");
        }
        let (sent, forgotten) = world.sent_by(queue.forget(now - TimeDelta::days(30))).await;
        assert_eq!(forgotten.expect("forgotten"), 0);
        let done = sent.iter().find(|statement| statement.sql.contains("dropped")).expect("asked for");
        let plan = world.plan(done).await;
        assert!(plan.contains("ix_mails_"), "{done}\n{plan}");
    }
}

on_both! {
    /// Somebody who is late says nothing: the mail is another's by now.
    async fn a_late_failure_does_not_bring_a_mail_back(world) {
        queue(&world, 1).await;
        let late = dispatch(&world, Arc::new(Stalled));
        let late = Dispatch { time_out: Duration::from_millis(300), ..late };
        let trying = tokio::spawn(async move { send_due(&late).await });
        let mut tried = 0;
        let probe = Probe::refusing(&[]);
        soon("the end of the claim", async {
            while tried == 0 {
                world.later(Queue::LEASE);
                tried = send(&world, &probe).await;
                tokio::task::yield_now().await;
            }
        }).await;
        trying.await.expect("no panic").expect("the database answers");
        world.later(TimeDelta::days(1));
        assert_eq!(send(&world, &probe).await, 0);
        assert_eq!((probe.sent(), state(&world).await), (1, (0, 0)));
    }
}

on_both! {
    async fn an_attempt_has_an_end(world) {
        queue(&world, 1).await;
        let stalled = Dispatch { time_out: Duration::from_millis(50), ..dispatch(&world, Arc::new(Stalled)) };
        assert_eq!(soon("its end", send_due(&stalled)).await.expect("put back"), 1);
        assert_eq!(state(&world).await, (1, 0));
        let probe = Probe::refusing(&[]);
        assert_eq!(send(&world, &probe).await, 0, "not at once");
        world.later(TimeDelta::seconds(10));
        assert_eq!((send(&world, &probe).await, probe.sent()), (1, 1));
    }
}

on_both! {
    /// A server that stalls delays mails and nothing else.
    async fn a_stalled_channel_does_not_keep_the_outbox_waiting(world) {
        queue(&world, 5).await;
        let stalled = dispatch(&world, Arc::new(Stalled));
        let trying = tokio::spawn(async move { send_due(&stalled).await });
        queue(&world, 3).await;
        let outbox = Outbox::of(&world.store).state().await.expect("counted");
        assert_eq!((outbox.waiting, state(&world).await), (0, (8, 0)));
        trying.abort();
    }
}

on_both! {
    /// The sender of the process hears the bell, and stops when it is told to.
    async fn a_sender_sends_what_the_bell_rings_for(world) {
        let probe = Probe::refusing(&[]);
        let mailing = mailing(&world);
        let sender = notifications::Sender::start(dispatch(&world, probe.clone()), mailing.bell.clone());
        mailing.react(&fact(&world)).await.expect("queued");
        end_to_end::patience::until("a mail", async || probe.sent() == 1).await;
        soon("the end of the sender", sender.stop()).await;
        mailing.react(&fact(&world)).await.expect("queued");
        assert_eq!(state(&world).await, (1, 0));
    }
}

on_both! {
    async fn dead_events_are_tried_again_when_told(world) {
        struct Broken;
        impl worker::Reaction for Broken {
            fn name(&self) -> &'static str {
                "broken"
            }
            fn react<'a>(&'a self, _fact: &'a Fact) -> worker::Reacting<'a> {
                Box::pin(std::future::ready(Err("broken".to_owned())))
            }
        }
        let tx = world.store.begin().await.expect("a transaction");
        tx.record(fact(&world));
        tx.commit().await.expect("committed");
        let outbox = Outbox::of(&world.store);
        while outbox.state().await.expect("counted").dead == 0 {
            let broken: worker::Reactions = vec![Arc::new(Broken)];
            drain_once(&outbox, world.clock.as_ref(), &broken).await.expect("drained");
            world.later(TimeDelta::hours(1));
        }
        drain(&world).await;
        assert_eq!(state(&world).await, (0, 0), "the dead rest");
        let now = world.clock.now();
        assert_eq!(outbox.retry_dead(now).await.expect("due again"), 1);
        assert_eq!(outbox.retry_dead(now).await.expect("nothing"), 0);
        drain(&world).await;
        assert_eq!(state(&world).await, (1, 0));
    }
}

on_both! {
    /// What is done with is forgotten some day; what waits and the dead are not.
    async fn old_mails_are_forgotten(world) {
        queue(&world, 1).await;
        let probe = Probe::refusing(&vec![Refused::for_good("no"); 3]);
        while state(&world).await == (1, 0) {
            send(&world, &probe).await;
            world.later(TimeDelta::hours(1));
        }
        queue(&world, 2).await;
        assert_eq!(send(&world, &probe).await, 2);
        queue(&world, 1).await;
        let queue = Queue::of(&world.store);
        let now = world.clock.now();
        assert_eq!(queue.forget(now - TimeDelta::days(1)).await.expect("forgotten"), 0);
        assert_eq!(queue.forget(now + TimeDelta::days(1)).await.expect("forgotten"), 2);
        assert_eq!(state(&world).await, (1, 1));
    }
}
