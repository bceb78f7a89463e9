//! The facts that this crate puts in the outbox.

use chrono::{DateTime, Utc};
use store::{Audience, Fact, Tx, Work};
use uuid::Uuid;
use visibility::{Cx, Flag};

use crate::{Entry, EntryId, Ticket, entity::breach};

/// A ticket was opened.
pub const OPENED: &str = "ticket.opened";
/// Somebody replied; the detail is the entry.
pub const REPLIED: &str = "ticket.replied";
/// Staff wrote a note; internal; the detail is the entry.
pub const NOTED: &str = "ticket.noted";
/// Staff got a ticket, or were relieved of it; internal.
pub const ASSIGNED: &str = "ticket.assigned";
/// How urgent the ticket is, or its contract, has changed; internal.
pub const TRIAGED: &str = "ticket.triaged";
/// Staff said which configuration items it is about; internal.
pub const ITEMS_CHANGED: &str = "ticket.itemsChanged";
/// A target was missed; internal; the detail is the breach, the instant is the
/// one at which it was due.
pub const SLA_BREACHED: &str = "ticket.slaBreached";
/// The status changed without words; the detail is the entry.
pub const MOVED: &str = "ticket.moved";
/// Staff resolved it; the detail is the entry.
pub const RESOLVED: &str = "ticket.resolved";
/// The client accepted the resolution; the detail is the entry.
pub const ACCEPTED: &str = "ticket.accepted";
/// Nobody answered the resolution, and the ticket closed by itself; the detail is
/// the entry.
pub const CLOSED: &str = "ticket.closed";
/// The client rejected the resolution; the detail is the entry.
pub const REJECTED: &str = "ticket.rejected";
/// Somebody was named on the ticket, or taken off it.
pub const PARTICIPANTS_CHANGED: &str = "ticket.participantsChanged";
/// The ticket became visible to clients.
pub const SHOWN: &str = "ticket.shown";
/// The ticket was withdrawn from clients; internal: to them it never was.
pub const HIDDEN: &str = "ticket.hidden";

/// Whether a fact is about a ticket.
pub fn is_ticket_fact(fact: &Fact) -> bool {
    fact.kind.starts_with("ticket.")
}

/// The entry that a fact is about, if it added one.
pub fn entry_of(fact: &Fact) -> Option<EntryId> {
    fact.detail.map(EntryId)
}

/// Records what happened to `ticket`; clients may notice it if they may see
/// the ticket and the entry.
pub(crate) fn record(
    cx: &Cx<'_>,
    tx: &Tx,
    kind: &'static str,
    ticket: &Ticket,
    entry: Option<&Entry>,
) {
    let (id, at) = (cx.uuid(), cx.now);
    tx.record(fact((id, at), kind, ticket, entry));
}

/// Records that the ticket closed by itself.
pub(crate) fn record_closed(tx: &Tx, work: &Work<'_>, ticket: &Ticket, entry: &Entry) {
    tx.record(fact((work.uuid(), work.now), CLOSED, ticket, Some(entry)));
}

fn fact(
    (id, at): (Uuid, DateTime<Utc>),
    kind: &'static str,
    ticket: &Ticket,
    entry: Option<&Entry>,
) -> Fact {
    let flags = [Some(ticket.flag), entry.map(|entry| entry.flag)];
    let internal = flags.contains(&Some(Flag::InternalOnly))
        || [ASSIGNED, TRIAGED, ITEMS_CHANGED].contains(&kind);
    Fact {
        id,
        workspace: ticket.workspace_id,
        company: Some(ticket.company_id),
        kind: kind.into(),
        subject: ticket.id.0,
        detail: entry.map(|entry| entry.id.0),
        audience: if internal {
            Audience::Internal
        } else {
            Audience::Client
        },
        at,
    }
}

/// Records that a target of the ticket was missed.
pub(crate) fn record_breach(tx: &Tx, id: uuid::Uuid, ticket: &Ticket, breach: &breach::Model) {
    tx.record(Fact {
        id,
        workspace: ticket.workspace_id,
        company: Some(ticket.company_id),
        kind: SLA_BREACHED.into(),
        subject: ticket.id.0,
        detail: Some(breach.id),
        audience: Audience::Internal,
        at: breach.breached_at,
    });
}
