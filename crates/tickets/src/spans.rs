//! Spans: a workspace's time, and a company's, is parted where so many tickets
//! were opened. A search looks at some spans at a time, so that it costs what it
//! finds, and not what there is.
//!
//! Spans are numbered from 0; that of an instant is the last one that had begun.
//! The table holds where each begins but the first, and a scope without rows has
//! that one alone. What has begun stays: a new span begins at an instant to come,
//! so that no ticket that is written already is in another one then. Only
//! [`divide`] parts all of a time anew; documents that name old spans are worth
//! nothing after it.

use chrono::{DateTime, TimeDelta};
use kernel::{Doing, Fault};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseExecutor, DbBackend, DbErr, ExprTrait, QueryResult,
    sea_query::{Expr, Func, OnConflict, Query, SelectStatement, UnionType},
};
use store::Work;
use uuid::Uuid;
use visibility::Flag;

use crate::entity::ticket::{Column, Entity};

const TABLE: &str = "ticket_search_spans";

/// How long before it begins a span is written: transactions are shorter, and the
/// clocks of servers closer.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

/// Tickets of a new span. All that is found in a span is sorted on PostgreSQL, and
/// merged on SQLite where it is a beginning, for a page of it: with more, words of
/// many tickets take longer, with fewer those of none.
const TICKETS: u64 = 8_192;

/// The span of an instant.
pub(crate) fn at(scope: Expr, instant: Expr) -> Expr {
    let mut latest = latest(scope, "span");
    latest.and_where(Expr::col((TABLE, "begins_at")).lte(instant));
    or_the_first(latest)
}

/// The last span of a scope.
pub(crate) fn last(scope: Expr) -> Expr {
    or_the_first(latest(scope, "span"))
}

fn or_the_first(span: SelectStatement) -> Expr {
    let span = Expr::SubQuery(None, Box::new(span.into()));
    Func::coalesce([span, Expr::cust("CAST(0 AS bigint)")]).into()
}

/// Something of the last span of a scope.
fn latest(scope: Expr, column: &'static str) -> SelectStatement {
    Query::select()
        .column((TABLE, column))
        .from(TABLE)
        .and_where(Expr::col((TABLE, "scope_id")).eq(scope))
        .order_by((TABLE, "span"), sea_orm::Order::Desc)
        .limit(1)
        .take()
}

/// The numbers of a scope's spans, for SQLite, which has no series of its own.
pub(crate) fn numbers(scope: Uuid) -> SelectStatement {
    let begun = Query::select()
        .column("span")
        .from(TABLE)
        .and_where(Expr::col("scope_id").eq(scope))
        .take();
    Query::select()
        .expr_as(Expr::value(0), "span")
        .union(UnionType::All, begun)
        .take()
}

/// Begins a span wherever the last one is full. For the chores of a server;
/// whoever does the same at the same time does no harm.
#[expect(clippy::disallowed_methods, reason = "the table of this file")]
pub async fn begin_spans(work: &Work<'_>) -> Result<(), Fault> {
    let mut full = Vec::new();
    for kind in [Kind::Workspace, Kind::Company] {
        full.extend(
            full_ones(work, kind)
                .await
                .doing("looking for full spans")?,
        );
    }
    if full.is_empty() {
        return Ok(());
    }
    let mut insert = Query::insert();
    insert
        .into_table(TABLE)
        .columns(["scope_id", "span", "begins_at"])
        .on_conflict(
            OnConflict::columns(["scope_id", "span"])
                .do_nothing()
                .to_owned(),
        );
    for (scope, span) in full {
        let begins_at = work.now + AHEAD;
        insert.values_panic([scope.into(), (span + 1).into(), begins_at.into()]);
    }
    let tx = work.begin().await?;
    let written = tx.executor().execute(&insert).await;
    written.doing("beginning spans")?;
    tx.commit().await
}

/// A kind of scope.
#[derive(Clone, Copy)]
enum Kind {
    Workspace,
    Company,
}

impl Kind {
    /// Where the scopes are.
    fn table(self) -> &'static str {
        match self {
            Self::Workspace => "workspaces",
            Self::Company => "companies",
        }
    }

    /// What of a ticket names its scope.
    fn column(self) -> &'static str {
        match self {
            Self::Workspace => "workspace_id",
            Self::Company => "company_id",
        }
    }
}

/// The scopes whose last span is full, and its number. It looks at no more tickets of
/// a scope than fill a span, along an index, and holds nobody up.
#[expect(
    clippy::disallowed_methods,
    reason = "counts, for the table of this file"
)]
async fn full_ones(work: &Work<'_>, kind: Kind) -> Result<Vec<(Uuid, i64)>, DbErr> {
    let db = work.store.executor();
    let id = || Expr::col((kind.table(), "id"));
    let begun = Expr::SubQuery(None, Box::new(latest(id(), "begins_at").into()));
    let begun = Func::coalesce([begun, Expr::value(DateTime::UNIX_EPOCH)]);
    let mut tickets = Query::select();
    tickets
        .expr(Expr::value(1))
        .from(Entity)
        .and_where(Expr::col((Entity, kind.column())).eq(id()))
        .and_where(Column::OpenedAt.into_expr().gte(begun))
        .limit(1)
        .offset(TICKETS - 1);
    if matches!(kind, Kind::Company) {
        // All of them: the index of companies has it before the instant.
        let flags = [Flag::ClientVisible, Flag::InternalOnly];
        tickets.and_where(Column::Flag.is_in(flags));
    }
    let full = Query::select()
        .expr_as(id(), "scope_id")
        .expr_as(last(id()), "span")
        .from(kind.table())
        .and_where(Expr::exists(tickets))
        .take();
    let read = |row: &QueryResult| Ok((row.try_get("", "scope_id")?, row.try_get("", "span")?));
    db.query_all(&full).await?.iter().map(read).collect()
}

/// How many tickets spans hold when time is parted anew. What is looked for is mostly
/// found in the newest; far back, where few searches come and find little, each span
/// that is asked for nothing costs more than what a larger one has to be sorted.
pub struct Sizes {
    /// Of a span among the newest, or one that has just begun.
    pub near: u64,
    /// How many of those there are.
    pub nearest: u64,
    /// Of a span before them; some of the near ones.
    pub far: u64,
}

impl Sizes {
    /// Those of a database. PostgreSQL sorts all that matches in the spans of a step,
    /// and takes half as long for a span that holds nothing: there all are of one size.
    pub(crate) fn of(backend: DbBackend) -> Self {
        let far = match backend {
            DbBackend::Sqlite => 8 * TICKETS,
            _ => TICKETS,
        };
        Self {
            near: TICKETS,
            nearest: 8,
            far,
        }
    }
}

/// Parts the time of all scopes anew, from the newest ticket backwards.
#[expect(clippy::disallowed_methods, reason = "the table of this file")]
pub async fn divide(db: &DatabaseExecutor<'_>, sizes: Sizes) -> Result<(), Fault> {
    let all = Query::delete().from_table(TABLE).take();
    db.execute(&all).await.doing("forgetting spans")?;
    let Sizes { near, nearest, far } = sizes;
    let newest = near * nearest;
    for kind in [Kind::Workspace, Kind::Company] {
        let scope = kind.column();
        let statement = format!(
            "INSERT INTO {TABLE} (scope_id, span, begins_at) \
             SELECT scope_id, row_number() OVER (PARTITION BY scope_id ORDER BY opened_at), opened_at FROM ( \
               SELECT {scope} AS scope_id, opened_at, \
                 row_number() OVER (PARTITION BY {scope} ORDER BY opened_at DESC) AS nth FROM tickets \
             ) AS placed WHERE nth % {near} = 0 AND (nth <= {newest} OR nth % {far} = 0)"
        );
        db.execute_unprepared(&statement)
            .await
            .doing("parting the time")?;
    }
    Ok(())
}
