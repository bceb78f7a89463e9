//! What a step of a policy does to its ticket (SL-5): it gives it to somebody,
//! and makes it more urgent. Internal: no column or time that a client can see
//! is touched (VI-4, VI-5).
//!
//! The step is noted with the clock; what it does follows from the fact, in a
//! transaction that marks it done, so that a crash in between loses nothing and
//! a fact that comes twice does nothing twice.

use contracts::{Escalation, Priority, terms_by_ids};
use identity::recipient::staff_viewer_of;
use kernel::{Doing, Fault, StaffUserId, uuid_v7};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use store::{Fact, Tx, Work};
use uuid::Uuid;

use crate::{
    Status, Ticket,
    assign::give,
    clock::keep::{Hand, Step, change},
    entity::{
        escalation::{Column, Entity, Model},
        ticket, triage,
    },
    event::{self, ESCALATED, record_by_itself},
    index,
};

/// Does what the step does that the fact tells of. May be called again with the
/// same fact.
pub async fn escalate(work: &Work<'_>, fact: &Fact) -> Result<(), Fault> {
    let Some(id) = fact.detail.filter(|_| fact.kind == ESCALATED) else {
        return Ok(());
    };
    let Some((row, step)) = step_of(work, id).await? else {
        return Ok(());
    };
    let assignee = match step.assignee.map(StaffUserId) {
        // Whoever has left the team since gets nothing.
        Some(assignee) => staff_viewer_of(work, assignee).await?.map(|_| assignee),
        None => None,
    };
    let tx = work.begin().await?;
    if !mark_done(&tx, work, row.id).await? {
        return Ok(());
    }
    // Before it is read: what is waited for may close it.
    index::wait_for(&tx.executor(), &[row.ticket_id]).await?;
    let ticket = ticket_of(&tx, &row).await?;
    if ticket.status != Status::Closed {
        if let Some(assignee) = assignee {
            give(&tx.executor(), &ticket, assignee, assignee, work.now).await?;
            index::renew(&tx.executor(), &[ticket.id]).await?;
            tell(work, &tx, event::ASSIGNED, &ticket);
        }
        if let Some(least) = step.priority
            && raise(&tx, &ticket, least).await?
        {
            change(Hand::at_work(work, &tx), ticket.id, Step::Retriage).await?;
            tell(work, &tx, event::TRIAGED, &ticket);
        }
    }
    tx.commit().await
}

/// Whom the step tells, and whom it gives the ticket to; for mails, each of which is then
/// read as its recipient.
pub async fn told_by(work: &Work<'_>, escalation: Uuid) -> Result<Vec<StaffUserId>, Fault> {
    let found = step_of(work, escalation).await?;
    let told = found.map(|(_, step)| step.people().collect());
    let mut told: Vec<StaffUserId> = told.unwrap_or_default();
    told.sort_unstable();
    told.dedup();
    Ok(told)
}

#[expect(clippy::disallowed_methods, reason = "steps have no viewer")]
async fn step_of(work: &Work<'_>, id: Uuid) -> Result<Option<(Model, Escalation)>, Fault> {
    let db = work.store.executor();
    let row = Entity::find().filter(Column::Id.eq(id)).one(&db).await;
    let Some(row) = row.doing("reading an escalation")? else {
        return Ok(None);
    };
    let terms = terms_by_ids(&db, [row.terms_id]).await?.pop();
    let step = terms.and_then(|terms| {
        let mut steps = terms.escalations().of(row.side);
        steps.find(|step| step.percent == row.percent).cloned()
    });
    Ok(step.map(|step| (row, step)))
}

/// The write itself tests that nobody was here before.
#[expect(clippy::disallowed_methods, reason = "steps have no viewer")]
async fn mark_done(tx: &Tx, work: &Work<'_>, id: Uuid) -> Result<bool, Fault> {
    let update = Entity::update_many()
        .col_expr(Column::DoneAt, Expr::value(work.now))
        .filter(Column::Id.eq(id))
        .filter(Column::DoneAt.is_null());
    let done = update.exec(&tx.executor()).await;
    Ok(done.doing("marking an escalation")?.rows_affected == 1)
}

#[expect(clippy::disallowed_methods, reason = "steps have no viewer")]
async fn ticket_of(tx: &Tx, row: &Model) -> Result<Ticket, Fault> {
    let found = ticket::Entity::find()
        .filter(ticket::Column::Id.eq(row.ticket_id))
        .one(&tx.executor())
        .await;
    found.doing("reading a ticket")?.ok_or(Fault::NotFound)
}

/// Makes the ticket as urgent as that, unless it is already.
#[expect(clippy::disallowed_methods, reason = "steps have no viewer")]
async fn raise(tx: &Tx, ticket: &Ticket, least: Priority) -> Result<bool, Fault> {
    use triage::{Column, Entity};
    let update = Entity::update_many()
        .col_expr(Column::Priority, Expr::value(least))
        .filter(Column::TicketId.eq(ticket.id))
        .filter(Column::Priority.is_in(least.below()));
    let done = update.exec(&tx.executor()).await;
    Ok(done.doing("triaging a ticket")?.rows_affected == 1)
}

fn tell(work: &Work<'_>, tx: &Tx, kind: &'static str, ticket: &Ticket) {
    let id = uuid_v7(work.now, work.entropy);
    record_by_itself(tx, id, kind, ticket, (None, work.now));
}
