//! Erasing a client user (OP-5). What they wrote stays, without them: the row
//! remains as a nameless author, everything personal in it goes.

use kernel::{ClientUserId, Doing, Fault};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use visibility::{
    Access, Cx, Sections,
    audit::{self, Event},
};

use crate::{
    ClientUser, Origin, Realm, Standing,
    company_users::erasable,
    credential,
    entity::{
        client_user::{ActiveModel, Column, Entity},
        join_request,
    },
    event,
    last_admin::may_go,
    rights, session, settings,
    throttle::Attempt,
};

/// Why nobody was erased.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// The company's last admin.
    #[error("a company keeps at least one admin")]
    LastAdmin,
    /// They were erased before.
    #[error("the person was erased before")]
    Unchanged,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// What stands where a name was.
pub const ERASED_NAME: &str = "—";

/// Erases a client user for good. Needs `customers.erase`.
pub async fn erase(cx: &Cx<'_>, id: ClientUserId) -> Result<ClientUser, EraseError> {
    let tx = cx.begin().await?;
    rights::again(cx, &tx).await?;
    let within = cx.within(&tx);
    let user = erasable(&within, id).await?;
    if user.erased_at.is_some() {
        return Err(EraseError::Unchanged);
    }
    let may_go = may_go(&tx, &user).await?;
    may_go.map_err(|_last| EraseError::LastAdmin)?;
    let row = ActiveModel {
        id: Set(id),
        name: Set(ERASED_NAME.to_owned()),
        // No mailbox (RFC 2606), and unlike any other.
        email: Set(format!("{}@erased.invalid", id.0.simple())),
        locale: Set("en".to_owned()),
        access: Set(Access::None),
        sections: Set(Sections::default()),
        reach: Set(None),
        status: Set(Standing::Disabled),
        password_hash: Set(None),
        last_sign_in_at: Set(None),
        erased_at: Set(Some(cx.now)),
        ..Default::default()
    };
    let update = Entity::update(row).validate().doing("erasing a user")?;
    let updated = update
        .filter(Column::WorkspaceId.eq(cx.viewer.workspace()))
        .exec(&tx.executor())
        .await;
    updated.doing("erasing a user")?;
    session::remove_of(&tx.executor(), Realm::Portal, id.0).await?;
    credential::remove_of(&tx, Realm::Portal, id.0).await?;
    forget_requests(&within, &tx, &user).await?;
    let slug = settings::workspace(&within).await?.slug;
    let account = Attempt::at(Realm::Portal, &slug, &user.email, &Origin::default());
    account.forget_places(&tx).await?;
    let event = Event {
        kind: "clientUser.erased",
        subject: Some(("clientUser", id.0)),
        ..Event::default()
    };
    audit::enter(cx, &tx, event).await?;
    tx.record(event::fact(cx, event::CLIENT_USER_CHANGED, id.0));
    let user = erasable(&within, id).await?;
    tx.commit().await?;
    Ok(user)
}

#[expect(
    clippy::disallowed_methods,
    reason = "requests of the same address to the same workspace"
)]
async fn forget_requests(cx: &Cx<'_>, tx: &store::Tx, user: &ClientUser) -> Result<(), Fault> {
    let removed = join_request::Entity::delete_many()
        .filter(join_request::Column::WorkspaceId.eq(cx.viewer.workspace()))
        .filter(join_request::Column::Email.eq(user.email.clone()))
        .exec(&tx.executor())
        .await;
    removed.doing("removing requests to join")?;
    Ok(())
}
