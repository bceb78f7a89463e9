//! What must be true of the database after all that.

use std::collections::{BTreeMap, HashMap};

use sea_orm::{ConnectionTrait, QueryResult, Statement};
use store::Store;

use super::writers::Acknowledged;

/// Tickets of the workspace `glass`, and of those the ones that were written here.
const GLASS: &str = "workspace_id = (SELECT id FROM workspaces WHERE slug = 'glass')";
const OURS: &str = "t.subject LIKE 'crash %'";

/// Every acknowledged write is there once, no other is there twice, and none
/// by halves.
pub(super) async fn balance(store: &Store, known: &Acknowledged) {
    let tickets = counts(
        store,
        &format!("SELECT subject AS item FROM tickets t WHERE {OURS}"),
    )
    .await;
    let words = counts(
        store,
        "SELECT body AS item FROM ticket_entries WHERE body LIKE 'crash %'",
    )
    .await;
    for (written, acknowledged) in [(&tickets, &known.tickets), (&words, &known.words)] {
        for item in acknowledged {
            assert_eq!(written.get(item), Some(&1), "acknowledged: {item}");
        }
        let twice: Vec<_> = written.iter().filter(|(_, count)| **count != 1).collect();
        assert!(twice.is_empty(), "written more than once: {twice:?}");
    }
    numbers(store).await;
    wholeness(store).await;
    statuses(store).await;
}

/// The series has no gap and no twin: an opening that died gave its number back.
async fn numbers(store: &Store) {
    let select = format!(
        "SELECT COUNT(*) AS tickets, COUNT(DISTINCT number) AS numbers, MIN(number) AS first, MAX(number) AS last, \
         (SELECT last FROM series WHERE {GLASS} AND name = 'ticket') AS drawn FROM tickets WHERE {GLASS}"
    );
    let row = rows(store, &select).await.pop().expect("a row");
    let number = |column| row.try_get::<i64>("", column).expect("a number");
    let tickets = number("tickets");
    for column in ["numbers", "last", "drawn"] {
        assert_eq!(number(column), tickets, "{column}");
    }
    assert_eq!(number("first"), 1);
}

/// Each ticket has its clock and its fact, each entry its fact, and each fact
/// the record that it is about.
async fn wholeness(store: &Store) {
    for (what, select) in [
        (
            "tickets without a clock",
            format!("SELECT t.subject AS item FROM tickets t LEFT JOIN ticket_clocks c ON c.ticket_id = t.id WHERE c.ticket_id IS NULL AND {OURS}"),
        ),
        (
            "tickets whose clock shows another resolution",
            format!(
                "SELECT t.subject AS item FROM tickets t JOIN ticket_clocks c ON c.ticket_id = t.id \
                 WHERE (c.resolved_at IS NULL) <> (t.status <> 'resolved') AND {OURS}"
            ),
        ),
        (
            "tickets without their one fact",
            format!("SELECT t.subject AS item FROM tickets t WHERE (SELECT COUNT(*) FROM outbox o WHERE o.subject_id = t.id AND o.kind = 'ticket.opened') <> 1 AND {OURS}"),
        ),
        (
            "entries without their one fact",
            format!(
                "SELECT e.body AS item FROM ticket_entries e JOIN tickets t ON t.id = e.ticket_id \
                 WHERE (SELECT COUNT(*) FROM outbox o WHERE o.detail_id = e.id AND o.subject_id = t.id) <> 1 AND {OURS}"
            ),
        ),
        (
            "facts without their ticket",
            "SELECT o.kind AS item FROM outbox o LEFT JOIN tickets t ON t.id = o.subject_id WHERE t.id IS NULL AND o.kind LIKE 'ticket.%'".to_owned(),
        ),
        (
            "facts without their entry",
            "SELECT o.kind AS item FROM outbox o LEFT JOIN ticket_entries e ON e.id = o.detail_id WHERE e.id IS NULL AND o.detail_id IS NOT NULL".to_owned(),
        ),
    ] {
        let found = counts(store, &select).await;
        assert!(found.is_empty(), "{what}: {found:?}");
    }
}

/// The moves of each ticket lead from `open` to where it stands, in whatever
/// order they are read: each status is left as often as it is entered.
async fn statuses(store: &Store) {
    let select = format!(
        "SELECT t.subject, t.status, e.from_status, e.to_status FROM tickets t \
         LEFT JOIN ticket_entries e ON e.ticket_id = t.id AND e.to_status IS NOT NULL WHERE {OURS}"
    );
    let mut balances: BTreeMap<String, HashMap<String, i32>> = BTreeMap::new();
    for row in rows(store, &select).await {
        let text = |column| row.try_get::<String>("", column).expect("text");
        let balance = balances.entry(text("subject")).or_insert_with(|| {
            let mut begin = HashMap::from([("open".to_owned(), 1)]);
            *begin.entry(text("status")).or_default() -= 1;
            begin
        });
        let moved = |column| {
            row.try_get::<Option<String>>("", column)
                .expect("text or none")
        };
        if let (Some(from), Some(to)) = (moved("from_status"), moved("to_status")) {
            *balance.entry(to).or_default() += 1;
            *balance.entry(from).or_default() -= 1;
        }
    }
    for (subject, balance) in balances {
        assert!(
            balance.values().all(|left| *left == 0),
            "{subject} stands where no entry led: {balance:?}"
        );
    }
}

/// How often each `item` was found.
async fn counts(store: &Store, select: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for row in rows(store, select).await {
        let item: Option<String> = row.try_get("", "item").expect("text or none");
        *counts.entry(item.unwrap_or_default()).or_default() += 1;
    }
    counts
}

#[expect(clippy::disallowed_methods, reason = "looks behind the scopes")]
async fn rows(store: &Store, select: &str) -> Vec<QueryResult> {
    let db = store.connection();
    let statement = Statement::from_string(db.get_database_backend(), select);
    db.query_all_raw(statement).await.expect(select)
}
