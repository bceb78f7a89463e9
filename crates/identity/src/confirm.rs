//! Confirming an address: of the founder of a workspace, which then exists, or
//! of somebody who asks to join a company, whose request is then seen. Whoever
//! reads the mail sets the password, and not whoever typed the address in.

use kernel::{Doing, Fault, StaffUserId, WorkspaceId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
    sea_query::Expr,
};
use store::{Audience, Fact, Tx, Work};
use uuid::Uuid;
use visibility::{
    Modules, StaffRole,
    audit::{Event, enter_outside},
};

use crate::{
    NewSession, Origin, Passwords, Plan, Realm, SignInMethods, SignUpPolicy, Standing, Tokens,
    WeakPassword,
    credential::{Credential, Purpose, look, redeem},
    entity::{client_user, join_request, sign_up, staff_user, workspace},
    event,
    join::JoinStatus,
    new_password,
    plan::hold_workspace,
    recipient::of_credential,
    session::{Holder, open},
    sign_in::opened_by,
    unique::unless_taken,
};

/// Why nothing was confirmed.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    /// Wrong, expired, used: one answer.
    #[error("this link is not valid any more")]
    InvalidToken,
    /// The address has an account of this workspace already.
    #[error("there is an account with this address already")]
    AlreadyRegistered,
    /// Another workspace of that name was confirmed first.
    #[error("a workspace of this name exists by now")]
    SlugTaken,
    /// The password was not taken; the link is still good.
    #[error(transparent)]
    Password(#[from] WeakPassword),
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Confirms an address. In the staff realm the workspace begins, and its owner
/// is signed in; in the portal the request goes to the company's admins, and
/// nobody is signed in.
pub async fn confirm(
    work: &Work<'_>,
    realm: Realm,
    (passwords, tokens): (&Passwords, &Tokens),
    policy: SignUpPolicy,
    origin: &Origin,
    (token, password): (&str, String),
) -> Result<Option<NewSession>, ConfirmError> {
    let known = look(work, realm, Purpose::Confirmation, token).await?;
    let known = known.ok_or(ConfirmError::InvalidToken)?;
    // While nobody of the company may come in, nobody new may ask either.
    let claim = of_credential(work, realm, known.id).await?;
    let person = claim.ok_or(ConfirmError::InvalidToken)?.recipient;
    let known = [person.email.as_str(), person.name.as_str()];
    let hash = new_password::take(passwords, work.entropy, password, &known).await?;
    let tx = work.begin().await?;
    let redeemed = redeem(&tx, realm, Purpose::Confirmation, token, work.now).await?;
    let credential = redeemed.ok_or(ConfirmError::InvalidToken)?;
    let request = credential.request_id.ok_or(ConfirmError::InvalidToken)?;
    match realm {
        Realm::Portal => {
            show_request(work, &tx, &credential, request, hash).await?;
            tx.commit().await?;
            Ok(None)
        }
        Realm::Staff => {
            let holder = found(work, &tx, policy, request, hash).await?;
            let new = open(work, &tx, tokens, holder, origin).await?;
            opened_by(work, &tx, holder, origin, "confirmation").await?;
            tx.commit().await?;
            Ok(Some(new))
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "whoever holds the mailed token stands for the asker"
)]
async fn show_request(
    work: &Work<'_>,
    tx: &Tx,
    credential: &Credential,
    id: Uuid,
    hash: String,
) -> Result<(), ConfirmError> {
    use join_request::{Column, Entity};
    let workspace = credential.workspace_id;
    let workspace = workspace.ok_or(ConfirmError::InvalidToken)?;
    // Of two requests of one address that are confirmed at once, the second
    // finds itself replaced.
    hold_workspace(tx, workspace).await?;
    let found = Entity::find_by_id(id).one(&tx.executor()).await;
    let request = found
        .doing("reading a request to join")?
        .filter(|request| request.status == JoinStatus::Unconfirmed)
        .ok_or(ConfirmError::InvalidToken)?;
    if has_account(tx, workspace, &request.email).await? {
        return Err(ConfirmError::AlreadyRegistered);
    }
    // Whoever asks twice is listed once.
    let others = Entity::update_many()
        .col_expr(Column::Status, Expr::value(JoinStatus::Declined))
        .filter(Column::WorkspaceId.eq(workspace))
        .filter(Column::Email.eq(request.email.clone()))
        .filter(Column::Id.ne(id))
        .filter(Column::Status.is_in([JoinStatus::Waiting, JoinStatus::Unconfirmed]))
        .exec(&tx.executor())
        .await;
    others.doing("replacing other requests")?;
    let row = join_request::ActiveModel {
        id: Set(id),
        status: Set(JoinStatus::Waiting),
        confirmed_at: Set(Some(work.now)),
        password_hash: Set(Some(hash)),
        ..Default::default()
    };
    let update = Entity::update(row).validate();
    let update = update.doing("confirming a request to join")?;
    let updated = update.exec(&tx.executor()).await;
    updated.doing("confirming a request to join")?;
    let event = Event {
        kind: "joinRequest.confirmed",
        subject: Some(("joinRequest", id)),
        ..Event::default()
    };
    enter_outside(work, tx, workspace, event).await?;
    let kind = event::JOIN_REQUESTED;
    tx.record(event::of(work.uuid(), workspace, kind, id, work.now));
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the asker has shown to read this address's mail"
)]
async fn has_account(tx: &Tx, workspace: WorkspaceId, email: &str) -> Result<bool, Fault> {
    use client_user::{Column, Entity};
    let found = Entity::find()
        .filter(Column::WorkspaceId.eq(workspace))
        .filter(Column::Email.eq(email))
        .filter(Column::AcceptedAt.is_not_null())
        .one(&tx.executor())
        .await;
    Ok(found.doing("looking for an address")?.is_some())
}

/// Writes the workspace and its owner.
#[expect(
    clippy::disallowed_methods,
    reason = "whoever holds the mailed token stands for the founder"
)]
async fn found(
    work: &Work<'_>,
    tx: &Tx,
    policy: SignUpPolicy,
    id: Uuid,
    hash: String,
) -> Result<Holder, ConfirmError> {
    // Foundings come one after the other: of two who want to be first one is.
    tx.next_number(WorkspaceId(Uuid::nil()), "workspaces")
        .await?;
    let there = workspace::Entity::find().count(&tx.executor()).await;
    let there = there.doing("counting workspaces")?;
    if policy == SignUpPolicy::Closed || (policy == SignUpPolicy::First && there > 0) {
        return Err(ConfirmError::InvalidToken);
    }
    let found = sign_up::Entity::find_by_id(id).one(&tx.executor()).await;
    let sign_up = found.doing("reading a sign-up")?;
    let sign_up = sign_up.ok_or(ConfirmError::InvalidToken)?;
    let removed = sign_up::Entity::delete_by_id(id).exec(&tx.executor()).await;
    removed.doing("removing a sign-up")?;
    let workspace = workspace::Model {
        id: WorkspaceId::fresh(work.now, work.entropy),
        slug: sign_up.slug,
        name: sign_up.name,
        locale: sign_up.locale.clone(),
        time_zone: sign_up.time_zone,
        currency: sign_up.currency,
        plan: Plan::Starter.name().to_owned(),
        status: Standing::Active,
        modules: Modules::all(),
        sign_in_methods: SignInMethods::all(),
        portal_url: None,
        created_at: work.now,
    };
    let owner = staff_user::Model {
        id: StaffUserId::fresh(work.now, work.entropy),
        workspace_id: workspace.id,
        email: sign_up.email,
        name: sign_up.owner_name,
        locale: sign_up.locale,
        role: StaffRole::Owner,
        status: Standing::Active,
        password_hash: Some(hash),
        created_at: work.now,
        last_sign_in_at: None,
    };
    let holder = Holder {
        realm: Realm::Staff,
        workspace: workspace.id,
        user: owner.id.0,
    };
    let insert = workspace::Entity::insert(workspace.into_active_model());
    let inserted = insert.exec_without_returning(&tx.executor()).await;
    let written = unless_taken(inserted, "founding a workspace")?;
    written.map_err(|_taken| ConfirmError::SlugTaken)?;
    let insert = staff_user::Entity::insert(owner.into_active_model());
    let inserted = insert.exec_without_returning(&tx.executor()).await;
    inserted.doing("writing an owner")?;
    let event = Event {
        kind: "workspace.created",
        subject: Some(("workspace", holder.workspace.0)),
        actor: Some(("staff", holder.user)),
        ..Event::default()
    };
    enter_outside(work, tx, holder.workspace, event).await?;
    tx.record(Fact {
        id: work.uuid(),
        workspace: holder.workspace,
        company: None,
        kind: event::WORKSPACE_CREATED.into(),
        subject: holder.workspace.0,
        detail: None,
        audience: Audience::Internal,
        at: work.now,
    });
    Ok(holder)
}
