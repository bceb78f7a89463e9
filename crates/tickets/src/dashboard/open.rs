//! What is not closed, by where it stands and how old it is.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Doing, Fault};
use sea_orm::{
    ColumnTrait, PaginatorTrait, QueryFilter, QuerySelect,
    sea_query::{CaseStatement, Expr, SimpleExpr},
};
use visibility::Cx;

use super::NOT_CLOSED;
use crate::{Queue, Status, entity::ticket::Column, scope};

/// How long ago a ticket was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Age {
    /// Less than a day.
    Day,
    /// Less than seven days.
    Week,
    /// Less than thirty days.
    Month,
    /// Thirty days, or longer.
    Older,
}

impl Age {
    /// The ages, the youngest first, each with the days behind which it ends.
    const ENDS: [(Self, i64); 3] = [(Self::Day, 1), (Self::Week, 7), (Self::Month, 30)];

    /// The age's number, as an expression.
    fn expression(now: DateTime<Utc>) -> SimpleExpr {
        let ends = (0..).zip(Self::ENDS);
        let case = ends.fold(CaseStatement::new(), |case, (number, (_, days))| {
            let younger = Column::OpenedAt.gt(now - TimeDelta::days(days));
            case.case(younger, Expr::value(number))
        });
        case.finally(Expr::value(3)).into()
    }

    fn of(number: i32) -> Self {
        let known = usize::try_from(number)
            .ok()
            .and_then(|at| Self::ENDS.get(at));
        known.map_or(Self::Older, |(age, _)| *age)
    }
}

/// How many tickets stand there and are as old as that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Open {
    /// Where they stand.
    pub status: Status,
    /// How old they are.
    pub age: Age,
    /// How many.
    pub count: i64,
}

/// Counts the tickets that are not closed. What there is none of is left out.
pub async fn open(cx: &Cx<'_>) -> Result<Vec<Open>, Fault> {
    cx.viewer.staff()?;
    let rows = scope::visible_to(cx.viewer)
        .filter(Column::Status.is_in(NOT_CLOSED))
        .select_only()
        .column(Column::Status)
        .column_as(Age::expression(cx.now), "age")
        .column_as(Column::Id.count(), "count")
        .group_by(Column::Status)
        .group_by(Expr::col("age"))
        .into_tuple::<(Status, i32, i64)>()
        .all(&cx.db())
        .await
        .doing("counting open tickets")?;
    let open = |(status, age, count)| Open {
        status,
        age: Age::of(age),
        count,
    };
    Ok(rows.into_iter().map(open).collect())
}

/// Counts the tickets in a queue of what may be missed, or was.
pub async fn due(cx: &Cx<'_>, queue: Queue) -> Result<u64, Fault> {
    let clocks = scope::clocks_visible_to(cx.viewer)?.filter(queue.column().lte(cx.now));
    clocks.count(&cx.db()).await.doing("counting what is due")
}
