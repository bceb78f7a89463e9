//! Searching, within what the viewer may see, the newest opened first.
//!
//! One statement walks the spans of the scope (`spans.rs`) from the latest back,
//! asks the engine for the tickets of one, of two, of four and so on, and ends as
//! soon as a page is full: its cost depends on what is found, never on how much
//! there is beside it. Each ticket is found through `scope.rs`; the
//! document only says where to look.

use chrono::{DateTime, Utc};
use sea_orm::{
    ColumnTrait, Order, QueryTrait,
    sea_query::{
        CommonTableExpression, Expr, ExprTrait, Func, JoinType, Query, SelectStatement, UnionType,
        WithClause, WithQuery,
    },
};
use uuid::Uuid;
use visibility::{Permission, Reach, Viewer};

use crate::{
    entity::ticket::{Column, Entity},
    index::{self, KEYS},
    read::Filter,
    scope, skim, spans,
    token::{FTS5, Person, SPAN_HERE, TSQUERY, tsquery_of_spans},
    words::Words,
};

/// The most spans of one step. More would find more than a page of words that were
/// written long ago.
const WIDEST: i64 = 32;

/// Where a page begins: behind the ticket of this instant and id.
type Start = (DateTime<Utc>, Uuid);

/// A search that has not been made into a statement yet.
pub(crate) struct Search<'a> {
    pub(crate) viewer: &'a Viewer,
    pub(crate) filter: &'a Filter,
    pub(crate) words: &'a Words,
    pub(crate) after: Option<Start>,
    /// The most that is found.
    pub(crate) limit: u64,
}

impl Search<'_> {
    /// The statement for SQLite, or for PostgreSQL.
    pub(crate) fn statement(&self, sqlite: bool) -> WithQuery {
        let engine = if sqlite { Engine::Fts5 } else { Engine::Gin };
        let mut walk = self.before_the_walk(engine);
        walk.union(UnionType::All, self.next_spans(engine));
        let walk = CommonTableExpression::new()
            .query(walk)
            .columns(["span", "width", "first", "before", "found"])
            .table_name("walk")
            .to_owned();
        let with = WithClause::new().recursive(true).cte(walk).to_owned();
        with.query(self.what_was_found(engine))
    }

    /// The latest and the first span in which something can be found; the walk begins
    /// behind the latest, and nothing is found yet.
    fn before_the_walk(&self, engine: Engine) -> SelectStatement {
        let (_, scope, _) = self.place();
        let span = |at: DateTime<Utc>| spans::at(Expr::value(scope), Expr::value(at));
        let number = |n: i64| Expr::value(n).cast_as("bigint");
        Query::select()
            .expr(self.latest_span().add(number(1)))
            .expr(number(1))
            .expr(self.filter.opened.from.map_or(number(0), span))
            .expr(number(0))
            .expr(self.beforehand(engine))
            .take()
    }

    /// The latest span in which something can be found.
    pub(crate) fn latest_span(&self) -> Expr {
        let (_, scope, _) = self.place();
        let ends = [self.filter.opened.to, self.after.map(|(at, _)| at)];
        match ends.into_iter().flatten().min() {
            Some(end) => spans::at(Expr::value(scope), Expr::value(end)),
            None => spans::last(Expr::value(scope)),
        }
    }

    /// What is found before the walk; a page of it ends the walk at once. Those whom
    /// a document names see so few that the engine is quicker.
    fn beforehand(&self, engine: Engine) -> Expr {
        match (engine, self.place()) {
            (Engine::Gin, (table, scope, None)) => {
                let page = skim::a_page_of_the_newest(self, table, scope);
                Expr::SubQuery(None, Box::new(page.into()))
            }
            _ => Expr::cust(engine.nothing()),
        }
    }

    /// One step of the walk: what the next earlier spans hold.
    fn next_spans(&self, engine: Engine) -> SelectStatement {
        let so_far = || Expr::cust(engine.count());
        let here = Expr::SubQuery(None, Box::new(self.in_some_spans(engine).into()));
        Query::select()
            .expr(Expr::cust(engine.next()))
            .expr(Expr::cust(engine.wider()))
            .expr(Expr::cust("walk.first"))
            .expr(so_far())
            .expr(Expr::cust_with_exprs(engine.gather(), [here]))
            .from("walk")
            .and_where(so_far().lt(self.limit))
            .and_where(Expr::cust("walk.span > walk.first"))
            .take()
    }

    /// The newest tickets of some spans, as far as they are needed.
    fn in_some_spans(&self, engine: Engine) -> SelectStatement {
        let (table, scope, person) = self.place();
        let visible = scope::visible_to(self.viewer);
        let mut select = self.filter.narrow_beside_the_desk(visible).into_query();
        select.clear_selects();
        match engine {
            Engine::Gin => {
                let query = TSQUERY.query(scope, self.words, person);
                let here = tsquery_of_spans(engine.next(), "walk.span - 1");
                let here = format!("words @@ {here}");
                // Offsets keep apart what is found, which tickets those are, and their
                // order: how many match is no more than a guess to the planner, which
                // would rather look at every ticket in its order, to the last one when
                // nothing matches.
                let hits = Query::select()
                    .column("ticket_id")
                    .from(table)
                    .and_where(Expr::cust_with_values(here, [query]))
                    .offset(0)
                    .take();
                let on = Expr::col(("hits", "ticket_id")).equals((Entity, Column::Id));
                select
                    .column((Entity, Column::Id))
                    .column((Entity, Column::OpenedAt))
                    .join_subquery(JoinType::InnerJoin, hits, "hits", on)
                    .offset(0);
                self.behind_the_start(&mut select);
                let found = std::mem::replace(&mut select, Query::select());
                select
                    .column((Entity, Column::Id))
                    .from_subquery(found, Entity);
                newest_first(&mut select);
            }
            Engine::Fts5 => {
                let query = FTS5.query(scope, self.words, person);
                let here = format!(
                    "{table} MATCH (SELECT group_concat(replace(?, '{SPAN_HERE}', printf('%04x', span)), ' OR ') \
                     FROM ? WHERE span >= {} AND span < walk.span)",
                    engine.next()
                );
                let numbers = Expr::SubQuery(None, Box::new(spans::numbers(scope).into()));
                select.from_clear().from(table);
                keys_and_tickets(&mut select, (table, "rowid"));
                select
                    .expr_as(Expr::col((table, "rowid")), "found")
                    .and_where(Expr::cust_with_exprs(here, [Expr::value(query), numbers]));
                if let Some(after) = self.after {
                    let start = self.start_key(after);
                    select.and_where(Expr::col((table, "rowid")).lt(start));
                }
                select.order_by((table, "rowid"), Order::Desc);
            }
        }
        select.limit(self.limit).take()
    }

    /// PostgreSQL: leaves what stands behind the cursor of the page.
    pub(crate) fn behind_the_start(&self, select: &mut SelectStatement) {
        if let Some((at, id)) = self.after {
            let key = Expr::tuple([Column::OpenedAt.into_expr(), Column::Id.into_expr()]);
            let start = Expr::tuple([Expr::value(at), Expr::value(id)]);
            select.and_where(ExprTrait::lt(key, start));
        }
    }

    /// SQLite: the key behind which the page begins: that of the ticket of the
    /// cursor, or of its instant when the viewer does not see it any more.
    fn start_key(&self, (at, id): Start) -> Expr {
        let this = Expr::col((Entity, Column::Id)).equals((KEYS, "ticket_id"));
        let key = Query::select()
            .column((KEYS, "search_key"))
            .from(KEYS)
            .join(JoinType::InnerJoin, Entity, this)
            .and_where(Expr::col((KEYS, "ticket_id")).eq(id))
            .cond_where(scope::tickets(self.viewer))
            .take();
        let key = Expr::SubQuery(None, Box::new(key.into()));
        Func::coalesce([key, Expr::value(index::least_key(at))]).into()
    }

    /// The tickets, read in scope once more.
    fn what_was_found(&self, engine: Engine) -> SelectStatement {
        let mut select = scope::visible_to(self.viewer).into_query();
        let found = Func::cust(engine.each()).arg(Expr::col(("walk", "found")));
        select
            .from_clear()
            .from("walk")
            .from_function(found, "found");
        match engine {
            Engine::Gin => {
                let ticket = Expr::col((Entity, Column::Id)).equals(("found", "found"));
                select.join(JoinType::InnerJoin, Entity, ticket);
                newest_first(&mut select);
            }
            Engine::Fts5 => {
                keys_and_tickets(&mut select, ("found", "value"));
                select.order_by((KEYS, "search_key"), Order::Desc);
            }
        }
        select.limit(self.limit).take()
    }

    /// In which table the viewer is searched for, in which scope, and as whom.
    fn place(&self) -> (&'static str, Uuid, Option<Person>) {
        match self.viewer {
            Viewer::Client(client) => {
                let user = client.user.0;
                let person = match client.reach {
                    Reach::Company => None,
                    Reach::Shared => Some(Person::Participant(user)),
                    Reach::Own => Some(Person::Owner(user)),
                };
                (index::PORTAL, client.company.0, person)
            }
            Viewer::Staff(staff) => {
                let all = staff.role.may(Permission::TicketsReadAll);
                let person = (!all).then_some(Person::Assignee(staff.user.0));
                (index::STAFF, staff.workspace.0, person)
            }
        }
    }
}

/// PostgreSQL: the newest opened first.
pub(crate) fn newest_first(select: &mut SelectStatement) {
    select
        .order_by((Entity, Column::OpenedAt), Order::Desc)
        .order_by((Entity, Column::Id), Order::Desc);
}

/// SQLite: joins the tickets of documents by their keys. What stands first is
/// walked first, and gives the order: a cross join is never turned round.
fn keys_and_tickets(select: &mut SelectStatement, key: (&'static str, &'static str)) {
    let always = || Expr::value(true);
    select
        .join(JoinType::CrossJoin, KEYS, always())
        .join(JoinType::CrossJoin, Entity, always())
        .and_where(Expr::col((KEYS, "search_key")).equals(key))
        .and_where(Expr::col((Entity, Column::Id)).equals((KEYS, "ticket_id")));
}

/// What differs between the two databases.
#[derive(Clone, Copy)]
enum Engine {
    Fts5,
    Gin,
}

impl Engine {
    /// The first of the spans of a step that begins where the walk is.
    fn next(self) -> &'static str {
        match self {
            Self::Fts5 => "max(walk.span - walk.width, walk.first)",
            Self::Gin => "greatest(walk.span - walk.width, walk.first)",
        }
    }

    /// How many spans the step after that has.
    fn wider(self) -> String {
        let least = match self {
            Self::Fts5 => "min",
            Self::Gin => "least",
        };
        format!("{least}(walk.width * 2, {WIDEST})")
    }

    /// An empty list.
    fn nothing(self) -> &'static str {
        match self {
            Self::Fts5 => "'[]'",
            Self::Gin => "CAST(ARRAY[] AS uuid[])",
        }
    }

    /// How many were found before and in the spans that the walk is at.
    fn count(self) -> &'static str {
        match self {
            Self::Fts5 => "walk.before + json_array_length(walk.found)",
            Self::Gin => "walk.before + cardinality(walk.found)",
        }
    }

    /// Rows as a list.
    fn gather(self) -> &'static str {
        match self {
            Self::Fts5 => "(SELECT json_group_array(found) FROM ?)",
            Self::Gin => "ARRAY $1",
        }
    }

    /// A list as rows.
    fn each(self) -> &'static str {
        match self {
            Self::Fts5 => "json_each",
            Self::Gin => "unnest",
        }
    }
}
