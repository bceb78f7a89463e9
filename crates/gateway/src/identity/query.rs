//! Reads of people and of a workspace's public face.

use ::identity::{client_users_by_ids, companies_by_ids, staff_list, staff_member};
use async_graphql::{Context, Object, Result};
use kernel::Fault;
use visibility::Viewer as Asker;

use super::{
    CompanyPage,
    types::{Branding, Side, StaffMemberNode, Viewer},
};
use crate::{
    audience::{Internal, internal},
    context::Asking,
    node::Kind,
    refusal::refuse,
};

#[derive(Default)]
pub(crate) struct ViewerQuery;

#[Object]
impl ViewerQuery {
    /// What a workspace shows to anybody, signed in or not; none when there is
    /// no such workspace.
    async fn branding(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The workspace's name in addresses and sign-ins.")] workspace: String,
    ) -> Result<Option<Branding>> {
        if workspace.contains('\0') {
            return Ok(None);
        }
        let work = ctx.asked()?.work();
        let found = ::identity::branding(&work, &workspace)
            .await
            .map_err(|fault| refuse(&fault))?;
        Ok(found.map(|found| Branding {
            workspace: found.slug,
            name: found.name,
            locale: found.locale,
            sign_in_methods: found.sign_in_methods.iter().map(Into::into).collect(),
        }))
    }

    /// Whoever is signed in.
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Viewer> {
        let asked = ctx.asked()?;
        let cx = ctx.cx()?;
        let viewer = match cx.viewer {
            Asker::Client(client) => {
                let user = client_users_by_ids(&cx, &[client.user])
                    .await
                    .map_err(|fault| refuse(&fault))?
                    .pop();
                let company = companies_by_ids(&cx, &[client.company])
                    .await
                    .map_err(|fault| refuse(&fault))?
                    .pop();
                user.map(|user| Viewer {
                    id: Kind::User.id(user.id.0),
                    name: user.name,
                    email: user.email,
                    side: Side::Client,
                    company: company.map(|company| CompanyPage::node(asked, company)),
                    sections: Some(client.sections.iter().map(Into::into).collect()),
                    access: Some(client.access.into()),
                    locale: user.locale,
                    role: None,
                })
            }
            Asker::Staff(staff) => {
                let user = staff_member(&cx, &[staff.user])
                    .await
                    .map_err(|fault| refuse(&fault))?
                    .pop();
                user.map(|user| Viewer {
                    id: Kind::StaffMember.id(user.id.0),
                    name: user.name,
                    email: user.email,
                    side: Side::Staff,
                    company: None,
                    sections: None,
                    access: None,
                    locale: user.locale,
                    role: Some(user.role.into()),
                })
            }
        };
        viewer.ok_or_else(|| refuse(&Fault::NotFound))
    }

    /// The team, by name: whom a ticket can be assigned to.
    #[graphql(guard = "Internal", directive = internal::apply(), complexity = "100 * child_complexity + 1")]
    async fn staff_members(&self, ctx: &Context<'_>) -> Result<Vec<StaffMemberNode>> {
        let found = staff_list(&ctx.cx()?)
            .await
            .map_err(|fault| refuse(&fault))?;
        Ok(found.into_iter().map(StaffMemberNode).collect())
    }
}
