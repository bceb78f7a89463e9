//! Opening a database: an embedded SQLite file, or PostgreSQL.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use kernel::{Doing, Fault};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseExecutor, DbBackend,
    DbErr, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use tokio::sync::{Notify, Semaphore};

use crate::{Fact, Tx};

/// How often a locked SQLite file is tried when it is opened.
const TRIES: usize = 100;
/// The pause between two tries.
const PAUSE: Duration = Duration::from_millis(50);

/// Called with each statement that reaches the database.
pub type StatementHook = Arc<dyn Fn(&Statement) + Send + Sync>;
/// Called with the facts of a transaction, right after its commit.
pub type CommitHook = Arc<dyn Fn(&[Fact]) + Send + Sync>;

/// How to open a database.
#[derive(Clone, Default)]
pub struct Options {
    /// Connections at most; by default 8 for SQLite and 16 for PostgreSQL.
    pub max_connections: Option<u32>,
    /// Sees each statement; for tests that count them.
    pub on_statement: Option<StatementHook>,
}

/// Why a database could not be opened.
#[derive(Debug)]
pub enum OpenError {
    /// The address is of neither supported kind.
    UnknownKind,
    /// The database refused, or is not there.
    Database(DbErr),
}

impl std::fmt::Display for OpenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnknownKind => {
                f.write_str("the address must begin with `sqlite:` or `postgres:`")
            }
            Self::Database(error) => write!(f, "the database cannot be opened: {error}"),
        }
    }
}

impl std::error::Error for OpenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::UnknownKind => None,
            Self::Database(error) => Some(error),
        }
    }
}

/// A handle to the database; cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    db: DatabaseConnection,
    /// SQLite has one writer at a time, and PostgreSQL's wait for each other's
    /// rows. Waiting here, before a connection is taken, keeps writers from
    /// starving readers of connections.
    writers: Arc<Semaphore>,
    on_commit: OnceLock<CommitHook>,
    outbox_grew: Notify,
}

impl Store {
    /// Opens the database at `url` (`sqlite:` or `postgres:`). A missing
    /// SQLite file is created.
    pub async fn open(url: &str, options: Options) -> Result<Self, OpenError> {
        let most = most_connections(url, &options);
        let connect = if url.starts_with("sqlite:") {
            sqlite(url, &options)
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            postgres(url, &options)
        } else {
            return Err(OpenError::UnknownKind);
        };
        let mut db = connect_patiently(connect)
            .await
            .map_err(|error| OpenError::Database(without_address(&error, url)))?;
        if let Some(hook) = options.on_statement {
            db.set_metric_callback(move |info| hook(info.statement));
        }
        let writers = match db.get_database_backend() {
            DbBackend::Sqlite => 1,
            // The other half is left to those who read.
            _ => usize::try_from(most / 2).unwrap_or(1).max(1),
        };
        Ok(Self(Arc::new(Inner {
            db,
            writers: Arc::new(Semaphore::new(writers)),
            on_commit: OnceLock::new(),
            outbox_grew: Notify::new(),
        })))
    }

    /// The connection pool, for reads outside a transaction and for migrations.
    pub fn connection(&self) -> &DatabaseConnection {
        &self.0.db
    }

    /// An executor for one read outside a transaction.
    pub fn executor(&self) -> DatabaseExecutor<'_> {
        DatabaseExecutor::Connection(&self.0.db)
    }

    /// Whether this is the embedded database.
    pub fn is_sqlite(&self) -> bool {
        self.0.db.get_database_backend() == DbBackend::Sqlite
    }

    /// Begins a transaction that can write. On SQLite it takes the write lock
    /// at once: a transaction that begins as a reader and writes later would
    /// fail when another writer came between.
    pub async fn begin(&self) -> Result<Tx, Fault> {
        // A task of its own: a caller that gives up in between leaves a
        // transaction that is dropped and undone, and not a connection in one.
        let store = self.clone();
        match tokio::spawn(async move { store.open_transaction().await }).await {
            Ok(outcome) => outcome,
            Err(ended) => {
                let source = DbErr::Custom(ended.to_string());
                Err(Fault::Unavailable {
                    doing: "beginning a transaction",
                    source,
                })
            }
        }
    }

    async fn open_transaction(&self) -> Result<Tx, Fault> {
        let permit = self.0.writers.clone().acquire_owned().await.ok();
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..Default::default()
        };
        let begun = self.0.db.begin_with_options(options).await;
        Ok(Tx::new(
            self.clone(),
            begun.doing("beginning a transaction")?,
            permit,
        ))
    }

    /// Sets what is called with the facts of each commit; once per store.
    pub fn on_commit(&self, hook: CommitHook) {
        if self.0.on_commit.set(hook).is_err() {
            tracing::error!("a second commit hook was set and ignored");
        }
    }

    /// Completes when a transaction of this process has added to the outbox.
    pub async fn outbox_grew(&self) {
        self.0.outbox_grew.notified().await;
    }

    /// Whether the database answers.
    #[expect(clippy::disallowed_methods, reason = "reads no table")]
    pub async fn ping(&self) -> Result<(), Fault> {
        let select = Statement::from_string(self.0.db.get_database_backend(), "SELECT 1");
        self.0
            .db
            .query_one_raw(select)
            .await
            .doing("asking whether the database answers")?;
        Ok(())
    }

    /// Has the database gather statistics for its planner: after a large load, and now
    /// and then where it does not do so by itself. SQLite looks at a part of each
    /// index, which takes a second with a million tickets; PostgreSQL at a part of
    /// each table, in one transaction here, which on a slow disk takes longer than a
    /// statement of ours may.
    #[expect(
        clippy::disallowed_methods,
        reason = "reads and writes no table of ours"
    )]
    pub async fn analyze(&self) -> Result<(), Fault> {
        self.0
            .db
            .execute_unprepared(if self.is_sqlite() {
                "PRAGMA analysis_limit = 10000; ANALYZE"
            } else {
                "SET LOCAL statement_timeout = 0; ANALYZE"
            })
            .await
            .doing("gathering statistics")?;
        Ok(())
    }

    /// Closes all connections, after the running statements.
    pub async fn close(&self) -> Result<(), Fault> {
        self.0
            .db
            .clone()
            .close()
            .await
            .doing("closing the database")
    }

    pub(crate) fn committed(&self, facts: &[Fact]) {
        if facts.is_empty() {
            return;
        }
        if let Some(hook) = self.0.on_commit.get() {
            hook(facts);
        }
        self.0.outbox_grew.notify_one();
    }
}

/// Connects; when another process is just setting the same SQLite file up, it
/// waits and tries again: the switch to write-ahead logging heeds no time-out.
async fn connect_patiently(connect: ConnectOptions) -> Result<DatabaseConnection, DbErr> {
    for _ in 0..TRIES {
        match Database::connect(connect.clone()).await {
            Err(error) if error.to_string().contains("database is locked") => {
                tokio::time::sleep(PAUSE).await;
            }
            outcome => return outcome,
        }
    }
    Database::connect(connect).await
}

/// The same error without the address, which may hold a password.
fn without_address(error: &DbErr, url: &str) -> DbErr {
    let text = error.to_string();
    if text.contains(url) {
        DbErr::Custom("the address cannot be read; is its password percent-encoded?".to_owned())
    } else {
        DbErr::Custom(text)
    }
}

fn sqlite(url: &str, options: &Options) -> ConnectOptions {
    let mut connect = base(url, options);
    connect.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .pragma("journal_mode", "WAL")
            // Every acknowledged commit survives a power cut, not only a crash.
            .pragma("synchronous", "FULL")
            .pragma("cache_size", "-2000")
            .pragma("temp_store", "MEMORY")
    });
    connect
}

fn postgres(url: &str, options: &Options) -> ConnectOptions {
    let mut connect = base(url, options);
    connect.set_application_name("vitrine");
    connect.statement_timeout(Duration::from_secs(15));
    // Statements here are short: to compile one takes longer than to run it.
    connect.map_sqlx_postgres_opts(|postgres| postgres.options([("jit", "off")]));
    connect
}

fn most_connections(url: &str, options: &Options) -> u32 {
    let usual = if url.starts_with("sqlite:") { 8 } else { 16 };
    options.max_connections.unwrap_or(usual)
}

fn base(url: &str, options: &Options) -> ConnectOptions {
    let mut connect = ConnectOptions::new(url);
    connect
        .max_connections(most_connections(url, options))
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(5))
        // A ping before each statement would double the round trips; one for a
        // connection that has waited finds out whether the server went away.
        .test_before_acquire(false)
        .test_before_acquire_if_idle_for(Duration::from_secs(1))
        .record_stmt_in_spans(false)
        .sqlx_logging(false);
    connect
}
