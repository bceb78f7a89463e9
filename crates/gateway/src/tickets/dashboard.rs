//! What staff count up. Each member of the dashboard is one question to the
//! database, asked when it is selected.

use std::collections::HashMap;

use ::contracts::{PolicyId, policies_by_ids};
use ::identity::staff_member;
use ::tickets::{
    Queue,
    dashboard::{self, Age, NOT_CLOSED},
};
use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::{NaiveDate, TimeDelta};
use visibility::{Cx, Permission};

use super::types::TicketStatus;
use crate::{
    audience::{Internal, internal},
    context::Asking,
    contracts::{ContractPage, SlaPolicyNode},
    identity::StaffMemberNode,
    refusal::{Refusal, refuse},
};

/// What a question costs: it reads more rows than any list.
const COST: usize = 50;
/// The longest stretch of days that answers are counted over.
const MOST_DAYS: i32 = 366;
/// The most months that compliance is counted over.
const MOST_MONTHS: i32 = 24;

/// How many tickets stand there, by age.
#[derive(SimpleObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct OpenTickets {
    /// Where they stand.
    #[graphql(guard = "Internal", directive = internal::apply())]
    status: TicketStatus,
    /// How many.
    #[graphql(guard = "Internal", directive = internal::apply())]
    count: i64,
    /// Those of them opened less than a day ago.
    #[graphql(guard = "Internal", directive = internal::apply())]
    under_a_day: i64,
    /// Those of them opened less than seven days ago, and not within a day.
    #[graphql(guard = "Internal", directive = internal::apply())]
    under_a_week: i64,
    /// Those of them opened less than thirty days ago, and not within a week.
    #[graphql(guard = "Internal", directive = internal::apply())]
    under_a_month: i64,
    /// The others.
    #[graphql(guard = "Internal", directive = internal::apply())]
    older: i64,
}

/// How fast tickets were answered.
#[derive(SimpleObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct FirstResponse {
    /// How many tickets were opened, without those that were merged into another
    /// before an answer.
    #[graphql(guard = "Internal", directive = internal::apply())]
    opened: i64,
    /// How many of them staff have answered publicly, or resolved.
    #[graphql(guard = "Internal", directive = internal::apply())]
    answered: i64,
    /// Half of the answered waited no longer, in seconds by the clock on the wall;
    /// none when none was answered.
    #[graphql(guard = "Internal", directive = internal::apply())]
    median_seconds: Option<i64>,
    /// Nine of ten of the answered waited no longer, in seconds likewise.
    #[graphql(guard = "Internal", directive = internal::apply())]
    p90_seconds: Option<i64>,
}

/// What was kept of a policy for the tickets opened in a month.
#[derive(SimpleObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct Compliance {
    /// The policy; none for staff without the permission `contracts.read`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    policy: Option<SlaPolicyNode>,
    /// The first day of the month, in UTC.
    #[graphql(guard = "Internal", directive = internal::apply())]
    month: NaiveDate,
    /// First answers in time.
    #[graphql(guard = "Internal", directive = internal::apply())]
    responses_met: i64,
    /// First answers that were missed, given by now or not.
    #[graphql(guard = "Internal", directive = internal::apply())]
    responses_missed: i64,
    /// Resolutions in time.
    #[graphql(guard = "Internal", directive = internal::apply())]
    resolutions_met: i64,
    /// Resolutions that were missed, given by now or not.
    #[graphql(guard = "Internal", directive = internal::apply())]
    resolutions_missed: i64,
}

/// What somebody has to do.
#[derive(SimpleObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct Workload {
    /// Who; none for the tickets that nobody has.
    #[graphql(guard = "Internal", directive = internal::apply())]
    assignee: Option<StaffMemberNode>,
    /// The tickets that are not resolved.
    #[graphql(guard = "Internal", directive = internal::apply())]
    open: i64,
    /// Those of them that wait for the client.
    #[graphql(guard = "Internal", directive = internal::apply())]
    waiting: i64,
    /// Those of them that are due soon.
    #[graphql(guard = "Internal", directive = internal::apply())]
    near_breach: i64,
    /// Those of them of which a target was missed.
    #[graphql(guard = "Internal", directive = internal::apply())]
    breached: i64,
}

/// Numbers about the tickets in the viewer's scope, as of now.
pub(crate) struct TicketDashboard;

/// Numbers about the tickets in the viewer's scope, as of now: a member who sees
/// what is assigned to them counts that alone.
#[Object(directive = internal::apply())]
impl TicketDashboard {
    /// What is not closed, by where it stands and how old it is.
    #[graphql(guard = "Internal", directive = internal::apply(), complexity = "COST + child_complexity")]
    async fn open(&self, ctx: &Context<'_>) -> Result<Vec<OpenTickets>> {
        let found = dashboard::open(&ctx.cx()?).await;
        let found = found.map_err(|fault| refuse(&fault))?;
        let row = |status| {
            let here = found.iter().filter(|one| one.status == status);
            let aged = |age: Age| -> i64 {
                let of_age = here.clone().filter(|one| one.age == age);
                of_age.map(|one| one.count).sum()
            };
            OpenTickets {
                status: status.into(),
                count: here.clone().map(|one| one.count).sum(),
                under_a_day: aged(Age::Day),
                under_a_week: aged(Age::Week),
                under_a_month: aged(Age::Month),
                older: aged(Age::Older),
            }
        };
        Ok(NOT_CLOSED.into_iter().map(row).collect())
    }

    /// How many tickets are due soon: those of `slaQueue(state: NEAR_BREACH)`.
    #[graphql(guard = "Internal", directive = internal::apply(), complexity = "COST")]
    async fn near_breach(&self, ctx: &Context<'_>) -> Result<u64> {
        counted(&ctx.cx()?, Queue::NearBreach).await
    }

    /// Of how many tickets that are not resolved a target was missed: those of
    /// `slaQueue(state: BREACHED)`.
    #[graphql(guard = "Internal", directive = internal::apply(), complexity = "COST")]
    async fn breached(&self, ctx: &Context<'_>) -> Result<u64> {
        counted(&ctx.cx()?, Queue::Breached).await
    }

    /// How fast the tickets of the last days were answered.
    #[graphql(guard = "Internal", directive = internal::apply(), complexity = "COST + child_complexity")]
    async fn first_response(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many days back: 1 to 366, 30 when absent.")] days: Option<i32>,
    ) -> Result<FirstResponse> {
        let days = within("days", days.unwrap_or(30), MOST_DAYS)?;
        let cx = ctx.cx()?;
        let found = dashboard::answers(&cx, cx.now - TimeDelta::days(days.into())).await;
        let found = found.map_err(|fault| refuse(&fault))?;
        Ok(FirstResponse {
            opened: found.opened,
            answered: found.answered,
            median_seconds: found.median,
            p90_seconds: found.slow,
        })
    }

    /// What was kept of what was promised, for the tickets opened in each of the
    /// last months, by policy; the latest month first. What is still due counts
    /// nowhere.
    #[graphql(guard = "Internal", directive = internal::apply(), complexity = "COST + 20 * child_complexity")]
    async fn compliance(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many months, the present one too: 1 to 24, 6 when absent.")]
        months: Option<i32>,
    ) -> Result<Vec<Compliance>> {
        let months = within("months", months.unwrap_or(6), MOST_MONTHS)?;
        let cx = ctx.cx()?;
        let found = dashboard::compliance(&cx, months).await;
        let found = found.map_err(|fault| refuse(&fault))?;
        let policies = policies(ctx, &cx, found.iter().map(|row| row.policy).collect()).await?;
        let row = |row: dashboard::Compliance| Compliance {
            policy: policies.get(&row.policy).cloned(),
            month: row.month,
            responses_met: row.responses_met,
            responses_missed: row.responses_missed,
            resolutions_met: row.resolutions_met,
            resolutions_missed: row.resolutions_missed,
        };
        Ok(found.into_iter().map(row).collect())
    }

    /// Who has how much to do, whoever has most first; at most 500.
    #[graphql(guard = "Internal", directive = internal::apply(), complexity = "COST + 20 * child_complexity")]
    async fn workload(&self, ctx: &Context<'_>) -> Result<Vec<Workload>> {
        let cx = ctx.cx()?;
        let found = dashboard::workload(&cx).await;
        let found = found.map_err(|fault| refuse(&fault))?;
        let ids: Vec<_> = found.iter().filter_map(|load| load.assignee).collect();
        let people = staff_member(&cx, &ids)
            .await
            .map_err(|fault| refuse(&fault))?;
        let mut people: HashMap<_, _> = people.into_iter().map(|user| (user.id, user)).collect();
        let load = |load: dashboard::Load| Workload {
            assignee: load
                .assignee
                .and_then(|id| people.remove(&id))
                .map(StaffMemberNode),
            open: load.open,
            waiting: load.waiting,
            near_breach: load.near_breach,
            breached: load.breached,
        };
        Ok(found.into_iter().map(load).collect())
    }
}

async fn counted(cx: &Cx<'_>, queue: Queue) -> Result<u64> {
    dashboard::due(cx, queue)
        .await
        .map_err(|fault| refuse(&fault))
}

/// The policies that somebody may see, by id.
async fn policies(
    ctx: &Context<'_>,
    cx: &Cx<'_>,
    mut ids: Vec<PolicyId>,
) -> Result<HashMap<PolicyId, SlaPolicyNode>> {
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() || cx.viewer.may(Permission::ContractsRead).is_err() {
        return Ok(HashMap::new());
    }
    let found = policies_by_ids(cx, &ids)
        .await
        .map_err(|fault| refuse(&fault))?;
    let ids: Vec<_> = found.iter().map(|policy| policy.id).collect();
    let nodes = ContractPage::policies(ctx.asked()?, found);
    Ok(ids.into_iter().zip(nodes).collect())
}

/// A number of days or months from one to the most.
fn within(field: &'static str, given: i32, most: i32) -> Result<u32, Refusal> {
    match u32::try_from(given) {
        Ok(count) if (1..=most).contains(&given) => Ok(count),
        _ => Err(Refusal::BadInput {
            message: format!("`{field}` must be between 1 and {most}.").into(),
            field,
        }),
    }
}

#[derive(Default)]
pub(crate) struct DashboardQuery;

#[Object]
impl DashboardQuery {
    /// Numbers about the tickets in the viewer's scope, as of now.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn ticket_dashboard(&self) -> TicketDashboard {
        TicketDashboard
    }
}
