//! What may take longer than a statement of a server may, on PostgreSQL: its
//! connections begin with a bound for each statement.

use end_to_end::{Database, Kind, patience::soon};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use store::{Options, Store};

/// A database and a store of one connection, whose statements may take 100 ms.
async fn hurried() -> (Database, Store) {
    let database = Database::create(Kind::Postgres).await;
    let store = open(&database).await;
    run(store.connection(), "SET statement_timeout = '100ms'").await;
    (database, store)
}

/// A store of one connection.
async fn open(database: &Database) -> Store {
    let options = Options {
        max_connections: Some(1),
        ..Options::default()
    };
    let store = Store::open(&database.url, options).await;
    store.expect("the database opens")
}

#[expect(clippy::disallowed_methods, reason = "what no command does")]
async fn run(db: &DatabaseConnection, statements: &str) {
    db.execute_unprepared(statements).await.expect(statements);
}

async fn over(database: Database, store: Store) {
    store.close().await.expect("closed");
    database.handle().remove().await;
}

/// Large tables on slow disks take a while.
#[tokio::test]
async fn statistics_are_gathered_however_long_it_takes() {
    let (database, store) = hurried().await;
    // To look at an index of an expression is to compute it for each row.
    let slow = "CREATE FUNCTION slow(n integer) RETURNS integer IMMUTABLE LANGUAGE plpgsql \
        AS 'BEGIN PERFORM pg_sleep(0.2); RETURN n; END'; \
        CREATE TABLE slow (n integer); CREATE INDEX ON slow (slow(n)); \
        SET LOCAL statement_timeout = 0; INSERT INTO slow VALUES (1)";
    run(store.connection(), slow).await;
    store.analyze().await.expect("analysed");
    let after = "DO $$ BEGIN ASSERT current_setting('statement_timeout') = '100ms'; \
        ASSERT EXISTS (SELECT FROM pg_stats WHERE tablename = 'slow'); END $$";
    run(store.connection(), after).await;
    over(database, store).await;
}

/// Of processes that start together one migrates, and the others wait for it.
#[tokio::test]
async fn who_migrates_second_waits_for_the_first() {
    let (database, store) = hurried().await;
    let first = open(&database).await;
    run(first.connection(), "SELECT pg_advisory_lock(862754091)").await;
    let holding = run(
        first.connection(),
        "DO $$ BEGIN \
            WHILE NOT EXISTS (SELECT FROM pg_locks JOIN pg_database ON pg_database.oid = database \
                WHERE datname = current_database() AND objid = 862754091 AND NOT granted) \
            LOOP PERFORM pg_sleep(0.01); END LOOP; \
            PERFORM pg_sleep(0.2); \
            ASSERT to_regclass('seaql_migrations') IS NULL; END $$; \
        SELECT pg_advisory_unlock(862754091)",
    );
    let waiting = migrations::up(store.connection());
    let both = async { tokio::join!(waiting, holding) };
    let (migrated, ()) = soon("both are done", both).await;
    migrated.expect("migrated");
    let pending = migrations::pending(first.connection()).await;
    assert_eq!(pending.expect("counted"), 0);
    first.close().await.expect("closed");
    over(database, store).await;
}
