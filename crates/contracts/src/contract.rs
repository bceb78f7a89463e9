//! Creating and changing contracts.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use kernel::{CompanyId, Doing, Fault, Line, TextError};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
};
use serde_json::json;
use store::Tx;
use visibility::{Cx, Permission};

use crate::{
    Contract, ContractId, PolicyId,
    entity::{
        contract::{Column, Entity},
        covered,
    },
    event, scope, trail,
};

/// The number series that contract references are drawn from.
const SERIES: &str = "contract";
/// The most companies that one contract covers.
pub const MOST_COMPANIES: usize = 100;

/// What a contract is made of; in an update, what is absent stays. An id that
/// names nothing of its kind is none.
#[derive(Clone, Debug, Default)]
pub struct ContractInput {
    /// What it is called.
    pub title: Option<String>,
    /// Whom it covers: all of them.
    pub companies: Option<Vec<CompanyId>>,
    /// Its policy, or the workspace's own.
    pub policy: Option<Option<PolicyId>>,
    /// Whether its customers see the time that is left.
    pub countdown: Option<bool>,
    /// The first day.
    pub starts_on: Option<NaiveDate>,
    /// The last day, or none.
    pub ends_on: Option<Option<NaiveDate>>,
}

/// Why a contract was not created or changed.
#[derive(Debug, thiserror::Error)]
pub enum ContractError {
    /// The title cannot be taken.
    #[error("the title {0}")]
    Title(TextError),
    /// The workspace has no such company.
    #[error("there is no such company")]
    UnknownCompany,
    /// The workspace has no such policy.
    #[error("there is no such policy")]
    UnknownPolicy,
    /// The days are out of bounds, or in the wrong order.
    #[error("it must not end before it starts, and lie between 2000 and 2199")]
    Dates,
    /// Nothing was asked to change.
    #[error("there is nothing to change")]
    NothingToChange,
    /// Somebody else changed it at the same moment.
    #[error("somebody has changed it meanwhile; read it again")]
    ChangedMeanwhile,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Contract {
    /// The reference that people use.
    pub fn reference(&self) -> String {
        format!("CTR-{:04}", self.number)
    }
}

/// Creates a contract. Needs `contracts.write`.
pub async fn create_contract(cx: &Cx<'_>, input: ContractInput) -> Result<Contract, ContractError> {
    let staff = cx.viewer.may(Permission::ContractsWrite)?;
    let zone = zone(cx).await?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let starts_on = input
        .starts_on
        .unwrap_or_else(|| cx.now.with_timezone(&zone).date_naive());
    let nothing = Contract {
        id: ContractId::fresh(cx.now, cx.entropy),
        workspace_id: staff.workspace,
        number: 0,
        title: String::new(),
        policy_id: None,
        countdown: false,
        starts_on,
        ends_on: None,
        in_force_from: cx.now,
        in_force_until: None,
        revision: 1,
    };
    let input = ContractInput {
        title: Some(input.title.unwrap_or_default()),
        starts_on: Some(starts_on),
        ..input
    };
    let companies = input.companies.clone().unwrap_or_default();
    let mut contract = filled(&within, nothing, &input, zone).await?;
    check_companies(&within, &companies).await?;
    contract.number = tx.next_number(staff.workspace, SERIES).await?;
    let insert = Entity::insert(contract.clone().into_active_model());
    let inserted = insert.exec_without_returning(&tx.executor()).await;
    inserted.doing("creating a contract")?;
    cover(&tx, &contract, companies).await?;
    trail::enter(
        cx,
        &tx,
        "contract.created",
        ("contract", contract.id.0),
        None,
    )
    .await?;
    tx.commit().await?;
    Ok(contract)
}

/// Changes a contract. Tickets keep the contract that they have; those under it
/// are counted anew when it names another policy. Needs `contracts.write`.
pub async fn update_contract(
    cx: &Cx<'_>,
    id: ContractId,
    input: ContractInput,
) -> Result<Contract, ContractError> {
    cx.viewer.may(Permission::ContractsWrite)?;
    let zone = zone(cx).await?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let before = scope::contract(&within, id).await?.ok_or(Fault::NotFound)?;
    let mut contract = filled(&within, before.clone(), &input, zone).await?;
    if contract == before && input.companies.is_none() {
        return Err(ContractError::NothingToChange);
    }
    contract.revision += 1;
    write(&tx, &contract, before.revision).await?;
    let others = input.companies.is_some();
    if let Some(companies) = input.companies {
        check_companies(&within, &companies).await?;
        uncover(&tx, &contract).await?;
        cover(&tx, &contract, companies).await?;
    }
    if contract.policy_id != before.policy_id {
        event::record(cx, &tx, event::CONTRACT_CHANGED, id.0);
    }
    let changes = json!({
        "title": contract.title != before.title,
        "companies": others,
        "policy": contract.policy_id != before.policy_id,
        "countdown": { "from": before.countdown, "to": contract.countdown },
        "startsOn": { "from": before.starts_on, "to": contract.starts_on },
        "endsOn": { "from": before.ends_on, "to": contract.ends_on },
    });
    trail::enter(
        cx,
        &tx,
        "contract.changed",
        ("contract", id.0),
        Some(changes),
    )
    .await?;
    tx.commit().await?;
    Ok(contract)
}

/// The workspace's time zone.
async fn zone(cx: &Cx<'_>) -> Result<Tz, Fault> {
    let workspace = identity::workspace(cx).await?;
    // Tested when it was set.
    Ok(workspace.time_zone.parse().unwrap_or(Tz::UTC))
}

async fn filled(
    cx: &Cx<'_>,
    mut contract: Contract,
    input: &ContractInput,
    zone: Tz,
) -> Result<Contract, ContractError> {
    if let Some(title) = &input.title {
        contract.title = Line::parse(title)
            .map_err(ContractError::Title)?
            .into_string();
    }
    if let Some(policy) = input.policy {
        if let Some(policy) = policy {
            let found = scope::policy(cx, policy).await?;
            found.ok_or(ContractError::UnknownPolicy)?;
        }
        contract.policy_id = policy;
    }
    contract.countdown = input.countdown.unwrap_or(contract.countdown);
    contract.starts_on = input.starts_on.unwrap_or(contract.starts_on);
    contract.ends_on = input.ends_on.unwrap_or(contract.ends_on);
    let date = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
    let bounds = date(2000)..date(2200);
    let last = contract.ends_on.unwrap_or(contract.starts_on);
    if !bounds.contains(&contract.starts_on) || !bounds.contains(&last) || last < contract.starts_on
    {
        return Err(ContractError::Dates);
    }
    if input.starts_on.is_some() {
        contract.in_force_from = midnight(zone, contract.starts_on);
    }
    if input.ends_on.is_some() {
        let after = contract.ends_on.map(|last| last + Days::new(1));
        contract.in_force_until = after.map(|day| midnight(zone, day));
    }
    Ok(contract)
}

/// The first instant of a day.
fn midnight(zone: Tz, day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    // A zone may leave its midnight out, by an hour at most.
    let found = zone.from_local_datetime(&midnight).earliest();
    let later = midnight + chrono::TimeDelta::hours(1);
    let found = found.or_else(|| zone.from_local_datetime(&later).earliest());
    found.map_or(midnight.and_utc(), |at| at.to_utc())
}

async fn check_companies(cx: &Cx<'_>, companies: &[CompanyId]) -> Result<(), ContractError> {
    let mut wanted = companies.to_vec();
    wanted.sort_unstable();
    wanted.dedup();
    let known = identity::companies_by_ids(cx, &wanted).await?;
    if known.len() == wanted.len() {
        Ok(())
    } else {
        Err(ContractError::UnknownCompany)
    }
}

async fn cover(tx: &Tx, contract: &Contract, mut companies: Vec<CompanyId>) -> Result<(), Fault> {
    companies.sort_unstable();
    companies.dedup();
    let row = |company_id| covered::Model {
        contract_id: contract.id,
        company_id,
        workspace_id: contract.workspace_id,
    };
    tx.write_all::<covered::Entity>(companies.into_iter().map(row))
        .await
}

#[expect(clippy::disallowed_methods, reason = "the contract was read in scope")]
async fn uncover(tx: &Tx, contract: &Contract) -> Result<(), Fault> {
    let delete = covered::Entity::delete_many().filter(covered::Column::ContractId.eq(contract.id));
    delete
        .exec(&tx.executor())
        .await
        .doing("changing whom a contract covers")?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the contract was read in scope")]
async fn write(tx: &Tx, contract: &Contract, revision: i64) -> Result<(), ContractError> {
    let mut row = contract.clone().into_active_model().reset_all();
    row.id = ActiveValue::Unchanged(contract.id);
    let update = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(contract.id))
        .filter(Column::Revision.eq(revision));
    let done = update
        .exec(&tx.executor())
        .await
        .doing("changing a contract")?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        Err(ContractError::ChangedMeanwhile)
    }
}
