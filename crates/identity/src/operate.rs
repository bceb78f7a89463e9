//! What the operator of a server does to whole workspaces, by the command line:
//! the plan, and whether a workspace is in force (ID-11). Nothing that answers a
//! request may call this.

use kernel::{Doing, Fault, WorkspaceId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use serde_json::json;
use store::Work;
use visibility::audit::{Event, enter_outside};

use crate::{
    Plan, Realm, Standing,
    entity::workspace::{Column, Entity},
    event,
    session::revoke_all_of_workspace,
};

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum OperateError {
    /// There is no workspace of that name.
    #[error("there is no workspace of that name")]
    Unknown,
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// A workspace as the operator lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name in addresses.
    pub slug: String,
    /// Its plan.
    pub plan: String,
    /// Whether it is in force.
    pub standing: Standing,
}

/// Every workspace, by name.
#[expect(
    clippy::disallowed_methods,
    reason = "the operator sees every workspace"
)]
pub async fn workspaces(work: &Work<'_>) -> Result<Vec<Listed>, Fault> {
    let rows = Entity::find()
        .order_by_asc(Column::Slug)
        .all(&work.store.executor())
        .await
        .doing("listing workspaces")?;
    let listed = |row: crate::entity::workspace::Model| Listed {
        slug: row.slug,
        plan: row.plan,
        standing: row.status,
    };
    Ok(rows.into_iter().map(listed).collect())
}

/// Puts a workspace on a plan. What is above the new limits stays; nothing is
/// added until it fits.
pub async fn set_plan(work: &Work<'_>, slug: &str, plan: Plan) -> Result<(), OperateError> {
    let detail = json!({ "plan": plan.name() });
    let value = Expr::value(plan.name());
    change(work, slug, Column::Plan, value, detail, false).await
}

/// Switches a workspace off or on. Off: nobody of either realm signs in, every
/// session ends for good, and its portal answers as if it did not exist.
pub async fn set_workspace_standing(
    work: &Work<'_>,
    slug: &str,
    active: bool,
) -> Result<(), OperateError> {
    let standing = Standing::of(active);
    let detail = json!({ "status": standing.name() });
    let value = Expr::value(standing);
    change(work, slug, Column::Status, value, detail, !active).await
}

#[expect(
    clippy::disallowed_methods,
    reason = "the operator changes any workspace"
)]
async fn change(
    work: &Work<'_>,
    slug: &str,
    column: Column,
    value: Expr,
    detail: serde_json::Value,
    ends_sessions: bool,
) -> Result<(), OperateError> {
    let tx = work.begin().await?;
    let id: Option<WorkspaceId> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Slug.eq(slug))
        .into_tuple()
        .one(&tx.executor())
        .await
        .doing("looking a workspace up")?;
    let id = id.ok_or(OperateError::Unknown)?;
    Entity::update_many()
        .col_expr(column, value)
        .filter(Column::Id.eq(id))
        .exec(&tx.executor())
        .await
        .doing("changing a workspace")?;
    if ends_sessions {
        for realm in [Realm::Portal, Realm::Staff] {
            revoke_all_of_workspace(&tx.executor(), realm, id, work.now).await?;
        }
    }
    let event = Event {
        kind: "workspace.operated",
        subject: Some(("workspace", id.0)),
        detail: Some(detail),
        ..Event::default()
    };
    enter_outside(work, &tx, id, event).await?;
    let kind = event::WORKSPACE_CHANGED;
    tx.record(event::of(work.uuid(), id, kind, id.0, work.now));
    tx.commit().await?;
    Ok(())
}
