//! Which tickets were merged into which, as far as the viewer sees both. A merge
//! with a ticket that clients may not know of is none to them.

use std::collections::HashMap;

use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use visibility::Cx;

use crate::{
    Ticket, TicketId, by_ids,
    entity::merge::{Column, Model},
    scope,
};

/// Where a merged ticket went: the reference of the other, if the viewer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergedAway(pub Option<String>);

impl std::fmt::Display for MergedAway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let other = self.0.as_deref().unwrap_or("another");
        write!(f, "the ticket was merged into {other}")
    }
}

/// Where the ticket went, if it was merged.
pub(crate) async fn merged_away(cx: &Cx<'_>, id: TicketId) -> Result<Option<MergedAway>, Fault> {
    let rows = merges(cx, Column::SourceId, &[id]).await?;
    let Some(merge) = rows.first() else {
        return Ok(None);
    };
    let other = by_ids(cx, &[merge.target_id]).await?.pop();
    Ok(Some(MergedAway(other.map(|ticket| ticket.reference()))))
}

/// The tickets that these were merged into. Two statements.
pub async fn merged_into(
    cx: &Cx<'_>,
    tickets: &[TicketId],
) -> Result<HashMap<TicketId, Ticket>, Fault> {
    let rows = merges(cx, Column::SourceId, tickets).await?;
    let targets = seen(cx, rows.iter().map(|row| row.target_id)).await?;
    let into = |row: Model| Some((row.source_id, targets.get(&row.target_id)?.clone()));
    Ok(rows.into_iter().filter_map(into).collect())
}

/// The tickets that were merged into these, the first to come first. Two
/// statements.
pub async fn merged_from(
    cx: &Cx<'_>,
    tickets: &[TicketId],
) -> Result<HashMap<TicketId, Vec<Ticket>>, Fault> {
    let rows = merges(cx, Column::TargetId, tickets).await?;
    let sources = seen(cx, rows.iter().map(|row| row.source_id)).await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        if let Some(ticket) = sources.get(&row.source_id) {
            let of_target = found.entry(row.target_id).or_default();
            of_target.push(ticket.clone());
        }
    }
    Ok(found)
}

async fn merges(cx: &Cx<'_>, end: Column, tickets: &[TicketId]) -> Result<Vec<Model>, Fault> {
    scope::merges_visible_to(cx.viewer)
        .filter(end.is_in(tickets.iter().copied()))
        .order_by_asc(Column::MergedAt)
        .order_by_asc(Column::SourceId)
        .all(&cx.db())
        .await
        .doing("reading what was merged")
}

async fn seen(
    cx: &Cx<'_>,
    ids: impl Iterator<Item = TicketId>,
) -> Result<HashMap<TicketId, Ticket>, Fault> {
    let ids: Vec<_> = ids.collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let found = by_ids(cx, &ids).await?;
    Ok(found
        .into_iter()
        .map(|ticket| (ticket.id, ticket))
        .collect())
}
