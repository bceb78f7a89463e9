//! When a ticket last changed for clients. They poll by it, so it never goes back:
//! of two commands, the one that began first may come to the ticket last. Then it
//! stands: whoever polls asks for what is not older than what they know.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, Func, SimpleExpr};

use crate::entity::ticket::Column;

/// What the column is set to by a change at `now`.
pub(crate) fn changed_at(now: DateTime<Utc>) -> SimpleExpr {
    Func::greatest([Expr::col(Column::ChangedAt), Expr::value(now)]).into()
}
