//! What the operations on contracts ask for.

use ::contracts::{CalendarInput, ContractInput, Holiday, PolicyInput, Target, Targets};
use async_graphql::{ID, InputObject, MaybeUndefined};
use chrono::NaiveDate;

use super::{
    escalations::{SlaEscalationInput, steps},
    types::{CalendarHoliday, TicketPriority},
};
use crate::{audience::internal, node::Kind, refusal::Refusal, tickets::short};

/// What `calendarCreate` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct CalendarCreateInput {
    /// Its name, at most 200 characters.
    name: String,
    /// Opening hours in OpenStreetMap's notation, such as
    /// `Mo-Fr 09:00-17:30; PH off`; at most 500 characters. Rules that add to
    /// each other are parted by a comma.
    hours: String,
    /// The IANA time zone that the hours are told in.
    time_zone: String,
    /// Its holidays (`PH`), at most 100.
    holidays: Option<Vec<CalendarHoliday>>,
}

/// What `calendarUpdate` asks for; what is absent stays.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct CalendarUpdateInput {
    /// The calendar.
    pub(super) id: ID,
    /// Its name, at most 200 characters.
    name: Option<String>,
    /// Opening hours in OpenStreetMap's notation, at most 500 characters.
    hours: Option<String>,
    /// The IANA time zone that the hours are told in.
    time_zone: Option<String>,
    /// All of its holidays, at most 100.
    holidays: Option<Vec<CalendarHoliday>>,
}

fn holidays(given: Option<Vec<CalendarHoliday>>) -> Result<Option<Vec<Holiday>>, Refusal> {
    let Some(given) = given else { return Ok(None) };
    short("holidays", &given)?;
    let holiday = |given: CalendarHoliday| Holiday {
        date: given.date,
        name: given.name,
    };
    Ok(Some(given.into_iter().map(holiday).collect()))
}

impl CalendarCreateInput {
    pub(super) fn parse(self) -> Result<CalendarInput, Refusal> {
        Ok(CalendarInput {
            name: Some(self.name),
            hours: Some(self.hours),
            time_zone: Some(self.time_zone),
            holidays: holidays(self.holidays)?,
        })
    }
}

impl CalendarUpdateInput {
    pub(super) fn parse(self) -> Result<CalendarInput, Refusal> {
        Ok(CalendarInput {
            name: self.name,
            hours: self.hours,
            time_zone: self.time_zone,
            holidays: holidays(self.holidays)?,
        })
    }
}

/// What is promised for a priority, in minutes of working time.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct SlaTargetInput {
    /// For which priority; each once at most. Nothing is promised for the others.
    priority: TicketPriority,
    /// Until the first public answer, at most a year; nothing when absent.
    response_minutes: Option<i32>,
    /// Until the resolution, at most a year; nothing when absent.
    resolution_minutes: Option<i32>,
}

/// What `slaPolicyCreate` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct SlaPolicyCreateInput {
    /// Its name, at most 200 characters.
    name: String,
    /// When work is done.
    calendar: ID,
    /// What it promises, by priority.
    targets: Vec<SlaTargetInput>,
    /// How much of a target is used up when its end counts as near, 1 to 100
    /// percent; 80 when absent.
    near_breach_percent: Option<i32>,
    /// What happens by itself as a promise runs out, at most 20 steps; no two of
    /// one target at the same percent.
    escalations: Option<Vec<SlaEscalationInput>>,
    /// Whether it holds where no contract names a policy, in place of the one
    /// that does.
    is_default: Option<bool>,
}

/// What `slaPolicyUpdate` asks for; what is absent stays.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct SlaPolicyUpdateInput {
    /// The policy.
    pub(super) id: ID,
    /// Its name, at most 200 characters.
    name: Option<String>,
    /// When work is done.
    calendar: Option<ID>,
    /// All that it promises, by priority.
    targets: Option<Vec<SlaTargetInput>>,
    /// How much of a target is used up when its end counts as near, 1 to 100 percent.
    near_breach_percent: Option<i32>,
    /// All that happens by itself as a promise runs out, at most 20 steps; no two
    /// of one target at the same percent.
    escalations: Option<Vec<SlaEscalationInput>>,
    /// Whether it holds where no contract names a policy.
    is_default: Option<bool>,
}

/// Why a policy cannot be read.
pub(super) enum BadPolicy {
    /// A priority comes twice.
    Twice,
    /// Something is longer than an input may be.
    Refused(Refusal),
}

impl From<Refusal> for BadPolicy {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

fn targets(given: Vec<SlaTargetInput>) -> Result<Targets, BadPolicy> {
    let mut seen: Vec<TicketPriority> = Vec::new();
    let mut targets = Targets::default();
    for target in given {
        if seen.contains(&target.priority) {
            return Err(BadPolicy::Twice);
        }
        seen.push(target.priority);
        *targets.of_mut(target.priority.into()) = Target {
            response: target.response_minutes.map(i64::from),
            resolution: target.resolution_minutes.map(i64::from),
        };
    }
    Ok(targets)
}

impl SlaPolicyCreateInput {
    pub(super) fn parse(self) -> Result<PolicyInput, BadPolicy> {
        Ok(PolicyInput {
            name: Some(self.name),
            calendar: Some(Kind::Calendar.record(&self.calendar).ok()),
            targets: Some(targets(self.targets)?),
            near_percent: self.near_breach_percent.map(i64::from),
            escalations: steps(self.escalations)?,
            default: self.is_default,
        })
    }
}

impl SlaPolicyUpdateInput {
    pub(super) fn parse(self) -> Result<PolicyInput, BadPolicy> {
        Ok(PolicyInput {
            name: self.name,
            calendar: self.calendar.map(|id| Kind::Calendar.record(&id).ok()),
            targets: self.targets.map(targets).transpose()?,
            near_percent: self.near_breach_percent.map(i64::from),
            escalations: steps(self.escalations)?,
            default: self.is_default,
        })
    }
}

/// What `contractCreate` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct ContractCreateInput {
    /// What it is called, at most 200 characters.
    title: String,
    /// Whom it covers, at most 100.
    companies: Vec<ID>,
    /// Its policy; the workspace's default holds when absent.
    policy: Option<ID>,
    /// Whether its customers see the time that is left; not, when absent.
    countdown: Option<bool>,
    /// The first day, in the workspace's time zone; today when absent.
    starts_on: Option<NaiveDate>,
    /// The last day; no end when absent.
    ends_on: Option<NaiveDate>,
}

/// What `contractUpdate` asks for; what is absent stays.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct ContractUpdateInput {
    /// The contract.
    pub(super) id: ID,
    /// What it is called, at most 200 characters.
    title: Option<String>,
    /// All whom it covers, at most 100.
    companies: Option<Vec<ID>>,
    /// Its policy; null for the workspace's default.
    policy: MaybeUndefined<ID>,
    /// Whether its customers see the time that is left.
    countdown: Option<bool>,
    /// The first day, in the workspace's time zone.
    starts_on: Option<NaiveDate>,
    /// The last day; null for no end.
    ends_on: MaybeUndefined<NaiveDate>,
}

/// An id of another kind names nothing: the domain says so.
fn company(id: &ID) -> kernel::CompanyId {
    let nobody = uuid::Uuid::nil().into();
    Kind::Company.record(id).unwrap_or(nobody)
}

fn policy(id: &ID) -> ::contracts::PolicyId {
    let nothing = uuid::Uuid::nil().into();
    Kind::SlaPolicy.record(id).unwrap_or(nothing)
}

impl ContractCreateInput {
    pub(super) fn parse(self) -> Result<ContractInput, Refusal> {
        short("companies", &self.companies)?;
        Ok(ContractInput {
            title: Some(self.title),
            companies: Some(self.companies.iter().map(company).collect()),
            policy: self.policy.map(|id| Some(policy(&id))),
            countdown: self.countdown,
            starts_on: self.starts_on,
            ends_on: self.ends_on.map(Some),
        })
    }
}

/// What was given: nothing, null or a value.
#[expect(clippy::option_option, reason = "absent and null differ")]
fn given<T>(value: MaybeUndefined<T>) -> Option<Option<T>> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value)),
    }
}

impl ContractUpdateInput {
    pub(super) fn parse(self) -> Result<ContractInput, Refusal> {
        short("companies", self.companies.as_deref().unwrap_or_default())?;
        let companies = self.companies.map(|ids| ids.iter().map(company).collect());
        Ok(ContractInput {
            title: self.title,
            companies,
            policy: given(self.policy).map(|id| id.as_ref().map(policy)),
            countdown: self.countdown,
            starts_on: self.starts_on,
            ends_on: given(self.ends_on),
        })
    }
}
