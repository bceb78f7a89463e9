//! Reads for staff, each from the scope on.

use std::collections::HashMap;

use kernel::{CompanyId, Cursor, Doing, Fault, ListError, PageRequest, Slice, WorkspaceId};
use sea_orm::{
    ColumnTrait, EntityTrait, PrimaryKeyToColumn, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;
use visibility::{Cx, Permission};

use crate::{
    Calendar, CalendarId, Contract, ContractId, Policy, PolicyId,
    entity::{calendar, contract, covered, default, policy, terms},
    scope,
};

/// Tell the cursors of these lists apart from those of others.
const CALENDARS: u8 = 70;
const POLICIES: u8 = 71;
const CONTRACTS: u8 = 72;

/// A page of the rows of a select, the newest first.
async fn newest<E>(
    cx: &Cx<'_>,
    mut select: Select<E>,
    request: &PageRequest,
    list: u8,
) -> Result<Slice<E::Model>, ListError>
where
    E: EntityTrait,
    E::PrimaryKey: PrimaryKeyToColumn<Column = E::Column>,
{
    use sea_orm::Iterable;
    let page = request.check::<Uuid>(list)?;
    for key in E::PrimaryKey::iter() {
        let column = key.into_column();
        if let Some(after) = page.after {
            select = select.filter(column.lt(after));
        }
        select = select.order_by_desc(column);
    }
    let rows = select.limit(u64::from(page.size) + 1).all(&cx.db()).await;
    Ok(Slice::cut(
        rows.doing("listing contracts and policies")?,
        page.size,
    ))
}

/// A page of the workspace's calendars, the newest first. Needs `contracts.read`.
pub async fn calendars(cx: &Cx<'_>, request: &PageRequest) -> Result<Slice<Calendar>, ListError> {
    newest(cx, scope::calendars(cx.viewer)?, request, CALENDARS).await
}

/// A page of the workspace's policies, the newest first. Needs `contracts.read`.
pub async fn policies(cx: &Cx<'_>, request: &PageRequest) -> Result<Slice<Policy>, ListError> {
    let slice = newest(cx, scope::policies(cx.viewer)?, request, POLICIES).await?;
    let rows = with_terms(cx, slice.rows).await?;
    Ok(Slice {
        rows,
        has_next: slice.has_next,
    })
}

/// A page of the workspace's contracts, the newest first. Needs `contracts.read`.
pub async fn contracts(cx: &Cx<'_>, request: &PageRequest) -> Result<Slice<Contract>, ListError> {
    newest(cx, scope::contracts(cx.viewer)?, request, CONTRACTS).await
}

/// The cursor of a calendar.
pub fn calendar_cursor(calendar: &Calendar) -> String {
    Cursor::encode(CALENDARS, &calendar.id.0)
}

/// The cursor of a policy.
pub fn policy_cursor(policy: &Policy) -> String {
    Cursor::encode(POLICIES, &policy.id.0)
}

/// The cursor of a contract.
pub fn contract_cursor(contract: &Contract) -> String {
    Cursor::encode(CONTRACTS, &contract.id.0)
}

/// Those of the calendars that the viewer can see.
pub async fn calendars_by_ids(cx: &Cx<'_>, ids: &[CalendarId]) -> Result<Vec<Calendar>, Fault> {
    let select = scope::calendars(cx.viewer)?;
    let select = select.filter(calendar::Column::Id.is_in(ids.iter().copied()));
    select.all(&cx.db()).await.doing("reading calendars")
}

/// Those of the policies that the viewer can see.
pub async fn policies_by_ids(cx: &Cx<'_>, ids: &[PolicyId]) -> Result<Vec<Policy>, Fault> {
    let select = scope::policies(cx.viewer)?;
    let select = select.filter(policy::Column::Id.is_in(ids.iter().copied()));
    let rows = select.all(&cx.db()).await.doing("reading policies")?;
    with_terms(cx, rows).await
}

/// Those of the contracts that the viewer can see.
pub async fn contracts_by_ids(cx: &Cx<'_>, ids: &[ContractId]) -> Result<Vec<Contract>, Fault> {
    let select = scope::contracts(cx.viewer)?;
    let select = select.filter(contract::Column::Id.is_in(ids.iter().copied()));
    select.all(&cx.db()).await.doing("reading contracts")
}

/// Which companies the contracts cover. Needs `contracts.read`.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: staff, in their workspace"
)]
pub async fn covered_by(
    cx: &Cx<'_>,
    contracts: &[ContractId],
) -> Result<HashMap<ContractId, Vec<CompanyId>>, Fault> {
    let staff = cx.viewer.may(Permission::ContractsRead)?;
    let rows = covered::Entity::find()
        .filter(covered::Column::WorkspaceId.eq(staff.workspace))
        .filter(covered::Column::ContractId.is_in(contracts.iter().copied()))
        .order_by_asc(covered::Column::CompanyId)
        .all(&cx.db())
        .await
        .doing("reading who is covered")?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        found
            .entry(row.contract_id)
            .or_default()
            .push(row.company_id);
    }
    Ok(found)
}

/// The policies with what they say: two statements, however many there are.
#[expect(
    clippy::disallowed_methods,
    reason = "the policies were read in scope; the default is the viewer's workspace's"
)]
async fn with_terms(cx: &Cx<'_>, rows: Vec<policy::Model>) -> Result<Vec<Policy>, Fault> {
    let said = terms::Entity::find()
        .filter(terms::Column::Id.is_in(rows.iter().map(|row| row.terms_id)))
        .all(&cx.db())
        .await
        .doing("reading terms")?;
    let default = default_of(cx, cx.viewer.workspace()).await?;
    let mut said: HashMap<_, _> = said.into_iter().map(|terms| (terms.id, terms)).collect();
    let policy = |row: policy::Model| {
        let terms = said.remove(&row.terms_id)?;
        Some(Policy {
            id: row.id,
            name: row.name,
            calendar: row.calendar_id,
            targets: terms.targets,
            near_percent: terms.near_percent,
            escalations: terms.escalations,
            default: default == Some(row.id),
        })
    };
    Ok(rows.into_iter().filter_map(policy).collect())
}

/// The policy that holds where no contract names one.
#[expect(clippy::disallowed_methods, reason = "the workspace is the viewer's")]
async fn default_of(cx: &Cx<'_>, workspace: WorkspaceId) -> Result<Option<PolicyId>, Fault> {
    let found = default::Entity::find()
        .filter(default::Column::WorkspaceId.eq(workspace))
        .one(&cx.db())
        .await;
    let found = found.doing("reading the workspace's policy")?;
    Ok(found.map(|row| row.policy_id))
}
