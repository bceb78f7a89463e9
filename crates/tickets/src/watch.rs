//! What the server does about clocks by itself: it notes what was missed and
//! which steps have come, once, and counts anew when a policy says something else.
//!
//! Several processes may look at once, and one may die in between: each clock is
//! written under the version that was read, together with the fact, so that one
//! of them fires and the others find nothing to do.

use contracts::{
    ContractId, PolicyId,
    event::{CONTRACT_CHANGED, DEFAULT_CHANGED, POLICY_CHANGED},
};
use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use store::{Fact, Work};

use crate::{
    TicketId,
    clock::keep::{Hand, Step, change},
    entity::{
        clock::{Column, Entity},
        triage,
    },
};

/// Clocks that are looked at in one transaction.
const BATCH: u64 = 100;

/// Notes the targets that were due before now, and the steps that came by now;
/// answers how many clocks it looked at. To be called again while it answers any.
#[expect(clippy::disallowed_methods, reason = "clocks have no viewer")]
pub async fn watch(work: &Work<'_>) -> Result<usize, Fault> {
    let due = Entity::find()
        .filter(Column::NextDue.lt(work.now))
        .order_by_asc(Column::NextDue)
        .limit(BATCH);
    let mut found = ids(work, due).await?;
    let steps = Entity::find()
        .filter(Column::EscalateAt.lte(work.now))
        .order_by_asc(Column::EscalateAt)
        .limit(BATCH);
    found.extend(ids(work, steps).await?);
    found.sort_unstable();
    found.dedup();
    if found.is_empty() {
        return Ok(0);
    }
    let tx = work.begin().await?;
    for id in &found {
        change(Hand::at_work(work, &tx), *id, Step::Look).await?;
    }
    tx.commit().await?;
    Ok(found.len())
}

/// Brings the clocks that a fact of the contracts concerns to the terms that
/// hold by now, as of the fact. May be called again with the same fact.
#[expect(clippy::disallowed_methods, reason = "clocks have no viewer")]
pub async fn recount(work: &Work<'_>, fact: &Fact) -> Result<(), Fault> {
    let running = Entity::find()
        .filter(Column::WorkspaceId.eq(fact.workspace))
        .filter(Column::ResolvedAt.is_null())
        .filter(Column::MergedAt.is_null());
    let concerned = match fact.kind.as_ref() {
        POLICY_CHANGED => running.filter(Column::PolicyId.eq(PolicyId(fact.subject))),
        DEFAULT_CHANGED => running,
        CONTRACT_CHANGED => {
            let under = triage::Entity::find()
                .select_only()
                .column(triage::Column::TicketId)
                .filter(triage::Column::ContractId.eq(ContractId(fact.subject)));
            running.filter(Column::TicketId.in_subquery(under.into_query()))
        }
        _ => return Ok(()),
    };
    let mut last = None;
    loop {
        let mut page = concerned.clone();
        if let Some(last) = last {
            page = page.filter(Column::TicketId.gt(last));
        }
        let found = ids(work, page.order_by_asc(Column::TicketId).limit(BATCH)).await?;
        let Some(end) = found.last() else {
            return Ok(());
        };
        last = Some(*end);
        let tx = work.begin().await?;
        for id in found {
            change(Hand::at_work(work, &tx), id, Step::Renew(fact.at)).await?;
        }
        tx.commit().await?;
    }
}

async fn ids(work: &Work<'_>, clocks: Select<Entity>) -> Result<Vec<TicketId>, Fault> {
    let found = clocks.select_only().column(Column::TicketId);
    let found = found
        .into_tuple::<TicketId>()
        .all(&work.store.executor())
        .await;
    found.doing("looking for clocks")
}
