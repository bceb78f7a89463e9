//! What can be done to calendars, policies and contracts.

use ::contracts::{
    BadHours, CalendarError, ContractError, EscalationError, PolicyError, create_calendar,
    create_contract, create_policy, update_calendar, update_contract, update_policy,
};
use async_graphql::{Context, Object, Result};

use super::{
    input::{
        BadPolicy, CalendarCreateInput, CalendarUpdateInput, ContractCreateInput,
        ContractUpdateInput, SlaPolicyCreateInput, SlaPolicyUpdateInput,
    },
    page::ContractPage,
    payload::{
        CalendarCreateErrorCode, CalendarCreatePayload, CalendarUpdateErrorCode,
        CalendarUpdatePayload, ContractCreateErrorCode, ContractCreatePayload,
        ContractUpdateErrorCode, ContractUpdatePayload, SlaPolicyCreateErrorCode,
        SlaPolicyCreatePayload, SlaPolicyUpdateErrorCode, SlaPolicyUpdatePayload,
    },
    types::CalendarNode,
};
use crate::{
    audience::{Internal, internal},
    context::Asking,
    node::Kind,
    refusal::{Refusal, refuse},
};

const TARGETS_TWICE: &str = "A priority comes twice.";

#[derive(Default)]
pub(crate) struct ContractMutation;

#[Object]
impl ContractMutation {
    /// Creates a calendar of working time. Needs the permission
    /// `contracts.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn calendar_create(
        &self,
        ctx: &Context<'_>,
        input: CalendarCreateInput,
    ) -> Result<Option<CalendarCreatePayload>> {
        let payload = match create_calendar(&ctx.cx()?, input.parse()?).await {
            Ok(done) => CalendarCreatePayload {
                calendar: Some(CalendarNode(done)),
                errors: Vec::new(),
            },
            Err(error) => calendar_not_created(error)?,
        };
        Ok(Some(payload))
    }

    /// Changes a calendar; what is due is counted by it from now on. Needs the permission
    /// `contracts.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn calendar_update(
        &self,
        ctx: &Context<'_>,
        input: CalendarUpdateInput,
    ) -> Result<Option<CalendarUpdatePayload>> {
        let id = Kind::Calendar.record(&input.id)?;
        let payload = match update_calendar(&ctx.cx()?, id, input.parse()?).await {
            Ok(done) => CalendarUpdatePayload {
                calendar: Some(CalendarNode(done)),
                errors: Vec::new(),
            },
            Err(error) => calendar_not_changed(error)?,
        };
        Ok(Some(payload))
    }

    /// Creates a service-level policy. Needs the permission
    /// `contracts.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn sla_policy_create(
        &self,
        ctx: &Context<'_>,
        input: SlaPolicyCreateInput,
    ) -> Result<Option<SlaPolicyCreatePayload>> {
        let policy = match input.parse() {
            Ok(policy) => policy,
            Err(BadPolicy::Refused(refusal)) => return Err(refusal.into()),
            Err(BadPolicy::Twice) => {
                let code = SlaPolicyCreateErrorCode::InvalidTargets;
                let refused = SlaPolicyCreatePayload::refused(code, Some("targets"), TARGETS_TWICE);
                return Ok(Some(refused));
            }
        };
        let payload = match create_policy(&ctx.cx()?, policy).await {
            Ok(done) => SlaPolicyCreatePayload {
                policy: Some(ContractPage::one_policy(ctx.asked()?, done)),
                errors: Vec::new(),
            },
            Err(error) => policy_not_created(error)?,
        };
        Ok(Some(payload))
    }

    /// Changes a service-level policy; what is due is counted by it from now on. Needs the permission
    /// `contracts.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn sla_policy_update(
        &self,
        ctx: &Context<'_>,
        input: SlaPolicyUpdateInput,
    ) -> Result<Option<SlaPolicyUpdatePayload>> {
        let id = Kind::SlaPolicy.record(&input.id)?;
        let policy = match input.parse() {
            Ok(policy) => policy,
            Err(BadPolicy::Refused(refusal)) => return Err(refusal.into()),
            Err(BadPolicy::Twice) => {
                let code = SlaPolicyUpdateErrorCode::InvalidTargets;
                let refused = SlaPolicyUpdatePayload::refused(code, Some("targets"), TARGETS_TWICE);
                return Ok(Some(refused));
            }
        };
        let payload = match update_policy(&ctx.cx()?, id, policy).await {
            Ok(done) => SlaPolicyUpdatePayload {
                policy: Some(ContractPage::one_policy(ctx.asked()?, done)),
                errors: Vec::new(),
            },
            Err(error) => policy_not_changed(error)?,
        };
        Ok(Some(payload))
    }

    /// Creates a contract. Tickets that are opened from then on fall under it. Needs the permission
    /// `contracts.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn contract_create(
        &self,
        ctx: &Context<'_>,
        input: ContractCreateInput,
    ) -> Result<Option<ContractCreatePayload>> {
        let payload = match create_contract(&ctx.cx()?, input.parse()?).await {
            Ok(done) => ContractCreatePayload {
                contract: Some(ContractPage::contract(ctx.asked()?, done)),
                errors: Vec::new(),
            },
            Err(error) => contract_not_created(error)?,
        };
        Ok(Some(payload))
    }

    /// Changes a contract. Tickets keep the contract that they have. Needs the permission
    /// `contracts.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn contract_update(
        &self,
        ctx: &Context<'_>,
        input: ContractUpdateInput,
    ) -> Result<Option<ContractUpdatePayload>> {
        let id = Kind::Contract.record(&input.id)?;
        let payload = match update_contract(&ctx.cx()?, id, input.parse()?).await {
            Ok(done) => ContractUpdatePayload {
                contract: Some(ContractPage::contract(ctx.asked()?, done)),
                errors: Vec::new(),
            },
            Err(error) => contract_not_changed(error)?,
        };
        Ok(Some(payload))
    }
}

fn calendar_not_changed(error: CalendarError) -> Result<CalendarUpdatePayload> {
    use CalendarUpdateErrorCode as Code;
    let message = format!("Refused: {error}.");
    let (code, field) = match error {
        CalendarError::Fault(fault) => return Err(refuse(&fault)),
        CalendarError::Name(error) => (error.into(), Some("name")),
        CalendarError::Hours(BadHours::NeverOpen) => (Code::NeverOpen, Some("hours")),
        CalendarError::Hours(BadHours::TooManyHolidays) | CalendarError::Holidays => {
            (Code::InvalidHolidays, Some("holidays"))
        }
        CalendarError::Hours(_) => (Code::InvalidHours, Some("hours")),
        CalendarError::UnknownTimeZone => (Code::UnknownTimeZone, Some("timeZone")),
        CalendarError::NothingToChange => (Code::NothingToChange, None),
        CalendarError::ChangedMeanwhile => (Code::ChangedMeanwhile, Some("id")),
    };
    Ok(CalendarUpdatePayload::refused(code, field, message))
}

fn calendar_not_created(error: CalendarError) -> Result<CalendarCreatePayload> {
    use CalendarCreateErrorCode as Code;
    let message = format!("Refused: {error}.");
    let (code, field) = match error {
        CalendarError::Fault(fault) => return Err(refuse(&fault)),
        CalendarError::Name(error) => (error.into(), Some("name")),
        CalendarError::Hours(BadHours::NeverOpen) => (Code::NeverOpen, Some("hours")),
        CalendarError::Hours(BadHours::TooManyHolidays) | CalendarError::Holidays => {
            (Code::InvalidHolidays, Some("holidays"))
        }
        CalendarError::Hours(_) => (Code::InvalidHours, Some("hours")),
        CalendarError::UnknownTimeZone => (Code::UnknownTimeZone, Some("timeZone")),
        CalendarError::NothingToChange | CalendarError::ChangedMeanwhile => {
            return Err(Refusal::Internal.into());
        }
    };
    Ok(CalendarCreatePayload::refused(code, field, message))
}

fn policy_not_created(error: PolicyError) -> Result<SlaPolicyCreatePayload> {
    use SlaPolicyCreateErrorCode as Code;
    let message = format!("Refused: {error}.");
    let (code, field) = match error {
        PolicyError::Fault(fault) => return Err(refuse(&fault)),
        PolicyError::Name(error) => (error.into(), Some("name")),
        PolicyError::UnknownCalendar => (Code::UnknownCalendar, Some("calendar")),
        PolicyError::Targets => (Code::InvalidTargets, Some("targets")),
        PolicyError::NearPercent => (Code::InvalidPercent, Some("nearBreachPercent")),
        PolicyError::Escalations(EscalationError::UnknownStaffMember) => {
            (Code::UnknownStaffMember, Some("escalations"))
        }
        PolicyError::Escalations(_) => (Code::InvalidEscalations, Some("escalations")),
        PolicyError::ChangedMeanwhile => (Code::ChangedMeanwhile, Some("calendar")),
        PolicyError::NothingToChange => return Err(Refusal::Internal.into()),
    };
    Ok(SlaPolicyCreatePayload::refused(code, field, message))
}

fn policy_not_changed(error: PolicyError) -> Result<SlaPolicyUpdatePayload> {
    use SlaPolicyUpdateErrorCode as Code;
    let message = format!("Refused: {error}.");
    let (code, field) = match error {
        PolicyError::Fault(fault) => return Err(refuse(&fault)),
        PolicyError::Name(error) => (error.into(), Some("name")),
        PolicyError::UnknownCalendar => (Code::UnknownCalendar, Some("calendar")),
        PolicyError::Targets => (Code::InvalidTargets, Some("targets")),
        PolicyError::NearPercent => (Code::InvalidPercent, Some("nearBreachPercent")),
        PolicyError::Escalations(EscalationError::UnknownStaffMember) => {
            (Code::UnknownStaffMember, Some("escalations"))
        }
        PolicyError::Escalations(_) => (Code::InvalidEscalations, Some("escalations")),
        PolicyError::ChangedMeanwhile => (Code::ChangedMeanwhile, Some("id")),
        PolicyError::NothingToChange => (Code::NothingToChange, None),
    };
    Ok(SlaPolicyUpdatePayload::refused(code, field, message))
}

fn contract_not_created(error: ContractError) -> Result<ContractCreatePayload> {
    use ContractCreateErrorCode as Code;
    let message = format!("Refused: {error}.");
    let (code, field) = match error {
        ContractError::Fault(fault) => return Err(refuse(&fault)),
        ContractError::Title(error) => (error.into(), Some("title")),
        ContractError::UnknownCompany => (Code::UnknownCompany, Some("companies")),
        ContractError::UnknownPolicy => (Code::UnknownPolicy, Some("policy")),
        ContractError::Dates => (Code::InvalidDates, Some("endsOn")),
        ContractError::NothingToChange | ContractError::ChangedMeanwhile => {
            return Err(Refusal::Internal.into());
        }
    };
    Ok(ContractCreatePayload::refused(code, field, message))
}

fn contract_not_changed(error: ContractError) -> Result<ContractUpdatePayload> {
    use ContractUpdateErrorCode as Code;
    let message = format!("Refused: {error}.");
    let (code, field) = match error {
        ContractError::Fault(fault) => return Err(refuse(&fault)),
        ContractError::Title(error) => (error.into(), Some("title")),
        ContractError::UnknownCompany => (Code::UnknownCompany, Some("companies")),
        ContractError::UnknownPolicy => (Code::UnknownPolicy, Some("policy")),
        ContractError::Dates => (Code::InvalidDates, Some("endsOn")),
        ContractError::NothingToChange => (Code::NothingToChange, None),
        ContractError::ChangedMeanwhile => (Code::ChangedMeanwhile, Some("id")),
    };
    Ok(ContractUpdatePayload::refused(code, field, message))
}
