//! Merging a ticket into another of the same company (TK-8). Nothing is copied
//! or moved: the one is closed and keeps its timeline, the other goes on, and
//! each has an entry that tells of it. The people of the one take part in the
//! other from then on, as far as the company's sharing lets them see it.

use identity::colleagues;
use kernel::{ClientUserId, Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use visibility::{Cx, Flag, Permission, Section};

use crate::{
    EntryKind, MOST_PARTICIPANTS, Move, MoveError, Role, Status, Ticket, TicketId,
    clock::keep::{Hand, follow},
    entity::merge::{Column, Entity, Model},
    event, index, naming,
    participants::{each_once, held, participants, row, write},
    scope,
    transition::{Words, add_entry, transition},
};

/// The most tickets that can be merged into one.
pub const MOST_MERGED: u64 = 100;

/// Why nothing was merged.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// A ticket cannot be merged into itself.
    #[error("a ticket cannot be merged into itself")]
    Itself,
    /// There is no such ticket to merge it into.
    #[error("there is no such ticket")]
    UnknownTarget,
    /// They concern two companies.
    #[error("the tickets belong to different companies")]
    OtherCompany,
    /// It was merged before.
    #[error("the ticket was merged already")]
    AlreadyMerged,
    /// It is closed.
    #[error("the ticket is closed")]
    Closed,
    /// The other is closed.
    #[error("the other ticket is closed")]
    TargetClosed,
    /// Clients see the one and would not see the other.
    #[error("clients see the ticket and not the other one")]
    TargetHidden,
    /// The requester of the one would not see the other.
    #[error("the requester could not see the other ticket")]
    RequesterCannotSee,
    /// More people than can be named on one ticket.
    #[error("too many people would take part")]
    TooManyParticipants,
    /// More tickets than can be merged into one.
    #[error("too many tickets were merged into the other one")]
    TooMany,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<MoveError> for MergeError {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::Merged(_) => Self::AlreadyMerged,
            MoveError::Illegal(_) => Self::Closed,
            MoveError::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Merges the ticket into the other; answers both. Needs `tickets.write`.
pub async fn merge(
    cx: &Cx<'_>,
    id: TicketId,
    into: TicketId,
) -> Result<(Ticket, Ticket), MergeError> {
    cx.viewer.may(Permission::TicketsWrite)?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let (source, target) = both(&within, id, into).await?;
    let moved = transition(&within, id, Move::Merge).await?;
    fits(&source, &target)?;
    let followers = followers(&within, &source, &target).await?;
    let target = match source.flag {
        // To clients something happened to the other one as well.
        Flag::ClientVisible => held(&within, into).await?,
        Flag::InternalOnly => target,
    };
    let words = |flag, moved| Words {
        kind: EntryKind::Merged,
        flag,
        body: None,
        moved,
    };
    let change = Some((moved.from, moved.ticket.status));
    // Each is told of the other as far as the other may be known of.
    let gone = add_entry(&within, &moved.ticket, words(target.flag, change)).await?;
    let come = add_entry(&within, &target, words(source.flag, None)).await?;
    insert(&within, &source, &target, (&gone, &come)).await?;
    if !followers.is_empty() {
        let part = followers
            .iter()
            .map(|user| row(cx, &target, *user, Role::Participant));
        write(&within, part.collect()).await?;
        index::renew(&within.db(), &[into]).await?;
    }
    follow(Hand::of(cx, &tx), &moved.ticket, false).await?;
    event::record(cx, &tx, event::MERGED, &moved.ticket, Some(&gone));
    event::record(cx, &tx, event::MERGED, &target, Some(&come));
    if !followers.is_empty() {
        event::record(cx, &tx, event::PARTICIPANTS_CHANGED, &target, None);
    }
    tx.commit().await?;
    Ok((moved.ticket, target))
}

/// Both tickets, held until the end of the transaction, in one order whichever
/// is merged into which: of merges that cross, the second sees the first.
async fn both(cx: &Cx<'_>, id: TicketId, into: TicketId) -> Result<(Ticket, Ticket), MergeError> {
    let other = async || match scope::by_id(cx, into).await {
        Err(Fault::NotFound) => Err(MergeError::UnknownTarget),
        found => Ok(found?),
    };
    scope::by_id(cx, id).await?;
    if id == into {
        return Err(MergeError::Itself);
    }
    other().await?;
    index::wait_for(&cx.db(), &[id, into]).await?;
    // Anew: what was waited for may have changed them.
    Ok((scope::by_id(cx, id).await?, other().await?))
}

fn fits(source: &Ticket, target: &Ticket) -> Result<(), MergeError> {
    if source.company_id != target.company_id {
        return Err(MergeError::OtherCompany);
    }
    if target.status == Status::Closed {
        return Err(MergeError::TargetClosed);
    }
    if source.flag == Flag::ClientVisible && target.flag == Flag::InternalOnly {
        return Err(MergeError::TargetHidden);
    }
    Ok(())
}

/// Who takes part in the other from now on. Nobody follows from a ticket that
/// clients do not see: that they were named there is internal.
async fn followers(
    cx: &Cx<'_>,
    source: &Ticket,
    target: &Ticket,
) -> Result<Vec<ClientUserId>, MergeError> {
    if source.flag == Flag::InternalOnly {
        return Ok(Vec::new());
    }
    let part = participants(cx, &[source.id, target.id]).await?;
    let of = |id| {
        let part = part.iter().filter(move |one| one.ticket_id == id);
        part.map(|one| one.client_user_id)
    };
    let people: Vec<_> = source
        .requester_id
        .into_iter()
        .chain(of(source.id))
        .collect();
    let new = each_once(&people, |user| {
        Some(user) == target.requester_id || of(target.id).any(|one| one == user)
    });
    if new.is_empty() {
        return Ok(new);
    }
    let mut following = Vec::new();
    for person in colleagues(cx, source.company_id, &new).await? {
        if naming::sees_if_named(&person).is_ok() {
            following.push(person.id);
        } else if source.requester_id == Some(person.id)
            && person.reach.is_some()
            && person.opens(Section::Tickets)
        {
            return Err(MergeError::RequesterCannotSee);
        }
    }
    following.sort_unstable();
    let named = part
        .iter()
        .filter(|one| one.ticket_id == target.id && one.role == Role::Participant);
    if named.count() + following.len() > MOST_PARTICIPANTS {
        return Err(MergeError::TooManyParticipants);
    }
    Ok(following)
}

/// The other is held, so that the count is that of the write.
#[expect(clippy::disallowed_methods, reason = "both were read in scope")]
async fn insert(
    cx: &Cx<'_>,
    source: &Ticket,
    target: &Ticket,
    (gone, come): (&crate::Entry, &crate::Entry),
) -> Result<(), MergeError> {
    let there = Entity::find()
        .filter(Column::TargetId.eq(target.id))
        .count(&cx.db())
        .await
        .doing("counting what was merged")?;
    if there >= MOST_MERGED {
        return Err(MergeError::TooMany);
    }
    let row = Model {
        source_id: source.id,
        target_id: target.id,
        workspace_id: source.workspace_id,
        company_id: source.company_id,
        source_entry_id: gone.id,
        target_entry_id: come.id,
        merged_at: cx.now,
    };
    let insert = Entity::insert(row.into_active_model());
    let inserted = insert.exec_without_returning(&cx.db()).await;
    inserted.doing("merging tickets")?;
    Ok(())
}
