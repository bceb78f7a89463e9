//! What a workspace's plan allows (WS-4). What clients can see is the same on
//! every plan.

use kernel::{CompanyId, Doing, Fault, WorkspaceId};
use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, sea_query::Expr,
};
use store::Tx;

use crate::{
    Standing,
    entity::{client_user, company, staff_user, workspace},
};

/// A plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// A small shop: the owner and 5 more, 50 client users, 10 contracts in the portal.
    Starter,
    /// A team: 25 people, 1 000 client users, 200 contracts in the portal.
    Team,
    /// Without limits.
    Business,
}

/// The limits of a plan; none means no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanLimits {
    /// Staff users in force or invited.
    pub members: Option<u64>,
    /// Client users in force or invited at the same time.
    pub client_users: Option<u64>,
    /// Contracts that clients see.
    pub portal_contracts: Option<u64>,
}

/// A limit was reached; it names itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the plan `{plan}` allows {allowed} {what}")]
pub struct PlanLimit {
    /// The plan.
    pub plan: &'static str,
    /// What it limits.
    pub what: &'static str,
    /// How many it allows.
    pub allowed: u64,
}

impl Plan {
    /// Every plan.
    pub const ALL: [Self; 3] = [Self::Starter, Self::Team, Self::Business];

    /// The name that the database and operators use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Starter => "starter",
            Self::Team => "team",
            Self::Business => "business",
        }
    }

    /// The plan of this name; a name that no version knows is the smallest plan.
    pub fn of(name: &str) -> Self {
        let known = Self::ALL.into_iter().find(|plan| plan.name() == name);
        known.unwrap_or(Self::Starter)
    }

    /// What it allows.
    pub fn limits(self) -> PlanLimits {
        let limits = |members, client_users, portal_contracts| PlanLimits {
            members: Some(members),
            client_users: Some(client_users),
            portal_contracts: Some(portal_contracts),
        };
        match self {
            Self::Starter => limits(6, 50, 10),
            Self::Team => limits(25, 1_000, 200),
            Self::Business => PlanLimits {
                members: None,
                client_users: None,
                portal_contracts: None,
            },
        }
    }
}

/// Holds the workspace still until the transaction ends: two who take the last
/// place at once come one after the other. Answers its plan.
#[expect(
    clippy::disallowed_methods,
    reason = "locks the viewer's own workspace"
)]
pub(crate) async fn hold_workspace(tx: &Tx, id: WorkspaceId) -> Result<Plan, Fault> {
    use workspace::{Column, Entity};
    Entity::update_many()
        .col_expr(Column::Plan, Expr::col(Column::Plan))
        .filter(Column::Id.eq(id))
        .exec(&tx.executor())
        .await
        .doing("holding a workspace")?;
    let plan: Option<String> = Entity::find()
        .select_only()
        .column(Column::Plan)
        .filter(Column::Id.eq(id))
        .into_tuple()
        .one(&tx.executor())
        .await
        .doing("reading a plan")?;
    Ok(Plan::of(&plan.unwrap_or_default()))
}

/// Holds a company still until the transaction ends, as [`hold_workspace`] does.
#[expect(clippy::disallowed_methods, reason = "locks a company read in scope")]
pub(crate) async fn hold_company(tx: &Tx, id: CompanyId) -> Result<(), Fault> {
    use company::{Column, Entity};
    Entity::update_many()
        .col_expr(Column::Status, Expr::col(Column::Status))
        .filter(Column::Id.eq(id))
        .exec(&tx.executor())
        .await
        .doing("holding a company")?;
    Ok(())
}

/// Refuses when the workspace has no place for one more client user.
#[expect(clippy::disallowed_methods, reason = "counts, in one workspace")]
pub(crate) async fn room_for_client_user(
    tx: &Tx,
    workspace: WorkspaceId,
) -> Result<Result<(), PlanLimit>, Fault> {
    use client_user::{Column, Entity};
    let plan = hold_workspace(tx, workspace).await?;
    let Some(allowed) = plan.limits().client_users else {
        return Ok(Ok(()));
    };
    let there = Entity::find()
        .filter(Column::WorkspaceId.eq(workspace))
        .filter(Column::Status.is_in([Standing::Active, Standing::Invited]))
        .count(&tx.executor())
        .await
        .doing("counting client users")?;
    Ok(room(plan, "client users", there, allowed))
}

/// Refuses when the workspace has no place for one more on the team.
#[expect(clippy::disallowed_methods, reason = "counts, in one workspace")]
pub(crate) async fn room_for_member(
    tx: &Tx,
    workspace: WorkspaceId,
) -> Result<Result<(), PlanLimit>, Fault> {
    use staff_user::{Column, Entity};
    let plan = hold_workspace(tx, workspace).await?;
    let Some(allowed) = plan.limits().members else {
        return Ok(Ok(()));
    };
    let there = Entity::find()
        .filter(Column::WorkspaceId.eq(workspace))
        .filter(Column::Status.is_in([Standing::Active, Standing::Invited]))
        .count(&tx.executor())
        .await
        .doing("counting the team")?;
    Ok(room(plan, "members of the team", there, allowed))
}

fn room(plan: Plan, what: &'static str, there: u64, allowed: u64) -> Result<(), PlanLimit> {
    if there < allowed {
        return Ok(());
    }
    Err(PlanLimit {
        plan: plan.name(),
        what,
        allowed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_names_itself() {
        assert_eq!(room(Plan::Starter, "client users", 49, 50), Ok(()));
        let refused = room(Plan::Starter, "client users", 50, 50).expect_err("full");
        assert_eq!(
            refused.to_string(),
            "the plan `starter` allows 50 client users"
        );
        assert_eq!(Plan::of("nonsense"), Plan::Starter);
        assert!(Plan::ALL.iter().all(|plan| Plan::of(plan.name()) == *plan));
    }
}
