//! What was kept of what was promised, by policy and month.

use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use contracts::PolicyId;
use kernel::{Doing, Fault};
use sea_orm::{
    ColumnTrait, QueryFilter, QuerySelect,
    sea_query::{CaseStatement, Expr, ExprTrait, SimpleExpr},
};
use visibility::Cx;

use super::count_if;
use crate::{entity::clock::Column, scope};

/// What was kept and missed for the tickets that were opened in a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compliance {
    /// By which policy they are counted.
    pub policy: PolicyId,
    /// The first day of the month, by the world's clock (UTC).
    pub month: NaiveDate,
    /// First answers in time.
    pub responses_met: i64,
    /// First answers that were missed.
    pub responses_missed: i64,
    /// Resolutions in time.
    pub resolutions_met: i64,
    /// Resolutions that were missed.
    pub resolutions_missed: i64,
}

/// Counts what was kept in the present month and the `months - 1` before it, the
/// latest first. What is still due counts nowhere. One statement.
pub async fn compliance(cx: &Cx<'_>, months: u32) -> Result<Vec<Compliance>, Fault> {
    let clocks = scope::clocks_visible_to(cx.viewer)?;
    let firsts = firsts(cx.now, months);
    let (Some(earliest), number) = (firsts.last(), number_of_month(&firsts)) else {
        return Ok(Vec::new());
    };
    let met = |promised: Column, done: Column, missed: Column| {
        count_if(
            promised
                .eq(true)
                .and(done.is_not_null())
                .and(missed.is_null()),
        )
    };
    let missed = |missed: Column| count_if(missed.is_not_null());
    let (answered, answer_missed) = (Column::RespondedAt, Column::ResponseBreachedAt);
    let (resolved, resolution_missed) = (Column::ResolvedAt, Column::ResolutionBreachedAt);
    let responses = met(Column::ResponsePromised, answered, answer_missed);
    let resolutions = met(Column::ResolutionPromised, resolved, resolution_missed);
    let rows = clocks
        .filter(Column::StartedAt.gte(*earliest))
        .filter(Column::PolicyId.is_not_null())
        .select_only()
        .column(Column::PolicyId)
        .column_as(number, "month")
        .column_as(responses, "responses_met")
        .column_as(missed(answer_missed), "responses_missed")
        .column_as(resolutions, "resolutions_met")
        .column_as(missed(resolution_missed), "resolutions_missed")
        .group_by(Column::PolicyId)
        .group_by(Expr::col("month"))
        .into_tuple::<(PolicyId, i32, i64, i64, i64, i64)>()
        .all(&cx.db())
        .await
        .doing("counting what was kept")?;
    let mut found: Vec<_> = rows
        .into_iter()
        .filter_map(|(policy, month, met, missed, resolved, unresolved)| {
            let first = firsts.get(usize::try_from(month).ok()?)?;
            Some(Compliance {
                policy,
                month: first.date_naive(),
                responses_met: met,
                responses_missed: missed,
                resolutions_met: resolved,
                resolutions_missed: unresolved,
            })
        })
        .collect();
    found.sort_by(|one, other| (other.month, one.policy).cmp(&(one.month, other.policy)));
    Ok(found)
}

/// The first instants of the present month and of those before it.
fn firsts(now: DateTime<Utc>, months: u32) -> Vec<DateTime<Utc>> {
    let present = now.date_naive().with_day(1);
    let before = |back| present?.checked_sub_months(Months::new(back));
    let midnight = |day: NaiveDate| day.and_time(chrono::NaiveTime::MIN).and_utc();
    (0..months).filter_map(before).map(midnight).collect()
}

/// In which of the months, the latest being 0, a clock began.
fn number_of_month(firsts: &[DateTime<Utc>]) -> SimpleExpr {
    let months = (0_i32..).zip(firsts);
    let case = months.fold(CaseStatement::new(), |case, (number, first)| {
        case.case(Column::StartedAt.gte(*first), Expr::value(number))
    });
    case.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_go_back_over_the_year() {
        let now = "2027-01-31T23:59:59Z".parse().expect("an instant");
        let told: Vec<_> = firsts(now, 3).iter().map(ToString::to_string).collect();
        let expected = ["2027-01-01", "2026-12-01", "2026-11-01"];
        assert_eq!(told, expected.map(|day| format!("{day} 00:00:00 UTC")));
    }
}
