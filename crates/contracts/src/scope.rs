//! Which calendars, policies and contracts a viewer can see: those of their
//! workspace, for staff with `contracts.read`. No client has a way here.

use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, Select};
use visibility::{Cx, Permission, Viewer};

use crate::{
    Calendar, CalendarId, Contract, ContractId, PolicyId,
    entity::{calendar, contract, policy},
};

/// The calendars that the viewer can see.
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
pub(crate) fn calendars(viewer: &Viewer) -> Result<Select<calendar::Entity>, Fault> {
    let staff = viewer.may(Permission::ContractsRead)?;
    Ok(calendar::Entity::find().filter(calendar::Column::WorkspaceId.eq(staff.workspace)))
}

/// The policies that the viewer can see.
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
pub(crate) fn policies(viewer: &Viewer) -> Result<Select<policy::Entity>, Fault> {
    let staff = viewer.may(Permission::ContractsRead)?;
    Ok(policy::Entity::find().filter(policy::Column::WorkspaceId.eq(staff.workspace)))
}

/// The contracts that the viewer can see.
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
pub(crate) fn contracts(viewer: &Viewer) -> Result<Select<contract::Entity>, Fault> {
    let staff = viewer.may(Permission::ContractsRead)?;
    Ok(contract::Entity::find().filter(contract::Column::WorkspaceId.eq(staff.workspace)))
}

/// The calendar, if the viewer can see it.
pub(crate) async fn calendar(cx: &Cx<'_>, id: CalendarId) -> Result<Option<Calendar>, Fault> {
    let found = calendars(cx.viewer)?.filter(calendar::Column::Id.eq(id));
    found.one(&cx.db()).await.doing("reading a calendar")
}

/// The policy, if the viewer can see it.
pub(crate) async fn policy(cx: &Cx<'_>, id: PolicyId) -> Result<Option<policy::Model>, Fault> {
    let found = policies(cx.viewer)?.filter(policy::Column::Id.eq(id));
    found.one(&cx.db()).await.doing("reading a policy")
}

/// The contract, if the viewer can see it.
pub(crate) async fn contract(cx: &Cx<'_>, id: ContractId) -> Result<Option<Contract>, Fault> {
    let found = contracts(cx.viewer)?.filter(contract::Column::Id.eq(id));
    found.one(&cx.db()).await.doing("reading a contract")
}
