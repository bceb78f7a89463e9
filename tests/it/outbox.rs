//! The outbox: facts written with their change, and delivered whatever happens.
//!
//! | file | what it holds |
//! |---|---|
//! | `written.rs` | with the change or not at all, and without content |
//! | `delivered.rs` | workers, failures, pauses, claims and their end |

use std::sync::{Arc, Mutex};

use end_to_end::World;
use kernel::Clock;
use sea_orm::{ConnectionTrait, QueryResult, Statement};
use store::{Audience, Fact, Store};
use worker::{Reacting, Reaction};

mod delivered;
mod written;

/// What a statement of the test's own finds.
#[expect(clippy::disallowed_methods, reason = "looks behind the scopes")]
pub(crate) async fn rows(store: &Store, select: &str) -> Vec<QueryResult> {
    let db = store.connection();
    let statement = Statement::from_string(db.get_database_backend(), select);
    db.query_all_raw(statement).await.expect(select)
}

/// What a fact of no particular kind is, as any command records it.
fn fact(world: &World, kind: &'static str) -> Fact {
    Fact {
        id: world.work().uuid(),
        workspace: world.cast.glass,
        company: Some(world.cast.alder),
        kind: kind.into(),
        subject: world.cast.mias.0,
        detail: None,
        audience: Audience::Client,
        at: world.clock.now(),
    }
}

/// Writes facts as commands do, a hundred in a transaction.
async fn record(world: &World, kind: &'static str, count: usize) {
    for begun in (0..count).step_by(100) {
        let tx = world.store.begin().await.expect("a transaction");
        for _ in begun..count.min(begun + 100) {
            tx.record(fact(world, kind));
        }
        tx.commit().await.expect("committed");
    }
}

/// A reaction of the test's own.
struct Probe<F>(F);

impl<F> Reaction for Probe<F>
where
    F: Fn(&Fact) -> Result<(), String> + Send + Sync,
{
    fn name(&self) -> &'static str {
        "probe"
    }

    fn react<'a>(&'a self, fact: &'a Fact) -> Reacting<'a> {
        Box::pin(async move { self.0(fact) })
    }
}

/// What a probe has seen, by kind.
type Seen = Arc<Mutex<Vec<String>>>;

fn seen(seen: &Seen) -> Vec<String> {
    seen.lock().expect("no panic").clone()
}
