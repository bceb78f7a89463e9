//! What becomes of merges when one of the two tickets is shown to clients, or
//! withdrawn: what they may not know of is not told anywhere.

use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, sea_query::Expr};
use visibility::{Cx, Flag};

use crate::{
    Entry, Ticket, TicketId, by_ids,
    changed::changed_at,
    entity::{
        entry,
        merge::{Column, Model},
        ticket,
    },
    index, scope,
};

/// The merges of a ticket, with the tickets at their other ends.
pub(crate) struct Merges {
    ticket: TicketId,
    rows: Vec<Model>,
    others: Vec<Ticket>,
}

impl Merges {
    /// Reads them and holds all of these tickets until the end of the transaction,
    /// so that no other end is shown or withdrawn meanwhile. Once the ticket itself
    /// is held it is not merged any more: the second look is the last.
    pub(crate) async fn held(cx: &Cx<'_>, ticket: TicketId) -> Result<Self, Fault> {
        let mut held = Vec::new();
        loop {
            let rows = rows(cx, ticket).await?;
            let other = |row: &Model| match row.source_id == ticket {
                true => row.target_id,
                false => row.source_id,
            };
            let mut all: Vec<_> = rows.iter().map(other).collect();
            all.push(ticket);
            if all.iter().all(|id| held.contains(id)) {
                let others = match rows.is_empty() {
                    true => Vec::new(),
                    false => by_ids(cx, &all).await?,
                };
                return Ok(Self {
                    ticket,
                    rows,
                    others,
                });
            }
            index::wait_for(&cx.db(), &all).await?;
            held = all;
        }
    }

    fn of(&self, id: impl Fn(&Model) -> TicketId) -> impl Iterator<Item = &Ticket> {
        let ids = self.rows.iter().map(id).filter(|id| *id != self.ticket);
        ids.filter_map(|id| self.others.iter().find(|other| other.id == id))
    }

    /// The ticket that it was merged into.
    pub(crate) fn into(&self) -> impl Iterator<Item = &Ticket> {
        self.of(|row| row.target_id)
    }

    /// The tickets that were merged into it.
    pub(crate) fn from(&self) -> impl Iterator<Item = &Ticket> {
        self.of(|row| row.source_id)
    }

    /// Gives the ticket's new flag to the entries at the other ends. Answers what
    /// clients are told by that: visible tickets, changed now, with their entries.
    pub(crate) async fn carry_flag(
        self,
        cx: &Cx<'_>,
        flag: Flag,
    ) -> Result<Vec<(Ticket, Entry)>, Fault> {
        if self.rows.is_empty() {
            return Ok(Vec::new());
        }
        let entries = flag_entries(cx, &self, flag).await?;
        if flag == Flag::InternalOnly {
            return Ok(Vec::new());
        }
        let visible = self.others.iter().filter(|other| other.id != self.ticket);
        let visible = visible.filter(|other| other.flag == Flag::ClientVisible);
        let changed = change(cx, visible.map(|other| other.id)).await?;
        let told = entries.into_iter().filter_map(|entry| {
            let ticket = changed.iter().find(|ticket| ticket.id == entry.ticket_id)?;
            Some((ticket.clone(), entry))
        });
        Ok(told.collect())
    }
}

/// The merges at either end of which the ticket stands, the oldest first.
async fn rows(cx: &Cx<'_>, ticket: TicketId) -> Result<Vec<Model>, Fault> {
    let either = Condition::any()
        .add(Column::SourceId.eq(ticket))
        .add(Column::TargetId.eq(ticket));
    scope::merges_visible_to(cx.viewer)
        .filter(either)
        .all(&cx.db())
        .await
        .doing("reading merges")
}

#[expect(clippy::disallowed_methods, reason = "the ticket was read in scope")]
async fn flag_entries(cx: &Cx<'_>, merges: &Merges, flag: Flag) -> Result<Vec<Entry>, Fault> {
    let entry = |row: &Model| match row.source_id == merges.ticket {
        true => row.target_entry_id,
        false => row.source_entry_id,
    };
    let update = entry::Entity::update_many()
        .col_expr(entry::Column::Flag, Expr::value(flag))
        .filter(entry::Column::Id.is_in(merges.rows.iter().map(entry)));
    let rows = update.exec_with_returning(&cx.db()).await;
    let mut rows = rows.doing("changing the flag of entries")?;
    rows.sort_unstable_by_key(|entry| entry.id);
    Ok(rows)
}

/// Notes that something came to these tickets.
#[expect(clippy::disallowed_methods, reason = "the tickets were read in scope")]
async fn change(cx: &Cx<'_>, ids: impl Iterator<Item = TicketId>) -> Result<Vec<Ticket>, Fault> {
    let update = ticket::Entity::update_many()
        .col_expr(ticket::Column::ChangedAt, changed_at(cx.now))
        .filter(ticket::Column::Id.is_in(ids));
    let rows = update.exec_with_returning(&cx.db()).await;
    rows.doing("noting a change of tickets")
}
