//! Companies, read in batches: the gateway asks for those of a whole page.

use kernel::{CompanyId, Doing, Fault};
use sea_orm::{ColumnTrait, DerivePartialModel, QueryFilter};
use visibility::Cx;

use crate::{CompanyKind, entity::company, scope};

/// A company as its own people and staff see it.
#[derive(Clone, Debug, PartialEq, Eq, DerivePartialModel)]
#[sea_orm(entity = "company::Entity")]
pub struct Company {
    /// Which.
    pub id: CompanyId,
    /// Its name.
    pub name: String,
    /// An organisation or a single person.
    pub kind: CompanyKind,
}

/// Those of the companies that the viewer may see.
pub async fn by_ids(cx: &Cx<'_>, ids: &[CompanyId]) -> Result<Vec<Company>, Fault> {
    scope::companies(cx.viewer)
        .filter(company::Column::Id.is_in(ids.iter().copied()))
        .into_partial_model::<Company>()
        .all(&cx.db())
        .await
        .doing("reading companies")
}
