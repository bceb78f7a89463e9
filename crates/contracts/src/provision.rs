//! Writing calendars, policies and contracts without a viewer: for the
//! operator's own tools (demo, imports) and tests. Nothing that answers a
//! request may call this.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use kernel::{CompanyId, Doing, Entropy, Fault, WorkspaceId};
use sea_orm::DbErr;
use store::Tx;

use crate::{
    Calendar, CalendarId, Contract, ContractId, Escalations, Holidays, Hours, PolicyId, Targets,
    Terms, TermsId,
    entity::{calendar, contract, covered, default, policy, terms},
};

/// A calendar with the policies that go by it.
#[derive(Clone, Debug)]
pub struct NewPolicy<'a> {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The name of the policy.
    pub name: &'a str,
    /// The name of its calendar.
    pub calendar: &'a str,
    /// Opening hours, in OpenStreetMap's notation.
    pub hours: &'a str,
    /// The time zone.
    pub zone: Tz,
    /// Its holidays.
    pub holidays: Holidays,
    /// What is due.
    pub targets: Targets,
    /// How much of a target is used up when its end counts as near.
    pub near_percent: i64,
    /// What happens by itself.
    pub escalations: Escalations,
    /// Whether it holds where no contract names one.
    pub default: bool,
    /// Since when.
    pub at: DateTime<Utc>,
}

/// Writes a policy with a calendar of its own; answers its terms, and the calendar.
pub async fn policy(
    tx: &Tx,
    entropy: &dyn Entropy,
    new: NewPolicy<'_>,
) -> Result<(Terms, CalendarId), Fault> {
    let calendar = Calendar {
        id: CalendarId::fresh(new.at, entropy),
        workspace_id: new.workspace,
        name: new.calendar.to_owned(),
        hours: new.hours.to_owned(),
        time_zone: new.zone.name().to_owned(),
        holidays: new.holidays,
        revision: 1,
    };
    let calendar_id = calendar.id;
    let terms = terms::Model {
        id: TermsId::fresh(new.at, entropy),
        workspace_id: new.workspace,
        policy_id: PolicyId::fresh(new.at, entropy),
        targets: new.targets,
        near_percent: new.near_percent,
        escalations: new.escalations,
        hours: calendar.hours.clone(),
        time_zone: calendar.time_zone.clone(),
        holidays: calendar.holidays.clone(),
        made_at: new.at,
    };
    let policy = policy::Model {
        id: terms.policy_id,
        workspace_id: new.workspace,
        name: new.name.to_owned(),
        calendar_id: calendar.id,
        terms_id: terms.id,
    };
    let default = default::Model {
        workspace_id: new.workspace,
        policy_id: policy.id,
    };
    let hours = Hours::trusted(new.hours, new.zone, calendar.holidays.dates());
    let hours = hours
        .map_err(|error| DbErr::Custom(error.to_string()))
        .doing("provisioning a policy")?;
    let ready = Terms::of(terms.id, policy.id, hours, new.targets, new.near_percent);
    let ready = ready.escalating(terms.escalations.clone());
    tx.write_all::<calendar::Entity>([calendar]).await?;
    tx.write_all::<policy::Entity>([policy]).await?;
    tx.write_all::<terms::Entity>([terms]).await?;
    tx.write_all::<default::Entity>(new.default.then_some(default))
        .await?;
    Ok((ready, calendar_id))
}

/// A contract without an end.
#[derive(Clone, Copy, Debug)]
pub struct NewContract<'a> {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// What it is called.
    pub title: &'a str,
    /// Whom it covers.
    pub company: CompanyId,
    /// Its policy, or the workspace's own.
    pub policy: Option<PolicyId>,
    /// Whether its customer sees the time that is left.
    pub countdown: bool,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The first instant.
    pub from: DateTime<Utc>,
}

/// Writes a contract.
pub async fn contract(
    tx: &Tx,
    entropy: &dyn Entropy,
    new: NewContract<'_>,
) -> Result<ContractId, Fault> {
    let row = Contract {
        id: ContractId::fresh(new.from, entropy),
        workspace_id: new.workspace,
        number: tx.next_number(new.workspace, "contract").await?,
        title: new.title.to_owned(),
        policy_id: new.policy,
        countdown: new.countdown,
        starts_on: new.starts_on,
        ends_on: None,
        in_force_from: new.from,
        in_force_until: None,
        revision: 1,
    };
    let id = row.id;
    let covered = covered::Model {
        contract_id: id,
        company_id: new.company,
        workspace_id: new.workspace,
    };
    tx.write_all::<contract::Entity>([row]).await?;
    tx.write_all::<covered::Entity>([covered]).await?;
    Ok(id)
}
