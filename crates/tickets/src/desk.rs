//! What staff alone filter tickets by: whom they were given to, how urgent they
//! are, whose they are, and whether clients may know of them.
//!
//! The first two lie in tables of their own, which no index of tickets can sort
//! by. `ticket_desk` has them beside the keys that lists are sorted by; triggers
//! keep it (`migrations`), and nobody else writes or reads it.

use contracts::Priority;
use kernel::{ClientUserId, CompanyId, StaffUserId};
use sea_orm::{
    ColumnTrait, Iterable, QueryFilter, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr},
};
use uuid::Uuid;
use visibility::{Flag, Viewer};

use crate::{
    Order,
    entity::ticket::{Column, Entity},
    order::Start,
    read::Filter,
    scope,
};

const DESK: &str = "ticket_desk";

/// Whom a ticket was given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Assignee {
    /// Nobody works on it.
    Nobody,
    /// Somebody of the team.
    Somebody(StaffUserId),
}

/// What staff ask for besides; what is absent takes nothing out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Desk {
    /// Only tickets that were given to them.
    pub assignee: Option<Assignee>,
    /// Only tickets as urgent as one of these.
    pub priority: Vec<Priority>,
    /// Only tickets of this company.
    pub company: Option<CompanyId>,
    /// Only tickets of this person.
    pub requester: Option<ClientUserId>,
    /// Only tickets with this flag.
    pub flag: Option<Flag>,
}

impl Desk {
    /// Takes out of tickets what is not asked for, by what they say themselves.
    pub(crate) fn narrow(&self, mut select: Select<Entity>) -> Select<Entity> {
        if let Some(company) = self.company {
            select = select.filter(Column::CompanyId.eq(company));
        }
        if let Some(requester) = self.requester {
            select = select.filter(Column::RequesterId.eq(requester));
        }
        if let Some(flag) = self.flag {
            select = select.filter(Column::Flag.eq(flag));
        }
        select
    }

    /// Whether a row of the desk says of a ticket what is asked for; none when
    /// nothing of that kind is.
    pub(crate) fn there(&self) -> Option<SimpleExpr> {
        if self.assignee.is_none() && self.priorities().is_empty() {
            return None;
        }
        let mut rows = Query::select();
        let this = Expr::col((DESK, "ticket_id")).equals((Entity, Column::Id));
        rows.expr(Expr::value(1)).from(DESK).and_where(this);
        self.conditions(&mut rows);
        Some(Expr::exists(rows))
    }

    /// Whether the list walks the desk: the tickets of a company or a person are
    /// walked along their own index.
    pub(crate) fn leads(&self) -> bool {
        self.company.is_none()
            && self.requester.is_none()
            && (self.assignee.is_some() || !self.priorities().is_empty())
    }

    /// Whether the index that is walked has the tickets by status.
    pub(crate) fn has_statuses(&self) -> bool {
        self.leads() || (self.flag.is_some() && self.company.is_none() && self.requester.is_none())
    }

    /// As ones that an index can sort each.
    pub(crate) fn one_by_one(&self) -> Vec<Self> {
        let of_person = self.company.is_some() || self.requester.is_some();
        if of_person && self.flag.is_none() {
            let of = |flag| Self {
                flag: Some(flag),
                ..self.clone()
            };
            return [Flag::ClientVisible, Flag::InternalOnly].map(of).to_vec();
        }
        let priorities = self.priorities();
        if self.leads() && self.assignee.is_none() && priorities.len() > 1 {
            let of = |priority| Self {
                priority: vec![priority],
                ..self.clone()
            };
            return priorities.into_iter().map(of).collect();
        }
        vec![self.clone()]
    }

    /// Each priority once; none when all are asked for.
    fn priorities(&self) -> Vec<Priority> {
        let asked = Priority::iter().filter(|one| self.priority.contains(one));
        let asked: Vec<_> = asked.collect();
        if asked.len() == Priority::iter().count() {
            return Vec::new();
        }
        asked
    }

    fn conditions(&self, rows: &mut SelectStatement) {
        match self.assignee {
            None => {}
            Some(Assignee::Nobody) => {
                rows.and_where(Expr::col((DESK, "assignee_id")).eq(Uuid::nil()));
            }
            // Nobody has that id; to look for them is not to look for nobody.
            Some(Assignee::Somebody(StaffUserId(id))) if id.is_nil() => {
                rows.and_where(Expr::value(false));
            }
            Some(Assignee::Somebody(id)) => {
                rows.and_where(Expr::col((DESK, "assignee_id")).eq(id));
            }
        }
        let column = Expr::col((DESK, "priority"));
        match self.priorities().as_slice() {
            [] => {}
            [one] => {
                rows.and_where(column.eq(*one));
            }
            some => {
                rows.and_where(column.is_in(some.iter().copied()));
            }
        }
    }
}

/// The ids of tickets that a filter shows, found along an index of the desk: of
/// one status, and given to one person or of one priority. Each is looked up in
/// the viewer's scope.
pub(crate) fn way(
    viewer: &Viewer,
    filter: &Filter,
    order: Order,
    after: Option<&Start>,
    limit: u64,
) -> SelectStatement {
    let mut tickets = filter.narrow(scope::visible_to(viewer)).into_query();
    let this = Expr::col((Entity, Column::Id)).equals((DESK, "ticket_id"));
    tickets.clear_selects();
    tickets.expr(Expr::value(1)).and_where(this);
    let mut way = Query::select();
    way.expr_as(Expr::col((DESK, "ticket_id")), "id").from(DESK);
    if let Viewer::Staff(staff) = viewer {
        way.and_where(Expr::col((DESK, "workspace_id")).eq(staff.workspace));
    }
    filter.desk.conditions(&mut way);
    for status in &filter.status {
        way.and_where(Expr::col((DESK, "status")).eq(store::in_plain(status)));
    }
    way.and_where(Expr::exists(tickets));
    let column = sea_orm::Iden::unquoted(&order.column()).to_owned();
    let keys = (Expr::col((DESK, column)), Expr::col((DESK, "ticket_id")));
    order.sort(&mut way, keys, after);
    way.limit(limit).take()
}
