//! Writing what can be searched for.
//!
//! Each ticket has a document for staff, made of all its text, and, while its
//! flag shows it to clients, one for them, made of the client-visible text
//! alone: reference, subject, description, answers to fields that clients may know
//! of, and the visible entries. A document
//! names also who sees the ticket by themselves, so that a search of theirs
//! meets no others.
//!
//! There is one function, [`renew`], and every command that adds or hides text,
//! or changes those people, calls it in its transaction. It makes the documents
//! anew from the tables.

use std::collections::{HashMap, hash_map};

use chrono::{DateTime, Utc};
use kernel::{Doing, Fault};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseExecutor, DbBackend, DbErr, EntityTrait, FromQueryResult,
    QueryFilter, QueryOrder, QueryResult, QueryTrait,
    sea_query::{Expr, ExprTrait, LockType, OnConflict, Query, UnionType},
};
use uuid::Uuid;
use visibility::Flag;

use crate::{
    Entry, Participant, Role, Ticket, TicketId,
    entity::{assignment, entry, participant, ticket},
    form::check::{Answers, Value},
    spans,
    token::{self, Person},
    words::distinct,
};

/// What clients are searched in.
pub(crate) const PORTAL: &str = "ticket_search_portal";
/// What staff are searched in.
pub(crate) const STAFF: &str = "ticket_search_staff";
/// SQLite: the numbers of the documents.
pub(crate) const KEYS: &str = "ticket_search_keys";

/// Tickets whose documents are made at a time.
const BATCH: usize = 200;
/// Keys of one microsecond, as a power of two.
const KEY_BITS: u32 = 11;

/// Makes the documents of these tickets anew. On PostgreSQL it first waits for
/// whoever is doing the same: of two writers at once, the second must read what
/// the first one wrote.
pub(crate) async fn renew(db: &DatabaseExecutor<'_>, tickets: &[TicketId]) -> Result<(), Fault> {
    for ids in tickets.chunks(BATCH) {
        wait_for(db, ids).await?;
        let documents = documents(db, ids).await.doing("making documents")?;
        write(db, &documents).await.doing("writing documents")?;
    }
    Ok(())
}

/// The least key that a ticket opened at this instant can have.
pub(crate) fn least_key(opened_at: DateTime<Utc>) -> i64 {
    opened_at.timestamp_micros().saturating_mul(1 << KEY_BITS)
}

/// What is to be written of a ticket.
struct Document {
    ticket: TicketId,
    opened_at: DateTime<Utc>,
    /// None while clients may not know of it.
    portal: Option<String>,
    staff: String,
}

/// Waits for whoever is writing one of these tickets, and holds them until the end
/// of the transaction, on PostgreSQL; in one order, whichever come first. SQLite
/// has one writer at a time. A command that writes what follows a ticket before it
/// comes to [`renew`] waits first: whoever takes both must take the ticket first.
#[expect(clippy::disallowed_methods, reason = "a lock, and no answer")]
pub(crate) async fn wait_for(db: &DatabaseExecutor<'_>, ids: &[TicketId]) -> Result<(), Fault> {
    if db.get_database_backend() == DbBackend::Sqlite {
        return Ok(());
    }
    let mut rows = Query::select();
    // Not the strongest lock: an entry that is being added refers to its ticket.
    rows.column(ticket::Column::Id)
        .from(ticket::Entity)
        .and_where(ticket::Column::Id.is_in(ids.iter().copied()))
        .order_by(ticket::Column::Id, sea_orm::Order::Asc)
        .lock(LockType::NoKeyUpdate);
    let held = db.query_all(&rows).await;
    held.map(drop).doing("holding tickets")
}

#[expect(
    clippy::disallowed_methods,
    reason = "documents are made of all there is; what is found in them is read in scope"
)]
async fn documents(db: &DatabaseExecutor<'_>, ids: &[TicketId]) -> Result<Vec<Document>, DbErr> {
    let mut tickets = tickets(db, ids).await?;
    // So that keys of one instant are given in one order.
    tickets.sort_unstable_by_key(|(ticket, _)| (ticket.opened_at, ticket.id));
    let entries = entry::Entity::find()
        .filter(entry::Column::TicketId.is_in(ids.iter().copied()))
        .filter(entry::Column::Body.is_not_null())
        .order_by_asc(entry::Column::CreatedAt)
        .order_by_asc(entry::Column::Id)
        .all(db)
        .await?;
    let participants = participant::Entity::find()
        .filter(participant::Column::TicketId.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    let assignments = assignment::Entity::find()
        .filter(assignment::Column::TicketId.is_in(ids.iter().copied()))
        .all(db)
        .await?;
    let mut answers_of = answers(db, ids).await?;
    let mut entries_of: HashMap<TicketId, Vec<Entry>> = HashMap::new();
    for entry in entries {
        entries_of.entry(entry.ticket_id).or_default().push(entry);
    }
    let mut people_of: HashMap<TicketId, Vec<Person>> = HashMap::new();
    for row in participants {
        let people = people_of.entry(row.ticket_id).or_default();
        people.extend(taking_part(&row));
    }
    let assignee = |row: assignment::Model| (row.ticket_id, Person::Assignee(row.staff_user_id.0));
    let assignees: HashMap<_, _> = assignments.into_iter().map(assignee).collect();
    let document = |(ticket, spans): (Ticket, Spans)| {
        let entries = entries_of.remove(&ticket.id).unwrap_or_default();
        let people = people_of.remove(&ticket.id).unwrap_or_default();
        let answers = answers_of.remove(&ticket.id).unwrap_or_default();
        document(
            (&ticket, spans),
            (&entries, &answers),
            people,
            assignees.get(&ticket.id).copied(),
        )
    };
    Ok(tickets.into_iter().map(document).collect())
}

/// In which spans a ticket is.
#[derive(Clone, Copy)]
struct Spans {
    of_workspace: i64,
    of_company: i64,
}

/// The tickets, and where they are found.
#[expect(
    clippy::disallowed_methods,
    reason = "documents are made of all there is; what is found in them is read in scope"
)]
async fn tickets(
    db: &DatabaseExecutor<'_>,
    ids: &[TicketId],
) -> Result<Vec<(Ticket, Spans)>, DbErr> {
    let mut select = ticket::Entity::find()
        .filter(ticket::Column::Id.is_in(ids.iter().copied()))
        .into_query();
    let column = |column: ticket::Column| Expr::col((ticket::Entity, column));
    for (name, scope) in [
        ("of_workspace", ticket::Column::WorkspaceId),
        ("of_company", ticket::Column::CompanyId),
    ] {
        let span = spans::at(column(scope), column(ticket::Column::OpenedAt));
        select.expr_as(span, name);
    }
    let read = |row: &QueryResult| {
        let spans = Spans {
            of_workspace: row.try_get("", "of_workspace")?,
            of_company: row.try_get("", "of_company")?,
        };
        Ok((Ticket::from_query_result(row, "")?, spans))
    };
    db.query_all(&select).await?.iter().map(read).collect()
}

/// Texts that were answered, each with whether clients may know of the field.
#[expect(
    clippy::disallowed_methods,
    reason = "documents are made of all there is; what is found in them is read in scope"
)]
async fn answers(
    db: &DatabaseExecutor<'_>,
    ids: &[TicketId],
) -> Result<HashMap<TicketId, Vec<(Flag, String)>>, DbErr> {
    let of = |table: &'static str, flag: Flag| {
        Query::select()
            .columns(["ticket_id", "answers"])
            .expr_as(Expr::value(flag), "flag")
            .from(table)
            .and_where(Expr::col("ticket_id").is_in(ids.iter().map(|id| id.0)))
            .take()
    };
    let mut select = of("ticket_answers", Flag::ClientVisible);
    let internal = of("ticket_internal_answers", Flag::InternalOnly);
    select.union(UnionType::All, internal);
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in db.query_all(&select).await? {
        let ticket: Uuid = row.try_get("", "ticket_id")?;
        let flag: Flag = row.try_get("", "flag")?;
        let answers: Answers = row.try_get("", "answers")?;
        let texts = found.entry(TicketId(ticket)).or_default();
        for answer in answers.0.into_values() {
            if let Value::Text(text) = answer {
                texts.push((flag, text));
            }
        }
    }
    Ok(found)
}

fn taking_part(row: &Participant) -> impl Iterator<Item = Person> + use<> {
    let user = row.client_user_id.0;
    let owner = (row.role == Role::Opener).then_some(Person::Owner(user));
    owner.into_iter().chain([Person::Participant(user)])
}

fn document(
    (ticket, spans): (&Ticket, Spans),
    (entries, answers): (&[Entry], &[(Flag, String)]),
    mut people: Vec<Person>,
    assignee: Option<Person>,
) -> Document {
    let reference = ticket.reference();
    let words = |of: &dyn Fn(Flag) -> bool| {
        let head = [reference.as_str(), &ticket.subject, &ticket.description];
        let answers = answers.iter().filter(|(flag, _)| of(*flag));
        let answers = answers.map(|(_, text)| text.as_str());
        let bodies = entries.iter().filter(|entry| of(entry.flag));
        let bodies = bodies.filter_map(|entry| entry.body.as_deref());
        distinct(head.into_iter().chain(answers).chain(bodies))
    };
    let portal = (ticket.flag == Flag::ClientVisible).then(|| {
        if let Some(requester) = ticket.requester_id {
            people.push(Person::Owner(requester.0));
            people.push(Person::Participant(requester.0));
        }
        let seen = words(&|flag| flag == Flag::ClientVisible);
        token::document(ticket.company_id.0, spans.of_company, &seen, &people)
    });
    let assignee: Vec<Person> = assignee.into_iter().collect();
    let (scope, all) = (ticket.workspace_id.0, words(&|_| true));
    Document {
        ticket: ticket.id,
        opened_at: ticket.opened_at,
        portal,
        staff: token::document(scope, spans.of_workspace, &all, &assignee),
    }
}

async fn write(db: &DatabaseExecutor<'_>, documents: &[Document]) -> Result<(), DbErr> {
    let hidden = documents
        .iter()
        .filter(|document| document.portal.is_none());
    let shown = documents
        .iter()
        .filter_map(|document| Some((document.ticket, document.portal.as_deref()?)));
    let all = documents
        .iter()
        .map(|document| (document.ticket, document.staff.as_str()));
    if db.get_database_backend() == DbBackend::Sqlite {
        let keys = keys(db, documents).await?;
        let key = |ticket: TicketId| keys.get(&ticket).copied().unwrap_or_default();
        let hidden = hidden.map(|document| key(document.ticket).into());
        remove(db, "rowid", hidden.collect()).await?;
        replace(db, PORTAL, shown.map(|(id, text)| (key(id), text))).await?;
        replace(db, STAFF, all.map(|(id, text)| (key(id), text))).await
    } else {
        let hidden = hidden.map(|document| document.ticket.0.into());
        remove(db, "ticket_id", hidden.collect()).await?;
        upsert(db, PORTAL, shown).await?;
        upsert(db, STAFF, all).await
    }
}

/// Takes documents out of what clients are searched in.
#[expect(clippy::disallowed_methods, reason = "the tables of this file")]
async fn remove(db: &DatabaseExecutor<'_>, by: &'static str, of: Vec<Expr>) -> Result<(), DbErr> {
    if of.is_empty() {
        return Ok(());
    }
    let mut delete = Query::delete();
    delete.from_table(PORTAL).and_where(Expr::col(by).is_in(of));
    db.execute(&delete).await.map(drop)
}

#[expect(clippy::disallowed_methods, reason = "the tables of this file")]
async fn replace<'a>(
    db: &DatabaseExecutor<'_>,
    table: &'static str,
    documents: impl Iterator<Item = (i64, &'a str)>,
) -> Result<(), DbErr> {
    let mut insert = Query::insert();
    insert
        .replace()
        .into_table(table)
        .columns(["rowid", "words"]);
    let mut some = false;
    for (key, words) in documents {
        some = true;
        insert.values_panic([key.into(), words.into()]);
    }
    if some {
        db.execute(&insert).await?;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the tables of this file")]
async fn upsert<'a>(
    db: &DatabaseExecutor<'_>,
    table: &'static str,
    documents: impl Iterator<Item = (TicketId, &'a str)>,
) -> Result<(), DbErr> {
    let there = OnConflict::column("ticket_id")
        .update_column("words")
        .to_owned();
    let mut insert = Query::insert();
    insert
        .into_table(table)
        .columns(["ticket_id", "words"])
        .on_conflict(there);
    let mut some = false;
    for (ticket, words) in documents {
        some = true;
        // Not `to_tsvector`: its parser would cut words its own way.
        let words = Expr::cust_with_values("array_to_tsvector(string_to_array($1, ' '))", [words]);
        insert.values_panic([ticket.0.into(), words]);
    }
    if some {
        db.execute(&insert).await?;
    }
    Ok(())
}

/// SQLite: the key of each ticket, given where there is none. Tickets opened at
/// the same instant stand in the order in which they were written, so that no
/// other ticket between two of them changes their order.
#[expect(clippy::disallowed_methods, reason = "the tables of this file")]
async fn keys(
    db: &DatabaseExecutor<'_>,
    documents: &[Document],
) -> Result<HashMap<TicketId, i64>, DbErr> {
    let mut known = Query::select();
    known
        .columns(["ticket_id", "search_key"])
        .from(KEYS)
        .and_where(Expr::col("ticket_id").is_in(documents.iter().map(|one| one.ticket.0)));
    let mut keys = HashMap::new();
    for row in db.query_all(&known).await? {
        let ticket: Uuid = row.try_get("", "ticket_id")?;
        keys.insert(TicketId(ticket), row.try_get("", "search_key")?);
    }
    for document in documents {
        if let hash_map::Entry::Vacant(vacant) = keys.entry(document.ticket) {
            vacant.insert(new_key(db, document).await?);
        }
    }
    Ok(keys)
}

/// The next free key of the instant; where there are too many tickets of one
/// microsecond, of the second, and then of the month.
#[expect(clippy::disallowed_methods, reason = "the tables of this file")]
async fn new_key(db: &DatabaseExecutor<'_>, document: &Document) -> Result<i64, DbErr> {
    let least = least_key(document.opened_at);
    for bits in [KEY_BITS, KEY_BITS + 20, KEY_BITS + 41] {
        let end = least.saturating_add(1 << bits);
        let key = Expr::col("search_key");
        let mut next = Query::select();
        next.expr(Expr::value(document.ticket.0))
            .expr(Expr::cust_with_values(
                "coalesce(max(search_key) + 1, ?)",
                [least],
            ))
            .from(KEYS)
            .and_where(key.clone().gte(least))
            .and_where(key.lt(end))
            .and_having(Expr::cust_with_values(
                "coalesce(max(search_key) + 1, ?) < ?",
                [least, end],
            ));
        let mut insert = Query::insert();
        insert
            .into_table(KEYS)
            .columns(["ticket_id", "search_key"])
            .returning(Query::returning().column("search_key"));
        insert
            .select_from(next)
            .map_err(|error| DbErr::Custom(error.to_string()))?;
        if let Some(row) = db.query_one(&insert).await? {
            return row.try_get("", "search_key");
        }
    }
    Err(DbErr::Custom("there is no key left".to_owned()))
}
