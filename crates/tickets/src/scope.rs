//! Which tickets and entries a viewer can see. Every read of this crate begins
//! here; there is no other door to these tables. And who may write to what they see.

use kernel::{Doing, Fault};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait,
    RelationTrait, Select,
    sea_query::{Asterisk, Expr, ExprTrait, Query, SelectStatement, UnionType},
};
use visibility::{ClientViewer, Cx, Flag, Permission, Reach, Section, StaffViewer, Viewer};

use crate::{
    Ticket, TicketId,
    entity::{
        answers, assignment, attachment, clock, entry, merge,
        participant::{self, Role},
        ticket,
    },
};

/// The tickets that the viewer can see.
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
pub(crate) fn visible_to(viewer: &Viewer) -> Select<ticket::Entity> {
    ticket::Entity::find().filter(tickets(viewer))
}

/// The entries that the viewer can see: of tickets in scope, and flagged for
/// the viewer themselves. A child never outlives its parent's flag (VI-2).
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
pub(crate) fn entries_visible_to(viewer: &Viewer) -> Select<entry::Entity> {
    entry::Entity::find()
        .join(JoinType::InnerJoin, entry::Relation::Ticket.def())
        .filter(entries(viewer))
}

/// The participants that the viewer can see: those of tickets in scope.
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
pub(crate) fn participants_visible_to(viewer: &Viewer) -> Select<participant::Entity> {
    participant::Entity::find()
        .join(JoinType::InnerJoin, participant::Relation::Ticket.def())
        .filter(tickets(viewer))
}

/// The answers that the viewer can see: of tickets in scope, to fields that clients
/// may know of. Those to other fields are in a table of their own.
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
pub(crate) fn answers_visible_to(viewer: &Viewer) -> Select<answers::Entity> {
    answers::Entity::find()
        .join(JoinType::InnerJoin, answers::Relation::Ticket.def())
        .filter(tickets(viewer))
}

/// The attachments that the viewer can see: of tickets in scope, and of entries
/// that are flagged for the viewer themselves. A file is seen with its record; that
/// of an internal answer has a flag of its own.
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
pub(crate) fn attachments_visible_to(viewer: &Viewer) -> Select<attachment::Entity> {
    let attachments = attachment::Entity::find()
        .join(JoinType::InnerJoin, attachment::Relation::Ticket.def())
        .filter(tickets(viewer));
    match viewer {
        Viewer::Staff(_) => attachments,
        // The description's have no entry, and are the ticket's own.
        Viewer::Client(_) => attachments
            .filter(attachment::Column::Flag.eq(Flag::ClientVisible))
            .filter(
                attachment::Column::EntryId
                    .is_null()
                    .or(Expr::exists(entry_is_shown())),
            ),
    }
}

/// The attachment's entry, where clients may see it. A join would have SQLite look
/// through all entries for a file of a description, which has none.
fn entry_is_shown() -> SelectStatement {
    let of_file = Expr::col((entry::Entity, entry::Column::Id))
        .equals((attachment::Entity, attachment::Column::EntryId));
    Query::select()
        .column((entry::Entity, entry::Column::Id))
        .from(entry::Entity)
        .and_where(of_file)
        .and_where(entry::Column::Flag.eq(Flag::ClientVisible))
        .take()
}

/// The merges that the viewer can see. To clients a merge with a ticket that
/// they may not know of is none; each of the two tickets is read in scope.
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
pub(crate) fn merges_visible_to(viewer: &Viewer) -> Select<merge::Entity> {
    let merges = merge::Entity::find().filter(merge::Column::WorkspaceId.eq(viewer.workspace()));
    match viewer {
        Viewer::Staff(_) => merges,
        Viewer::Client(client) => merges
            .filter(merge::Column::CompanyId.eq(client.company))
            .filter(is_shown(merge::Column::SourceId))
            .filter(is_shown(merge::Column::TargetId)),
    }
}

/// Whether clients may know of the ticket at this end of a merge.
fn is_shown(end: merge::Column) -> Expr {
    let this = Expr::col((ticket::Entity, ticket::Column::Id)).equals((merge::Entity, end));
    let shown = Query::select()
        .expr(Expr::value(1))
        .from(ticket::Entity)
        .and_where(this)
        .and_where(ticket::Column::Flag.eq(Flag::ClientVisible))
        .take();
    Expr::exists(shown)
}

/// The tickets of [`visible_to`] for a list: each way finds some of them along
/// an index, all ways together find all. An `OR` over two tables would have to
/// be tested on every ticket of the company.
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
pub(crate) fn ways_to(viewer: &Viewer) -> Vec<Select<ticket::Entity>> {
    let Viewer::Client(client) = viewer else {
        return vec![visible_to(viewer)];
    };
    match client.reach {
        Reach::Company => vec![visible_to(viewer)],
        Reach::Own | Reach::Shared => {
            let asked = ticket::Entity::find().filter(of_company(client).add(asked_by(client)));
            let mut part = ticket::Entity::find().filter(of_company(client));
            QuerySelect::query(&mut part)
                .from_clear()
                .from_subquery(taken_part_in(client), ticket::Entity);
            vec![asked, part]
        }
    }
}

/// The tickets that the client takes part in, whichever company they are of. The
/// limit, which nobody reaches, keeps both databases from walking the tickets of
/// the company in the order of the list and asking of each.
fn taken_part_in(client: &ClientViewer) -> SelectStatement {
    Query::select()
        .column(Asterisk)
        .from(ticket::Entity)
        .and_where(ticket::Column::Id.in_subquery(takes_part(client)))
        .limit(i64::MAX.unsigned_abs())
        .take()
}

/// The tickets at the beginning of any of the ways, each once: the ways bring
/// ids, and are sorted and cut already.
#[expect(clippy::disallowed_methods, reason = "the ways began in the scope")]
pub(crate) fn joined(ways: Vec<SelectStatement>) -> Select<ticket::Entity> {
    let ids = |way: SelectStatement| {
        let column = ("way", ticket::Column::Id);
        Query::select()
            .column(column)
            .from_subquery(way, "way")
            .take()
    };
    let either = |mut ids: SelectStatement, more| ids.union(UnionType::Distinct, more).take();
    let found = ways.into_iter().map(ids).reduce(either).unwrap_or_default();
    ticket::Entity::find().filter(ticket::Column::Id.in_subquery(found))
}

/// The clocks of the tickets that a viewer can see. Clients have no way here.
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
pub(crate) fn clocks_visible_to(viewer: &Viewer) -> Result<Select<clock::Entity>, Fault> {
    let staff = viewer.staff()?;
    let clocks = clock::Entity::find().filter(clock::Column::WorkspaceId.eq(staff.workspace));
    if staff.role.may(Permission::TicketsReadAll) && viewer.opens(Section::Tickets) {
        return Ok(clocks);
    }
    let visible = visible_to(viewer).select_only().column(ticket::Column::Id);
    Ok(clocks.filter(clock::Column::TicketId.in_subquery(visible.into_query())))
}

/// The condition for tickets, for statements that are not a plain select.
pub(crate) fn tickets(viewer: &Viewer) -> Condition {
    match viewer {
        Viewer::Client(client) => for_client(client),
        Viewer::Staff(staff) => for_staff(staff),
    }
}

/// The condition for entries joined with their ticket.
pub(crate) fn entries(viewer: &Viewer) -> Condition {
    let parent = tickets(viewer);
    match viewer {
        Viewer::Client(_) => parent.add(entry::Column::Flag.eq(Flag::ClientVisible)),
        Viewer::Staff(_) => parent,
    }
}

/// Refuses staff without `tickets.write`, for what both sides may do to tickets that
/// they see.
pub(crate) fn may_write(viewer: &Viewer) -> Result<(), Fault> {
    match viewer {
        Viewer::Client(_) => Ok(()),
        Viewer::Staff(_) => viewer.may(Permission::TicketsWrite).map(|_| ()),
    }
}

/// The ticket, if the viewer can see it.
pub(crate) async fn by_id(cx: &Cx<'_>, id: TicketId) -> Result<Ticket, Fault> {
    let found = visible_to(cx.viewer)
        .filter(ticket::Column::Id.eq(id))
        .one(&cx.db())
        .await;
    found.doing("reading a ticket")?.ok_or(Fault::NotFound)
}

fn for_client(client: &ClientViewer) -> Condition {
    let scope = of_company(client);
    match client.reach {
        Reach::Company => scope,
        Reach::Own | Reach::Shared => {
            let this = Expr::col((participant::Entity, participant::Column::TicketId))
                .equals((ticket::Entity, ticket::Column::Id));
            let part = Expr::exists(takes_part(client).and_where(this).take());
            scope.add(Condition::any().add(asked_by(client)).add(part))
        }
    }
}

/// What holds for every ticket that a client sees, however far they reach.
fn of_company(client: &ClientViewer) -> Condition {
    let scope = Condition::all()
        .add(ticket::Column::WorkspaceId.eq(client.workspace))
        .add(ticket::Column::CompanyId.eq(client.company))
        .add(ticket::Column::Flag.eq(Flag::ClientVisible));
    if client.sections.contains(Section::Tickets) {
        scope
    } else {
        scope.add(Expr::value(false))
    }
}

fn asked_by(client: &ClientViewer) -> Expr {
    ticket::Column::RequesterId.eq(client.user)
}

/// The tickets that the client takes part in, as far as that lets them see: one
/// that they raised for a colleague is as their own, one that they were named
/// on is shared.
fn takes_part(client: &ClientViewer) -> SelectStatement {
    let mut part = Query::select();
    part.column((participant::Entity, participant::Column::TicketId))
        .from(participant::Entity)
        .and_where(participant::Column::ClientUserId.eq(client.user));
    if client.reach == Reach::Own {
        part.and_where(participant::Column::Role.eq(Role::Opener));
    }
    part
}

fn for_staff(staff: &StaffViewer) -> Condition {
    let workspace = Condition::all().add(ticket::Column::WorkspaceId.eq(staff.workspace));
    // A module that is off answers as if it did not exist (WS-5).
    if !staff.modules.hold(Section::Tickets) {
        return workspace.add(Expr::value(false));
    }
    if staff.role.may(Permission::TicketsReadAll) {
        return workspace;
    }
    let mut assigned = Query::select();
    assigned
        .column(assignment::Column::TicketId)
        .from(assignment::Entity)
        .and_where(assignment::Column::StaffUserId.eq(staff.user));
    workspace.add(ticket::Column::Id.in_subquery(assigned))
}
