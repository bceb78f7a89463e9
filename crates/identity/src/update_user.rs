//! Changing a client user (CT-2): access and sections by the company's admins
//! and by staff; name, address and language by staff alone (CT-3).

use kernel::{BadName, ClientUserId, Doing, Fault, Line};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Map, Value, json};
use visibility::{
    Access, Cx, Reach, Sections, Viewer,
    audit::{self, Event},
};

use crate::{
    BadEmail, ClientUser, Email, Locale, Realm, Standing, client_users_by_ids,
    credential::{Purpose, void, void_invited_by},
    entity::client_user::{ActiveModel, Column, Entity},
    event,
    invite::{self, manages_people},
    last_admin::may_go,
    rights,
    session::revoke_all,
    unique::unless_taken,
};

/// What changes; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct UserUpdate {
    /// The standing at the company.
    pub access: Option<Access>,
    /// The sections that are open.
    pub sections: Option<Sections>,
    /// How far the user sees, where the company chooses per member.
    pub reach: Option<Reach>,
    /// The name; for staff.
    pub name: Option<String>,
    /// The address; for staff.
    pub email: Option<String>,
    /// The language of mails; for staff.
    pub locale: Option<String>,
}

/// Why a user stays as they are.
#[derive(Debug, thiserror::Error)]
pub enum UpdateError {
    /// Nothing was asked to change.
    #[error("there is nothing to change")]
    NothingToChange,
    /// The company's last admin.
    #[error("a company keeps at least one admin")]
    LastAdmin,
    /// The address cannot be used.
    #[error("the address {0}")]
    Email(#[from] BadEmail),
    /// Somebody in the workspace has it.
    #[error("somebody with this address is there already")]
    EmailTaken,
    /// The name cannot be taken.
    #[error("the name {0}")]
    Name(BadName),
    /// No such language.
    #[error("there is no such language")]
    UnknownLocale,
    /// A new address has an open invitation mailed anew, and there were too many.
    #[error("too many invitations; try again later")]
    TooManyRequests,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Changes a client user. The company's admins and staff with
/// `customers.write`; of clients, nobody reaches beyond the own company.
pub async fn update_user(
    cx: &Cx<'_>,
    id: ClientUserId,
    input: UserUpdate,
) -> Result<ClientUser, UpdateError> {
    manages_people(cx)?;
    let staffs_own = input.name.is_some() || input.email.is_some() || input.locale.is_some();
    if staffs_own && matches!(cx.viewer, Viewer::Client(_)) {
        return Err(Fault::Forbidden.into());
    }
    let tx = cx.begin().await?;
    rights::again(cx, &tx).await?;
    let within = cx.within(&tx);
    let user = client_users_by_ids(&within, &[id]).await?.pop();
    let user = user.filter(|user| user.erased_at.is_none());
    let user = user.ok_or(Fault::NotFound)?;
    if input.access.is_some_and(|access| access != Access::Admin) {
        let may_go = may_go(&tx, &user).await?;
        may_go.map_err(|_last| UpdateError::LastAdmin)?;
    }
    let new_access = input.access;
    let (row, changes) = changed(&user, input)?;
    if changes.is_empty() {
        return Err(UpdateError::NothingToChange);
    }
    let new_email = row.email.try_as_ref().cloned();
    let update = Entity::update(row).validate().doing("changing a user")?;
    let update = update.filter(Column::WorkspaceId.eq(cx.viewer.workspace()));
    let updated = update.exec(&tx.executor()).await;
    unless_taken(updated, "changing a user")?.map_err(|_taken| UpdateError::EmailTaken)?;
    if new_email.is_some() || new_access == Some(Access::None) {
        // For good: what comes back must not bring back what was open.
        revoke_all(&tx.executor(), Realm::Portal, id.0, cx.now).await?;
    }
    if let Some(address) = new_email {
        // What lies in the old mailbox must not open the account any more.
        let mailed = [Purpose::Invitation, Purpose::Reset, Purpose::Code];
        void(&tx, Realm::Portal, id.0, &mailed, cx.now).await?;
        if user.status == Standing::Invited {
            let counted = invite::count(cx, &tx, &address).await?;
            counted.map_err(|_throttled| UpdateError::TooManyRequests)?;
            invite::mail(cx, &tx, id).await?;
        }
    }
    if user.access == Access::Admin && new_access.is_some_and(|access| access != Access::Admin) {
        void_invited_by(&tx, Realm::Portal, id.0, cx.now).await?;
    }
    let event = Event {
        kind: "clientUser.changed",
        subject: Some(("clientUser", id.0)),
        detail: Some(Value::Object(changes)),
        ..Event::default()
    };
    audit::enter(cx, &tx, event).await?;
    tx.record(event::fact(cx, event::CLIENT_USER_CHANGED, id.0));
    let user = client_users_by_ids(&within, &[id]).await?.pop();
    tx.commit().await?;
    Ok(user.ok_or(Fault::NotFound)?)
}

/// The row to write, and what the audit trail says of it: levels and sections
/// in words, personal things only by name.
fn changed(
    user: &ClientUser,
    input: UserUpdate,
) -> Result<(ActiveModel, Map<String, Value>), UpdateError> {
    let mut row = ActiveModel {
        id: Set(user.id),
        ..Default::default()
    };
    let mut changes = Map::new();
    if let Some(access) = input.access.filter(|access| *access != user.access) {
        row.access = Set(access);
        let change = json!({ "from": user.access.name(), "to": access.name() });
        changes.insert("access".into(), change);
    }
    if let Some(sections) = input.sections.filter(|new| *new != user.sections) {
        let change = json!({ "from": user.sections, "to": sections });
        changes.insert("sections".into(), change);
        row.sections = Set(sections);
    }
    if let Some(reach) = input.reach.filter(|reach| Some(*reach) != user.reach) {
        let before = user.reach.map_or("own", Reach::name);
        let change = json!({ "from": before, "to": reach.name() });
        changes.insert("reach".into(), change);
        row.reach = Set(Some(reach));
    }
    if let Some(name) = input.name.filter(|name| *name != user.name) {
        row.name = Set(Line::parse_name(&name)
            .map_err(UpdateError::Name)?
            .into_string());
        changes.insert("name".into(), json!("changed"));
    }
    let email = input.email.as_deref().map(Email::parse).transpose()?;
    if let Some(email) = email.filter(|email| email.as_str() != user.email) {
        row.email = Set(email.into_string());
        changes.insert("email".into(), json!("changed"));
    }
    let locale = input.locale.as_deref().map(Locale::parse);
    if let Some(locale) = locale.filter(|locale| locale.map(Locale::tag) != Some(&user.locale)) {
        let locale = locale.ok_or(UpdateError::UnknownLocale)?;
        row.locale = Set(locale.tag().to_owned());
        changes.insert("locale".into(), json!(locale.tag()));
    }
    Ok((row, changes))
}
