//! Who has how much to do.

use kernel::{Doing, Fault, StaffUserId};
use sea_orm::{
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, Order},
};
use visibility::Cx;

use super::{UNRESOLVED, count_if};
use crate::{
    entity::{assignment, clock, ticket},
    scope,
};

/// The most people that are counted.
const MOST: u64 = 500;

/// What somebody has to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Who; none for what nobody has.
    pub assignee: Option<StaffUserId>,
    /// The tickets that are not resolved.
    pub open: i64,
    /// Those of them that wait for the client.
    pub waiting: i64,
    /// Those of them that are due soon.
    pub near_breach: i64,
    /// Those of them of which a target was missed.
    pub breached: i64,
}

/// Counts what everybody has to do, whoever has most first. One statement.
pub async fn workload(cx: &Cx<'_>) -> Result<Vec<Load>, Fault> {
    cx.viewer.staff()?;
    let mut select = scope::visible_to(cx.viewer);
    let ticket = (ticket::Entity, ticket::Column::Id);
    let given = Expr::col((assignment::Entity, assignment::Column::TicketId)).equals(ticket);
    let clock = Expr::col((clock::Entity, clock::Column::TicketId)).equals(ticket);
    QuerySelect::query(&mut select)
        .left_join(assignment::Entity, given)
        .left_join(clock::Entity, clock);
    let rows = select
        .filter(ticket::Column::Status.is_in(UNRESOLVED))
        .select_only()
        .column(assignment::Column::StaffUserId)
        .column_as(ticket::Column::Id.count(), "open")
        .column_as(
            count_if(ticket::Column::Status.eq(crate::Status::Waiting)),
            "waiting",
        )
        .column_as(count_if(clock::Column::NearAt.lte(cx.now)), "near")
        .column_as(count_if(clock::Column::MissedAt.is_not_null()), "breached")
        .group_by(assignment::Column::StaffUserId)
        .order_by(Expr::col("open"), Order::Desc)
        .order_by(assignment::Column::StaffUserId, Order::Asc)
        .limit(MOST)
        .into_tuple::<(Option<StaffUserId>, i64, i64, i64, i64)>()
        .all(&cx.db())
        .await
        .doing("counting the workload")?;
    let load = |(assignee, open, waiting, near_breach, breached)| Load {
        assignee,
        open,
        waiting,
        near_breach,
        breached,
    };
    Ok(rows.into_iter().map(load).collect())
}
