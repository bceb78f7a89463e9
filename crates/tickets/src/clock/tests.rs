//! Clocks against a reference that walks minute by minute, through pauses, other
//! priorities and other terms.

use chrono::{Datelike, NaiveDateTime, TimeZone, Timelike};
use chrono_tz::Tz;
use contracts::{Escalation, Escalations, Hours, PolicyId, Target, Targets, TermsId};
use proptest::{
    prelude::*,
    test_runner::{RngAlgorithm, TestRng, TestRunner},
};
use uuid::Uuid;

use super::*;
use crate::TicketId;

/// What may happen to a ticket.
#[derive(Clone, Copy, Debug)]
enum Event {
    Work,
    Wait,
    Answer,
    Resolve,
    Priority(Priority),
    Terms(usize),
    Look,
}

/// Hours in notation, and as the reference knows them.
type Kind = (&'static str, Tz, fn(NaiveDateTime) -> bool);

const KINDS: [Kind; 3] = [
    ("Mo-Fr 09:00-12:00,13:00-17:00", Tz::Europe__Paris, |wall| {
        wall.weekday().number_from_monday() < 6
            && [9, 10, 11, 13, 14, 15, 16].contains(&wall.hour())
    }),
    ("22:00-06:00", Tz::America__New_York, |wall| {
        wall.hour() >= 22 || wall.hour() < 6
    }),
    ("24/7", Tz::UTC, |_| true),
];

fn target(priority: Priority) -> (i64, i64) {
    match priority {
        Priority::Low => (400, 900),
        Priority::Normal => (240, 600),
        Priority::High => (90, 300),
        Priority::Urgent => (20, 60),
    }
}

fn terms(kind: usize) -> Terms {
    let (notation, zone, _) = KINDS[kind];
    let mut targets = Targets::default();
    for priority in [
        Priority::Low,
        Priority::Normal,
        Priority::High,
        Priority::Urgent,
    ] {
        let (response, resolution) = target(priority);
        *targets.of_mut(priority) = Target {
            response: Some(response),
            resolution: Some(resolution),
        };
    }
    let id = Uuid::from_u128(kind as u128 + 1);
    let hours = Hours::trusted(notation, zone, []).expect("hours");
    Terms::of(TermsId(id), PolicyId(id), hours, targets, 80).escalating(steps())
}

const SIDES: [Side; 2] = [Side::Response, Side::Resolution];
const PERCENTS: [i64; 3] = [50, 100, 150];

fn steps() -> Escalations {
    let step = |side, percent| Escalation {
        side,
        percent,
        notify: Vec::new(),
        assignee: None,
        priority: Some(Priority::High),
    };
    let all = SIDES.map(|side| PERCENTS.map(|percent| step(side, percent)));
    Escalations(all.into_iter().flatten().collect())
}

/// The clock as the reference keeps it, all in minutes.
#[derive(Debug, Default)]
struct Reference {
    kind: usize,
    priority: Priority,
    used: i64,
    paused: bool,
    responded: bool,
    resolved: bool,
    response: Option<i64>,
    resolution: Option<i64>,
    missed: Vec<(Side, i64)>,
    /// The highest step of each side that has come.
    escalated: [i64; 2],
}

impl Reference {
    fn is_open(&self, start: DateTime<Utc>, minute: i64) -> bool {
        let (_, zone, open) = KINDS[self.kind];
        let at = start + TimeDelta::minutes(minute);
        open(zone.from_utc_datetime(&at.naive_utc()).naive_local())
    }

    fn has_missed(&self, side: Side) -> bool {
        self.missed.iter().any(|(missed, _)| *missed == side)
    }

    /// Minute by minute to `to`.
    fn walk(&mut self, start: DateTime<Utc>, from: i64, to: i64) {
        for minute in from..to {
            self.used += i64::from(!self.paused && self.is_open(start, minute));
        }
        if self.paused {
            return;
        }
        for (side, due, done) in [
            (Side::Response, self.response, self.responded),
            (Side::Resolution, self.resolution, self.resolved),
        ] {
            if let Some(due) = due.filter(|due| *due < to && !done && !self.has_missed(side)) {
                self.missed.push((side, due));
            }
        }
    }

    fn due(&self, start: DateTime<Utc>, now: i64, target: i64) -> i64 {
        let (mut left, mut minute) = (target - self.used, now);
        while left > 0 {
            left -= i64::from(self.is_open(start, minute));
            minute += 1;
        }
        minute
    }

    /// The steps that are still to come, with the minute of each.
    fn steps(&self, start: DateTime<Utc>, now: i64) -> Vec<(Side, i64, i64)> {
        let (response, resolution) = target(self.priority);
        let sides = [(response, self.responded), (resolution, self.resolved)];
        let mut found = Vec::new();
        for (place, (time, done)) in sides.into_iter().enumerate() {
            let later = |percent: &i64| *percent > self.escalated[place];
            let open = !self.paused && !done;
            for percent in PERCENTS.into_iter().filter(later).filter(|_| open) {
                let minute = self.due(start, now, time * percent / 100);
                found.push((SIDES[place], percent, minute));
            }
        }
        found
    }

    /// Those that have come by now.
    fn escalate(&mut self, start: DateTime<Utc>, now: i64) -> Vec<(Side, i64)> {
        let mut come = self.steps(start, now);
        come.retain(|(_, _, minute)| *minute <= now);
        for (side, percent, _) in &come {
            let highest = &mut self.escalated[*side as usize];
            *highest = (*highest).max(*percent);
        }
        come.into_iter()
            .map(|(side, percent, _)| (side, percent))
            .collect()
    }

    fn plan(&mut self, start: DateTime<Utc>, now: i64) {
        let (response, resolution) = target(self.priority);
        if !self.responded && !self.has_missed(Side::Response) {
            let due = self.due(start, now, response);
            self.response = (!self.paused).then_some(due);
        }
        if !self.resolved && !self.has_missed(Side::Resolution) {
            let due = self.due(start, now, resolution);
            self.resolution = (!self.paused).then_some(due);
        }
    }
}

fn event() -> impl Strategy<Value = Event> {
    let priority = prop::sample::select(vec![
        Priority::Low,
        Priority::Normal,
        Priority::High,
        Priority::Urgent,
    ]);
    prop_oneof![
        Just(Event::Work),
        Just(Event::Wait),
        Just(Event::Answer),
        Just(Event::Resolve),
        Just(Event::Look),
        priority.prop_map(Event::Priority),
        (0..KINDS.len()).prop_map(Event::Terms),
    ]
}

fn ticket(at: DateTime<Utc>) -> Ticket {
    let id = Uuid::from_u128(7);
    Ticket {
        id: TicketId(id),
        workspace_id: id.into(),
        company_id: id.into(),
        number: 1,
        subject: String::new(),
        description: String::new(),
        category: String::new(),
        status: Status::Open,
        flag: visibility::Flag::ClientVisible,
        requester_id: None,
        opened_at: at,
        changed_at: at,
        resolved_at: None,
        closed_at: None,
    }
}

/// Does to the clock what happens, as the commands do; answers what was missed.
fn apply(
    clock: &mut Clock,
    basis: &mut Basis,
    status: &mut Status,
    event: Event,
    at: DateTime<Utc>,
) -> Vec<Missed> {
    match event {
        Event::Work => *status = Status::InProgress,
        Event::Wait => *status = Status::Waiting,
        Event::Resolve => *status = Status::Resolved,
        Event::Answer | Event::Priority(_) | Event::Terms(_) | Event::Look => {}
    }
    match event {
        Event::Priority(priority) => {
            let new = Basis {
                priority,
                ..basis.clone()
            };
            let missed = clock.adopt(basis, &new, at, &[]);
            *basis = new;
            missed
        }
        Event::Terms(kind) => {
            let new = Basis {
                terms: Some(terms(kind)),
                ..basis.clone()
            };
            let missed = clock.adopt(basis, &new, at, &[]);
            *basis = new;
            missed
        }
        Event::Look => {
            let missed = clock.miss(at);
            if !missed.is_empty() {
                clock.plan(basis);
            }
            missed
        }
        _ => clock.turn(basis, at, *status, matches!(event, Event::Answer)),
    }
}

#[test]
fn clocks_are_those_of_a_walk_by_minutes() {
    // Days before both zones change, in spring and in autumn.
    let starts = [
        1_772_700_000,
        1_774_500_000,
        1_792_600_000,
        1_793_200_000,
        1_780_000_020,
    ];
    let strategy = (
        prop::sample::select(starts.to_vec()),
        0..KINDS.len(),
        prop::collection::vec((1_i64..900, event()), 1..9),
    );
    let config = ProptestConfig {
        cases: 800,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let seed = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let outcome = TestRunner::new_with_rng(config, seed).run(&strategy, |(start, kind, events)| {
        let start = DateTime::from_timestamp(start / 60 * 60, 0).expect("in range");
        let mut basis = Basis {
            terms: Some(terms(kind)),
            priority: Priority::Normal,
        };
        let (mut clock, mut status) = (Clock::begun(&ticket(start), &basis), Status::Open);
        let mut reference = Reference {
            kind,
            priority: Priority::Normal,
            ..Reference::default()
        };
        reference.plan(start, 0);
        let (mut now, mut missed) = (0, Vec::new());
        for (gap, event) in events {
            reference.walk(start, now, now + gap);
            now += gap;
            let at = start + TimeDelta::minutes(now);
            missed.extend(apply(&mut clock, &mut basis, &mut status, event, at));
            match event {
                Event::Work => (reference.paused, reference.resolved) = (false, false),
                Event::Wait => reference.paused = true,
                Event::Answer => reference.responded = true,
                Event::Resolve => {
                    (reference.paused, reference.responded, reference.resolved) =
                        (true, true, true);
                }
                Event::Priority(priority) => reference.priority = priority,
                Event::Terms(kind) => reference.kind = kind,
                Event::Look => {}
            }
            if let Event::Look = event {
                let mut come: Vec<_> = clock
                    .escalate(&basis, at)
                    .into_iter()
                    .map(|step| (step.side, step.percent))
                    .collect();
                come.sort_unstable();
                clock.plan(&basis);
                prop_assert_eq!(come, reference.escalate(start, now));
            }
            reference.plan(start, now);
            let instant =
                |minute: Option<i64>| minute.map(|minute| start + TimeDelta::minutes(minute));
            prop_assert_eq!(clock.response_due, instant(reference.response));
            prop_assert_eq!(clock.resolution_due, instant(reference.resolution));
            let next = reference.steps(start, now).into_iter().map(|(_, _, at)| at);
            prop_assert_eq!(clock.escalate_at, instant(next.min()));
            let walked: Vec<_> = reference
                .missed
                .iter()
                .map(|(side, at)| (*side, start + TimeDelta::minutes(*at)))
                .collect();
            prop_assert_eq!(&missed, &walked);
        }
        Ok(())
    });
    outcome.expect("as the reference has it");
}

#[test]
fn a_clock_runs_until_it_is_met_or_breached() {
    let start = DateTime::from_timestamp(1_800_000_000, 0).expect("in range");
    let after = |minutes| start + TimeDelta::minutes(minutes);
    let basis = Basis {
        terms: Some(terms(2)),
        priority: Priority::Normal,
    };
    let begun = Clock::begun(&ticket(start), &basis);
    assert_eq!(begun.state(after(191)), ClockState::Running);
    assert_eq!(begun.state(after(192)), ClockState::NearBreach);
    assert_eq!(begun.state(after(240)), ClockState::NearBreach);
    assert_eq!(begun.state(after(241)), ClockState::Breached);
    let mut answered = begun.clone();
    answered.turn(&basis, after(100), Status::InProgress, true);
    assert_eq!(answered.state(after(241)), ClockState::Running);
    let mut waiting = answered.clone();
    waiting.turn(&basis, after(200), Status::Waiting, false);
    assert_eq!(waiting.state(after(9_000)), ClockState::Paused);
    let mut met = answered.clone();
    met.turn(&basis, after(300), Status::Resolved, false);
    assert_eq!(met.state(after(9_000)), ClockState::Met);
    let mut late = answered;
    assert_eq!(
        late.turn(&basis, after(601), Status::Resolved, false),
        [(Side::Resolution, after(600))]
    );
    assert_eq!(late.state(after(601)), ClockState::Breached);
    assert_eq!(late.missed_at, None, "what is resolved is in no queue");
}

#[test]
fn a_merge_keeps_no_promise_and_breaks_none() {
    let start = DateTime::from_timestamp(1_800_000_000, 0).expect("in range");
    let after = |minutes| start + TimeDelta::minutes(minutes);
    let basis = Basis {
        terms: Some(terms(2)),
        priority: Priority::Normal,
    };
    let mut merged = Clock::begun(&ticket(start), &basis);
    assert!(merged.turns(Status::Closed, false));
    let missed = merged.turn(&basis, after(100), Status::Closed, false);
    assert_eq!((missed, merged.resolved_at), (vec![], None));
    assert_eq!(merged.state(after(9_000)), ClockState::Paused);
    for side in [Side::Response, Side::Resolution] {
        assert_eq!(merged.left(&basis, side, after(9_000)), None);
    }
    assert!(!merged.turns(Status::Closed, false));
    let mut late = Clock::begun(&ticket(start), &basis);
    let missed = late.turn(&basis, after(300), Status::Closed, false);
    assert_eq!(missed, [(Side::Response, after(240))]);
    assert_eq!(late.state(after(300)), ClockState::Breached);
    assert_eq!(late.missed_at, None, "what was merged is in no queue");
}

#[test]
fn what_was_used_without_terms_is_counted_when_there_are_some() {
    let start = DateTime::from_timestamp(1_800_000_000, 0).expect("in range");
    let after = |minutes| start + TimeDelta::minutes(minutes);
    let (none, some) = (
        Basis::default(),
        Basis {
            terms: Some(terms(2)),
            priority: Priority::Normal,
        },
    );
    let mut clock = Clock::begun(&ticket(start), &none);
    assert_eq!((clock.response_due, clock.next_due), (None, None));
    let pauses = [(after(10), Some(after(40)))];
    clock.adopt(&none, &some, after(100), &pauses);
    assert_eq!(clock.response_due, Some(after(270)));
}
