//! Disabling and enabling a client user (ID-11): in force on the next request,
//! and at once for live streams.

use kernel::{ClientUserId, Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use visibility::{
    Cx,
    audit::{self, Event},
};

use crate::{
    ClientUser, PlanLimit, Realm, Standing, client_users_by_ids,
    credential::{Purpose, void, void_invited_by},
    entity::client_user::{Column, Entity},
    event, invite,
    last_admin::may_go,
    plan::room_for_client_user,
    rights,
    session::revoke_all,
};

/// Why the standing stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum StandingError {
    /// The user already has it.
    #[error("the person already has that status")]
    Unchanged,
    /// The company's last admin.
    #[error("a company keeps at least one admin")]
    LastAdmin,
    /// The plan allows no more.
    #[error(transparent)]
    PlanLimit(#[from] PlanLimit),
    /// Too many invitations in a short time.
    #[error("too many invitations; try again later")]
    TooManyRequests,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Keeps a user from signing in; what they have open ends. An open invitation
/// is withdrawn. The company's admins, and staff with `customers.write`.
pub async fn disable(cx: &Cx<'_>, id: ClientUserId) -> Result<ClientUser, StandingError> {
    invite::manages_people(cx)?;
    let tx = cx.begin().await?;
    rights::again(cx, &tx).await?;
    let mut user = client_users_by_ids(&cx.within(&tx), &[id])
        .await?
        .pop()
        .ok_or(Fault::NotFound)?;
    let may_go = may_go(&tx, &user).await?;
    may_go.map_err(|_last| StandingError::LastAdmin)?;
    change(cx, &tx, id, Standing::Disabled).await?;
    // For good: enabling somebody again must not bring back what was open.
    revoke_all(&tx.executor(), Realm::Portal, id.0, cx.now).await?;
    let mailed = [Purpose::Invitation, Purpose::Reset, Purpose::Code];
    void(&tx, Realm::Portal, id.0, &mailed, cx.now).await?;
    void_invited_by(&tx, Realm::Portal, id.0, cx.now).await?;
    finish(cx, tx, id, "clientUser.disabled").await?;
    user.status = Standing::Disabled;
    Ok(user)
}

/// Lets a user sign in again; whoever never took their invitation is invited
/// anew. Same rights as [`disable`]; the plan must have room.
pub async fn enable(cx: &Cx<'_>, id: ClientUserId) -> Result<ClientUser, StandingError> {
    invite::manages_people(cx)?;
    let tx = cx.begin().await?;
    rights::again(cx, &tx).await?;
    let room = room_for_client_user(&tx, cx.viewer.workspace()).await?;
    let user = client_users_by_ids(&cx.within(&tx), &[id]).await?.pop();
    let user = user.filter(|user| user.erased_at.is_none());
    let mut user = user.ok_or(Fault::NotFound)?;
    if user.status != Standing::Disabled {
        return Err(StandingError::Unchanged);
    }
    room?;
    let standing = if has_accepted(cx, &tx, id).await? {
        Standing::Active
    } else {
        let counted = invite::count(cx, &tx, &user.email).await?;
        counted.map_err(|_throttled| StandingError::TooManyRequests)?;
        invite::mail(cx, &tx, id).await?;
        Standing::Invited
    };
    change(cx, &tx, id, standing).await?;
    finish(cx, tx, id, "clientUser.enabled").await?;
    user.status = standing;
    Ok(user)
}

#[expect(clippy::disallowed_methods, reason = "the user was just read in scope")]
async fn change(
    cx: &Cx<'_>,
    tx: &store::Tx,
    id: ClientUserId,
    standing: Standing,
) -> Result<(), StandingError> {
    let done = Entity::update_many()
        .col_expr(Column::Status, Expr::value(standing))
        .filter(Column::Id.eq(id))
        .filter(Column::WorkspaceId.eq(cx.viewer.workspace()))
        .filter(Column::Status.ne(standing))
        .exec(&tx.executor())
        .await
        .doing("changing a user's standing")?;
    if done.rows_affected == 0 {
        return Err(StandingError::Unchanged);
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the user was just read in scope")]
async fn has_accepted(cx: &Cx<'_>, tx: &store::Tx, id: ClientUserId) -> Result<bool, Fault> {
    let row = Entity::find()
        .filter(Column::WorkspaceId.eq(cx.viewer.workspace()))
        .filter(Column::Id.eq(id))
        .filter(Column::AcceptedAt.is_not_null())
        .one(&tx.executor())
        .await;
    Ok(row.doing("reading an acceptance")?.is_some())
}

async fn finish(
    cx: &Cx<'_>,
    tx: store::Tx,
    id: ClientUserId,
    kind: &'static str,
) -> Result<(), Fault> {
    let event = Event {
        kind,
        subject: Some(("clientUser", id.0)),
        ..Event::default()
    };
    audit::enter(cx, &tx, event).await?;
    tx.record(event::fact(cx, event::CLIENT_USER_CHANGED, id.0));
    tx.commit().await
}
