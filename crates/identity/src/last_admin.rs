//! A company keeps at least one admin (CT-2), whoever takes them away and
//! however many do at once.

use kernel::{ClientUserId, CompanyId, Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::Tx;
use visibility::Access;

use crate::{
    ClientUser, Standing,
    entity::client_user::{Column, Entity},
    plan::hold_company,
};

/// The user is the company's last admin in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LastAdmin;

/// Refuses to lose `user` as an admin when nobody else is left. Holds the
/// company until the transaction ends, so that of two admins who demote each
/// other one stays.
pub(crate) async fn may_go(tx: &Tx, user: &ClientUser) -> Result<Result<(), LastAdmin>, Fault> {
    hold_company(tx, user.company_id).await?;
    // Read again behind the lock: it may have changed since.
    if !is_admin(tx, user.id).await? {
        return Ok(Ok(()));
    }
    let others = others(tx, user.company_id, user.id).await?;
    Ok(if others > 0 { Ok(()) } else { Err(LastAdmin) })
}

#[expect(clippy::disallowed_methods, reason = "the user was just read in scope")]
async fn is_admin(tx: &Tx, user: ClientUserId) -> Result<bool, Fault> {
    let admins = Entity::find()
        .filter(Column::Id.eq(user))
        .filter(Column::Access.eq(Access::Admin))
        .filter(Column::Status.eq(Standing::Active))
        .count(&tx.executor())
        .await
        .doing("reading an admin")?;
    Ok(admins > 0)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the company was just read in scope"
)]
async fn others(tx: &Tx, company: CompanyId, but: ClientUserId) -> Result<u64, Fault> {
    Entity::find()
        .filter(Column::CompanyId.eq(company))
        .filter(Column::Id.ne(but))
        .filter(Column::Access.eq(Access::Admin))
        .filter(Column::Status.eq(Standing::Active))
        .count(&tx.executor())
        .await
        .doing("counting admins")
}
