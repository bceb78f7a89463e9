//! People and companies as the API shows them.

use std::sync::Arc;

use ::identity::{ClientUser, Realm, StaffUser, Standing, reviews};
use async_graphql::{Enum, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use visibility::{Access, Reach, Section, StaffRole};

use super::{CompanyNode, DeviceSessionNode, page::UserPage, workspace::SignInMethodName};
use crate::{
    audience::{Internal, internal},
    node::Kind,
    refusal::Refusal,
};

/// What a workspace shows to anybody.
#[derive(SimpleObject)]
pub(crate) struct Branding {
    /// The name that `signIn` asks for.
    pub(crate) workspace: String,
    /// The name for people.
    pub(crate) name: String,
    /// The language to greet visitors in, such as `en`.
    pub(crate) locale: String,
    /// How clients sign in.
    pub(crate) sign_in_methods: Vec<SignInMethodName>,
}

/// The standing of a person at their company.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum AccessLevel {
    /// Sees and manages everything of the company.
    Admin,
    /// Sees what the company shares with its members.
    Member,
    /// Signs in to nothing.
    None,
}

impl From<Access> for AccessLevel {
    fn from(access: Access) -> Self {
        match access {
            Access::Admin => Self::Admin,
            Access::Member => Self::Member,
            Access::None => Self::None,
        }
    }
}

impl From<AccessLevel> for Access {
    fn from(level: AccessLevel) -> Self {
        match level {
            AccessLevel::Admin => Self::Admin,
            AccessLevel::Member => Self::Member,
            AccessLevel::None => Self::None,
        }
    }
}

/// A part of the portal.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "Section")]
pub(crate) enum SectionName {
    /// Tickets.
    Tickets,
    /// Jobs and visits.
    Jobs,
    /// Contracts, estimates and invoices.
    Invoices,
    /// Projects.
    Projects,
    /// Shared documents.
    Documents,
    /// Messages outside tickets.
    Messages,
}

impl From<Section> for SectionName {
    fn from(section: Section) -> Self {
        match section {
            Section::Tickets => Self::Tickets,
            Section::Jobs => Self::Jobs,
            Section::Invoices => Self::Invoices,
            Section::Projects => Self::Projects,
            Section::Documents => Self::Documents,
            Section::Messages => Self::Messages,
        }
    }
}

impl From<SectionName> for Section {
    fn from(name: SectionName) -> Self {
        match name {
            SectionName::Tickets => Self::Tickets,
            SectionName::Jobs => Self::Jobs,
            SectionName::Invoices => Self::Invoices,
            SectionName::Projects => Self::Projects,
            SectionName::Documents => Self::Documents,
            SectionName::Messages => Self::Messages,
        }
    }
}

/// How far one member sees, where the company chooses per member.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum MemberReach {
    /// Their own records.
    Own,
    /// Their own records, and those shared with them by name.
    Shared,
    /// All records of the company.
    Company,
}

impl From<Reach> for MemberReach {
    fn from(reach: Reach) -> Self {
        match reach {
            Reach::Own => Self::Own,
            Reach::Shared => Self::Shared,
            Reach::Company => Self::Company,
        }
    }
}

impl From<MemberReach> for Reach {
    fn from(reach: MemberReach) -> Self {
        match reach {
            MemberReach::Own => Self::Own,
            MemberReach::Shared => Self::Shared,
            MemberReach::Company => Self::Company,
        }
    }
}

/// Whether somebody may sign in.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "UserStatus")]
pub(crate) enum UserStatus {
    /// May sign in.
    Active,
    /// Invited, and not come yet.
    Invited,
    /// Switched off; sessions have ended.
    Disabled,
}

impl From<Standing> for UserStatus {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Active => Self::Active,
            Standing::Invited => Self::Invited,
            Standing::Disabled => Self::Disabled,
        }
    }
}

/// A person at a company. Seen by colleagues of the same company.
#[derive(Clone)]
pub(crate) struct UserNode {
    pub(super) row: ClientUser,
    pub(super) page: Arc<UserPage>,
}

/// A person at a company. Seen by colleagues of the same company.
#[Object(name = "User")]
impl UserNode {
    /// The global id: opaque, stable, and good for `node`.
    pub(crate) async fn id(&self) -> ID {
        Kind::User.id(self.row.id.0)
    }

    /// The name.
    async fn name(&self) -> &str {
        &self.row.name
    }

    /// The address that the person signs in with.
    async fn email(&self) -> &str {
        &self.row.email
    }

    /// The standing at the company.
    async fn access(&self) -> AccessLevel {
        self.row.access.into()
    }

    /// The parts of the portal that are ticked for the person; an admin opens
    /// all of them. None for whoever may not review this person's access. Seen
    /// by themselves, and by admins of the company.
    async fn sections(&self) -> Option<Vec<SectionName>> {
        let viewer = self.page.asked.viewer()?;
        reviews(viewer, &self.row).then(|| self.row.sections.iter().map(Into::into).collect())
    }

    /// How far the person sees, where the company chooses per member. None for
    /// whoever may not review this person's access. Seen by themselves, and by
    /// admins of the company.
    async fn reach(&self) -> Option<MemberReach> {
        let viewer = self.page.asked.viewer()?;
        reviews(viewer, &self.row).then(|| self.row.reach.unwrap_or(Reach::Own).into())
    }

    /// Whether the person may sign in.
    async fn status(&self) -> UserStatus {
        self.row.status.into()
    }

    /// When the person last signed in; none if never, and for whoever may not
    /// review this person's access. Seen by themselves, and by admins of the
    /// company.
    async fn last_sign_in_at(&self) -> Option<DateTime<Utc>> {
        let viewer = self.page.asked.viewer()?;
        self.row
            .last_sign_in_at
            .filter(|_| reviews(viewer, &self.row))
    }

    /// Where the person is signed in: live sessions, newest first, 20 at most;
    /// none for whoever may not review this person's access. Seen by
    /// themselves, and by admins of the company.
    #[graphql(complexity = "20 * child_complexity + 1")]
    async fn sessions(&self) -> Result<Option<Vec<DeviceSessionNode>>> {
        let viewer = self.page.asked.viewer().ok_or(Refusal::Unauthenticated)?;
        if !reviews(viewer, &self.row) {
            return Ok(None);
        }
        let found = self.page.devices(self.row.id).await?;
        let node = |device| DeviceSessionNode::new(device, viewer);
        Ok(Some(found.into_iter().map(node).collect()))
    }
}

/// The role of a staff member, which decides every permission.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "StaffRole", directive = internal::apply())]
pub(crate) enum RoleName {
    /// Answers for the workspace.
    Owner,
    /// Runs its settings.
    Admin,
    /// Runs the daily work.
    Manager,
    /// Does the work assigned to them.
    Member,
}

impl From<RoleName> for StaffRole {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Owner => Self::Owner,
            RoleName::Admin => Self::Admin,
            RoleName::Manager => Self::Manager,
            RoleName::Member => Self::Member,
        }
    }
}

impl From<StaffRole> for RoleName {
    fn from(role: StaffRole) -> Self {
        match role {
            StaffRole::Owner => Self::Owner,
            StaffRole::Admin => Self::Admin,
            StaffRole::Manager => Self::Manager,
            StaffRole::Member => Self::Member,
        }
    }
}

/// Somebody of the service company's team. Seen by colleagues.
pub(crate) struct StaffMemberNode(pub(crate) StaffUser);

/// Somebody of the service company's team. Seen by colleagues.
#[Object(name = "StaffMember", directive = internal::apply())]
impl StaffMemberNode {
    /// The global id: opaque, stable, and good for `node` and `ticketAssign`.
    pub(crate) async fn id(&self) -> ID {
        Kind::StaffMember.id(self.0.id.0)
    }

    /// The name.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The address that the person signs in with.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// What the person may do: `docs/permissions.md`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn role(&self) -> RoleName {
        self.0.role.into()
    }

    /// Whether the person may sign in.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn status(&self) -> UserStatus {
        self.0.status.into()
    }
}

/// Which side somebody is on.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
pub(crate) enum Side {
    /// A customer.
    Client,
    /// The service company.
    Staff,
}

impl From<Realm> for Side {
    fn from(realm: Realm) -> Self {
        match realm {
            Realm::Portal => Self::Client,
            Realm::Staff => Self::Staff,
        }
    }
}

/// Whoever is signed in.
#[derive(SimpleObject)]
pub(crate) struct Viewer {
    /// The global id of the signed-in person.
    pub(crate) id: ID,
    /// The name.
    pub(crate) name: String,
    /// The address that the person signs in with.
    pub(crate) email: String,
    /// Which side the person is on.
    pub(crate) side: Side,
    /// The company that the person belongs to; none for the service company's own people.
    pub(crate) company: Option<CompanyNode>,
    /// The parts of the portal that are open to the person; none for the
    /// service company's own people.
    pub(crate) sections: Option<Vec<SectionName>>,
    /// The standing at the company; none for the service company's own people.
    pub(crate) access: Option<AccessLevel>,
    /// The language of mails, such as `en`.
    pub(crate) locale: String,
    /// What the person may do: `docs/permissions.md`; none for clients.
    #[graphql(guard = "Internal", directive = internal::apply())]
    pub(crate) role: Option<RoleName>,
}
