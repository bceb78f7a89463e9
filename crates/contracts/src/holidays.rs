//! The days on which a calendar goes by its rules for holidays.

use chrono::NaiveDate;
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

/// A day off, or of other hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// The day.
    pub date: NaiveDate,
    /// What it is called.
    pub name: String,
}

/// The holidays of a calendar, the earliest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Holidays(pub Vec<Holiday>);

impl Holidays {
    /// The days.
    pub fn dates(&self) -> impl Iterator<Item = NaiveDate> {
        self.0.iter().map(|holiday| holiday.date)
    }
}
