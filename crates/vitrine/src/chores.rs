//! What a server does now and then, beside answering: looking for new keys, and
//! removing what is left of ended sessions and of uploads that nobody used, and
//! noting what was missed, closing resolved tickets that nobody answered, beginning
//! spans of the search where one is full, and writing the tickets that wait for it
//! into what can be searched.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use documents::Files;
use identity::{Keys, Tokens, sweep};
use kernel::{Clock, Fault, SystemEntropy};
use store::{Store, Work};
use tickets::Pieces;
use tokio::{
    task::{JoinSet, spawn_blocking},
    time::sleep,
};

/// How often the folder of keys is read. A new key signs when it is a minute
/// old: every process knows it by then.
const READ_KEYS: Duration = Duration::from_secs(15);
/// How often ended sessions and unused uploads are looked for.
const SWEEP: Duration = Duration::from_hours(1);
/// How often SQLite gathers statistics. PostgreSQL does so by itself; without any,
/// the planner takes an index of the workspace where one of the company is meant.
const ANALYZE: Duration = Duration::from_hours(1);
/// How often it is looked for spans of the search that are full.
const SPANS: Duration = Duration::from_hours(1);
/// How often SQLite merges pieces of what is searched in, and how long others may write
/// in between.
const CONDENSE: Duration = Duration::from_hours(1);
const CONDENSE_PAUSE: Duration = Duration::from_millis(50);
/// How often it is looked for resolved tickets that nobody answered.
const CLOSE: Duration = Duration::from_mins(5);
/// How often it is looked for what was due.
const WATCH: Duration = Duration::from_secs(5);

/// How often it is looked for tickets that cannot be searched for: there are some
/// after an upgrade, or when a rebuilding was broken off.
const BACKLOG: Duration = Duration::from_mins(1);

/// Starts them all; dropping the set ends them.
pub(crate) fn start(
    folder: &Path,
    tokens: &Tokens,
    store: &Store,
    files: &Files,
    clock: &Arc<dyn Clock>,
) -> JoinSet<()> {
    let mut chores = JoinSet::new();
    chores.spawn(read_keys(folder.to_owned(), tokens.clone(), READ_KEYS));
    chores.spawn(sweep_sessions(store.clone(), clock.clone()));
    chores.spawn(sweep_files(store.clone(), files.clone(), clock.clone()));
    chores.spawn(make_searchable(store.clone()));
    chores.spawn(watch_clocks(store.clone(), clock.clone()));
    chores.spawn(close_quiet_tickets(store.clone(), clock.clone()));
    chores.spawn(begin_spans(store.clone(), clock.clone()));
    if store.is_sqlite() {
        chores.spawn(gather_statistics(store.clone()));
        chores.spawn(keep_condensed(store.clone()));
    }
    chores
}

async fn make_searchable(store: Store) {
    loop {
        match write_backlog(&store).await {
            Ok(0) => {}
            Ok(tickets) => tracing::info!(tickets, "tickets of before can be searched for"),
            Err(error) => tracing::error!(%error, "tickets could not be made searchable"),
        }
        sleep(BACKLOG).await;
    }
}

/// Writes all tickets of the backlog; answers how many.
pub(crate) async fn write_backlog(store: &Store) -> Result<usize, Fault> {
    let mut written = 0;
    while let some @ 1.. = tickets::backlog::work_off(store).await? {
        written += some;
    }
    if written > 0 {
        condense(store, Pieces::All).await?;
    }
    Ok(written)
}

async fn condense(store: &Store, mut pieces: Pieces) -> Result<(), Fault> {
    while tickets::condense(store, pieces).await? {
        pieces = Pieces::Alike;
        sleep(CONDENSE_PAUSE).await;
    }
    Ok(())
}

async fn keep_condensed(store: Store) {
    loop {
        sleep(CONDENSE).await;
        if let Err(error) = condense(&store, Pieces::Alike).await {
            tracing::error!(%error, "pieces of the search could not be merged");
        }
    }
}

async fn begin_spans(store: Store, clock: Arc<dyn Clock>) {
    loop {
        let work = work_at(&store, clock.as_ref());
        if let Err(error) = tickets::begin_spans(&work).await {
            tracing::error!(%error, "spans of the search could not be begun");
        }
        sleep(SPANS).await;
    }
}

async fn gather_statistics(store: Store) {
    loop {
        if let Err(error) = store.analyze().await {
            tracing::error!(%error, "statistics could not be gathered");
        }
        sleep(ANALYZE).await;
    }
}

/// A folder that cannot be used changes nothing: the keys at hand go on.
async fn read_keys(folder: PathBuf, tokens: Tokens, every: Duration) {
    loop {
        sleep(every).await;
        let folder = folder.clone();
        match spawn_blocking(move || Keys::load(&folder)).await {
            Ok(Ok(keys)) => {
                if tokens.replace(keys) {
                    tracing::info!("the signing keys have changed");
                }
            }
            Ok(Err(error)) => tracing::error!(%error, "the signing keys cannot be read"),
            Err(error) => tracing::error!(%error, "the signing keys were not read"),
        }
    }
}

/// What a round of a chore is done with.
fn work_at<'a>(store: &'a Store, clock: &dyn Clock) -> Work<'a> {
    Work {
        store,
        now: clock.now(),
        entropy: &SystemEntropy,
    }
}

async fn sweep_sessions(store: Store, clock: Arc<dyn Clock>) {
    loop {
        let work = work_at(&store, clock.as_ref());
        match sweep(&work).await {
            Ok(0) => {}
            Ok(rows) => tracing::info!(rows, "removed what was left of ended sessions"),
            Err(error) => tracing::error!(%error, "ended sessions could not be removed"),
        }
        sleep(SWEEP).await;
    }
}

async fn sweep_files(store: Store, files: Files, clock: Arc<dyn Clock>) {
    loop {
        let work = work_at(&store, clock.as_ref());
        match documents::sweep(&work, &files).await {
            Ok(swept) if swept == documents::Swept::default() => {}
            Ok(swept) => {
                let (uploads, half_written) = (swept.uploads, swept.half_written);
                tracing::info!(uploads, half_written, "removed uploads that nobody used");
            }
            Err(error) => tracing::error!(%error, "unused uploads could not be removed"),
        }
        sleep(SWEEP).await;
    }
}

async fn watch_clocks(store: Store, clock: Arc<dyn Clock>) {
    loop {
        let work = work_at(&store, clock.as_ref());
        match tickets::watch(&work).await {
            // There may be more.
            Ok(1..) => continue,
            Ok(0) => {}
            Err(error) => tracing::error!(%error, "what was due could not be looked for"),
        }
        sleep(WATCH).await;
    }
}

async fn close_quiet_tickets(store: Store, clock: Arc<dyn Clock>) {
    loop {
        let work = work_at(&store, clock.as_ref());
        match tickets::close_quiet(&work).await {
            Ok(0) => {}
            Ok(tickets) => tracing::info!(tickets, "closed tickets that nobody answered"),
            Err(error) => tracing::error!(%error, "quiet tickets could not be closed"),
        }
        sleep(CLOSE).await;
    }
}

#[cfg(test)]
mod tests {
    use kernel::SystemClock;

    use super::*;

    /// How many keys the portal's key set has.
    fn count(tokens: &Tokens) -> usize {
        let jwks = tokens.keys().portal.jwks();
        jwks["keys"].as_array().map_or(0, Vec::len)
    }

    #[tokio::test]
    async fn a_new_key_is_found_and_a_bad_folder_changes_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("keys");
        let keys = Keys::load_or_create(&path, &SystemEntropy).expect("created");
        let tokens = Tokens::new(keys);
        let mut chore = JoinSet::new();
        let every = Duration::from_millis(1);
        chore.spawn(read_keys(path.clone(), tokens.clone(), every));
        identity::rotate(&path, SystemClock.now(), &SystemEntropy).expect("rotated");
        while count(&tokens) < 2 {
            sleep(every).await;
        }
        std::fs::write(path.join("portal-0003.pem"), "no key").expect("written");
        // Some rounds: it is read again and again, and refused.
        for _ in 0..10 {
            sleep(every).await;
        }
        assert_eq!(count(&tokens), 2);
        assert!(chore.try_join_next().is_none(), "it goes on");
    }
}
