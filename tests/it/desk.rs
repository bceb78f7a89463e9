//! What staff work with beside the single ticket: filters, many tickets at once,
//! what closes by itself, and what statuses are called.

mod bulk;
mod closing;
mod filters;
mod items;
mod labels;
mod views;

use end_to_end::World;
use sea_orm::{ConnectionTrait, Statement};

/// How many rows there are of something that no reader shows.
#[expect(clippy::disallowed_methods, reason = "looks at what no reader shows")]
async fn count(world: &World, rows: &str) -> i64 {
    let db = world.store.connection();
    let text = format!("SELECT count(*) AS n FROM {rows}");
    let statement = Statement::from_string(db.get_database_backend(), text);
    let row = db.query_one_raw(statement).await.expect("counted");
    row.expect("a row").try_get("", "n").expect("a number")
}
