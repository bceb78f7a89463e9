//! Queueing a dead mail again.

use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use visibility::Cx;

use crate::{
    Mail, MailId, Status,
    entity::mail::{Column, Entity},
    scope,
};

/// Why the mail stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum RetryError {
    /// It waits, or is done with.
    #[error("not dead")]
    NotDead,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Queues a dead mail again, due at once, with all its attempts. Needs
/// `mail.manage`.
pub async fn retry(cx: &Cx<'_>, id: MailId) -> Result<Mail, RetryError> {
    let staff = scope::manager(cx.viewer)?;
    let tx = cx.begin().await?;
    #[expect(
        clippy::disallowed_methods,
        reason = "one mail of the viewer's workspace"
    )]
    let update = Entity::update_many()
        .col_expr(Column::Status, Expr::value(Status::Queued))
        .col_expr(Column::Attempts, Expr::value(0))
        .col_expr(Column::DueAt, Expr::value(cx.now))
        .filter(Column::WorkspaceId.eq(staff.workspace))
        .filter(Column::Id.eq(id))
        .filter(Column::Status.eq(Status::Dead));
    let mut rows = update
        .exec_with_returning(&tx.executor())
        .await
        .doing("queueing a mail again")?;
    let Some(row) = rows.pop() else {
        scope::by_id(&cx.within(&tx), id).await?;
        return Err(RetryError::NotDead);
    };
    tx.commit().await?;
    Ok(row.into())
}
