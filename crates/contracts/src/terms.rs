//! Which terms hold, for the clocks of tickets. Nothing that answers a request
//! may show what is read here: there is no viewer.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use kernel::{CompanyId, Doing, Fault, WorkspaceId};
use sea_orm::{
    ColumnTrait, DatabaseExecutor, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, sea_query::ExprTrait,
};

use crate::{
    Contract, ContractId, Escalations, Hours, PolicyId, Priority, Target, Targets, TermsId,
    entity::{contract, covered, default, policy, terms},
};

/// What a policy said at a time, ready to count by.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Which.
    pub id: TermsId,
    /// Of which policy.
    pub policy: PolicyId,
    /// When work is done.
    pub hours: Hours,
    targets: Targets,
    near_percent: i64,
    escalations: Escalations,
}

impl Terms {
    /// Terms that were never kept, for trials of the arithmetic.
    pub fn of(id: TermsId, policy: PolicyId, hours: Hours, targets: Targets, near: i64) -> Self {
        Self {
            id,
            policy,
            hours,
            targets,
            near_percent: near,
            escalations: Escalations::default(),
        }
    }

    /// The same, with steps.
    #[must_use]
    pub fn escalating(self, escalations: Escalations) -> Self {
        Self {
            escalations,
            ..self
        }
    }

    /// What happens by itself as a promise runs out.
    pub fn escalations(&self) -> &Escalations {
        &self.escalations
    }

    /// What is due for a priority.
    pub fn target(&self, priority: Priority) -> Target {
        self.targets.of(priority)
    }

    /// How much of a target is used up when its end counts as near.
    pub fn near(&self, target: TimeDelta) -> TimeDelta {
        TimeDelta::microseconds(
            target.num_microseconds().unwrap_or(i64::MAX) / 100 * self.near_percent,
        )
    }

    fn read(row: &terms::Model) -> Result<Self, Fault> {
        let kept = |why: String| DbErr::Custom(format!("the terms {}: {why}", row.id));
        let zone = row.time_zone.parse::<Tz>();
        let zone = zone
            .map_err(|_| kept("no such time zone".to_owned()))
            .doing("reading terms")?;
        let hours = Hours::trusted(&row.hours, zone, row.holidays.dates());
        let hours = hours
            .map_err(|error| kept(error.to_string()))
            .doing("reading terms")?;
        Ok(Self {
            id: row.id,
            policy: row.policy_id,
            hours,
            targets: row.targets,
            near_percent: row.near_percent,
            escalations: row.escalations.clone(),
        })
    }
}

/// The terms of these ids.
#[expect(clippy::disallowed_methods, reason = "clocks have no viewer")]
pub async fn terms_by_ids(
    db: &DatabaseExecutor<'_>,
    ids: impl IntoIterator<Item = TermsId>,
) -> Result<Vec<Terms>, Fault> {
    let rows = terms::Entity::find().filter(terms::Column::Id.is_in(ids));
    let rows = rows.all(db).await.doing("reading terms")?;
    rows.iter().map(Terms::read).collect()
}

/// The contract of a company that is in force at an instant; of several, the
/// one that began last.
#[expect(clippy::disallowed_methods, reason = "clocks have no viewer")]
pub async fn in_force(
    db: &DatabaseExecutor<'_>,
    workspace: WorkspaceId,
    company: CompanyId,
    at: DateTime<Utc>,
) -> Result<Option<Contract>, Fault> {
    let covering = covered::Entity::find()
        .select_only()
        .column(covered::Column::ContractId)
        .filter(covered::Column::CompanyId.eq(company));
    let found = contract::Entity::find()
        .filter(contract::Column::WorkspaceId.eq(workspace))
        .filter(contract::Column::Id.in_subquery(covering.into_query()))
        .filter(contract::Column::InForceFrom.lte(at))
        .filter(
            contract::Column::InForceUntil
                .is_null()
                .or(contract::Column::InForceUntil.gt(at)),
        )
        .order_by_desc(contract::Column::InForceFrom)
        .order_by_desc(contract::Column::Number)
        .one(db)
        .await;
    found.doing("looking for a contract")
}

/// Whether a contract of the workspace covers a company.
#[expect(clippy::disallowed_methods, reason = "clocks have no viewer")]
pub async fn covers(
    db: &DatabaseExecutor<'_>,
    workspace: WorkspaceId,
    contract: ContractId,
    company: CompanyId,
) -> Result<bool, Fault> {
    let found = covered::Entity::find()
        .filter(covered::Column::WorkspaceId.eq(workspace))
        .filter(covered::Column::ContractId.eq(contract))
        .filter(covered::Column::CompanyId.eq(company))
        .one(db)
        .await;
    Ok(found.doing("looking whom a contract covers")?.is_some())
}

/// The terms that hold under a contract, or without one.
#[expect(clippy::disallowed_methods, reason = "clocks have no viewer")]
pub async fn terms_under(
    db: &DatabaseExecutor<'_>,
    workspace: WorkspaceId,
    contract: Option<ContractId>,
) -> Result<Option<Terms>, Fault> {
    let named = match contract {
        None => None,
        Some(contract) => {
            let found = contract::Entity::find()
                .filter(contract::Column::WorkspaceId.eq(workspace))
                .filter(contract::Column::Id.eq(contract))
                .one(db)
                .await;
            found
                .doing("reading a contract's policy")?
                .and_then(|row| row.policy_id)
        }
    };
    let policies = policy::Entity::find().filter(policy::Column::WorkspaceId.eq(workspace));
    let policies = if let Some(policy) = named {
        policies.filter(policy::Column::Id.eq(policy))
    } else {
        let default = default::Entity::find()
            .select_only()
            .column(default::Column::PolicyId)
            .filter(default::Column::WorkspaceId.eq(workspace));
        policies.filter(policy::Column::Id.in_subquery(default.into_query()))
    };
    let Some(policy) = policies.one(db).await.doing("reading a policy")? else {
        return Ok(None);
    };
    Ok(terms_by_ids(db, [policy.terms_id]).await?.pop())
}

/// Which companies those of the contracts cover that let their clients see the time
/// that is left.
#[expect(clippy::disallowed_methods, reason = "clocks have no viewer")]
pub async fn counting_down(
    db: &DatabaseExecutor<'_>,
    ids: impl IntoIterator<Item = ContractId>,
) -> Result<Vec<(ContractId, CompanyId)>, Fault> {
    let shown = contract::Entity::find()
        .select_only()
        .column(contract::Column::Id)
        .filter(contract::Column::Id.is_in(ids))
        .filter(contract::Column::Countdown.eq(true));
    let found = covered::Entity::find()
        .filter(covered::Column::ContractId.in_subquery(shown.into_query()))
        .all(db)
        .await;
    let found = found.doing("reading who sees a countdown")?.into_iter();
    Ok(found.map(|row| (row.contract_id, row.company_id)).collect())
}
