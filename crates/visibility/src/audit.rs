//! The audit trail (ID-10): sign-ins and their failures, invitations, changes of
//! rights, resets, erasures. Append-only, in the database too.
//!
//! An entry holds ids, never a name or an address: erasing a person must not
//! ask for a trail that can be rewritten.

use chrono::{DateTime, Utc};
use kernel::{BadPage, Cursor, Doing, Fault, PageRequest, Slice, WorkspaceId};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use serde_json::Value;
use store::Tx;
use uuid::Uuid;

pub use crate::entity::audit::Model as Entry;
use crate::{
    Cx, Permission, Viewer,
    entity::audit::{Column, Entity},
};

/// Tells the cursors of the trail apart from those of other lists.
const LIST: u8 = 40;

/// Something that was done, or tried.
#[derive(Clone, Debug, Default)]
pub struct Event<'a> {
    /// `noun.verb`.
    pub kind: &'static str,
    /// The kind of record that it was done to, and the record.
    pub subject: Option<(&'static str, Uuid)>,
    /// The caller's network.
    pub network: Option<String>,
    /// What changed; nothing personal.
    pub detail: Option<Value>,
    /// Who did it, when nobody is signed in yet: side and id.
    pub actor: Option<(&'a str, Uuid)>,
}

/// Why a page of the trail was refused.
#[derive(Debug, thiserror::Error)]
pub enum TrailError {
    /// The page request is wrong.
    #[error(transparent)]
    Page(#[from] BadPage),
    /// Forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Enters what the viewer does, inside the transaction that does it.
pub async fn enter(cx: &Cx<'_>, tx: &Tx, event: Event<'_>) -> Result<(), Fault> {
    let actor = match cx.viewer {
        Viewer::Client(client) => ("client", client.user.0),
        Viewer::Staff(staff) => ("staff", staff.user.0),
    };
    let event = Event {
        actor: Some(actor),
        ..event
    };
    write(tx, cx.uuid(), cx.viewer.workspace(), cx.now, event).await
}

/// Enters what somebody does who is not signed in, or not yet.
pub async fn enter_outside(
    work: &store::Work<'_>,
    tx: &Tx,
    workspace: WorkspaceId,
    event: Event<'_>,
) -> Result<(), Fault> {
    write(tx, work.uuid(), workspace, work.now, event).await
}

async fn write(
    tx: &Tx,
    id: Uuid,
    workspace: WorkspaceId,
    at: DateTime<Utc>,
    event: Event<'_>,
) -> Result<(), Fault> {
    let (actor_side, actor_id) = event.actor.unzip();
    let (subject_kind, subject_id) = event.subject.unzip();
    let row = Entry {
        id,
        workspace_id: workspace,
        kind: event.kind.to_owned(),
        actor_side: actor_side.map(str::to_owned),
        actor_id,
        subject_kind: subject_kind.map(str::to_owned),
        subject_id,
        network: event.network,
        detail: event.detail,
        happened_at: at,
    };
    Entity::insert(row.into_active_model())
        .exec_without_returning(&tx.executor())
        .await
        .doing("entering into the audit trail")?;
    Ok(())
}

/// The cursor of an entry.
pub fn cursor(entry: &Entry) -> String {
    Cursor::encode(LIST, &(entry.happened_at, entry.id))
}

/// A page of the workspace's trail, the newest first; `kind` keeps the entries
/// of one kind. Needs `audit.read`.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: staff with the permission, in their workspace"
)]
pub async fn trail(
    cx: &Cx<'_>,
    kind: Option<&str>,
    request: &PageRequest,
) -> Result<Slice<Entry>, TrailError> {
    let staff = cx.viewer.may(Permission::AuditRead)?;
    let page = request.check::<(DateTime<Utc>, Uuid)>(LIST)?;
    let mut select = Entity::find().filter(Column::WorkspaceId.eq(staff.workspace));
    if let Some(kind) = kind {
        // No kind holds a NUL, which PostgreSQL would refuse as a parameter.
        select = select.filter(Column::Kind.eq(kind.replace('\0', " ")));
    }
    if let Some((at, id)) = page.after {
        let key = Expr::tuple([Column::HappenedAt.into_expr(), Column::Id.into_expr()]);
        let after = Expr::tuple([Expr::value(at), Expr::value(id)]);
        select = select.filter(ExprTrait::lt(key, after));
    }
    let rows = select
        .order_by_desc(Column::HappenedAt)
        .order_by_desc(Column::Id)
        .limit(u64::from(page.size) + 1)
        .all(&cx.db())
        .await;
    Ok(Slice::cut(
        rows.doing("reading the audit trail")?,
        page.size,
    ))
}
