//! What becomes of merges when one of the two tickets is shown to clients, or
//! withdrawn: what they may not know of is not told anywhere, and nobody is left
//! with the closed one alone.

use identity::colleagues;
use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, Condition, DbErr, EntityTrait, QueryFilter, sea_query::Expr};
use visibility::{Cx, Flag, Reach, Section};

use crate::{
    Entry, Ticket, TicketId, by_ids,
    changed::changed_at,
    entity::{
        entry,
        merge::{Column, Model},
        ticket,
    },
    index, naming, participants, scope,
};

/// The merges of a ticket, with the tickets at their other ends.
pub(crate) struct Merges {
    ticket: TicketId,
    rows: Vec<Model>,
    others: Vec<Ticket>,
}

impl Merges {
    /// Holds the ticket, and the one that it was merged into, until the end of the
    /// transaction, and reads its merges. Who shows or withdraws either end holds
    /// the other end of the merge, or is waited for by whoever does.
    pub(crate) async fn held(cx: &Cx<'_>, ticket: TicketId) -> Result<Self, Fault> {
        let ends = |rows: &[Model]| {
            let into = rows.iter().filter(|row| row.source_id == ticket);
            let into = into.map(|row| row.target_id);
            into.chain([ticket]).collect::<Vec<_>>()
        };
        let before = ends(&rows(cx, ticket).await?);
        index::wait_for(&cx.db(), &before).await?;
        // Anew: once it is held, it is not merged any more.
        let rows = rows(cx, ticket).await?;
        if ends(&rows) != before {
            let source = DbErr::Custom("the ticket was merged meanwhile".to_owned());
            let doing = "holding a merged ticket";
            return Err(Fault::Unavailable { doing, source });
        }
        let others = rows.iter().flat_map(|row| [row.source_id, row.target_id]);
        let others: Vec<_> = others.filter(|id| *id != ticket).collect();
        let others = if others.is_empty() {
            Vec::new()
        } else {
            by_ids(cx, &others).await?
        };
        Ok(Self {
            ticket,
            rows,
            others,
        })
    }

    fn other(&self, id: TicketId) -> Option<&Ticket> {
        self.others.iter().find(|other| other.id == id)
    }

    /// The ticket that it was merged into.
    pub(crate) fn into(&self) -> Option<&Ticket> {
        let row = self.rows.iter().find(|row| row.source_id == self.ticket)?;
        self.other(row.target_id)
    }

    /// The tickets that were merged into it.
    pub(crate) fn from(&self) -> impl Iterator<Item = &Ticket> {
        let rows = self.rows.iter().filter(|row| row.target_id == self.ticket);
        rows.filter_map(|row| self.other(row.source_id))
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
        let visible = self.others.iter();
        let visible = visible.filter(|other| other.flag == Flag::ClientVisible);
        let changed = change(cx, visible.map(|other| other.id)).await?;
        let told = entries.into_iter().filter_map(|entry| {
            let ticket = changed.iter().find(|ticket| ticket.id == entry.ticket_id)?;
            Some((ticket.clone(), entry))
        });
        Ok(told.collect())
    }
}

/// Whether the requester of a ticket, or nobody who sees any, sees the other one
/// as it stands.
pub(crate) async fn requester_sees(
    cx: &Cx<'_>,
    ticket: &Ticket,
    other: &Ticket,
) -> Result<bool, Fault> {
    let Some(requester) = ticket.requester_id else {
        return Ok(true);
    };
    if other.requester_id == Some(requester) {
        return Ok(true);
    }
    let person = colleagues(cx, ticket.company_id, &[requester]).await?.pop();
    let sees_any =
        |person: &identity::Colleague| person.reach.is_some() && person.opens(Section::Tickets);
    let Some(person) = person.filter(sees_any) else {
        return Ok(true);
    };
    if person.reach == Some(Reach::Company) {
        return Ok(true);
    }
    let part = participants(cx, &[other.id]).await?;
    let named = part.iter().any(|one| one.client_user_id == person.id);
    Ok(named && naming::sees_if_named(&person).is_ok())
}

/// The merges at either end of which the ticket stands.
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
    let entry = |row: &Model| {
        if row.source_id == merges.ticket {
            row.target_entry_id
        } else {
            row.source_entry_id
        }
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
