//! Working time: opening hours in OpenStreetMap's notation, holidays, and the
//! time zone that both are told in.
//!
//! An instant is open when the wall clock of the zone shows an open minute: an
//! hour that daylight saving repeats counts twice, one that it leaves out not at
//! all. A holiday is a date: what the rules say of `PH` holds from its midnight
//! to the next, so that a night that began the day before ends there.
//!
//! The library that reads the notation is asked for single days alone. Walking
//! from day to day is done here, by stretches over which the zone keeps one
//! offset: walking by the wall clock loses the repeated hour.

use chrono::{
    DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc,
};
use chrono_tz::Tz;
use compact_calendar::CompactCalendar;
use opening_hours::{Context, ContextHolidays, OpeningHours, RuleKind};
use opening_hours_syntax::{Error as SyntaxError, ExtendedTime};
use pest::error::InputLocation;

/// How far ahead working time is looked for: behind this, there is none.
const HORIZON: TimeDelta = TimeDelta::days(5 * 366);
/// How much is looked through at a time.
const STEP: TimeDelta = TimeDelta::days(8);
/// No zone changes its offset twice within this.
const PROBE: TimeDelta = TimeDelta::hours(12);

/// Words that ask where the sun stands, which a calendar does not know.
const SUN: [&str; 4] = ["sunrise", "sunset", "dawn", "dusk"];

/// A calendar of working time.
#[derive(Clone, Debug)]
pub struct Hours {
    rules: OpeningHours,
    zone: Tz,
}

/// Why a calendar cannot be taken. Places count characters, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadHours {
    /// Longer than allowed.
    #[error("must not be longer than {} characters", Hours::MAX)]
    TooLong,
    /// The notation breaks off, or says something that it has no word for.
    #[error("cannot be read from character {0} on")]
    Syntax(usize),
    /// A range, a time or a number that cannot be.
    #[error("names a time or a range that cannot be")]
    Range,
    /// The position of the sun.
    #[error("must not go by the sun: character {0}")]
    Sun(usize),
    /// A comment, which says something to people and nothing to a clock.
    #[error("must not hold comments: character {0}")]
    Comment(usize),
    /// More holidays than allowed.
    #[error("may have at most {} holidays", Hours::MAX_HOLIDAYS)]
    TooManyHolidays,
    /// No open minute for years.
    #[error("never open")]
    NeverOpen,
}

impl Hours {
    /// The longest notation, in characters.
    pub const MAX: usize = 500;
    /// The most holidays.
    pub const MAX_HOLIDAYS: usize = 1_000;

    /// Reads a calendar. It must open within five years from `now`.
    pub fn parse(
        notation: &str,
        zone: Tz,
        holidays: impl IntoIterator<Item = NaiveDate>,
        now: DateTime<Utc>,
    ) -> Result<Self, BadHours> {
        let hours = Self::trusted(notation, zone, holidays)?;
        match hours.after(now, TimeDelta::minutes(1)) {
            Some(_) => Ok(hours),
            None => Err(BadHours::NeverOpen),
        }
    }

    /// Reads a calendar that was tested when it was kept.
    pub fn trusted(
        notation: &str,
        zone: Tz,
        holidays: impl IntoIterator<Item = NaiveDate>,
    ) -> Result<Self, BadHours> {
        check(notation)?;
        let rules: OpeningHours = notation.parse().map_err(|error| place(notation, &error))?;
        let mut days = CompactCalendar::default();
        for (count, day) in holidays.into_iter().enumerate() {
            if count == Self::MAX_HOLIDAYS {
                return Err(BadHours::TooManyHolidays);
            }
            days.insert(day);
        }
        let holidays = ContextHolidays::new(days.into(), CompactCalendar::default().into());
        let rules = rules.with_context(Context::default().with_holidays(holidays));
        Ok(Self { rules, zone })
    }

    /// How much working time there is from one instant to another; none when
    /// the second is not the later.
    pub fn between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> TimeDelta {
        let open = self.open(from, to).into_iter();
        open.fold(TimeDelta::zero(), |sum, (from, to)| sum + (to - from))
    }

    /// The first instant by which `work` of working time has passed since
    /// `from`; none when there is not as much within five years.
    pub fn after(&self, from: DateTime<Utc>, work: TimeDelta) -> Option<DateTime<Utc>> {
        let mut left = work;
        if left <= TimeDelta::zero() {
            return Some(from);
        }
        let end = from + HORIZON;
        let mut at = from;
        while at < end {
            let next = (at + STEP).min(end);
            for (opens, closes) in self.open(at, next) {
                let span = closes - opens;
                if span >= left {
                    return Some(opens + left);
                }
                left -= span;
            }
            at = next;
        }
        None
    }

    /// The open spans between two instants, in order.
    fn open(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<(DateTime<Utc>, DateTime<Utc>)> {
        let mut found = Vec::new();
        for (from, to, offset) in self.stretches(from, to) {
            let (start, end) = (from.naive_utc() + offset, to.naive_utc() + offset);
            let mut day = start.date();
            while day.and_time(NaiveTime::MIN) < end {
                for (opens, closes) in self.spans(day) {
                    let (opens, closes) = (opens.max(start), closes.min(end));
                    if opens < closes {
                        found.push(((opens - offset).and_utc(), (closes - offset).and_utc()));
                    }
                }
                day = day + Days::new(1);
            }
        }
        found
    }

    /// What is open of one date, by the wall clock.
    fn spans(&self, day: NaiveDate) -> impl Iterator<Item = (NaiveDateTime, NaiveDateTime)> {
        let at = move |time: ExtendedTime| {
            let minutes = TimeDelta::minutes(time.mins_from_midnight().into());
            day.and_time(NaiveTime::MIN) + minutes
        };
        let ranges = self.rules.schedule_at(day).into_iter();
        ranges
            .filter(|range| range.kind == RuleKind::Open)
            .map(move |range| (at(range.range.start), at(range.range.end)))
    }

    /// The time between two instants in parts over which the zone keeps its
    /// offset, each with it.
    fn stretches(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Vec<(DateTime<Utc>, DateTime<Utc>, TimeDelta)> {
        let mut found = Vec::new();
        let (mut start, mut at) = (from, from);
        let mut offset = self.offset(from);
        while at < to {
            let next = (at + PROBE).min(to);
            let changed = self.offset(next);
            if changed != offset {
                let change = self.change(at, next);
                found.push((start, change, offset));
                (start, offset) = (change, changed);
            }
            at = next;
        }
        found.push((start, to, offset));
        found
    }

    /// The second at which the offset becomes that of `to`.
    fn change(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> DateTime<Utc> {
        let new = self.offset(to);
        let (mut before, mut after) = (from.timestamp(), to.timestamp());
        while before + 1 < after {
            let middle = before + (after - before) / 2;
            match DateTime::from_timestamp(middle, 0) {
                Some(at) if self.offset(at) == new => after = middle,
                _ => before = middle,
            }
        }
        DateTime::from_timestamp(after, 0).unwrap_or(to)
    }

    fn offset(&self, at: DateTime<Utc>) -> TimeDelta {
        let offset = self.zone.offset_from_utc_datetime(&at.naive_utc()).fix();
        TimeDelta::seconds(offset.local_minus_utc().into())
    }
}

/// What the library would read, and this calendar cannot mean.
fn check(notation: &str) -> Result<(), BadHours> {
    if notation.len() > Hours::MAX {
        return Err(BadHours::TooLong);
    }
    let small = notation.to_ascii_lowercase();
    if let Some(at) = SUN.iter().filter_map(|word| small.find(word)).min() {
        return Err(BadHours::Sun(character(notation, at)));
    }
    match notation.find('"') {
        Some(at) => Err(BadHours::Comment(character(notation, at))),
        None => Ok(()),
    }
}

fn place(notation: &str, error: &SyntaxError) -> BadHours {
    match error {
        SyntaxError::Syntax(error) => {
            let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = error.location;
            BadHours::Syntax(character(notation, at))
        }
        _ => BadHours::Range,
    }
}

/// The place of a byte, in characters from 1.
fn character(text: &str, byte: usize) -> usize {
    text.char_indices().take_while(|(at, _)| *at < byte).count() + 1
}

#[cfg(test)]
mod tests;
