//! The facts that this crate puts in the outbox.

use chrono::{DateTime, Utc};
use store::{Audience, Fact, Tx, Work};
use uuid::Uuid;
use visibility::{Cx, Flag};

use crate::{Entry, EntryId, Ticket};

/// A client opened a ticket.
pub const OPENED: &str = "ticket.opened";
/// Staff opened a ticket for somebody, or for themselves.
pub const OPENED_BY_STAFF: &str = "ticket.openedByStaff";
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
/// A step of its policy came for it; internal; the detail is the escalation, the
/// instant is the one at which it was to come.
pub const ESCALATED: &str = "ticket.escalated";
/// Others of the team were named in a note; internal; the detail is the note.
pub const MENTIONED: &str = "ticket.mentioned";
/// The ticket was merged into another, or another into it; the detail is the entry.
pub const MERGED: &str = "ticket.merged";
/// A merge became known to clients as the other ticket was shown; the detail is
/// the entry, which is as old as the merge.
pub const MERGE_SHOWN: &str = "ticket.mergeShown";
/// Whoever wrote an entry changed its words; the detail is the entry.
pub const ENTRY_EDITED: &str = "ticket.entryEdited";
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
/// What was answered to the form has changed.
pub const ANSWERED: &str = "ticket.answered";
/// The same of internal fields alone; internal.
pub const ANSWERED_INTERNALLY: &str = "ticket.answeredInternally";
/// Somebody was named on the ticket, or taken off it.
pub const PARTICIPANTS_CHANGED: &str = "ticket.participantsChanged";
/// The ticket became visible to clients.
pub const SHOWN: &str = "ticket.shown";
/// The ticket was withdrawn from clients; internal: to them it never was.
pub const HIDDEN: &str = "ticket.hidden";

/// Whether a fact says that something happened to a ticket. Of a mention the
/// note's own fact has told.
pub fn is_ticket_fact(fact: &Fact) -> bool {
    fact.kind.starts_with("ticket.") && fact.kind != MENTIONED
}

/// The entry that a fact is about, if it added or changed one.
pub fn entry_of(fact: &Fact) -> Option<EntryId> {
    fact.detail.filter(|_| is_ticket_fact(fact)).map(EntryId)
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
        || [ASSIGNED, TRIAGED, ANSWERED_INTERNALLY, ITEMS_CHANGED].contains(&kind);
    let audience = if internal {
        Audience::Internal
    } else {
        Audience::Client
    };
    about(
        ticket,
        (id, at),
        kind,
        entry.map(|entry| entry.id.0),
        audience,
    )
}

/// Records what the server itself noticed or did, for staff alone: which row
/// says so, if any, and as of when.
pub(crate) fn record_by_itself(
    tx: &Tx,
    id: Uuid,
    kind: &'static str,
    ticket: &Ticket,
    (detail, at): (Option<Uuid>, DateTime<Utc>),
) {
    tx.record(about(ticket, (id, at), kind, detail, Audience::Internal));
}

fn about(
    ticket: &Ticket,
    (id, at): (Uuid, DateTime<Utc>),
    kind: &'static str,
    detail: Option<Uuid>,
    audience: Audience,
) -> Fact {
    Fact {
        id,
        workspace: ticket.workspace_id,
        company: Some(ticket.company_id),
        kind: kind.into(),
        subject: ticket.id.0,
        detail,
        audience,
        at,
    }
}
