//! How soon a first answer and a resolution are due, by priority.

use chrono::TimeDelta;
use sea_orm::{DeriveActiveEnum, EnumIter, FromJsonQueryResult, Iterable};
use serde::{Deserialize, Serialize};

/// What is promised.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The first public answer of staff.
    #[sea_orm(string_value = "response")]
    Response,
    /// The resolution.
    #[sea_orm(string_value = "resolution")]
    Resolution,
}

/// How urgent a ticket is.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// Can wait.
    #[sea_orm(string_value = "low")]
    Low,
    /// As most are.
    #[default]
    #[sea_orm(string_value = "normal")]
    Normal,
    /// Before others.
    #[sea_orm(string_value = "high")]
    High,
    /// At once.
    #[sea_orm(string_value = "urgent")]
    Urgent,
}

impl Priority {
    /// What is less urgent.
    pub fn below(self) -> impl Iterator<Item = Self> {
        Self::iter().filter(move |other| *other < self)
    }

    /// The name that the audit trail uses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }
}

/// What is due, in minutes of working time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The first public answer; none when nothing was promised.
    pub response: Option<i64>,
    /// The resolution; none when nothing was promised.
    pub resolution: Option<i64>,
}

impl Target {
    /// The longest promise: a year of minutes.
    pub const MAX: i64 = 366 * 1_440;

    /// The first answer, as a span of working time.
    pub fn response_time(self) -> Option<TimeDelta> {
        self.response.map(TimeDelta::minutes)
    }

    /// The resolution, as a span of working time.
    pub fn resolution_time(self) -> Option<TimeDelta> {
        self.resolution.map(TimeDelta::minutes)
    }

    /// One of the two, as a span of working time.
    pub fn time(self, side: Side) -> Option<TimeDelta> {
        match side {
            Side::Response => self.response_time(),
            Side::Resolution => self.resolution_time(),
        }
    }

    /// Whether each promise is between a minute and a year.
    pub(crate) fn is_sound(self) -> bool {
        let sound = |minutes: i64| (1..=Self::MAX).contains(&minutes);
        self.response.is_none_or(sound) && self.resolution.is_none_or(sound)
    }
}

/// What is due, by priority.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult,
)]
pub struct Targets {
    /// For what can wait.
    pub low: Target,
    /// For most.
    pub normal: Target,
    /// For what comes before others.
    pub high: Target,
    /// For what cannot wait.
    pub urgent: Target,
}

impl Targets {
    /// The same for every priority.
    pub fn all(target: Target) -> Self {
        Self {
            low: target,
            normal: target,
            high: target,
            urgent: target,
        }
    }

    /// What is due for a priority.
    pub fn of(&self, priority: Priority) -> Target {
        match priority {
            Priority::Low => self.low,
            Priority::Normal => self.normal,
            Priority::High => self.high,
            Priority::Urgent => self.urgent,
        }
    }

    /// What is due for a priority, to be set.
    pub fn of_mut(&mut self, priority: Priority) -> &mut Target {
        match priority {
            Priority::Low => &mut self.low,
            Priority::Normal => &mut self.normal,
            Priority::High => &mut self.high,
            Priority::Urgent => &mut self.urgent,
        }
    }

    pub(crate) fn are_sound(&self) -> bool {
        let each = [self.low, self.normal, self.high, self.urgent];
        each.iter().all(|target| target.is_sound())
    }
}
