//! What whoever holds a mailed token may read before they use it: the page that
//! the link opens shows it, and so does the mail that carries the link.

use chrono::{DateTime, Utc};
use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use store::Work;

use crate::{
    Purpose, Realm, Standing,
    credential::{Credential, look},
    entity::{client_user, company, staff_user},
    recipient::of_credential,
};

/// An open invitation, for the person who was invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The invited address.
    pub email: String,
    /// The name that the inviter gave.
    pub name: String,
    /// The language of the mail.
    pub locale: String,
    /// The workspace's name in addresses, for `signIn`.
    pub workspace: String,
    /// The workspace's name for people.
    pub workspace_name: String,
    /// The company; none for invitations to a team.
    pub company: Option<String>,
    /// Who invites, by name.
    pub invited_by: Option<String>,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
}

/// An address that waits to be confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// The name for people of the workspace that one asks to join, or wants to begin.
    pub workspace_name: String,
    /// Until when the link is good.
    pub expires_at: DateTime<Utc>,
}

/// The invitation that a token stands for, if it can still be taken.
pub async fn invitation(
    work: &Work<'_>,
    realm: Realm,
    token: &str,
) -> Result<Option<Invitation>, Fault> {
    let Some(credential) = look(work, realm, Purpose::Invitation, token).await? else {
        return Ok(None);
    };
    let Some(claim) = of_credential(work, realm, credential.id).await? else {
        return Ok(None);
    };
    let from = claim.recipient.from;
    Ok(Some(Invitation {
        email: claim.recipient.email,
        name: claim.recipient.name,
        locale: claim.recipient.locale,
        workspace: from.slug,
        workspace_name: from.name,
        company: company_of(work, realm, &credential).await?,
        invited_by: inviter(work, &credential).await?,
        expires_at: credential.expires_at,
    }))
}

/// The confirmation that a token stands for, if it can still be used.
pub async fn confirmation(
    work: &Work<'_>,
    realm: Realm,
    token: &str,
) -> Result<Option<Confirmation>, Fault> {
    let Some(credential) = look(work, realm, Purpose::Confirmation, token).await? else {
        return Ok(None);
    };
    let claim = of_credential(work, realm, credential.id).await?;
    Ok(claim.map(|claim| Confirmation {
        email: claim.recipient.email,
        name: claim.recipient.name,
        workspace_name: claim.recipient.from.name,
        expires_at: credential.expires_at,
    }))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the company that the holder of the token was invited to"
)]
async fn company_of(
    work: &Work<'_>,
    realm: Realm,
    credential: &Credential,
) -> Result<Option<String>, Fault> {
    let (Realm::Portal, Some(user)) = (realm, credential.user_id) else {
        return Ok(None);
    };
    let db = work.store.executor();
    let found = client_user::Entity::find_by_id(user).one(&db).await;
    let Some(user) = found.doing("reading an invited person")? else {
        return Ok(None);
    };
    let found = company::Entity::find_by_id(user.company_id).one(&db).await;
    Ok(found.doing("reading a company's name")?.map(|row| row.name))
}

/// The display name of whoever invites: of a colleague as it is; of staff the
/// name alone, as on a public reply (CT-3).
#[expect(
    clippy::disallowed_methods,
    reason = "one name, for the person whom its owner invited"
)]
async fn inviter(work: &Work<'_>, credential: &Credential) -> Result<Option<String>, Fault> {
    let db = work.store.executor();
    let name: Option<String> = if let Some(id) = credential.invited_by_client {
        client_user::Entity::find_by_id(id)
            .select_only()
            .column(client_user::Column::Name)
            .filter(client_user::Column::Status.eq(Standing::Active))
            .into_tuple()
            .one(&db)
            .await
            .doing("reading a name")?
    } else if let Some(id) = credential.invited_by_staff {
        staff_user::Entity::find_by_id(id)
            .select_only()
            .column(staff_user::Column::Name)
            .filter(staff_user::Column::Status.eq(Standing::Active))
            .into_tuple()
            .one(&db)
            .await
            .doing("reading a name")?
    } else {
        None
    };
    Ok(name)
}
