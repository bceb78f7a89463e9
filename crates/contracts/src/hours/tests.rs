//! Working time against a reference that knows nothing of the library: a table
//! of minutes, walked one by one.

use chrono::{Datelike, Timelike, Weekday};
use proptest::{
    prelude::*,
    test_runner::{RngAlgorithm, TestRng, TestRunner},
};

use super::*;

/// Minutes of a day, from and to; more than 24 hours reach into the next.
type Ranges = Vec<(u32, u32)>;

/// A calendar as the reference knows it.
#[derive(Clone, Debug)]
struct Table {
    week: [Ranges; 7],
    /// What holds on holidays: nothing, or these minutes.
    on_holidays: Ranges,
    holidays: Vec<NaiveDate>,
    zone: Tz,
}

const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

fn clock(minutes: u32) -> String {
    // The notation lets a range end behind midnight by an earlier time of day.
    let minutes = if minutes > 1_440 {
        minutes - 1_440
    } else {
        minutes
    };
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn written(ranges: &Ranges) -> String {
    let ranges = ranges
        .iter()
        .map(|(from, to)| format!("{}-{}", clock(*from), clock(*to)));
    ranges.collect::<Vec<_>>().join(",")
}

impl Table {
    fn notation(&self) -> String {
        let days = DAYS
            .iter()
            .zip(&self.week)
            .filter(|(_, ranges)| !ranges.is_empty());
        let days: Vec<_> = days
            .map(|(day, ranges)| format!("{day} {}", written(ranges)))
            .collect();
        let holidays = match self.on_holidays.as_slice() {
            [] => "off".to_owned(),
            _ => written(&self.on_holidays),
        };
        format!("{}; PH {holidays}", days.join(", "))
    }

    fn hours(&self) -> Hours {
        Hours::trusted(&self.notation(), self.zone, self.holidays.clone()).expect("a calendar")
    }

    /// Whether the minute that the wall clock shows is open.
    fn is_open(&self, wall: NaiveDateTime) -> bool {
        let minute = wall.hour() * 60 + wall.minute();
        let within = |ranges: &Ranges, minute| {
            ranges
                .iter()
                .any(|(from, to)| (*from..*to).contains(&minute))
        };
        if self.holidays.contains(&wall.date()) {
            return within(&self.on_holidays, minute);
        }
        let of = |day: Weekday| &self.week[day.num_days_from_monday() as usize];
        within(of(wall.weekday()), minute) || within(of(wall.weekday().pred()), minute + 1_440)
    }

    fn is_open_at(&self, at: DateTime<Utc>) -> bool {
        self.is_open(self.zone.from_utc_datetime(&at.naive_utc()).naive_local())
    }

    /// Both instants at full minutes.
    fn between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
        let minutes =
            (0..(to - from).num_minutes()).map(|minute| from + TimeDelta::minutes(minute));
        minutes.filter(|at| self.is_open_at(*at)).map(|_| 1).sum()
    }

    fn after(&self, from: DateTime<Utc>, work: i64, most: i64) -> Option<DateTime<Utc>> {
        let mut left = work;
        for minute in 0..most {
            if left == 0 {
                return Some(from + TimeDelta::minutes(minute));
            }
            left -= i64::from(self.is_open_at(from + TimeDelta::minutes(minute)));
        }
        None
    }
}

fn ranges() -> impl Strategy<Value = Ranges> {
    let quarter = |from: u32, to: u32| (from / 15..=to / 15).prop_map(|quarters| quarters * 15);
    prop_oneof![
        2 => Just(Vec::new()),
        3 => (quarter(300, 660), quarter(675, 780), quarter(795, 900), quarter(915, 1_440))
            .prop_map(|(a, b, c, d)| vec![(a, b), (c, d)]),
        2 => (quarter(60, 600), quarter(615, 1_440)).prop_map(|(a, b)| vec![(a, b)]),
        // Around the hours at which zones change.
        1 => (quarter(0, 165), quarter(180, 300)).prop_map(|(a, b)| vec![(a, b)]),
        // Nights.
        2 => (quarter(1_200, 1_425), quarter(1_455, 1_860)).prop_map(|(a, b)| vec![(a, b)]),
        1 => Just(vec![(0, 1_440)]),
    ]
}

fn zone() -> impl Strategy<Value = Tz> {
    prop_oneof![
        Just(Tz::Europe__Paris),
        Just(Tz::America__New_York),
        Just(Tz::Australia__Lord_Howe),
        Just(Tz::Asia__Kathmandu),
        Just(Tz::UTC),
    ]
}

/// Days of 2026 on which one of the zones changes, and any others.
fn day() -> impl Strategy<Value = NaiveDate> {
    let of = |month, day| NaiveDate::from_ymd_opt(2026, month, day).expect("a date");
    let changes =
        [(3, 29), (10, 25), (3, 8), (11, 1), (4, 5), (10, 4)].map(|(month, day)| of(month, day));
    let any = (0_u64..365).prop_map(move |days| of(1, 1) + Days::new(days));
    let near = (prop::sample::select(changes.to_vec()), 0_u64..4);
    prop_oneof![3 => near.prop_map(|(day, before)| day - Days::new(before)), 2 => any]
}

fn instant() -> impl Strategy<Value = DateTime<Utc>> {
    (day(), 0_i64..1_440).prop_map(|(day, minute)| {
        (day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute)).and_utc()
    })
}

fn table() -> impl Strategy<Value = (Table, DateTime<Utc>)> {
    let week = prop::array::uniform7(ranges())
        .prop_filter("some day", |week| week.iter().any(|day| !day.is_empty()));
    let on_holidays = prop_oneof![3 => Just(Vec::new()), 1 => Just(vec![(600, 840)])];
    (
        week,
        on_holidays,
        zone(),
        instant(),
        prop::collection::vec(0_u64..6, 0..3),
    )
        .prop_map(|(week, on_holidays, zone, at, near)| {
            let holidays = near
                .into_iter()
                .map(|days| at.date_naive() + Days::new(days))
                .collect();
            (
                Table {
                    week,
                    on_holidays,
                    holidays,
                    zone,
                },
                at,
            )
        })
}

fn runner(cases: u32) -> TestRunner {
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]))
}

#[test]
fn working_time_is_that_of_a_walk_by_minutes() {
    let strategy = (table(), 0_i64..3 * 1_440);
    let outcome = runner(3_000).run(&strategy, |((table, from), minutes)| {
        let to = from + TimeDelta::minutes(minutes);
        let counted = table.hours().between(from, to);
        prop_assert_eq!(
            counted,
            TimeDelta::minutes(table.between(from, to)),
            "{}",
            table.notation()
        );
        Ok(())
    });
    outcome.expect("as the reference has it");
}

#[test]
fn a_due_time_is_that_of_a_walk_by_minutes() {
    let strategy = (table(), 0_i64..720);
    let outcome = runner(2_000).run(&strategy, |((table, from), work)| {
        // Where the walk gives up, the calendar may still find something.
        if let Some(due) = table.after(from, work, 5 * 1_440) {
            prop_assert_eq!(
                table.hours().after(from, TimeDelta::minutes(work)),
                Some(due),
                "{}",
                table.notation()
            );
        }
        Ok(())
    });
    outcome.expect("as the reference has it");
}

/// Parts add up, and seconds are kept: instants between minutes are no case of
/// their own.
#[test]
fn parts_add_up_to_the_microsecond() {
    let micros = |most: i64| 0..most * 1_000_000;
    let strategy = (table(), micros(400_000), micros(400_000), micros(90_000));
    let outcome = runner(1_000).run(&strategy, |((table, from), first, second, work)| {
        let hours = table.hours();
        let from = from + TimeDelta::microseconds(first % 60_000_000);
        let middle = from + TimeDelta::microseconds(first);
        let to = middle + TimeDelta::microseconds(second);
        prop_assert_eq!(
            hours.between(from, middle) + hours.between(middle, to),
            hours.between(from, to)
        );
        let work = TimeDelta::microseconds(work);
        if let Some(due) = hours.after(from, work) {
            prop_assert_eq!(hours.between(from, due), work);
        }
        Ok(())
    });
    outcome.expect("no time is lost or counted twice");
}

fn paris(notation: &str) -> Result<Hours, BadHours> {
    let now = DateTime::from_timestamp(1_800_000_000, 0).expect("in range");
    Hours::parse(notation, Tz::Europe__Paris, [], now)
}

#[test]
fn the_repeated_hour_counts_twice() {
    let hours = paris("Sa 22:00-02:30").expect("a calendar");
    let at = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
    // From the first 02:15 on: to 02:30, and again from 02:00 to 02:30.
    let counted = hours.between(at("2026-10-25T00:15:00Z"), at("2026-10-25T06:00:00Z"));
    assert_eq!(counted, TimeDelta::minutes(45));
    let due = hours.after(at("2026-10-25T00:15:00Z"), TimeDelta::minutes(20));
    assert_eq!(due, Some(at("2026-10-25T01:05:00Z")));
}

#[test]
fn what_cannot_be_read_is_refused_with_its_place() {
    for (notation, why) in [
        ("", BadHours::Syntax(1)),
        ("Mo-Fr 08:00-18:00; Xx 10:00-12:00", BadHours::Syntax(20)),
        ("Mo-Fr 8 to 6", BadHours::Syntax(7)),
        ("Mo-Fr 08:00-18:00 \"by phone\"", BadHours::Comment(19)),
        ("Mo-Fr sunrise-18:00", BadHours::Sun(7)),
        ("off", BadHours::NeverOpen),
        ("2001 Mo 08:00-12:00", BadHours::NeverOpen),
        ("PH 10:00-12:00", BadHours::NeverOpen),
        ("Mo 08:00-49:00", BadHours::Syntax(10)),
        ("week 30-10 Mo 08:00-12:00", BadHours::Range),
    ] {
        assert_eq!(paris(notation).err(), Some(why), "{notation}");
    }
    assert_eq!(paris(&"24/7;".repeat(200)).err(), Some(BadHours::TooLong));
    assert!(paris("24/7").is_ok());
    assert!(paris("Mo-Fr 08:00-12:00,13:00-17:30; PH off").is_ok());
}

#[test]
fn a_search_for_working_time_ends() {
    let hours = Hours::trusted("off", Tz::UTC, []).expect("it is read");
    let now = DateTime::from_timestamp(1_800_000_000, 0).expect("in range");
    assert_eq!(hours.after(now, TimeDelta::minutes(1)), None);
    assert_eq!(
        hours.between(now, now - TimeDelta::days(1)),
        TimeDelta::zero()
    );
}
