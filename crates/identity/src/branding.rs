//! What an anonymous visitor may read of a workspace (PO-4), and nothing else.

use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, DerivePartialModel, EntityTrait, QueryFilter};
use store::Work;
use visibility::{Module, Modules};

use crate::{SignInMethods, Standing, entity::workspace};

/// The public face of a workspace.
#[derive(Clone, Debug, PartialEq, Eq, DerivePartialModel)]
#[sea_orm(entity = "workspace::Entity")]
pub struct Branding {
    /// The name that sign-in asks for.
    pub slug: String,
    /// The name for people.
    pub name: String,
    /// The language to greet visitors in.
    pub locale: String,
    /// How clients sign in.
    pub sign_in_methods: SignInMethods,
    /// What is switched on; without the portal there is no branding.
    modules: Modules,
}

/// The public face of the workspace `slug`, if it is in force.
#[expect(
    clippy::disallowed_methods,
    reason = "public by PO-4: four columns of one workspace"
)]
pub async fn branding(work: &Work<'_>, slug: &str) -> Result<Option<Branding>, Fault> {
    let found = workspace::Entity::find()
        .filter(workspace::Column::Slug.eq(slug))
        .filter(workspace::Column::Status.eq(Standing::Active))
        .into_partial_model::<Branding>()
        .one(&work.store.executor())
        .await
        .doing("reading branding")?;
    Ok(found.filter(|found| found.modules.contains(Module::Portal)))
}
