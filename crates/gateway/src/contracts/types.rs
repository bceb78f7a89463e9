//! Contracts, policies and calendars as staff see them.

use std::sync::Arc;

use ::contracts::{Calendar, Contract, Holiday, Policy, Priority};
use async_graphql::{Enum, ID, InputObject, Object, Result, SimpleObject};
use chrono::NaiveDate;

use super::{escalations::SlaEscalation, page::ContractPage};
use crate::{
    audience::{Internal, internal},
    connection::internal_connection,
    identity::CompanyNode,
    node::Kind,
};

/// How urgent a ticket is.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(directive = internal::apply())]
pub(crate) enum TicketPriority {
    /// Can wait.
    Low,
    /// As most are.
    Normal,
    /// Before others.
    High,
    /// At once.
    Urgent,
}

impl TicketPriority {
    pub(super) const ALL: [Self; 4] = [Self::Low, Self::Normal, Self::High, Self::Urgent];
}

impl From<Priority> for TicketPriority {
    fn from(priority: Priority) -> Self {
        match priority {
            Priority::Low => Self::Low,
            Priority::Normal => Self::Normal,
            Priority::High => Self::High,
            Priority::Urgent => Self::Urgent,
        }
    }
}

impl From<TicketPriority> for Priority {
    fn from(priority: TicketPriority) -> Self {
        match priority {
            TicketPriority::Low => Self::Low,
            TicketPriority::Normal => Self::Normal,
            TicketPriority::High => Self::High,
            TicketPriority::Urgent => Self::Urgent,
        }
    }
}

/// A day on which a calendar goes by its rules for holidays.
#[derive(SimpleObject, InputObject)]
#[graphql(
    name = "CalendarHoliday",
    input_name = "CalendarHolidayInput",
    directive = internal::apply()
)]
pub(crate) struct CalendarHoliday {
    /// The day.
    pub(super) date: NaiveDate,
    /// What it is called.
    pub(super) name: String,
}

impl From<Holiday> for CalendarHoliday {
    fn from(holiday: Holiday) -> Self {
        Self {
            date: holiday.date,
            name: holiday.name,
        }
    }
}

/// When a team works. Seen by staff with the permission `contracts.read`.
#[derive(Clone)]
pub(crate) struct CalendarNode(pub(crate) Calendar);

/// When a team works. Seen by staff with the permission `contracts.read`.
#[Object(name = "Calendar", directive = internal::apply())]
impl CalendarNode {
    /// The global id: opaque, stable, and good for `calendarUpdate`.
    async fn id(&self) -> ID {
        Kind::Calendar.id(self.0.id.0)
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Opening hours in OpenStreetMap's notation, such as
    /// `Mo-Fr 09:00-17:30; PH off`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn hours(&self) -> &str {
        &self.0.hours
    }

    /// The IANA time zone that the hours are told in.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn time_zone(&self) -> &str {
        &self.0.time_zone
    }

    /// Its holidays (`PH`), the earliest first.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn holidays(&self) -> Vec<CalendarHoliday> {
        let holidays = self.0.holidays.0.iter().cloned();
        holidays.map(CalendarHoliday::from).collect()
    }
}

/// What a policy promises for a priority, in minutes of working time.
#[derive(SimpleObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct SlaTarget {
    /// For which priority.
    #[graphql(guard = "Internal", directive = internal::apply())]
    priority: TicketPriority,
    /// Until the first public answer; none when nothing is promised.
    #[graphql(guard = "Internal", directive = internal::apply())]
    response_minutes: Option<i32>,
    /// Until the resolution; none when nothing is promised.
    #[graphql(guard = "Internal", directive = internal::apply())]
    resolution_minutes: Option<i32>,
}

/// How fast customers are answered. Seen by staff with the permission
/// `contracts.read`.
#[derive(Clone)]
pub(crate) struct SlaPolicyNode {
    pub(super) row: Policy,
    pub(super) page: Arc<ContractPage>,
}

/// How fast customers are answered. Seen by staff with the permission
/// `contracts.read`.
#[Object(name = "SlaPolicy", directive = internal::apply())]
impl SlaPolicyNode {
    /// The global id: opaque, stable, and good for `slaPolicyUpdate`.
    async fn id(&self) -> ID {
        Kind::SlaPolicy.id(self.row.id.0)
    }

    /// Its name.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// When work is done.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn calendar(&self) -> Result<Option<CalendarNode>> {
        self.page.calendar(self.row.calendar).await
    }

    /// What it promises, for each priority.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn targets(&self) -> Vec<SlaTarget> {
        let minutes = |minutes: Option<i64>| minutes.and_then(|count| i32::try_from(count).ok());
        let target = |priority: TicketPriority| {
            let target = self.row.targets.of(priority.into());
            SlaTarget {
                priority,
                response_minutes: minutes(target.response),
                resolution_minutes: minutes(target.resolution),
            }
        };
        TicketPriority::ALL.into_iter().map(target).collect()
    }

    /// How much of a target is used up when its end counts as near, in percent.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn near_breach_percent(&self) -> i32 {
        i32::try_from(self.row.near_percent).unwrap_or_default()
    }

    /// What happens by itself as a promise runs out, by the promise and then by
    /// when it comes.
    #[graphql(guard = "Internal", directive = internal::apply(), complexity = "5 * child_complexity + 1")]
    async fn escalations(&self) -> Vec<SlaEscalation> {
        let steps = self.row.escalations.0.iter().cloned();
        let shown = |step| SlaEscalation {
            step,
            page: self.page.clone(),
        };
        steps.map(shown).collect()
    }

    /// Whether it holds where no contract names a policy.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn is_default(&self) -> bool {
        self.row.default
    }
}

/// What was agreed with customers. Seen by staff with the permission
/// `contracts.read`.
#[derive(Clone)]
pub(crate) struct ContractNode {
    pub(super) row: Contract,
    pub(super) page: Arc<ContractPage>,
}

/// What was agreed with customers. Seen by staff with the permission
/// `contracts.read`.
#[Object(name = "Contract", directive = internal::apply())]
impl ContractNode {
    /// The global id: opaque, stable, and good for `contractUpdate`.
    async fn id(&self) -> ID {
        Kind::Contract.id(self.row.id.0)
    }

    /// The reference that people use, such as `CTR-0007`; unique in the workspace.
    async fn reference(&self) -> String {
        self.row.reference()
    }

    /// What it is called.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn title(&self) -> &str {
        &self.row.title
    }

    /// Whom it covers, at most 100.
    #[graphql(guard = "Internal", directive = internal::apply(), complexity = "20 * child_complexity + 1")]
    async fn companies(&self) -> Result<Vec<CompanyNode>> {
        self.page.companies(self.row.id).await
    }

    /// Its policy; none where the workspace's default holds.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn policy(&self) -> Result<Option<SlaPolicyNode>> {
        match self.row.policy_id {
            Some(policy) => ContractPage::policy(&self.page, policy).await,
            None => Ok(None),
        }
    }

    /// Whether its customers see the time that is left.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn countdown(&self) -> bool {
        self.row.countdown
    }

    /// The first day, in the workspace's time zone.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn starts_on(&self) -> NaiveDate {
        self.row.starts_on
    }

    /// The last day; none when it has no end.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn ends_on(&self) -> Option<NaiveDate> {
        self.row.ends_on
    }
}

internal_connection!(CalendarNode: CalendarConnection "CalendarConnection", CalendarEdge "CalendarEdge");
internal_connection!(SlaPolicyNode: SlaPolicyConnection "SlaPolicyConnection", SlaPolicyEdge "SlaPolicyEdge");
internal_connection!(ContractNode: ContractConnection "ContractConnection", ContractEdge "ContractEdge");
