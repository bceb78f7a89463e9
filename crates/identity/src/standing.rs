//! Disabling and enabling a client user (ID-11): in force on the next request,
//! and at once for live streams.

use kernel::{ClientUserId, Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use visibility::{Cx, Permission};

use crate::{
    ClientUser, Realm, Standing, client_users_by_ids,
    entity::client_user::{Column, Entity},
    event,
    session::revoke_all,
};

/// Why the standing stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum StandingError {
    /// The user already has it.
    #[error("nothing to change")]
    Unchanged,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Sets whether a client user may sign in. Needs `customers.write`.
pub async fn set_standing(
    cx: &Cx<'_>,
    id: ClientUserId,
    standing: Standing,
) -> Result<ClientUser, StandingError> {
    let staff = cx.viewer.may(Permission::CustomersWrite)?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let mut user = client_users_by_ids(&within, &[id])
        .await?
        .pop()
        .ok_or(Fault::NotFound)?;
    #[expect(clippy::disallowed_methods, reason = "the user was just read in scope")]
    let update = Entity::update_many()
        .col_expr(Column::Status, Expr::value(standing))
        .filter(Column::Id.eq(id))
        .filter(Column::WorkspaceId.eq(staff.workspace))
        .filter(Column::Status.ne(standing));
    let done = update
        .exec(&tx.executor())
        .await
        .doing("changing a user's standing")?;
    if done.rows_affected == 0 {
        return Err(StandingError::Unchanged);
    }
    if standing == Standing::Disabled {
        // For good: enabling somebody again must not bring back what was open.
        revoke_all(&tx.executor(), Realm::Portal, id.0, cx.now).await?;
    }
    tx.record(event::fact(cx, event::CLIENT_USER_CHANGED, id.0));
    tx.commit().await?;
    user.status = standing;
    Ok(user)
}
