//! What decides whether somebody can be named on a record of their company:
//! who cannot see it must not be named on it.

use kernel::{ClientUserId, CompanyId, Doing, Fault};
use sea_orm::{ColumnTrait, QueryFilter};
use visibility::{Access, Cx, Reach, Section, Sections, Sharing};

use crate::{
    Standing,
    entity::{client_user, company},
    scope,
};

/// Somebody in force at a company, as far as it decides what they see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    /// Who.
    pub id: ClientUserId,
    /// How far they see; none when they sign in to nothing.
    pub reach: Option<Reach>,
    /// How their company shares records.
    pub sharing: Sharing,
    sections: Sections,
}

impl Colleague {
    /// Whether the section is open to them.
    pub fn opens(&self, section: Section) -> bool {
        self.sections.contains(section)
    }
}

/// Those of the users who are in force at the company and whom the viewer may
/// see, in no order.
pub async fn colleagues(
    cx: &Cx<'_>,
    company: CompanyId,
    ids: &[ClientUserId],
) -> Result<Vec<Colleague>, Fault> {
    let found = scope::companies(cx.viewer)
        .filter(company::Column::Id.eq(company))
        .one(&cx.db())
        .await
        .doing("reading a company")?;
    let Some(company) = found else {
        return Ok(Vec::new());
    };
    let users = scope::client_users(cx.viewer)
        .filter(client_user::Column::CompanyId.eq(company.id))
        .filter(client_user::Column::Status.eq(Standing::Active))
        .filter(client_user::Column::Id.is_in(ids.iter().copied()))
        .all(&cx.db())
        .await
        .doing("reading colleagues")?;
    let colleague = |user: client_user::Model| Colleague {
        id: user.id,
        reach: Reach::of(user.access, company.sharing, user.reach),
        sharing: company.sharing,
        sections: match user.access {
            Access::Admin => Sections::all(),
            _ => user.sections,
        },
    };
    Ok(users.into_iter().map(colleague).collect())
}
