//! Who a member of the schema is for.
//!
//! What is for staff alone carries the directive `@internal` (so that the
//! schema file says it), the guard [`Internal`] (so that it refuses), and is
//! pruned from the portal's schema (so that for a client it does not exist).
//! The three are held together by tests.

mod allow_list;
mod pruned;

use ::identity::Realm;
use async_graphql::{Context, Guard, Result, TypeDirective};
pub(crate) use pruned::{Candidate, Portal};

use crate::{context::Asking, refusal::Refusal};

/// For staff alone: absent from the portal's schema.
#[TypeDirective(
    location = "FieldDefinition",
    location = "ArgumentDefinition",
    location = "InputFieldDefinition",
    location = "EnumValue",
    location = "Object",
    location = "InputObject",
    location = "Enum"
)]
pub(crate) fn internal() {}

/// Refuses whoever is not staff: the second wall behind the pruned schema.
pub(crate) struct Internal;

impl Guard for Internal {
    async fn check(&self, ctx: &Context<'_>) -> Result<()> {
        let asked = ctx.asked()?;
        match asked.viewer() {
            Some(visibility::Viewer::Staff(_)) => Ok(()),
            Some(visibility::Viewer::Client(_)) => Err(Refusal::Forbidden.into()),
            None => Err(Refusal::Unauthenticated.into()),
        }
    }
}

/// Lets in whoever stands at the staff gateway, signed in or not: for what is
/// internal and comes before signing in.
pub(crate) struct StaffGate;

impl Guard for StaffGate {
    async fn check(&self, ctx: &Context<'_>) -> Result<()> {
        match ctx.asked()?.realm {
            Realm::Staff => Ok(()),
            Realm::Portal => Err(Refusal::Forbidden.into()),
        }
    }
}
