//! Who receives a mail: address and language, and the viewer they are, so that
//! the mail can be read through their own eyes (VI-9).
//!
//! For the worker alone. Nothing here reads a record that the mail is about.

use kernel::{ClientUserId, CompanyId, Doing, Fault, SessionId, StaffUserId, WorkspaceId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use store::Work;
use uuid::Uuid;
use visibility::{Access, Module, StaffViewer, Viewer};

use crate::{
    Purpose, Realm, Standing,
    credential::{self, Credential},
    entity::{client_user, company, join_request, sign_up, staff_user, workspace},
    session::{ClientRow, client_viewer},
};

/// Where a mail goes, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The address.
    pub email: String,
    /// The name.
    pub name: String,
    /// The language, as a tag.
    pub locale: String,
    /// The workspace that writes, or that the recipient wants to begin.
    pub from: Sender,
}

/// The workspace that a mail comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// Its name in addresses.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// Where its portal is; none for the server's own address.
    pub portal_url: Option<String>,
}

/// What a credential is for, and who is to get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What it is good for.
    pub purpose: Purpose,
    /// Who is to get it.
    pub recipient: Recipient,
}

/// Who a credential is to be mailed to; none when it is nobody's, has been
/// used, has expired, or its workspace is not in force.
pub async fn of_credential(
    work: &Work<'_>,
    realm: Realm,
    id: Uuid,
) -> Result<Option<Claim>, Fault> {
    let found = credential::by_id(&work.store.executor(), realm, id).await?;
    let Some(credential) = found.filter(|found| found.is_good(work.now)) else {
        return Ok(None);
    };
    let recipient = match (credential.user_id, realm) {
        (Some(user), Realm::Portal) => client(work, user.into()).await?,
        (Some(user), Realm::Staff) => staff(work, user.into()).await?,
        (None, _) => of_request(work, realm, &credential).await?,
    };
    Ok(recipient.map(|recipient| Claim {
        purpose: credential.purpose,
        recipient,
    }))
}

/// Whose account a credential opens.
pub async fn user_of_credential(
    work: &Work<'_>,
    realm: Realm,
    id: Uuid,
) -> Result<Option<Uuid>, Fault> {
    let found = credential::by_id(&work.store.executor(), realm, id).await?;
    Ok(found.and_then(|found| found.user_id))
}

/// A client user in force or invited, of a company and a workspace in force.
#[expect(clippy::disallowed_methods, reason = "the recipient's own address")]
pub async fn client(work: &Work<'_>, id: ClientUserId) -> Result<Option<Recipient>, Fault> {
    let db = work.store.executor();
    let found = client_user::Entity::find_by_id(id)
        .filter(client_user::Column::Status.ne(Standing::Disabled))
        .one(&db)
        .await;
    let Some(user) = found.doing("reading a recipient")? else {
        return Ok(None);
    };
    if !in_force(work, user.company_id).await? {
        return Ok(None);
    }
    let sender = sender(work, user.workspace_id, Some(Module::Portal)).await?;
    Ok(sender.map(|from| Recipient {
        email: user.email,
        name: user.name,
        locale: user.locale,
        from,
    }))
}

/// Somebody of a team, in force or invited, of a workspace in force.
#[expect(clippy::disallowed_methods, reason = "the recipient's own address")]
pub async fn staff(work: &Work<'_>, id: StaffUserId) -> Result<Option<Recipient>, Fault> {
    let found = staff_user::Entity::find_by_id(id)
        .filter(staff_user::Column::Status.ne(Standing::Disabled))
        .one(&work.store.executor())
        .await;
    let Some(user) = found.doing("reading a recipient")? else {
        return Ok(None);
    };
    let sender = sender(work, user.workspace_id, None).await?;
    Ok(sender.map(|from| Recipient {
        email: user.email,
        name: user.name,
        locale: user.locale,
        from,
    }))
}

#[expect(clippy::disallowed_methods, reason = "the recipient's own address")]
async fn of_request(
    work: &Work<'_>,
    realm: Realm,
    credential: &Credential,
) -> Result<Option<Recipient>, Fault> {
    let Some(request) = credential.request_id else {
        return Ok(None);
    };
    let db = work.store.executor();
    if realm == Realm::Staff {
        let found = sign_up::Entity::find_by_id(request).one(&db).await;
        return Ok(found.doing("reading a sign-up")?.map(|row| Recipient {
            email: row.email,
            name: row.owner_name,
            locale: row.locale,
            from: Sender {
                slug: row.slug,
                name: row.name,
                portal_url: None,
            },
        }));
    }
    let found = join_request::Entity::find_by_id(request).one(&db).await;
    let Some(row) = found.doing("reading a request to join")? else {
        return Ok(None);
    };
    let (Some(workspace), Some(company)) = (row.workspace_id, row.company_id) else {
        return Ok(None);
    };
    if !in_force(work, company).await? {
        return Ok(None);
    }
    let sender = sender(work, workspace, Some(Module::Portal)).await?;
    Ok(sender.map(|from| Recipient {
        email: row.email,
        name: row.name,
        locale: row.locale,
        from,
    }))
}

#[expect(
    clippy::disallowed_methods,
    reason = "public by PO-4, and where its own mails link to"
)]
async fn sender(
    work: &Work<'_>,
    id: WorkspaceId,
    needs: Option<Module>,
) -> Result<Option<Sender>, Fault> {
    let found = workspace::Entity::find_by_id(id)
        .filter(workspace::Column::Status.eq(Standing::Active))
        .one(&work.store.executor())
        .await;
    let found = found.doing("reading a mail's workspace")?;
    let served = found.filter(|row| needs.is_none_or(|module| row.modules.contains(module)));
    Ok(served.map(|row| Sender {
        slug: row.slug,
        name: row.name,
        portal_url: row.portal_url,
    }))
}

#[expect(clippy::disallowed_methods, reason = "whether its mails go out")]
async fn in_force(work: &Work<'_>, company: CompanyId) -> Result<bool, Fault> {
    let found = company::Entity::find_by_id(company)
        .filter(company::Column::Status.eq(Standing::Active))
        .one(&work.store.executor())
        .await;
    Ok(found.doing("reading a recipient's company")?.is_some())
}

/// The admins of the company that a request to join waits for.
#[expect(
    clippy::disallowed_methods,
    reason = "whom to write to; what the mail says is read as each of them"
)]
pub async fn deciders(work: &Work<'_>, request: Uuid) -> Result<Vec<ClientUserId>, Fault> {
    let db = work.store.executor();
    let found = join_request::Entity::find_by_id(request).one(&db).await;
    let found = found.doing("reading a request to join")?;
    let Some(company) = found.and_then(|row| row.company_id) else {
        return Ok(Vec::new());
    };
    client_user::Entity::find()
        .select_only()
        .column(client_user::Column::Id)
        .filter(client_user::Column::CompanyId.eq(company))
        .filter(client_user::Column::Access.eq(Access::Admin))
        .filter(client_user::Column::Status.eq(Standing::Active))
        .limit(100)
        .into_tuple()
        .all(&db)
        .await
        .doing("reading admins")
}

/// The viewer that a client user is, without a session: for reading what their
/// mail says. None when they are not in force.
#[expect(
    clippy::disallowed_methods,
    reason = "makes the viewer that every other read begins with"
)]
pub async fn client_viewer_of(work: &Work<'_>, id: ClientUserId) -> Result<Option<Viewer>, Fault> {
    let db = work.store.executor();
    let found = client_user::Entity::find_by_id(id)
        .filter(client_user::Column::Status.eq(Standing::Active))
        .one(&db)
        .await;
    let Some(user) = found.doing("reading a recipient")? else {
        return Ok(None);
    };
    let company = company::Entity::find_by_id(user.company_id)
        .filter(company::Column::Status.eq(Standing::Active))
        .one(&db)
        .await;
    let workspace = workspace::Entity::find_by_id(user.workspace_id)
        .filter(workspace::Column::Status.eq(Standing::Active))
        .one(&db)
        .await;
    let company = company.doing("reading a recipient's company")?;
    let workspace = workspace.doing("reading a recipient's workspace")?;
    Ok(company.zip(workspace).and_then(|(company, workspace)| {
        let row = ClientRow {
            workspace_id: user.workspace_id,
            company_id: user.company_id,
            user_id: user.id,
            access: user.access,
            sections: user.sections,
            reach: user.reach,
            sharing: company.sharing,
            modules: workspace.modules,
        };
        client_viewer(row, nobodys())
    }))
}

/// The viewer that a staff user is, without a session.
#[expect(
    clippy::disallowed_methods,
    reason = "makes the viewer that every other read begins with"
)]
pub async fn staff_viewer_of(work: &Work<'_>, id: StaffUserId) -> Result<Option<Viewer>, Fault> {
    let db = work.store.executor();
    let found = staff_user::Entity::find_by_id(id)
        .filter(staff_user::Column::Status.eq(Standing::Active))
        .one(&db)
        .await;
    let Some(user) = found.doing("reading a recipient")? else {
        return Ok(None);
    };
    let workspace = workspace::Entity::find_by_id(user.workspace_id)
        .filter(workspace::Column::Status.eq(Standing::Active))
        .one(&db)
        .await;
    let workspace = workspace.doing("reading a recipient's workspace")?;
    Ok(workspace.map(|workspace| {
        Viewer::Staff(StaffViewer {
            workspace: user.workspace_id,
            user: user.id,
            session: nobodys(),
            role: user.role,
            modules: workspace.modules,
        })
    }))
}

/// The session of a reader who has none.
fn nobodys() -> SessionId {
    SessionId(Uuid::nil())
}
