//! The queues of what may be missed, and of what was (SL-2). For staff.

use chrono::{DateTime, Utc};
use kernel::{Cursor, Doing, PageRequest, Slice};
use sea_orm::{
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;
use visibility::Cx;

use crate::{ListError, Ticket, TicketId, by_ids, entity::clock::Column, scope};

/// Which queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Queue {
    /// What is due soon: whatever came near first is first.
    NearBreach,
    /// What was missed and is not resolved: whatever was missed first is first.
    Breached,
}

impl Queue {
    /// The column that says since when a clock is in it.
    pub(crate) fn column(self) -> Column {
        match self {
            Self::NearBreach => Column::NearAt,
            Self::Breached => Column::MissedAt,
        }
    }

    /// Tells the cursors of the queues apart from those of other lists.
    fn list(self) -> u8 {
        match self {
            Self::NearBreach => 24,
            Self::Breached => 25,
        }
    }
}

/// A page of a queue, each ticket with its cursor. Two statements.
pub async fn queue(
    cx: &Cx<'_>,
    queue: Queue,
    request: &PageRequest,
) -> Result<Slice<(String, Ticket)>, ListError> {
    let clocks = scope::clocks_visible_to(cx.viewer)?;
    let page = request.check::<(DateTime<Utc>, Uuid)>(queue.list())?;
    let column = queue.column();
    let mut select = clocks
        .select_only()
        .columns([column, Column::TicketId])
        .filter(column.lte(cx.now));
    if let Some((at, id)) = page.after {
        let key = Expr::tuple([column.into_expr(), Column::TicketId.into_expr()]);
        select = select.filter(key.gt(Expr::tuple([Expr::value(at), Expr::value(id)])));
    }
    let rows = select
        .order_by_asc(column)
        .order_by_asc(Column::TicketId)
        .limit(u64::from(page.size) + 1)
        .into_tuple::<(DateTime<Utc>, TicketId)>()
        .all(&cx.db())
        .await;
    let slice = Slice::cut(rows.doing("reading a queue")?, page.size);
    if slice.rows.is_empty() {
        return Ok(Slice {
            rows: Vec::new(),
            has_next: false,
        });
    }
    let ids: Vec<_> = slice.rows.iter().map(|(_, id)| *id).collect();
    let mut tickets = by_ids(cx, &ids).await?;
    let rows = slice.rows.into_iter().filter_map(|(at, id)| {
        let place = tickets.iter().position(|ticket| ticket.id == id)?;
        let cursor = Cursor::encode(queue.list(), &(at, id.0));
        Some((cursor, tickets.swap_remove(place)))
    });
    Ok(Slice {
        rows: rows.collect(),
        has_next: slice.has_next,
    })
}
