//! Reading and changing companies.

use ::identity::{CompanyError, CompanyUpdate, Standing, companies_by_ids};
use async_graphql::{Context, ID, InputObject, Object, Result};
use kernel::{CompanyId, Fault, PageRequest, Slice};
use visibility::Viewer;

use super::{
    company::{CompanyKindName, CompanyNode, CompanyPage, SharingMode},
    sentence,
};
use crate::{
    audience::{Internal, internal},
    connection::{Page, nodes, page},
    context::Asking,
    node::Kind,
    payload::payload,
    refusal::{Refusal, refuse},
};

/// What `companyCreate` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
struct CompanyCreateInput {
    /// The name of the organisation or person.
    name: String,
    /// An organisation or a single person; an organisation when absent.
    kind: Option<CompanyKindName>,
    /// How far its members see; their own records when absent.
    sharing: Option<SharingMode>,
}

/// What `companyUpdate` asks for. What is absent stays.
#[derive(InputObject)]
struct CompanyUpdateInput {
    /// The company; one's own when absent.
    id: Option<ID>,
    /// How far its members see.
    sharing: Option<SharingMode>,
    /// The domains whose mailboxes may ask to join by themselves; 20 at most,
    /// empty for nobody.
    registration_domains: Option<Vec<String>>,
    /// The name.
    #[graphql(directive = internal::apply())]
    name: Option<String>,
    /// Whether its people may sign in. Switching it off ends what they have open.
    #[graphql(directive = internal::apply())]
    active: Option<bool>,
}

payload! {
    /// What `companyCreate` answers.
    #[graphql(directive = internal::apply())]
    CompanyCreatePayload {
        /// The new company; none when there are errors.
        company: CompanyNode,
    }
    /// Why the company was not created.
    #[graphql(directive = internal::apply())]
    CompanyCreateError;
    /// What can go wrong in `companyCreate`.
    #[graphql(directive = internal::apply())]
    CompanyCreateErrorCode {
        /// The name is empty, too long, or has control characters.
        InvalidName,
    }
}

payload! {
    /// What `companyUpdate` answers.
    CompanyUpdatePayload {
        /// The company as it is now; none when there are errors.
        company: CompanyNode,
    }
    /// Why the company stays as it is.
    CompanyUpdateError;
    /// What can go wrong in `companyUpdate`.
    CompanyUpdateErrorCode {
        /// The name is empty, too long, or has control characters.
        InvalidName,
        /// One of the domains is none, or there are more than 20.
        InvalidDomains,
        /// An admin can list the domain of their own address alone.
        ForeignDomain,
        /// Nothing would change.
        NothingToChange,
    }
}

#[derive(Default)]
pub(crate) struct CompanyQuery;

#[Object]
impl CompanyQuery {
    /// A company: one's own when no id is given. A company that the viewer may
    /// not see, and one that does not exist, are the same answer: null, and the
    /// error `NOT_FOUND`.
    async fn company(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A global id; one's own company when absent.")] id: Option<ID>,
    ) -> Result<Option<CompanyNode>> {
        let cx = ctx.cx()?;
        let id = own_or(cx.viewer, id.as_ref())?;
        let found = companies_by_ids(&cx, &[id])
            .await
            .and_then(|mut found| found.pop().ok_or(Fault::NotFound))
            .map_err(|fault| refuse(&fault))?;
        Ok(Some(CompanyPage::node(ctx.asked()?, found)))
    }

    /// The customers of the workspace, the oldest first. Needs the permission
    /// `customers.read`.
    #[graphql(guard = "Internal", directive = internal::apply(), complexity = "nodes(first) * child_complexity + 1")]
    async fn companies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many companies: 1 to 100, 20 when absent.")] first: Option<i32>,
        #[graphql(desc = "The cursor of the company before the page.")] after: Option<String>,
    ) -> Result<Page<CompanyNode>> {
        let has_previous = after.is_some();
        let found = ::identity::list_companies(&ctx.cx()?, &PageRequest { first, after }).await;
        let slice = found.map_err(Refusal::from)?;
        let cursors: Vec<String> = slice.rows.iter().map(::identity::company_cursor).collect();
        let nodes = CompanyPage::nodes(ctx.asked()?, slice.rows);
        let slice = Slice {
            rows: cursors.into_iter().zip(nodes).collect(),
            has_next: slice.has_next,
        };
        Ok(page(slice, has_previous))
    }
}

#[derive(Default)]
pub(crate) struct CompanyMutation;

#[Object]
impl CompanyMutation {
    /// Creates a company. Needs the permission `customers.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn company_create(
        &self,
        ctx: &Context<'_>,
        input: CompanyCreateInput,
    ) -> Result<Option<CompanyCreatePayload>> {
        let kind = input.kind.unwrap_or(CompanyKindName::Organisation);
        let sharing = input.sharing.unwrap_or(SharingMode::Own);
        let made =
            ::identity::create_company(&ctx.cx()?, &input.name, kind.into(), sharing.into()).await;
        match made {
            Ok(company) => Ok(Some(CompanyCreatePayload {
                company: Some(CompanyPage::node(ctx.asked()?, company)),
                errors: Vec::new(),
            })),
            Err(CompanyError::Fault(fault)) => Err(refuse(&fault)),
            Err(error) => {
                let code = CompanyCreateErrorCode::InvalidName;
                let text = sentence(&error);
                Ok(Some(CompanyCreatePayload::refused(
                    code,
                    Some("name"),
                    text,
                )))
            }
        }
    }

    /// Changes how a company's people share, and who may ask to join it. For
    /// the company's admins.
    async fn company_update(
        &self,
        ctx: &Context<'_>,
        input: CompanyUpdateInput,
    ) -> Result<Option<CompanyUpdatePayload>> {
        let cx = ctx.cx()?;
        let id = own_or(cx.viewer, input.id.as_ref())?;
        let update = CompanyUpdate {
            name: input.name,
            sharing: input.sharing.map(Into::into),
            registration_domains: input.registration_domains,
            standing: input.active.map(Standing::of),
        };
        match ::identity::update_company(&cx, id, update).await {
            Ok(company) => Ok(Some(CompanyUpdatePayload {
                company: Some(CompanyPage::node(ctx.asked()?, company)),
                errors: Vec::new(),
            })),
            Err(CompanyError::Fault(fault)) => Err(refuse(&fault)),
            Err(error) => Ok(Some(unchanged(&error))),
        }
    }
}

fn unchanged(error: &CompanyError) -> CompanyUpdatePayload {
    use CompanyUpdateErrorCode::{ForeignDomain, InvalidDomains, InvalidName, NothingToChange};
    let (code, field) = match error {
        CompanyError::Name(_) => (InvalidName, Some("name")),
        CompanyError::Domains(_) => (InvalidDomains, Some("registrationDomains")),
        CompanyError::ForeignDomain => (ForeignDomain, Some("registrationDomains")),
        CompanyError::NothingToChange | CompanyError::Fault(_) => (NothingToChange, None),
    };
    CompanyUpdatePayload::refused(code, field, sentence(error))
}

/// The company that an id names, or the viewer's own. Staff have none.
fn own_or(viewer: &Viewer, id: Option<&ID>) -> Result<CompanyId, Refusal> {
    match (id, viewer) {
        (Some(id), _) => Kind::Company.record(id),
        (None, Viewer::Client(client)) => Ok(client.company),
        (None, Viewer::Staff(_)) => Err(Refusal::NotFound),
    }
}
