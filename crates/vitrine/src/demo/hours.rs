//! When people are at their desks, roughly and in UTC, so that nobody answers at three in the night.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc, Weekday};

/// The hours in which someone writes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hours {
    first: u32,
    end: u32,
    weekends: bool,
}

/// Office hours.
pub(super) const OFFICE: Hours = Hours {
    first: 7,
    end: 16,
    weekends: false,
};

/// The waking hours of private customers.
pub(super) const WAKING: Hours = Hours {
    first: 6,
    end: 20,
    weekends: true,
};

impl Hours {
    /// The first suitable moment at or after `at`; what came in overnight is seen to in the morning.
    pub(super) fn from(self, at: DateTime<Utc>) -> DateTime<Utc> {
        if self.suits(at) {
            return at;
        }
        let mut day = at.date_naive();
        if at.hour() >= self.first {
            day = day + Days::new(1);
        }
        while self.is_day_off(day) {
            day = day + Days::new(1);
        }
        self.moment(day, scatter(at, 150))
    }

    /// A suitable moment at or before `at`: the same, or one on an earlier day.
    pub(super) fn until(self, at: DateTime<Utc>) -> DateTime<Utc> {
        if self.suits(at) {
            return at;
        }
        let mut day = at.date_naive();
        if at.hour() < self.end {
            day = day - Days::new(1);
        }
        while self.is_day_off(day) {
            day = day - Days::new(1);
        }
        self.moment(day, scatter(at, (self.end - self.first) * 60))
    }

    fn suits(self, at: DateTime<Utc>) -> bool {
        (self.first..self.end).contains(&at.hour()) && !self.is_day_off(at.date_naive())
    }

    /// So many minutes after the first hour of the day.
    fn moment(self, day: NaiveDate, minutes: u32) -> DateTime<Utc> {
        let midnight = day.and_time(NaiveTime::MIN).and_utc();
        midnight + TimeDelta::minutes(i64::from(self.first * 60 + minutes))
    }

    fn is_day_off(self, day: NaiveDate) -> bool {
        !self.weekends && matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
    }
}

/// A number of minutes below `end`, different for neighbouring moments.
fn scatter(at: DateTime<Utc>, end: u32) -> u32 {
    let minutes = at.ordinal() * 1440 + at.hour() * 60 + at.minute();
    minutes.wrapping_mul(0x9e37_79b1) % end
}
