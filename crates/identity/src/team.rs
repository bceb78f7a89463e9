//! The team of a workspace (WS-3, VI-11): inviting, roles, leaving. Needs
//! `team.write`. Owners are for owners to make and to change; nobody changes
//! their own role, and a workspace keeps an owner.

use kernel::{BadName, Doing, Fault, Line, StaffUserId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};
use serde_json::{Value, json};
use store::Tx;
use visibility::{
    Cx, Permission, StaffRole, StaffViewer,
    audit::{self, Event},
};

use crate::{
    BadEmail, Email, Locale, PlanLimit, Realm, StaffUser, Standing,
    credential::{self, New, Purpose, void, void_invited_by},
    entity::staff_user::{ActiveModel, Column, Entity, Model},
    event,
    invite::count,
    plan::{hold_workspace, room_for_member},
    rights,
    session::revoke_all,
    settings::workspace_locale,
    staff_member,
    unique::unless_taken,
};

/// Who is invited to the team, and as what.
#[derive(Clone, Debug)]
pub struct TeamInvite {
    /// The address that the invitation is mailed to.
    pub email: String,
    /// The name.
    pub name: String,
    /// The role.
    pub role: StaffRole,
    /// The language of mails; the workspace's when absent.
    pub locale: Option<String>,
}

/// What changes of somebody; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct TeamUpdate {
    /// The name.
    pub name: Option<String>,
    /// The role.
    pub role: Option<StaffRole>,
    /// Whether they may sign in.
    pub standing: Option<Standing>,
}

/// Why the team stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum TeamError {
    /// The address cannot be used.
    #[error("the address {0}")]
    Email(#[from] BadEmail),
    /// Somebody of the team has it.
    #[error("somebody with this address is there already")]
    EmailTaken,
    /// The name cannot be taken.
    #[error("the name {0}")]
    Name(BadName),
    /// No such language.
    #[error("there is no such language")]
    UnknownLocale,
    /// The plan allows no more.
    #[error(transparent)]
    PlanLimit(#[from] PlanLimit),
    /// Too many invitations in a short time.
    #[error("too many invitations; try again later")]
    TooManyRequests,
    /// Only owners make and change owners.
    #[error("only an owner can make or change an owner")]
    OwnersOnly,
    /// Nobody changes their own role or standing.
    #[error("nobody can change their own role or status")]
    Oneself,
    /// The workspace's last owner.
    #[error("a workspace keeps at least one owner")]
    LastOwner,
    /// Nothing was asked to change.
    #[error("there is nothing to change")]
    NothingToChange,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Invites somebody to the team.
pub async fn invite_to_team(cx: &Cx<'_>, input: TeamInvite) -> Result<StaffUser, TeamError> {
    let staff = cx.viewer.may(Permission::TeamWrite)?;
    may_make(staff, input.role)?;
    let email = Email::parse(&input.email)?;
    let name = Line::parse_name(&input.name).map_err(TeamError::Name)?;
    let locale = match input.locale.as_deref() {
        None => workspace_locale(cx).await?,
        Some(tag) => Locale::parse(tag).ok_or(TeamError::UnknownLocale)?,
    };
    let tx = cx.begin().await?;
    rights::again(cx, &tx).await?;
    room_for_member(&tx, staff.workspace).await??;
    let counted = count(cx, &tx, email.as_str()).await?;
    counted.map_err(|_throttled| TeamError::TooManyRequests)?;
    let row = Model {
        id: StaffUserId::fresh(cx.now, cx.entropy),
        workspace_id: staff.workspace,
        email: email.into_string(),
        name: name.into_string(),
        locale: locale.tag().to_owned(),
        role: input.role,
        status: Standing::Invited,
        password_hash: None,
        created_at: cx.now,
        last_sign_in_at: None,
    };
    let id = row.id;
    let insert = Entity::insert(row.into_active_model());
    let inserted = insert.exec_without_returning(&tx.executor()).await;
    unless_taken(inserted, "inviting to the team")?.map_err(|_taken| TeamError::EmailTaken)?;
    mail(cx, &tx, staff, id).await?;
    let detail = json!({ "role": input.role.name() });
    finish(cx, tx, id, "staffUser.invited", detail).await
}

/// Changes somebody of the team, or whether they may sign in.
pub async fn update_team(
    cx: &Cx<'_>,
    id: StaffUserId,
    input: TeamUpdate,
) -> Result<StaffUser, TeamError> {
    let staff = cx.viewer.may(Permission::TeamWrite)?;
    let tx = cx.begin().await?;
    rights::again(cx, &tx).await?;
    // Two owners who demote each other come one after the other.
    hold_workspace(&tx, staff.workspace).await?;
    let user = staff_member(&cx.within(&tx), &[id]).await?.pop();
    let user = user.ok_or(Fault::NotFound)?;
    let role = input.role.filter(|role| *role != user.role);
    let standing = input.standing.filter(|to| {
        // Whoever is invited becomes active by coming, and not otherwise.
        *to != user.status && !(user.status == Standing::Invited && *to == Standing::Active)
    });
    if id == staff.user && (role.is_some() || standing.is_some()) {
        return Err(TeamError::Oneself);
    }
    may_make(staff, user.role)?;
    may_make(staff, role.unwrap_or(user.role))?;
    let loses_owner = role.is_some() || standing == Some(Standing::Disabled);
    if user.role == StaffRole::Owner && loses_owner && other_owners(cx, &tx, id).await? == 0 {
        return Err(TeamError::LastOwner);
    }
    let mut row = ActiveModel {
        id: Set(id),
        ..Default::default()
    };
    let mut detail = serde_json::Map::new();
    if let Some(name) = input.name {
        row.name = Set(Line::parse_name(&name)
            .map_err(TeamError::Name)?
            .into_string());
        detail.insert("name".into(), json!("changed"));
    }
    if let Some(role) = role {
        row.role = Set(role);
        let change = json!({ "from": user.role.name(), "to": role.name() });
        detail.insert("role".into(), change);
    }
    if let Some(wanted) = standing {
        let standing = match wanted {
            Standing::Disabled => wanted,
            _ => entering(cx, &tx, staff, &user).await?,
        };
        row.status = Set(standing);
        detail.insert("status".into(), json!(standing.name()));
    }
    if detail.is_empty() {
        return Err(TeamError::NothingToChange);
    }
    let update = Entity::update(row).validate();
    let update = update.doing("changing somebody of the team")?;
    let updated = update
        .filter(Column::WorkspaceId.eq(staff.workspace))
        .exec(&tx.executor())
        .await;
    updated.doing("changing somebody of the team")?;
    if standing == Some(Standing::Disabled) {
        // Only now, with the row held: a sign-in that held it before has
        // written its session.
        revoke_all(&tx.executor(), Realm::Staff, id.0, cx.now).await?;
        let mailed = [Purpose::Invitation, Purpose::Reset, Purpose::Code];
        void(&tx, Realm::Staff, id.0, &mailed, cx.now).await?;
    }
    let may_not_now =
        |permission| role.is_some_and(|role| user.role.may(permission) && !role.may(permission));
    if standing == Some(Standing::Disabled)
        || may_not_now(Permission::TeamWrite)
        || may_not_now(Permission::CustomersWrite)
    {
        void_invited_by(&tx, Realm::Staff, id.0, cx.now).await?;
    }
    finish(cx, tx, id, "staffUser.changed", Value::Object(detail)).await
}

/// What coming back brings along: places are counted, and whoever never came
/// is invited anew.
async fn entering(
    cx: &Cx<'_>,
    tx: &Tx,
    staff: &StaffViewer,
    user: &StaffUser,
) -> Result<Standing, TeamError> {
    let id = user.id;
    room_for_member(tx, staff.workspace).await??;
    if has_password(cx, tx, id).await? {
        return Ok(Standing::Active);
    }
    let counted = count(cx, tx, &user.email).await?;
    counted.map_err(|_throttled| TeamError::TooManyRequests)?;
    mail(cx, tx, staff, id).await?;
    Ok(Standing::Invited)
}

fn may_make(staff: &StaffViewer, role: StaffRole) -> Result<(), TeamError> {
    if role == StaffRole::Owner && staff.role != StaffRole::Owner {
        Err(TeamError::OwnersOnly)
    } else {
        Ok(())
    }
}

async fn mail(cx: &Cx<'_>, tx: &Tx, staff: &StaffViewer, user: StaffUserId) -> Result<(), Fault> {
    let new = New {
        workspace: Some(staff.workspace),
        user: Some(user.0),
        invited_by_staff: Some(staff.user),
        ..New::of(Purpose::Invitation)
    };
    let ids = (cx.uuid(), cx.uuid());
    credential::issue(tx, ids, cx.now, Realm::Staff, new).await
}

#[expect(
    clippy::disallowed_methods,
    reason = "counts the owners of the viewer's own workspace"
)]
async fn other_owners(cx: &Cx<'_>, tx: &Tx, but: StaffUserId) -> Result<u64, Fault> {
    Entity::find()
        .filter(Column::WorkspaceId.eq(cx.viewer.workspace()))
        .filter(Column::Role.eq(StaffRole::Owner))
        .filter(Column::Status.eq(Standing::Active))
        .filter(Column::Id.ne(but))
        .count(&tx.executor())
        .await
        .doing("counting owners")
}

#[expect(
    clippy::disallowed_methods,
    reason = "somebody of the viewer's own workspace, just read in scope"
)]
async fn has_password(cx: &Cx<'_>, tx: &Tx, id: StaffUserId) -> Result<bool, Fault> {
    let known = Entity::find()
        .filter(Column::WorkspaceId.eq(cx.viewer.workspace()))
        .filter(Column::Id.eq(id))
        .filter(Column::PasswordHash.is_not_null())
        .count(&tx.executor())
        .await;
    Ok(known.doing("looking for a password")? > 0)
}

async fn finish(
    cx: &Cx<'_>,
    tx: Tx,
    id: StaffUserId,
    kind: &'static str,
    detail: Value,
) -> Result<StaffUser, TeamError> {
    let event = Event {
        kind,
        subject: Some(("staffUser", id.0)),
        detail: Some(detail),
        ..Event::default()
    };
    audit::enter(cx, &tx, event).await?;
    tx.record(event::fact(cx, event::STAFF_USER_CHANGED, id.0));
    let user = staff_member(&cx.within(&tx), &[id]).await?.pop();
    tx.commit().await?;
    Ok(user.ok_or(Fault::NotFound)?)
}
