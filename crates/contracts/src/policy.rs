//! Creating and changing policies. A change makes new terms; clocks that
//! counted by the old ones keep what they have counted.

use kernel::{Doing, Fault, Line, TextError};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Set,
    sea_query::{Expr, OnConflict},
};
use serde_json::json;
use store::Tx;
use visibility::{Cx, Permission};

use crate::{
    Calendar, CalendarId, Escalation, EscalationError, Escalations, PolicyId, Targets, TermsId,
    calendar::hold,
    entity::{
        default,
        policy::{Column, Entity, Model},
        terms,
    },
    escalation, event, policies_by_ids, scope, trail,
};

/// A policy as staff see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Which.
    pub id: PolicyId,
    /// Its name.
    pub name: String,
    /// When work is done.
    pub calendar: CalendarId,
    /// What is due, by priority.
    pub targets: Targets,
    /// How much of a target is used up when its end counts as near.
    pub near_percent: i64,
    /// What happens by itself as a promise runs out.
    pub escalations: Escalations,
    /// Whether it holds where no contract names one.
    pub default: bool,
}

/// What a policy is made of; in an update, what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct PolicyInput {
    /// Its name.
    pub name: Option<String>,
    /// Its calendar; none for an id that names no calendar.
    pub calendar: Option<Option<CalendarId>>,
    /// What is due.
    pub targets: Option<Targets>,
    /// How much of a target is used up when its end counts as near.
    pub near_percent: Option<i64>,
    /// What happens by itself as a promise runs out.
    pub escalations: Option<Vec<Escalation>>,
    /// Whether it holds where no contract names one.
    pub default: Option<bool>,
}

/// Why a policy was not created or changed.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// The name cannot be taken.
    #[error("the name {0}")]
    Name(TextError),
    /// The workspace has no such calendar.
    #[error("there is no such calendar")]
    UnknownCalendar,
    /// A promise is no span between a minute and a year.
    #[error("a target is at least a minute and at most a year")]
    Targets,
    /// The threshold is none.
    #[error("the threshold is between 1 and 100 percent")]
    NearPercent,
    /// The steps cannot be taken.
    #[error(transparent)]
    Escalations(EscalationError),
    /// Nothing was asked to change.
    #[error("there is nothing to change")]
    NothingToChange,
    /// Somebody else changed it, or its calendar, at the same moment.
    #[error("somebody has changed it meanwhile; read it again")]
    ChangedMeanwhile,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<EscalationError> for PolicyError {
    fn from(error: EscalationError) -> Self {
        match error {
            EscalationError::Fault(fault) => Self::Fault(fault),
            error => Self::Escalations(error),
        }
    }
}

/// Creates a policy. Needs `contracts.write`.
pub async fn create_policy(cx: &Cx<'_>, input: PolicyInput) -> Result<Policy, PolicyError> {
    let staff = cx.viewer.may(Permission::ContractsWrite)?;
    let name = input.name.unwrap_or_default();
    let name = Line::parse(&name).map_err(PolicyError::Name)?.into_string();
    let targets = sound(input.targets.unwrap_or_default())?;
    let near = percent(input.near_percent.unwrap_or(80))?;
    let steps = input.escalations.unwrap_or_default();
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let escalations = escalation::sound(&within, steps, &Escalations::default()).await?;
    let calendar = calendar(&within, input.calendar.flatten()).await?;
    hold(&tx, &calendar)
        .await?
        .ok_or(PolicyError::ChangedMeanwhile)?;
    let mut policy = Model {
        id: PolicyId::fresh(cx.now, cx.entropy),
        workspace_id: staff.workspace,
        name,
        calendar_id: calendar.id,
        terms_id: TermsId::fresh(cx.now, cx.entropy),
    };
    let said = Said {
        targets,
        near_percent: near,
        escalations,
    };
    policy.terms_id = write_terms(&within, &policy, &calendar, said).await?;
    let insert = Entity::insert(policy.clone().into_active_model());
    let inserted = insert.exec_without_returning(&tx.executor()).await;
    inserted.doing("creating a policy")?;
    if input.default == Some(true) {
        set_default(&within, &tx, policy.id, true).await?;
    }
    trail::enter(
        cx,
        &tx,
        "slaPolicy.created",
        ("slaPolicy", policy.id.0),
        None,
    )
    .await?;
    let created = policies_by_ids(&within, &[policy.id]).await?.pop();
    tx.commit().await?;
    Ok(created.ok_or(Fault::NotFound)?)
}

/// Changes a policy. Needs `contracts.write`.
pub async fn update_policy(
    cx: &Cx<'_>,
    id: PolicyId,
    input: PolicyInput,
) -> Result<Policy, PolicyError> {
    cx.viewer.may(Permission::ContractsWrite)?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let row = scope::policy(&within, id).await?.ok_or(Fault::NotFound)?;
    let before = policies_by_ids(&within, &[id])
        .await?
        .pop()
        .ok_or(Fault::NotFound)?;
    let mut after = before.clone();
    if let Some(name) = input.name {
        after.name = Line::parse(&name).map_err(PolicyError::Name)?.into_string();
    }
    after.targets = sound(input.targets.unwrap_or(before.targets))?;
    after.near_percent = percent(input.near_percent.unwrap_or(before.near_percent))?;
    if let Some(steps) = input.escalations {
        after.escalations = escalation::sound(&within, steps, &before.escalations).await?;
    }
    after.default = input.default.unwrap_or(before.default);
    let calendar = calendar(&within, input.calendar.unwrap_or(Some(before.calendar))).await?;
    after.calendar = calendar.id;
    if after == before {
        return Err(PolicyError::NothingToChange);
    }
    hold(&tx, &calendar)
        .await?
        .ok_or(PolicyError::ChangedMeanwhile)?;
    let renewed = renew(&within, &tx, &row, &calendar, Some(&after)).await?;
    renewed.ok_or(PolicyError::ChangedMeanwhile)?;
    if after.default != before.default {
        set_default(&within, &tx, id, after.default).await?;
    }
    let changes = json!({
        "name": after.name != before.name,
        "calendar": after.calendar != before.calendar,
        "targets": after.targets != before.targets,
        "escalations": after.escalations != before.escalations,
        "nearPercent": { "from": before.near_percent, "to": after.near_percent },
        "default": { "from": before.default, "to": after.default },
    });
    trail::enter(
        cx,
        &tx,
        "slaPolicy.changed",
        ("slaPolicy", id.0),
        Some(changes),
    )
    .await?;
    tx.commit().await?;
    Ok(after)
}

fn sound(targets: Targets) -> Result<Targets, PolicyError> {
    if targets.are_sound() {
        Ok(targets)
    } else {
        Err(PolicyError::Targets)
    }
}

fn percent(near: i64) -> Result<i64, PolicyError> {
    if (1..=100).contains(&near) {
        Ok(near)
    } else {
        Err(PolicyError::NearPercent)
    }
}

async fn calendar(cx: &Cx<'_>, id: Option<CalendarId>) -> Result<Calendar, PolicyError> {
    let id = id.ok_or(PolicyError::UnknownCalendar)?;
    let found = scope::calendar(cx, id).await?;
    found.ok_or(PolicyError::UnknownCalendar)
}

/// Makes new terms the policy's, which says `after` then, or the same as before
/// under a calendar that has changed. None when another change came first: the
/// write tests the terms that it replaces.
#[expect(clippy::disallowed_methods, reason = "the policy was read in scope")]
pub(crate) async fn renew(
    cx: &Cx<'_>,
    tx: &Tx,
    policy: &Model,
    calendar: &Calendar,
    after: Option<&Policy>,
) -> Result<Option<()>, Fault> {
    let (name, said) = if let Some(after) = after {
        let said = Said {
            targets: after.targets,
            near_percent: after.near_percent,
            escalations: after.escalations.clone(),
        };
        (after.name.clone(), said)
    } else {
        let said = terms::Entity::find()
            .filter(terms::Column::Id.eq(policy.terms_id))
            .one(&cx.db())
            .await;
        let said = said.doing("reading terms")?.ok_or(Fault::NotFound)?;
        let said = Said {
            targets: said.targets,
            near_percent: said.near_percent,
            escalations: said.escalations,
        };
        (policy.name.clone(), said)
    };
    let made = write_terms(cx, policy, calendar, said).await?;
    let update = Entity::update_many()
        .col_expr(Column::Name, Expr::value(name))
        .col_expr(Column::CalendarId, Expr::value(calendar.id))
        .col_expr(Column::TermsId, Expr::value(made))
        .filter(Column::Id.eq(policy.id))
        .filter(Column::TermsId.eq(policy.terms_id));
    let done = update
        .exec(&tx.executor())
        .await
        .doing("changing a policy")?;
    event::record(cx, tx, event::POLICY_CHANGED, policy.id.0);
    Ok((done.rows_affected == 1).then_some(()))
}

/// What a policy says beside its name and its calendar.
struct Said {
    targets: Targets,
    near_percent: i64,
    escalations: Escalations,
}

async fn write_terms(
    cx: &Cx<'_>,
    policy: &Model,
    calendar: &Calendar,
    said: Said,
) -> Result<TermsId, Fault> {
    let row = terms::Model {
        id: TermsId::fresh(cx.now, cx.entropy),
        workspace_id: policy.workspace_id,
        policy_id: policy.id,
        targets: said.targets,
        near_percent: said.near_percent,
        escalations: said.escalations,
        hours: calendar.hours.clone(),
        time_zone: calendar.time_zone.clone(),
        holidays: calendar.holidays.clone(),
        made_at: cx.now,
    };
    let id = row.id;
    let insert = terms::Entity::insert(row.into_active_model());
    let inserted = insert.exec_without_returning(&cx.db()).await;
    inserted.doing("writing terms")?;
    Ok(id)
}

/// Makes the policy the workspace's own, or not any more.
#[expect(clippy::disallowed_methods, reason = "the workspace is the viewer's")]
async fn set_default(cx: &Cx<'_>, tx: &Tx, policy: PolicyId, own: bool) -> Result<(), Fault> {
    use default::{ActiveModel, Column, Entity};
    let workspace = cx.viewer.workspace();
    if own {
        let row = ActiveModel {
            workspace_id: Set(workspace),
            policy_id: Set(policy),
        };
        let replace = OnConflict::column(Column::WorkspaceId)
            .update_column(Column::PolicyId)
            .to_owned();
        let insert = Entity::insert(row).on_conflict(replace);
        let inserted = insert.exec_without_returning(&cx.db()).await;
        inserted.doing("setting the workspace's policy")?;
    } else {
        let delete = Entity::delete_many()
            .filter(Column::WorkspaceId.eq(workspace))
            .filter(Column::PolicyId.eq(policy));
        let deleted = delete.exec(&cx.db()).await;
        deleted.doing("taking the workspace's policy away")?;
    }
    event::record(cx, tx, event::DEFAULT_CHANGED, workspace.0);
    Ok(())
}
