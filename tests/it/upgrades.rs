//! Databases of before: what the steps of migrations make of rows that are there.

use chrono::{DateTime, TimeDelta, Utc};
use end_to_end::{Database, Kind, world};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, Value,
    sea_query::{Expr, ExprTrait, InsertStatement, Query, SelectStatement, SimpleExpr},
};
use store::{Options, Store};
use uuid::Uuid;

/// The instant so many minutes after the beginning.
fn at(minutes: i64) -> DateTime<Utc> {
    world::beginning() + TimeDelta::minutes(minutes)
}

/// Writes a row as a version of before did.
async fn insert(db: &DatabaseConnection, table: &'static str, row: &[(&'static str, Value)]) {
    let values = row.iter().map(|(_, value)| SimpleExpr::from(value.clone()));
    let statement = Query::insert()
        .into_table(table)
        .columns(row.iter().map(|(column, _)| *column))
        .values_panic(values)
        .take();
    write(db, &statement).await;
}

#[expect(clippy::disallowed_methods, reason = "writes what no command writes")]
async fn write(db: &DatabaseConnection, insert: &InsertStatement) {
    db.execute(insert).await.expect("written");
}

/// The number that is asked for.
#[expect(clippy::disallowed_methods, reason = "reads what is there")]
async fn number(db: &DatabaseConnection, select: &SelectStatement) -> i64 {
    let row = db.query_one(select).await.expect("read");
    row.expect("a row").try_get_by_index(0).expect("a number")
}

/// One column of the rows about a ticket.
#[expect(clippy::disallowed_methods, reason = "reads what is there")]
async fn column<T: sea_orm::TryGetable>(
    db: &DatabaseConnection,
    (table, name): (&'static str, &'static str),
    ticket: Uuid,
) -> Vec<T> {
    use sea_orm::sea_query::{Expr, ExprTrait};
    let statement = Query::select()
        .column(name)
        .from(table)
        .and_where(Expr::col("ticket_id").eq(ticket))
        .take();
    let rows = db.query_all(&statement).await.expect(name);
    let read = |row: &sea_orm::QueryResult| row.try_get("", name).expect(name);
    rows.iter().map(read).collect()
}

const WORKSPACE: Uuid = Uuid::from_u128(1);
const COMPANY: Uuid = Uuid::from_u128(2);

/// A workspace with a company and a category, as they were from the first on.
async fn house(db: &DatabaseConnection) {
    let text = |text: &str| Value::from(text);
    insert(
        db,
        "workspaces",
        &[
            ("id", WORKSPACE.into()),
            ("slug", text("glass")),
            ("name", text("Glass")),
            ("locale", text("en")),
            ("time_zone", text("UTC")),
            ("currency", text("EUR")),
            ("plan", text("team")),
            ("status", text("active")),
            ("created_at", at(0).into()),
        ],
    )
    .await;
    insert(
        db,
        "companies",
        &[
            ("id", COMPANY.into()),
            ("workspace_id", WORKSPACE.into()),
            ("name", text("Alder")),
            ("kind", text("business")),
            ("sharing", text("all")),
            ("status", text("active")),
            ("created_at", at(0).into()),
        ],
    )
    .await;
    insert(
        db,
        "ticket_categories",
        &[
            ("workspace_id", WORKSPACE.into()),
            ("key", text("general")),
            ("name", text("General")),
            ("position", 1_i64.into()),
        ],
    )
    .await;
}

/// A ticket that changed last after ten minutes.
async fn ticket(db: &DatabaseConnection, number: i64, status: &str) -> Uuid {
    let id = Uuid::from_u128(1_000 + u128::from(number.unsigned_abs()));
    insert(
        db,
        "tickets",
        &[
            ("id", id.into()),
            ("workspace_id", WORKSPACE.into()),
            ("company_id", COMPANY.into()),
            ("number", number.into()),
            ("subject", "x".into()),
            ("description", "x".into()),
            ("category", "general".into()),
            ("status", status.into()),
            ("flag", "client".into()),
            ("opened_at", at(0).into()),
            ("changed_at", at(10).into()),
        ],
    )
    .await;
    id
}

/// Has a database of before a step written, and then opened by this version, as
/// a server that starts does.
fn upgrade<T>(
    kind: Kind,
    step: &str,
    before: impl AsyncFnOnce(&DatabaseConnection) -> T,
    after: impl AsyncFnOnce(&DatabaseConnection, T),
) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(async {
        let database = Database::create(kind).await;
        let open = async || {
            let store = Store::open(&database.url, Options::default()).await;
            store.expect("the database opens")
        };
        let old = open().await;
        migrations::up_before(old.connection(), step)
            .await
            .expect("migrated");
        house(old.connection()).await;
        let written = before(old.connection()).await;
        old.close().await.expect("closed");
        let migrating = open().await;
        let migrated = migrations::up(migrating.connection()).await;
        migrated.expect("migrated");
        migrating.close().await.expect("closed");
        let new = open().await;
        after(new.connection(), written).await;
        let pending = migrations::pending(new.connection()).await;
        assert_eq!(pending.expect("counted"), 0);
        new.close().await.expect("closed");
        database.handle().remove().await;
    });
}

type Noted = (Uuid, Option<DateTime<Utc>>, Option<DateTime<Utc>>);

/// The first clocks counted hours that nobody had promised: they go on without
/// terms, with what was noted, and stand where their tickets do.
async fn old_clocks(db: &DatabaseConnection) -> [Noted; 4] {
    let all = [
        (ticket(db, 1, "in_progress").await, Some(at(5)), None),
        (ticket(db, 2, "waiting").await, Some(at(5)), None),
        (ticket(db, 3, "resolved").await, Some(at(5)), Some(at(8))),
        (ticket(db, 4, "closed").await, None, None),
    ];
    for (id, responded_at, resolved_at) in all {
        insert(
            db,
            "ticket_clocks",
            &[
                ("ticket_id", id.into()),
                ("workspace_id", WORKSPACE.into()),
                ("response_due", at(60).into()),
                ("resolution_due", at(600).into()),
                ("responded_at", responded_at.into()),
                ("resolved_at", resolved_at.into()),
            ],
        )
        .await;
    }
    all
}

async fn go_on_without_terms(db: &DatabaseConnection, all: [Noted; 4]) {
    let paused = [None, Some(at(10)), Some(at(8)), Some(at(10))];
    for ((id, responded_at, resolved_at), paused_at) in all.into_iter().zip(paused) {
        let instant = async |name| {
            let found = column::<Option<DateTime<Utc>>>(db, ("ticket_clocks", name), id).await;
            assert_eq!(found.len(), 1, "{name}");
            found[0]
        };
        assert_eq!(instant("started_at").await, Some(at(0)));
        assert_eq!(instant("responded_at").await, responded_at);
        assert_eq!(instant("resolved_at").await, resolved_at);
        assert_eq!(instant("paused_at").await, paused_at);
        // Nothing was promised, and nothing is due.
        assert_eq!(instant("response_due").await, None);
        assert_eq!(instant("next_due").await, None);
        assert_eq!(instant("merged_at").await, None);
        let priority = column::<String>(db, ("ticket_triage", "priority"), id).await;
        assert_eq!(priority, ["normal"]);
        let began = column::<DateTime<Utc>>(db, ("ticket_clock_pauses", "began_at"), id).await;
        assert_eq!(began, Vec::from_iter(paused_at));
    }
}

/// A merge that looked like a resolution is none; one of a resolved ticket stays.
async fn old_merges(db: &DatabaseConnection) -> [Noted; 2] {
    let target = ticket(db, 1, "open").await;
    let all = [
        (ticket(db, 2, "closed").await, None, Some(at(20))),
        (ticket(db, 3, "closed").await, Some(at(15)), None),
    ];
    for (id, resolved_at, merged_at) in all {
        let resolved_at = resolved_at.or(merged_at);
        let entries = [1, 2].map(|side| Uuid::from_u128(id.as_u128() * 10 + side));
        for (entry, of) in entries.into_iter().zip([id, target]) {
            insert(
                db,
                "ticket_entries",
                &[
                    ("id", entry.into()),
                    ("workspace_id", WORKSPACE.into()),
                    ("company_id", COMPANY.into()),
                    ("ticket_id", of.into()),
                    ("kind", "merged".into()),
                    ("flag", "client".into()),
                    ("created_at", at(20).into()),
                ],
            )
            .await;
        }
        insert(
            db,
            "ticket_merges",
            &[
                ("source_id", id.into()),
                ("target_id", target.into()),
                ("workspace_id", WORKSPACE.into()),
                ("company_id", COMPANY.into()),
                ("source_entry_id", entries[0].into()),
                ("target_entry_id", entries[1].into()),
                ("merged_at", at(20).into()),
            ],
        )
        .await;
        insert(
            db,
            "ticket_clocks",
            &[
                ("ticket_id", id.into()),
                ("workspace_id", WORKSPACE.into()),
                ("version", 2_i64.into()),
                ("started_at", at(0).into()),
                ("counted_at", at(20).into()),
                ("used", 0_i64.into()),
                ("paused_at", resolved_at.into()),
                ("resolved_at", resolved_at.into()),
            ],
        )
        .await;
    }
    all
}

async fn keep_no_promise(db: &DatabaseConnection, all: [Noted; 2]) {
    for (id, resolved_at, merged_at) in all {
        for (name, expected) in [("resolved_at", resolved_at), ("merged_at", merged_at)] {
            let found = column::<Option<DateTime<Utc>>>(db, ("ticket_clocks", name), id).await;
            assert_eq!(found, [expected], "{name}");
        }
    }
}

/// What named the spans of before is forgotten, and waits to be written anew.
async fn old_documents(db: &DatabaseConnection) -> Uuid {
    let id = ticket(db, 1, "open").await;
    let words = || Value::from("w000000000235ahello");
    if db.get_database_backend() == DbBackend::Sqlite {
        let key = || Value::from(1_i64);
        let keys = [("search_key", key()), ("ticket_id", id.into())];
        insert(db, "ticket_search_keys", &keys).await;
        for table in ["ticket_search_portal", "ticket_search_staff"] {
            insert(db, table, &[("rowid", key()), ("words", words())]).await;
        }
    } else {
        for table in ["ticket_search_portal", "ticket_search_staff"] {
            let words = Expr::value(words()).cast_as("tsvector");
            let insert = Query::insert()
                .into_table(table)
                .columns(["ticket_id", "words"])
                .values_panic([id.into(), words])
                .take();
            write(db, &insert).await;
        }
    }
    id
}

async fn wait_to_be_written(db: &DatabaseConnection, id: Uuid) {
    let waits = column::<Uuid>(db, ("ticket_search_backlog", "ticket_id"), id).await;
    assert_eq!(waits, [id]);
    for table in ["ticket_search_portal", "ticket_search_staff"] {
        let left = Query::select()
            .expr(Expr::cust("count(*)"))
            .from(table)
            .take();
        assert_eq!(number(db, &left).await, 0, "{table}");
    }
}

const CLOCKS: &str = "m20261124_000110_clocks";
const SPANS: &str = "m20261126_000300_spans";
const MERGED: &str = "m20261126_000200_merged_clocks";

#[test]
fn clocks_of_before_go_on_without_terms_on_sqlite() {
    upgrade(Kind::Sqlite, CLOCKS, old_clocks, go_on_without_terms);
}

#[test]
fn clocks_of_before_go_on_without_terms_on_postgres() {
    upgrade(Kind::Postgres, CLOCKS, old_clocks, go_on_without_terms);
}

#[test]
fn merges_of_before_keep_no_promise_on_sqlite() {
    upgrade(Kind::Sqlite, MERGED, old_merges, keep_no_promise);
}

#[test]
fn merges_of_before_keep_no_promise_on_postgres() {
    upgrade(Kind::Postgres, MERGED, old_merges, keep_no_promise);
}

#[test]
fn documents_of_before_are_written_anew_on_sqlite() {
    upgrade(Kind::Sqlite, SPANS, old_documents, wait_to_be_written);
}

#[test]
fn documents_of_before_are_written_anew_on_postgres() {
    upgrade(Kind::Postgres, SPANS, old_documents, wait_to_be_written);
}
