//! How long clients waited for the first answer.

use chrono::{DateTime, Utc};
use kernel::{Doing, Fault};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Order, Query, SelectStatement, SimpleExpr, WindowStatement},
};
use visibility::Cx;

use crate::{
    entity::clock::{Column, Entity},
    scope,
};

/// How the tickets of a stretch of time were answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// How many were opened, without those that were merged into another before
    /// an answer.
    pub opened: i64,
    /// How many of them staff have answered.
    pub answered: i64,
    /// Seconds from opening to the first answer, by the clock on the wall: half
    /// of the answered waited no longer.
    pub median: Option<i64>,
    /// The same: nine of ten waited no longer.
    pub slow: Option<i64>,
}

/// Counts the tickets opened since then, and how long they waited. Two
/// statements.
#[expect(
    clippy::disallowed_methods,
    reason = "wraps a select that began in the scope"
)]
pub async fn answers(cx: &Cx<'_>, since: DateTime<Utc>) -> Result<Answers, Fault> {
    // One that was merged first is answered where it went on.
    let counts = Column::MergedAt
        .is_null()
        .or(Column::RespondedAt.is_not_null());
    let opened = scope::clocks_visible_to(cx.viewer)?
        .filter(Column::StartedAt.gte(since))
        .filter(counts);
    let counted = opened
        .clone()
        .select_only()
        .column_as(Column::TicketId.count(), "opened")
        .column_as(Column::RespondedAt.count(), "answered")
        .into_tuple::<(i64, i64)>()
        .one(&cx.db())
        .await;
    let (opened_since, answered) = counted.doing("counting answers")?.unwrap_or_default();
    let mut answers = Answers {
        opened: opened_since,
        answered,
        ..Answers::default()
    };
    if answered > 0 {
        let select = places(opened, cx.db().get_database_backend());
        let rows = cx.db().query_all(&select).await.doing("timing answers")?;
        let waits = rows.iter().map(|row| row.try_get_by::<i64, _>("wait"));
        let waits: Vec<_> = waits.collect::<Result<_, _>>().doing("reading waits")?;
        // In the order of the places; with few tickets the two are one.
        (answers.median, answers.slow) = (waits.first().copied(), waits.last().copied());
    }
    Ok(answers)
}

/// The waits in the middle, and behind nine of ten.
fn places(opened: Select<Entity>, backend: DbBackend) -> SelectStatement {
    let mut waits = opened
        .filter(Column::RespondedAt.is_not_null())
        .select_only()
        .into_query();
    waits.expr_as(seconds(backend), "wait");
    let mut numbered = Query::select();
    let mut by_wait = WindowStatement::new();
    by_wait.order_by(("waits", "wait"), Order::Asc);
    numbered
        .column(("waits", "wait"))
        .expr_window_as(Expr::cust("ROW_NUMBER()"), by_wait, "place")
        .expr_window_as(Expr::cust("COUNT(*)"), WindowStatement::new(), "total")
        .from_subquery(waits, "waits");
    let middle = Expr::cust("place = (total + 1) / 2");
    let behind = Expr::cust("place = (total * 9 + 9) / 10");
    Query::select()
        .column(("numbered", "wait"))
        .from_subquery(numbered, "numbered")
        .and_where(middle.or(behind))
        .order_by(("numbered", "place"), Order::Asc)
        .take()
}

/// Seconds from the opening to the first answer.
fn seconds(backend: DbBackend) -> SimpleExpr {
    Expr::cust(match backend {
        DbBackend::Sqlite => {
            "CAST(ROUND((julianday(responded_at) - julianday(started_at)) * 86400) AS INTEGER)"
        }
        _ => "CAST(ROUND(EXTRACT(EPOCH FROM responded_at - started_at)) AS BIGINT)",
    })
}
