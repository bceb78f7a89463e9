//! What staff count up (SL-4): what is open, how fast it was answered, what was
//! kept of what was promised, who has how much to do. For staff alone (VI-4).
//!
//! Each function is one or two statements; the database counts, over the tickets
//! that the viewer can see, so that somebody who sees only what is assigned to
//! them counts that alone. Nothing is kept from one time to the next.

mod answers;
mod compliance;
mod open;
mod workload;

use sea_orm::sea_query::{CaseStatement, Expr, ExprTrait, SimpleExpr};

pub use answers::{Answers, answers};
pub use compliance::{Compliance, compliance};
pub use open::{Age, Open, due, open};
pub use workload::{Load, workload};

use crate::Status;

/// The statuses of what is not closed, in the order of the work.
pub const NOT_CLOSED: [Status; 4] = [
    Status::Open,
    Status::InProgress,
    Status::Waiting,
    Status::Resolved,
];

/// The statuses of what somebody has to work on.
const UNRESOLVED: [Status; 3] = [Status::Open, Status::InProgress, Status::Waiting];

/// Counts the rows of which the condition holds.
fn count_if(condition: SimpleExpr) -> SimpleExpr {
    let one = CaseStatement::new().case(condition, Expr::value(1));
    Expr::expr(one).count()
}
