//! The orders a list of tickets can have. Every sort key is a client-visible
//! value, so that an order tells nobody anything new (VI-5).

use chrono::{DateTime, Utc};
use kernel::{BadPage, Cursor, Page, PageRequest};
use sea_orm::{
    ColumnTrait, DeriveActiveEnum, EnumIter, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, SelectStatement, SimpleExpr},
};
use uuid::Uuid;

use crate::{
    Ticket,
    entity::ticket::{Column, Entity},
};

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum OrderField {
    /// When the ticket was opened.
    #[sea_orm(string_value = "opened_at")]
    OpenedAt,
    /// The latest client-visible change.
    #[sea_orm(string_value = "changed_at")]
    ChangedAt,
    /// The reference number.
    #[sea_orm(string_value = "number")]
    Number,
}

/// Which end comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest or earliest first.
    Ascending,
    /// Largest or latest first.
    Descending,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Order {
    /// Sorted by what.
    pub field: OrderField,
    /// Which end first.
    pub direction: Direction,
}

impl Default for Order {
    /// The newest first.
    fn default() -> Self {
        Self {
            field: OrderField::OpenedAt,
            direction: Direction::Descending,
        }
    }
}

/// Where a page begins, in the terms of its order.
pub(crate) enum Start {
    Instant(DateTime<Utc>, Uuid),
    Number(i64),
}

impl Start {
    /// The instant and the id, in an order of instants.
    pub(crate) fn instant(&self) -> Option<(DateTime<Utc>, Uuid)> {
        match self {
            Self::Instant(at, id) => Some((*at, *id)),
            Self::Number(_) => None,
        }
    }
}

impl Order {
    /// Where the page begins that follows this ticket.
    pub(crate) fn behind(self, ticket: &Ticket) -> Start {
        match self.field {
            OrderField::OpenedAt => Start::Instant(ticket.opened_at, ticket.id.0),
            OrderField::ChangedAt => Start::Instant(ticket.changed_at, ticket.id.0),
            OrderField::Number => Start::Number(ticket.number),
        }
    }

    /// The cursor of a row of a list in this order.
    pub fn cursor(self, ticket: &Ticket) -> String {
        match self.field {
            OrderField::OpenedAt => Cursor::encode(self.list(), &(ticket.opened_at, ticket.id.0)),
            OrderField::ChangedAt => Cursor::encode(self.list(), &(ticket.changed_at, ticket.id.0)),
            OrderField::Number => Cursor::encode(self.list(), &ticket.number),
        }
    }

    /// Checks a page request against this order.
    pub(crate) fn check(self, request: &PageRequest) -> Result<Page<Start>, BadPage> {
        match self.field {
            OrderField::Number => {
                let page = request.check::<i64>(self.list())?;
                Ok(Page {
                    size: page.size,
                    after: page.after.map(Start::Number),
                })
            }
            OrderField::OpenedAt | OrderField::ChangedAt => {
                let page = request.check::<(DateTime<Utc>, Uuid)>(self.list())?;
                Ok(Page {
                    size: page.size,
                    after: page.after.map(|(at, id)| Start::Instant(at, id)),
                })
            }
        }
    }

    /// Sorts the select, and starts it behind `after`.
    pub(crate) fn apply(self, mut select: Select<Entity>, after: Option<&Start>) -> Select<Entity> {
        let keys = (self.column().into_expr(), Column::Id.into_expr());
        self.sort(QueryTrait::query(&mut select), keys, after);
        select
    }

    /// The same for a statement that has the sort key and the id of tickets
    /// under names of its own.
    pub(crate) fn sort(
        self,
        select: &mut SelectStatement,
        (key, id): (SimpleExpr, SimpleExpr),
        after: Option<&Start>,
    ) {
        let order = match self.direction {
            Direction::Ascending => sea_orm::Order::Asc,
            Direction::Descending => sea_orm::Order::Desc,
        };
        match after {
            None => {}
            Some(Start::Number(number)) => {
                select.and_where(self.beyond(key.clone(), Expr::value(*number)));
            }
            Some(Start::Instant(at, last)) => {
                let here = Expr::tuple([key.clone(), id.clone()]);
                let start = Expr::tuple([Expr::value(*at), Expr::value(*last)]);
                select.and_where(self.beyond(here, start));
            }
        }
        select.order_by_expr(key, order.clone());
        if self.field != OrderField::Number {
            select.order_by_expr(id, order);
        }
    }

    fn beyond(self, key: SimpleExpr, start: SimpleExpr) -> SimpleExpr {
        match self.direction {
            Direction::Ascending => key.gt(start),
            Direction::Descending => key.lt(start),
        }
    }

    pub(crate) fn column(self) -> Column {
        match self.field {
            OrderField::OpenedAt => Column::OpenedAt,
            OrderField::ChangedAt => Column::ChangedAt,
            OrderField::Number => Column::Number,
        }
    }

    /// Tells the cursors of different orders apart.
    fn list(self) -> u8 {
        let field = match self.field {
            OrderField::OpenedAt => 10,
            OrderField::ChangedAt => 12,
            OrderField::Number => 14,
        };
        field + u8::from(self.direction == Direction::Ascending)
    }
}
