//! Writing whole workspaces without a viewer: for the operator's own tools
//! (demo, imports) and tests. Nothing that answers a request may call this.

use chrono::{DateTime, Utc};
use kernel::{ClientUserId, CompanyId, Doing, Fault, StaffUserId, WorkspaceId};
use sea_orm::{EntityTrait, IntoActiveModel};
use store::{Tx, Work};
use visibility::{Access, Modules, Reach, Sections, Sharing, StaffRole};

use crate::{
    CompanyKind, Domains, Plan, SignInMethods, Standing,
    entity::{client_user, company, join_request, staff_user, workspace},
    event,
    join::JoinStatus,
};

/// A workspace to write.
#[derive(Clone, Debug)]
pub struct NewWorkspace {
    /// Its id.
    pub id: WorkspaceId,
    /// Its name in addresses and sign-ins.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// A language tag such as `en`.
    pub locale: String,
    /// An IANA time zone name.
    pub time_zone: String,
    /// An ISO 4217 code.
    pub currency: String,
    /// When it was founded.
    pub created_at: DateTime<Utc>,
}

/// A company to write.
#[derive(Clone, Debug)]
pub struct NewCompany {
    /// Its id.
    pub id: CompanyId,
    /// Whose customer it is.
    pub workspace: WorkspaceId,
    /// Its name.
    pub name: String,
    /// An organisation or a person.
    pub kind: CompanyKind,
    /// How its members share records.
    pub sharing: Sharing,
    /// Since when it is a customer.
    pub created_at: DateTime<Utc>,
}

/// A client user to write; all sections are open to them.
#[derive(Clone, Debug)]
pub struct NewClientUser {
    /// The id.
    pub id: ClientUserId,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The company.
    pub company: CompanyId,
    /// The address, in any case.
    pub email: String,
    /// The name.
    pub name: String,
    /// A language tag.
    pub locale: String,
    /// The standing at the company.
    pub access: Access,
    /// The sections that are open to them.
    pub sections: Sections,
    /// How far they see, where the company chooses it for each member.
    pub reach: Option<Reach>,
    /// A PHC string.
    pub password_hash: Option<String>,
    /// Since when they have the account.
    pub created_at: DateTime<Utc>,
}

/// A staff user to write.
#[derive(Clone, Debug)]
pub struct NewStaffUser {
    /// The id.
    pub id: StaffUserId,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The address, in any case.
    pub email: String,
    /// The name.
    pub name: String,
    /// A language tag.
    pub locale: String,
    /// The role.
    pub role: StaffRole,
    /// A PHC string.
    pub password_hash: Option<String>,
    /// Since when they have the account.
    pub created_at: DateTime<Utc>,
}

/// A request to join a company, with its address confirmed, to write.
#[derive(Clone, Debug)]
pub struct NewJoinRequest {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// The company.
    pub company: CompanyId,
    /// The address, in lower case.
    pub email: String,
    /// The name.
    pub name: String,
    /// A language tag.
    pub locale: String,
    /// A PHC string.
    pub password_hash: String,
}

/// Writes a workspace.
pub async fn workspace(tx: &Tx, new: NewWorkspace) -> Result<(), Fault> {
    let row = workspace::Model {
        id: new.id,
        slug: new.slug,
        name: new.name,
        locale: new.locale,
        time_zone: new.time_zone,
        currency: new.currency,
        plan: Plan::Business.name().to_owned(),
        status: Standing::Active,
        modules: Modules::all(),
        sign_in_methods: SignInMethods::all(),
        portal_url: None,
        created_at: new.created_at,
    };
    let insert = workspace::Entity::insert(row.into_active_model());
    insert
        .exec_without_returning(&tx.executor())
        .await
        .doing("writing a workspace")?;
    Ok(())
}

/// Writes companies, many at a time.
pub async fn companies(tx: &Tx, new: Vec<NewCompany>) -> Result<(), Fault> {
    let rows = new.into_iter().map(|new| company::Model {
        id: new.id,
        workspace_id: new.workspace,
        name: new.name,
        kind: new.kind,
        sharing: new.sharing,
        status: Standing::Active,
        registration_domains: Domains::default(),
        created_at: new.created_at,
    });
    tx.write_all::<company::Entity>(rows).await
}

/// Writes client users, many at a time.
pub async fn client_users(tx: &Tx, new: Vec<NewClientUser>) -> Result<(), Fault> {
    let rows = new.into_iter().map(|new| client_user::Model {
        id: new.id,
        workspace_id: new.workspace,
        company_id: new.company,
        email: new.email.to_lowercase(),
        name: new.name,
        locale: new.locale,
        access: new.access,
        sections: new.sections,
        reach: new.reach,
        status: Standing::Active,
        password_hash: new.password_hash,
        created_at: new.created_at,
        last_sign_in_at: None,
        accepted_at: Some(new.created_at),
        erased_at: None,
    });
    tx.write_all::<client_user::Entity>(rows).await
}

/// Writes staff users, many at a time.
pub async fn staff_users(tx: &Tx, new: Vec<NewStaffUser>) -> Result<(), Fault> {
    let rows = new.into_iter().map(|new| staff_user::Model {
        id: new.id,
        workspace_id: new.workspace,
        email: new.email.to_lowercase(),
        name: new.name,
        locale: new.locale,
        role: new.role,
        status: Standing::Active,
        password_hash: new.password_hash,
        created_at: new.created_at,
        last_sign_in_at: None,
    });
    tx.write_all::<staff_user::Entity>(rows).await
}

/// Writes a request to join that waits for the company's admins, who are told.
pub async fn join_request(work: &Work<'_>, tx: &Tx, new: NewJoinRequest) -> Result<(), Fault> {
    let row = join_request::Model {
        id: work.uuid(),
        workspace_id: Some(new.workspace),
        company_id: Some(new.company),
        email: new.email,
        name: new.name,
        locale: new.locale,
        password_hash: Some(new.password_hash),
        status: JoinStatus::Waiting,
        created_at: work.now,
        confirmed_at: Some(work.now),
        decided_at: None,
    };
    let (id, kind) = (row.id, event::JOIN_REQUESTED);
    let insert = join_request::Entity::insert(row.into_active_model());
    let inserted = insert.exec_without_returning(&tx.executor()).await;
    inserted.doing("writing a request to join")?;
    tx.record(event::of(work.uuid(), new.workspace, kind, id, work.now));
    Ok(())
}
