//! The workspace: begun by its first owner, and its settings.

use ::identity::{
    SettingsError, SignInMethod, SignInMethods, SignUp, SignUpError, WorkspaceUpdate,
};
use async_graphql::{Context, Enum, InputObject, Object, Result, SimpleObject};
use visibility::{Module, Modules};

use super::sentence;
use crate::{
    audience::{Internal, StaffGate, internal},
    context::Asking,
    limits::INPUT_LIST_ITEMS,
    payload::payload,
    refusal::{Refusal, refuse},
};

/// A part of the product.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "Module", directive = internal::apply())]
pub(crate) enum ModuleName {
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
    /// The portal itself: without it no client signs in.
    Portal,
}

/// A way for clients to sign in.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "SignInMethod")]
pub(crate) enum SignInMethodName {
    /// With address and password: `signIn`.
    Password,
    /// With address and a mailed code: `otpRequest`, `otpSignIn`.
    Code,
}

impl From<SignInMethod> for SignInMethodName {
    fn from(method: SignInMethod) -> Self {
        match method {
            SignInMethod::Password => Self::Password,
            SignInMethod::Code => Self::Code,
        }
    }
}

impl From<SignInMethodName> for SignInMethod {
    fn from(method: SignInMethodName) -> Self {
        match method {
            SignInMethodName::Password => Self::Password,
            SignInMethodName::Code => Self::Code,
        }
    }
}

/// What the plan allows; none means no limit. What clients see is the same on
/// every plan.
#[derive(SimpleObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct PlanLimits {
    /// People of the team, invited ones included.
    members: Option<u64>,
    /// People of customers who may sign in, invited ones included.
    client_users: Option<u64>,
    /// Contracts that clients see.
    portal_contracts: Option<u64>,
}

/// The workspace as its own team sees it.
#[derive(SimpleObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct Workspace {
    /// Its name in addresses and sign-ins.
    slug: String,
    /// Its name for people.
    name: String,
    /// The language it greets in, such as `en`.
    locale: String,
    /// An IANA time zone, such as `Europe/Paris`.
    time_zone: String,
    /// An ISO 4217 code, such as `EUR`.
    currency: String,
    /// The plan: `starter`, `team` or `business`.
    plan: String,
    /// What the plan allows.
    limits: PlanLimits,
    /// What is switched on; the rest answers as if it did not exist.
    modules: Vec<ModuleName>,
    /// How clients sign in.
    sign_in_methods: Vec<SignInMethodName>,
    /// Where its portal is: what mails link to; none for the server's own address.
    portal_url: Option<String>,
}

impl From<::identity::Workspace> for Workspace {
    fn from(row: ::identity::Workspace) -> Self {
        let plan = row.plan();
        let limits = plan.limits();
        Self {
            plan: plan.name().to_owned(),
            limits: PlanLimits {
                members: limits.members,
                client_users: limits.client_users,
                portal_contracts: limits.portal_contracts,
            },
            slug: row.slug,
            name: row.name,
            locale: row.locale,
            time_zone: row.time_zone,
            currency: row.currency,
            modules: row.modules.iter().map(module_name).collect(),
            sign_in_methods: row.sign_in_methods.iter().map(Into::into).collect(),
            portal_url: row.portal_url,
        }
    }
}

/// What `workspaceCreate` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
struct WorkspaceCreateInput {
    /// Its name in addresses and sign-ins: 3 to 40 lower-case letters, digits
    /// and hyphens.
    workspace: String,
    /// Its name for people.
    name: String,
    /// The owner's name.
    owner_name: String,
    /// The owner's address, which is confirmed by mail.
    email: String,
    /// The language it greets in: `en`, `fr` or `de`.
    #[graphql(default_with = "\"en\".to_owned()")]
    locale: String,
    /// An IANA time zone, such as `Europe/Paris`.
    #[graphql(default_with = "\"UTC\".to_owned()")]
    time_zone: String,
    /// An ISO 4217 code, such as `EUR`.
    #[graphql(default_with = "\"EUR\".to_owned()")]
    currency: String,
}

/// What `workspaceUpdate` asks for. What is absent stays.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
struct WorkspaceUpdateInput {
    /// Its name for people.
    name: Option<String>,
    /// The language it greets in: `en`, `fr` or `de`.
    locale: Option<String>,
    /// An IANA time zone, such as `Europe/Paris`.
    time_zone: Option<String>,
    /// An ISO 4217 code, such as `EUR`.
    currency: Option<String>,
    /// What is switched on.
    modules: Option<Vec<ModuleName>>,
    /// How clients sign in; at least one way.
    sign_in_methods: Option<Vec<SignInMethodName>>,
    /// Where its portal is, beginning with `https://`; empty for the server's
    /// own address.
    portal_url: Option<String>,
}

payload! {
    /// What `workspaceCreate` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    WorkspaceCreatePayload {
        /// Whether the wish was taken; the workspace begins with `emailConfirm`.
        requested: bool,
    }
    /// Why nothing was begun.
    #[graphql(directive = crate::audience::internal::apply())]
    WorkspaceCreateError;
    /// What can go wrong in `workspaceCreate`.
    #[graphql(directive = crate::audience::internal::apply())]
    WorkspaceCreateErrorCode {
        /// This server takes no new workspaces.
        Closed,
        /// The name in addresses has other characters, or is too short, too long or reserved.
        InvalidWorkspace,
        /// A workspace of this name exists.
        NameTaken,
        /// A name is empty, too long, or has control characters.
        InvalidName,
        /// There is no such language.
        UnknownLocale,
        /// There is no such time zone.
        UnknownTimeZone,
        /// Not three capital letters.
        UnknownCurrency,
        /// The address is none that mail can be sent to.
        InvalidEmail,
        /// Too many for this address or from this network; try again later.
        TooManyRequests,
    }
}

payload! {
    /// What `workspaceUpdate` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    WorkspaceUpdatePayload {
        /// The workspace as it is now; none when there are errors.
        workspace: Workspace,
    }
    /// Why the workspace stays as it is.
    #[graphql(directive = crate::audience::internal::apply())]
    WorkspaceUpdateError;
    /// What can go wrong in `workspaceUpdate`.
    #[graphql(directive = crate::audience::internal::apply())]
    WorkspaceUpdateErrorCode {
        /// The name is empty, too long, or has control characters.
        InvalidName,
        /// There is no such language.
        UnknownLocale,
        /// There is no such time zone.
        UnknownTimeZone,
        /// Not three capital letters.
        UnknownCurrency,
        /// At least one way to sign in must stay.
        NoSignInMethod,
        /// The portal's address must begin with `https://` and name a host.
        InvalidPortalUrl,
        /// Nothing would change.
        NothingToChange,
    }
}

#[derive(Default)]
pub(crate) struct WorkspaceQuery;

#[Object]
impl WorkspaceQuery {
    /// The workspace of whoever is signed in.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn workspace(&self, ctx: &Context<'_>) -> Result<Workspace> {
        let found = ::identity::workspace(&ctx.cx()?).await;
        found.map(Into::into).map_err(|fault| refuse(&fault))
    }
}

#[derive(Default)]
pub(crate) struct WorkspaceMutation;

#[Object]
impl WorkspaceMutation {
    /// Begins a workspace with its first owner, who confirms the address by a
    /// mailed link and sets a password (`emailConfirm`). Whether a server takes
    /// new workspaces is its operator's choice.
    #[graphql(guard = "StaffGate", directive = internal::apply())]
    async fn workspace_create(
        &self,
        ctx: &Context<'_>,
        input: WorkspaceCreateInput,
    ) -> Result<Option<WorkspaceCreatePayload>> {
        let asked = ctx.asked()?;
        let sign_up = SignUp {
            slug: input.workspace,
            name: input.name,
            locale: input.locale,
            time_zone: input.time_zone,
            currency: input.currency,
            owner_name: input.owner_name,
            email: input.email,
        };
        let services = &asked.services;
        let (work, origin) = (asked.work(), &asked.origin);
        let taken = ::identity::sign_up(&work, services.sign_up, origin, sign_up);
        match taken.await {
            Ok(()) => Ok(Some(WorkspaceCreatePayload {
                requested: Some(true),
                errors: Vec::new(),
            })),
            Err(SignUpError::Fault(fault)) => Err(refuse(&fault)),
            Err(error) => Ok(Some(not_begun(&error))),
        }
    }

    /// Changes the settings of the workspace; in force on the next request.
    /// Needs the permission `settings.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn workspace_update(
        &self,
        ctx: &Context<'_>,
        input: WorkspaceUpdateInput,
    ) -> Result<Option<WorkspaceUpdatePayload>> {
        let update = WorkspaceUpdate {
            name: input.name,
            locale: input.locale,
            time_zone: input.time_zone,
            currency: input.currency,
            modules: input.modules.map(modules).transpose()?,
            sign_in_methods: input.sign_in_methods.map(methods).transpose()?,
            portal_url: input.portal_url,
        };
        match ::identity::update_workspace(&ctx.cx()?, update).await {
            Ok(workspace) => Ok(Some(WorkspaceUpdatePayload {
                workspace: Some(workspace.into()),
                errors: Vec::new(),
            })),
            Err(SettingsError::Fault(fault)) => Err(refuse(&fault)),
            Err(error) => Ok(Some(unchanged(&error))),
        }
    }
}

fn not_begun(error: &SignUpError) -> WorkspaceCreatePayload {
    use WorkspaceCreateErrorCode as Code;
    let (code, field) = match error {
        SignUpError::Closed => (Code::Closed, None),
        SignUpError::BadSlug => (Code::InvalidWorkspace, Some("workspace")),
        SignUpError::SlugTaken => (Code::NameTaken, Some("workspace")),
        SignUpError::Name(_) => (Code::InvalidName, Some("name")),
        SignUpError::OwnerName(_) => (Code::InvalidName, Some("ownerName")),
        SignUpError::Settings(SettingsError::UnknownTimeZone) => {
            (Code::UnknownTimeZone, Some("timeZone"))
        }
        SignUpError::Settings(SettingsError::UnknownCurrency) => {
            (Code::UnknownCurrency, Some("currency"))
        }
        SignUpError::Settings(_) => (Code::UnknownLocale, Some("locale")),
        SignUpError::Email(_) => (Code::InvalidEmail, Some("email")),
        SignUpError::TooManyRequests | SignUpError::Fault(_) => (Code::TooManyRequests, None),
    };
    WorkspaceCreatePayload::refused(code, field, sentence(error))
}

fn unchanged(error: &SettingsError) -> WorkspaceUpdatePayload {
    use WorkspaceUpdateErrorCode as Code;
    let (code, field) = match error {
        SettingsError::Name(_) => (Code::InvalidName, Some("name")),
        SettingsError::UnknownLocale => (Code::UnknownLocale, Some("locale")),
        SettingsError::UnknownTimeZone => (Code::UnknownTimeZone, Some("timeZone")),
        SettingsError::UnknownCurrency => (Code::UnknownCurrency, Some("currency")),
        SettingsError::NoSignInMethod => (Code::NoSignInMethod, Some("signInMethods")),
        SettingsError::BadPortalUrl => (Code::InvalidPortalUrl, Some("portalUrl")),
        SettingsError::NothingToChange | SettingsError::Fault(_) => (Code::NothingToChange, None),
    };
    WorkspaceUpdatePayload::refused(code, field, sentence(error))
}

fn module_name(module: Module) -> ModuleName {
    match module {
        Module::Tickets => ModuleName::Tickets,
        Module::Jobs => ModuleName::Jobs,
        Module::Invoices => ModuleName::Invoices,
        Module::Projects => ModuleName::Projects,
        Module::Documents => ModuleName::Documents,
        Module::Portal => ModuleName::Portal,
    }
}

fn modules(names: Vec<ModuleName>) -> Result<Modules, Refusal> {
    bounded(&names, "modules")?;
    let module = |name| match name {
        ModuleName::Tickets => Module::Tickets,
        ModuleName::Jobs => Module::Jobs,
        ModuleName::Invoices => Module::Invoices,
        ModuleName::Projects => Module::Projects,
        ModuleName::Documents => Module::Documents,
        ModuleName::Portal => Module::Portal,
    };
    Ok(names.into_iter().map(module).collect())
}

fn methods(names: Vec<SignInMethodName>) -> Result<SignInMethods, Refusal> {
    bounded(&names, "signInMethods")?;
    Ok(names.into_iter().map(SignInMethod::from).collect())
}

fn bounded<T>(names: &[T], field: &'static str) -> Result<(), Refusal> {
    if names.len() > INPUT_LIST_ITEMS {
        let message = format!("`{field}` holds more than {INPUT_LIST_ITEMS} values.").into();
        return Err(Refusal::BadInput { message, field });
    }
    Ok(())
}
