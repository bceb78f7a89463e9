//! Reads of tickets, each from the scope on.

use chrono::{DateTime, Utc};
use kernel::{BadPage, Doing, Fault, PageRequest, Slice};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, FromQueryResult, Iterable, QueryFilter, QueryResult,
    QuerySelect, QueryTrait, Select, Statement,
    sea_query::{Expr, ExprTrait},
};
use store::{in_plain, plain_limits};
use visibility::{Cx, Viewer};

use crate::{
    Order, Status, Ticket, TicketId,
    desk::{self, Desk},
    entity::ticket::{Column, Entity},
    order::Start,
    scope,
    search::Search,
    words::Words,
};

/// Which tickets of the scope a list shows; empty lists mean all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only tickets in one of these.
    pub status: Vec<Status>,
    /// Only tickets of one of these categories, by key.
    pub category: Vec<String>,
    /// Only tickets opened then.
    pub opened: Between,
    /// Only tickets in which the viewer may read all of these words.
    pub words: Option<Words>,
    /// What staff alone can ask for.
    pub desk: Desk,
}

/// From an instant on, until before another; either may be absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Between {
    /// The first instant.
    pub from: Option<DateTime<Utc>>,
    /// The first instant that is too late.
    pub to: Option<DateTime<Utc>>,
}

impl Filter {
    /// Takes out what the filter does not show; the words are the engine's.
    pub(crate) fn narrow(&self, mut select: Select<Entity>) -> Select<Entity> {
        match self.statuses().as_slice() {
            [] => {}
            [one] => {
                let status = Expr::col((Entity, Column::Status));
                // Most tickets are closed and few wait: each status has a plan of its own.
                select = select.filter(status.eq(in_plain(one)));
            }
            some => select = select.filter(Column::Status.is_in(some.iter().copied())),
        }
        // No category holds a NUL, which PostgreSQL would refuse as a parameter.
        let known = self.category.iter().filter(|key| !key.contains('\0'));
        match (self.category.as_slice(), known.collect::<Vec<_>>()) {
            ([], _) => {}
            (_, known) if known.len() == 1 => {
                select = select.filter(Column::Category.eq(known[0]));
            }
            (_, known) => select = select.filter(Column::Category.is_in(known)),
        }
        if let Some(from) = self.opened.from {
            select = select.filter(Column::OpenedAt.gte(from));
        }
        if let Some(to) = self.opened.to {
            select = select.filter(Column::OpenedAt.lt(to));
        }
        self.desk.narrow(select)
    }

    /// What [`Self::narrow`] says, where who works on a ticket and how urgent it is
    /// lies in another table.
    pub(crate) fn narrow_beside_the_desk(&self, select: Select<Entity>) -> Select<Entity> {
        let select = self.narrow(select);
        match self.desk.there() {
            Some(there) => select.filter(there),
            None => select,
        }
    }

    /// Each status once; none when all are asked for.
    fn statuses(&self) -> Vec<Status> {
        let asked: Vec<Status> = Status::iter()
            .filter(|status| self.status.contains(status))
            .collect();
        if asked.len() == Status::iter().count() {
            return Vec::new();
        }
        asked
    }

    /// The filter as one that asks for one status each: an index sorts the tickets
    /// of one status, and cannot sort those of two. The same goes for what staff
    /// ask for.
    fn one_by_one(&self) -> Vec<Self> {
        let mut statuses = self.statuses();
        if statuses.is_empty() && self.desk.has_statuses() {
            statuses = Status::iter().collect();
        }
        let desks = self.desk.one_by_one();
        let of_desk = |desk: Desk| {
            let of = |status| Self {
                status,
                desk: desk.clone(),
                ..self.clone()
            };
            match statuses.as_slice() {
                [] | [_] => vec![of(statuses.clone())],
                some => some.iter().map(|status| of(vec![*status])).collect(),
            }
        };
        desks.into_iter().flat_map(of_desk).collect()
    }
}

/// Why a list was refused.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    /// The page request is wrong.
    #[error(transparent)]
    Page(#[from] BadPage),
    /// What is searched for comes the newest first, and in no other order.
    #[error("a search has one order")]
    Order,
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The ticket, or [`Fault::NotFound`] when it does not exist for the viewer.
pub async fn by_id(cx: &Cx<'_>, id: TicketId) -> Result<Ticket, Fault> {
    scope::by_id(cx, id).await
}

/// Those of the tickets that the viewer can see, in no order.
pub async fn by_ids(cx: &Cx<'_>, ids: &[TicketId]) -> Result<Vec<Ticket>, Fault> {
    scope::visible_to(cx.viewer)
        .filter(Column::Id.is_in(ids.iter().copied()))
        .all(&cx.db())
        .await
        .doing("reading tickets")
}

/// A page of the tickets that the viewer can see. One statement.
pub async fn list(
    cx: &Cx<'_>,
    filter: &Filter,
    order: Order,
    page: &PageRequest,
) -> Result<Slice<Ticket>, ListError> {
    let page = order.check(page)?;
    let rows = rows(cx, filter, order, page.after.as_ref(), page.size).await?;
    Ok(Slice::cut(rows, page.size))
}

/// The rows of a page, and one more if there is one.
#[expect(
    clippy::disallowed_methods,
    reason = "reads statements that begin in the scope"
)]
pub(crate) async fn rows(
    cx: &Cx<'_>,
    filter: &Filter,
    order: Order,
    after: Option<&Start>,
    size: u32,
) -> Result<Vec<Ticket>, ListError> {
    if filter.desk != Desk::default() {
        cx.viewer.staff()?;
    }
    if filter.words.is_some() && order != Order::default() {
        return Err(ListError::Order);
    }
    if filter.words.as_ref().is_some_and(Words::is_empty) {
        return Ok(Vec::new());
    }
    let db = cx.db();
    let (viewer, limit) = (cx.viewer, u64::from(size) + 1);
    let statement = statement(
        viewer,
        filter,
        order,
        (after, limit),
        db.get_database_backend(),
    );
    let rows = db.query_all_raw(statement).await.doing("listing tickets")?;
    let read = |row: &QueryResult| Ticket::from_query_result(row, "");
    let tickets: Result<_, _> = rows.iter().map(read).collect();
    Ok(tickets.doing("understanding tickets")?)
}

/// The statement of a list, which begins in the scope.
fn statement(
    viewer: &Viewer,
    filter: &Filter,
    order: Order,
    (after, limit): (Option<&Start>, u64),
    backend: DbBackend,
) -> Statement {
    let Some(words) = &filter.words else {
        return plain_limits(select(viewer, filter, order, after, limit).build(backend));
    };
    let search = Search {
        viewer,
        filter,
        words,
        after: after.and_then(Start::instant),
        limit,
    };
    plain_limits(backend.build(&search.statement(backend == DbBackend::Sqlite)))
}

/// For the test of the plans alone: the statement of the first page of a list.
#[doc(hidden)]
pub fn statement_of_a_list(
    viewer: &Viewer,
    filter: &Filter,
    order: Order,
    backend: DbBackend,
) -> Statement {
    statement(viewer, filter, order, (None, 21), backend)
}

fn select(
    viewer: &Viewer,
    filter: &Filter,
    order: Order,
    after: Option<&Start>,
    limit: u64,
) -> Select<Entity> {
    let filters = filter.one_by_one();
    if filter.desk.leads() {
        let way = |filter| desk::way(viewer, filter, order, after, limit);
        let found = scope::joined(filters.iter().map(way).collect());
        return order.apply(found, None).limit(limit);
    }
    let scopes = scope::ways_to(viewer);
    let ways = scopes.iter().flat_map(|way| {
        let narrow = |filter: &Filter| filter.narrow_beside_the_desk(way.clone());
        filters.iter().map(narrow)
    });
    let mut ways: Vec<_> = ways
        .map(|way| order.apply(way, after).limit(limit))
        .collect();
    if ways.len() == 1 {
        return ways.swap_remove(0);
    }
    let ids = |way: Select<Entity>| way.select_only().column(Column::Id).into_query();
    let found = scope::joined(ways.into_iter().map(ids).collect());
    order.apply(found, None).limit(limit)
}
