//! Inviting somebody to a company (CT-2, ID-4): by its admins, or by staff.
//!
//! An address may be invited by several companies; the account is made when one
//! invitation is taken. So inviting tells nobody whether the address has an
//! account at another company.

use kernel::{BadName, ClientUserId, CompanyId, Doing, Fault, Line};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use store::Tx;
use visibility::{
    Access, Cx, Permission, Reach, Sections, Viewer,
    audit::{self, Event},
};

use crate::{
    ClientUser, Locale, PlanLimit, Realm, Standing, client_users_by_ids, companies_by_ids,
    credential::{self, New, Purpose},
    email::{BadEmail, Email},
    entity::client_user::{Column, Entity, Model},
    event,
    plan::room_for_client_user,
    rights, scope,
    throttle::{Counted, count_invitation},
    unique::unless_taken,
};

/// Who is invited, and to what.
#[derive(Clone, Debug)]
pub struct Invite {
    /// The address that the invitation is mailed to.
    pub email: String,
    /// The name.
    pub name: String,
    /// The standing at the company.
    pub access: Access,
    /// The sections that open; none when absent.
    pub sections: Sections,
    /// How far the person sees, where the company chooses per member.
    pub reach: Option<Reach>,
    /// The language of mails; the workspace's when absent.
    pub locale: Option<String>,
    /// The company: for staff to say, for client admins always their own.
    pub company: Option<CompanyId>,
}

/// Why nobody was invited.
#[derive(Debug, thiserror::Error)]
pub enum InviteError {
    /// The address cannot be used.
    #[error("the address {0}")]
    Email(#[from] BadEmail),
    /// The name cannot be taken.
    #[error("the name {0}")]
    Name(BadName),
    /// No such language.
    #[error("there is no such language")]
    UnknownLocale,
    /// Staff must name a company of the workspace that is in force.
    #[error("there is no such company")]
    UnknownCompany,
    /// The company has somebody with this address; or, for staff alone, the workspace has.
    #[error("somebody with this address is there already")]
    EmailTaken,
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

/// Invites somebody. Client admins invite to the own company; staff need
/// `customers.write`.
pub async fn invite(cx: &Cx<'_>, input: Invite) -> Result<ClientUser, InviteError> {
    let company = company(cx, input.company).await?;
    let email = Email::parse(&input.email)?;
    let name = Line::parse_name(&input.name).map_err(InviteError::Name)?;
    let locale = match input.locale.as_deref() {
        None => crate::settings::workspace_locale(cx).await?,
        Some(tag) => Locale::parse(tag).ok_or(InviteError::UnknownLocale)?,
    };
    let tx = cx.begin().await?;
    rights::again(cx, &tx).await?;
    let counted = count(cx, &tx, email.as_str()).await?;
    counted.map_err(|_throttled| InviteError::TooManyRequests)?;
    room_for_client_user(&tx, cx.viewer.workspace()).await??;
    if matches!(cx.viewer, Viewer::Staff(_)) && has_account(&cx.within(&tx), &email).await? {
        return Err(InviteError::EmailTaken);
    }
    let row = Model {
        id: ClientUserId::fresh(cx.now, cx.entropy),
        workspace_id: cx.viewer.workspace(),
        company_id: company,
        email: email.into_string(),
        name: name.into_string(),
        locale: locale.tag().to_owned(),
        access: input.access,
        sections: input.sections,
        reach: input.reach,
        status: Standing::Invited,
        password_hash: None,
        created_at: cx.now,
        last_sign_in_at: None,
        accepted_at: None,
        erased_at: None,
    };
    let user = ClientUser::from(&row);
    let insert = Entity::insert(row.into_active_model());
    let inserted = insert.exec_without_returning(&tx.executor()).await;
    unless_taken(inserted, "inviting")?.map_err(|_taken| InviteError::EmailTaken)?;
    mail(cx, &tx, user.id).await?;
    let detail = json!({ "access": user.access.name(), "sections": user.sections });
    audit::enter(cx, &tx, invited(user.id, detail)).await?;
    tx.record(event::fact(cx, event::CLIENT_USER_CHANGED, user.id.0));
    tx.commit().await?;
    Ok(user)
}

/// Why an invitation was not sent again.
#[derive(Debug, thiserror::Error)]
pub enum ResendError {
    /// The invitation was taken, or withdrawn.
    #[error("there is no open invitation")]
    NotInvited,
    /// Too many invitations in a short time.
    #[error("too many invitations; try again later")]
    TooManyRequests,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Mails an open invitation once more; what was mailed before is worthless.
pub async fn resend(cx: &Cx<'_>, id: ClientUserId) -> Result<ClientUser, ResendError> {
    manages_people(cx)?;
    let tx = cx.begin().await?;
    rights::again(cx, &tx).await?;
    let within = cx.within(&tx);
    let user = client_users_by_ids(&within, &[id]).await?.pop();
    let user = user.ok_or(Fault::NotFound)?;
    if user.status != Standing::Invited {
        return Err(ResendError::NotInvited);
    }
    let counted = count(cx, &tx, &user.email).await?;
    counted.map_err(|_throttled| ResendError::TooManyRequests)?;
    credential::void(&tx, Realm::Portal, id.0, &[Purpose::Invitation], cx.now).await?;
    mail(cx, &tx, id).await?;
    audit::enter(cx, &tx, invited(id, json!({ "again": true }))).await?;
    tx.commit().await?;
    Ok(user)
}

/// Counts an invitation against whoever sends it.
pub(crate) async fn count(cx: &Cx<'_>, tx: &Tx, email: &str) -> Result<Counted, Fault> {
    let inviter = match cx.viewer {
        Viewer::Client(client) => client.user.0,
        Viewer::Staff(staff) => staff.user.0,
    };
    count_invitation(tx, inviter, email, cx.now).await
}

fn invited(user: ClientUserId, detail: serde_json::Value) -> Event<'static> {
    Event {
        kind: "clientUser.invited",
        subject: Some(("clientUser", user.0)),
        detail: Some(detail),
        ..Event::default()
    }
}

/// Issues the invitation that is mailed.
pub(crate) async fn mail(cx: &Cx<'_>, tx: &Tx, user: ClientUserId) -> Result<(), Fault> {
    let (invited_by_client, invited_by_staff) = match cx.viewer {
        Viewer::Client(client) => (Some(client.user), None),
        Viewer::Staff(staff) => (None, Some(staff.user)),
    };
    let new = New {
        workspace: Some(cx.viewer.workspace()),
        user: Some(user.0),
        invited_by_client,
        invited_by_staff,
        ..New::of(Purpose::Invitation)
    };
    let ids = (cx.uuid(), cx.uuid());
    credential::issue(tx, ids, cx.now, Realm::Portal, new).await
}

/// Whoever may manage the people of a company: its admins, and staff with
/// `customers.write`. Which people is the scope's to say.
pub(crate) fn manages_people(cx: &Cx<'_>) -> Result<(), Fault> {
    match cx.viewer {
        Viewer::Client(_) => cx.viewer.client_admin().map(|_| ()),
        Viewer::Staff(_) => cx.viewer.may(Permission::CustomersWrite).map(|_| ()),
    }
}

async fn company(cx: &Cx<'_>, asked: Option<CompanyId>) -> Result<CompanyId, InviteError> {
    manages_people(cx)?;
    match cx.viewer {
        // Whatever was asked, a client never reaches beyond the own company.
        Viewer::Client(client) => match asked {
            None => Ok(client.company),
            Some(_) => Err(Fault::Forbidden.into()),
        },
        Viewer::Staff(_) => {
            let asked = asked.ok_or(InviteError::UnknownCompany)?;
            let known = companies_by_ids(cx, &[asked]).await?.pop();
            let in_force = known.filter(|company| company.status == Standing::Active);
            Ok(in_force.ok_or(InviteError::UnknownCompany)?.id)
        }
    }
}

/// Whether the address has an account in the workspace; for staff, who see them all.
async fn has_account(cx: &Cx<'_>, email: &Email) -> Result<bool, Fault> {
    let found = scope::client_users(cx.viewer)
        .filter(Column::Email.eq(email.as_str()))
        .filter(Column::AcceptedAt.is_not_null())
        .one(&cx.db())
        .await;
    Ok(found.doing("looking for an address")?.is_some())
}
