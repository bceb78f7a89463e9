//! Keeping clocks: every write of one reads it, lets the arithmetic change it,
//! and tests with the write that nobody came in between.

use chrono::{DateTime, Utc};
use contracts::{Priority, in_force, terms_by_ids, terms_under};
use kernel::{Doing, Entropy, Fault, uuid_v7};
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait, DatabaseExecutor, DbErr, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, sea_query::OnConflict,
};
use store::{Tx, Work};
use visibility::Cx;

use super::{Basis, Clock, Due, Missed};
use crate::{
    Status, Ticket, TicketId,
    entity::{
        breach,
        clock::{Column, Entity},
        escalation, pause, ticket, triage,
    },
    event,
};

/// How often a write is tried anew when others write in between.
const TRIES: usize = 5;

/// What a clock is written with.
#[derive(Clone, Copy)]
pub(crate) struct Hand<'a> {
    pub(crate) tx: &'a Tx,
    pub(crate) now: DateTime<Utc>,
    pub(crate) entropy: &'a dyn Entropy,
}

impl<'a> Hand<'a> {
    pub(crate) fn of(cx: &Cx<'a>, tx: &'a Tx) -> Self {
        Self {
            tx,
            now: cx.now,
            entropy: cx.entropy,
        }
    }

    pub(crate) fn at_work(work: &Work<'a>, tx: &'a Tx) -> Self {
        Self {
            tx,
            now: work.now,
            entropy: work.entropy,
        }
    }

    pub(crate) fn db(&self) -> DatabaseExecutor<'a> {
        self.tx.executor()
    }
}

/// Starts the clock of a ticket that was opened just now, under the contract of
/// its company that is in force.
pub(crate) async fn start(
    hand: Hand<'_>,
    ticket: &Ticket,
    priority: Priority,
) -> Result<(), Fault> {
    let db = hand.db();
    let contract = in_force(&db, ticket.workspace_id, ticket.company_id, hand.now).await?;
    let triage = triage::Model {
        ticket_id: ticket.id,
        workspace_id: ticket.workspace_id,
        priority,
        contract_id: contract.map(|contract| contract.id),
    };
    let basis = Basis {
        terms: terms_under(&db, ticket.workspace_id, triage.contract_id).await?,
        priority: triage.priority,
    };
    let insert = triage::Entity::insert(triage.into_active_model());
    insert
        .exec_without_returning(&db)
        .await
        .doing("triaging a ticket")?;
    let insert = Entity::insert(Clock::begun(ticket, &basis).into_active_model());
    insert
        .exec_without_returning(&db)
        .await
        .doing("starting a clock")?;
    Ok(())
}

/// What a clock is to be told.
#[derive(Clone, Copy)]
pub(crate) enum Step<'a> {
    /// The ticket has moved, or staff have answered.
    Follow { ticket: &'a Ticket, answered: bool },
    /// The ticket's priority or contract has changed.
    Retriage,
    /// Other terms may hold, since this instant.
    Renew(DateTime<Utc>),
    /// Time has passed.
    Look,
}

/// The ticket has moved, or staff have answered. Comes last in a command: what
/// clients see of it must not depend on what is drawn here.
pub(crate) async fn follow(hand: Hand<'_>, ticket: &Ticket, answered: bool) -> Result<(), Fault> {
    change(hand, ticket.id, Step::Follow { ticket, answered }).await
}

/// What came of a change.
#[derive(Default)]
struct Told {
    missed: Vec<Missed>,
    escalated: Vec<Due>,
}

impl From<Vec<Missed>> for Told {
    fn from(missed: Vec<Missed>) -> Self {
        Self {
            missed,
            escalated: Vec::new(),
        }
    }
}

/// Changes the clock; none when there is nothing to change.
async fn alter(
    hand: Hand<'_>,
    clock: &mut Clock,
    held: &Held,
    step: Step<'_>,
) -> Result<Option<Told>, Fault> {
    match step {
        Step::Follow { ticket, answered } => {
            if !clock.turns(ticket.status, answered) {
                return Ok(None);
            }
            let reopened = clock.resolved_at.is_some()
                && matches!(ticket.status, Status::Open | Status::InProgress);
            let mut missed = clock.turn(&held.basis, hand.now, ticket.status, answered);
            if reopened {
                // While it was resolved, nobody told it of other terms.
                missed.extend(adopt(hand, clock, held, hand.now).await?);
            }
            Ok(Some(missed.into()))
        }
        Step::Retriage => Ok(Some(adopt(hand, clock, held, hand.now).await?.into())),
        Step::Renew(at) => {
            let before = clock.clone();
            let missed = adopt(hand, clock, held, at).await?;
            Ok((before.terms_id != clock.terms_id).then(|| missed.into()))
        }
        Step::Look => {
            let told = Told {
                missed: clock.miss(hand.now),
                escalated: clock.escalate(&held.basis, hand.now),
            };
            clock.plan(&held.basis);
            let nothing = told.missed.is_empty() && told.escalated.is_empty();
            Ok((!nothing).then_some(told))
        }
    }
}

/// What belongs to a clock.
pub(crate) struct Held {
    basis: Basis,
    triage: triage::Model,
}

/// Brings the clock to the terms that hold by now, as of `at`.
async fn adopt(
    hand: Hand<'_>,
    clock: &mut Clock,
    held: &Held,
    at: DateTime<Utc>,
) -> Result<Vec<Missed>, Fault> {
    let db = hand.db();
    let new = Basis {
        terms: terms_under(&db, clock.workspace_id, held.triage.contract_id).await?,
        priority: held.triage.priority,
    };
    let pauses = match (&held.basis.terms, &new.terms) {
        (None, Some(_)) => pauses_of(&db, clock.ticket_id).await?,
        _ => Vec::new(),
    };
    Ok(clock.adopt(&held.basis, &new, at, &pauses))
}

/// Reads the clock, changes it, and writes it if nobody else has; else anew.
pub(crate) async fn change(hand: Hand<'_>, id: TicketId, step: Step<'_>) -> Result<(), Fault> {
    for _ in 0..TRIES {
        let Some((before, held)) = read(&hand.db(), id).await? else {
            return Ok(());
        };
        let mut clock = before.clone();
        let Some(told) = alter(hand, &mut clock, &held, step).await? else {
            return Ok(());
        };
        clock.version += 1;
        if write(&hand.db(), &clock, before.version).await? {
            note_pauses(hand, &before, &clock).await?;
            return note(hand, &clock, told).await;
        }
    }
    let source = DbErr::Custom(format!("the clock was written {TRIES} times in between"));
    Err(Fault::Unavailable {
        doing: "setting a clock",
        source,
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "clocks have no viewer; the ticket was read in scope"
)]
async fn read(db: &DatabaseExecutor<'_>, id: TicketId) -> Result<Option<(Clock, Held)>, Fault> {
    let clock = Entity::find().filter(Column::TicketId.eq(id)).one(db).await;
    let triage = triage::Entity::find()
        .filter(triage::Column::TicketId.eq(id))
        .one(db)
        .await;
    let (Some(clock), Some(triage)) = (
        clock.doing("reading a clock")?,
        triage.doing("reading a triage")?,
    ) else {
        return Ok(None);
    };
    let terms = match clock.terms_id {
        Some(terms) => terms_by_ids(db, [terms]).await?.pop(),
        None => None,
    };
    let basis = Basis {
        terms,
        priority: triage.priority,
    };
    Ok(Some((clock, Held { basis, triage })))
}

#[expect(
    clippy::disallowed_methods,
    reason = "clocks have no viewer; the ticket was read in scope"
)]
async fn write(db: &DatabaseExecutor<'_>, clock: &Clock, version: i64) -> Result<bool, Fault> {
    let mut row = clock.clone().into_active_model().reset_all();
    row.ticket_id = ActiveValue::Unchanged(clock.ticket_id);
    let update = Entity::update_many()
        .set(row)
        .filter(Column::TicketId.eq(clock.ticket_id))
        .filter(Column::Version.eq(version));
    let done = update.exec(db).await.doing("setting a clock")?;
    Ok(done.rows_affected == 1)
}

async fn pauses_of(
    db: &DatabaseExecutor<'_>,
    id: TicketId,
) -> Result<Vec<(DateTime<Utc>, Option<DateTime<Utc>>)>, Fault> {
    #[expect(clippy::disallowed_methods, reason = "clocks have no viewer")]
    let rows = pause::Entity::find()
        .filter(pause::Column::TicketId.eq(id))
        .order_by_asc(pause::Column::BeganAt)
        .all(db)
        .await
        .doing("reading pauses")?;
    Ok(rows
        .into_iter()
        .map(|row| (row.began_at, row.ended_at))
        .collect())
}

async fn note_pauses(hand: Hand<'_>, before: &Clock, after: &Clock) -> Result<(), Fault> {
    let row = match (before.paused_at, after.paused_at) {
        (None, Some(began_at)) => pause::Model {
            ticket_id: after.ticket_id,
            began_at,
            ended_at: None,
        },
        (Some(began_at), None) => pause::Model {
            ticket_id: after.ticket_id,
            began_at,
            ended_at: Some(after.counted_at),
        },
        _ => return Ok(()),
    };
    // Two pauses that begin at one instant are one.
    let again = OnConflict::columns([pause::Column::TicketId, pause::Column::BeganAt])
        .update_column(pause::Column::EndedAt)
        .to_owned();
    let insert = pause::Entity::insert(row.into_active_model()).on_conflict(again);
    insert
        .exec_without_returning(&hand.db())
        .await
        .doing("noting a pause")?;
    Ok(())
}

/// Each miss, and each step, is a row, which its index has once, and a fact.
#[expect(clippy::disallowed_methods, reason = "clocks have no viewer")]
async fn note(hand: Hand<'_>, clock: &Clock, told: Told) -> Result<(), Fault> {
    if told.missed.is_empty() && told.escalated.is_empty() {
        return Ok(());
    }
    let ticket = ticket::Entity::find().filter(ticket::Column::Id.eq(clock.ticket_id));
    let ticket = ticket.one(&hand.db()).await.doing("reading a ticket")?;
    let ticket = ticket.ok_or(Fault::NotFound)?;
    let rows: Vec<_> = told
        .missed
        .into_iter()
        .map(|(side, breached_at)| breach::Model {
            id: uuid_v7(hand.now, hand.entropy),
            workspace_id: clock.workspace_id,
            ticket_id: clock.ticket_id,
            side,
            breached_at,
            noticed_at: hand.now,
        })
        .collect();
    for row in &rows {
        let id = uuid_v7(hand.now, hand.entropy);
        let what = (Some(row.id), row.breached_at);
        event::record_by_itself(hand.tx, id, event::SLA_BREACHED, &ticket, what);
    }
    hand.tx.write_all::<breach::Entity>(rows).await?;
    note_steps(hand, clock, &ticket, told.escalated).await
}

async fn note_steps(
    hand: Hand<'_>,
    clock: &Clock,
    ticket: &Ticket,
    steps: Vec<Due>,
) -> Result<(), Fault> {
    let Some(terms_id) = clock.terms_id else {
        return Ok(());
    };
    let row = |step: Due| escalation::Model {
        id: uuid_v7(hand.now, hand.entropy),
        workspace_id: clock.workspace_id,
        ticket_id: clock.ticket_id,
        terms_id,
        side: step.side,
        percent: step.percent,
        due_at: step.at,
        escalated_at: hand.now,
        done_at: None,
    };
    let rows: Vec<_> = steps.into_iter().map(row).collect();
    for row in &rows {
        let id = uuid_v7(hand.now, hand.entropy);
        let what = (Some(row.id), row.due_at);
        event::record_by_itself(hand.tx, id, event::ESCALATED, ticket, what);
    }
    hand.tx.write_all::<escalation::Entity>(rows).await
}
