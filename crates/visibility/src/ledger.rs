//! The ledger of flags (VI-3, the chain of VI-10): who changed which record's
//! flag, when, from what, to what, and why.
//!
//! Each entry's hash covers the one before it, so a row that was altered or
//! taken out behind the triggers' back shows. Entries of a workspace are
//! serialised by the number series they draw their position from.

use std::fmt::Write as _;

use kernel::{Doing, Fault, WorkspaceId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};
use sha2::{Digest, Sha256};
use store::Tx;
use uuid::Uuid;

pub use crate::entity::ledger::Model as Entry;
use crate::{
    Cx, Flag,
    entity::ledger::{ActiveModel, Column, Entity},
};

/// A change of a flag, to be entered.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// The kind of record, such as `ticket`.
    pub record_kind: &'static str,
    /// The record.
    pub record: Uuid,
    /// The flag before.
    pub from: Flag,
    /// The flag after.
    pub to: Flag,
    /// Why, in the words of whoever did it.
    pub reason: &'a str,
}

/// Enters a change, inside the transaction that makes it. Staff alone change
/// flags: a client gets [`Fault::Forbidden`].
pub async fn enter(cx: &Cx<'_>, tx: &Tx, change: Change<'_>) -> Result<(), Fault> {
    let staff = cx.viewer.staff()?;
    let position = tx.next_number(staff.workspace, "ledger").await?;
    let before = last_hash(cx, tx, position - 1).await?;
    let mut entry = Entry {
        workspace_id: staff.workspace,
        position,
        record_kind: change.record_kind.to_owned(),
        record_id: change.record,
        from_flag: Some(change.from),
        to_flag: change.to,
        reason: change.reason.to_owned(),
        staff_user_id: staff.user,
        changed_at: cx.now,
        hash: String::new(),
    };
    entry.hash = hash(&before, &entry);
    Entity::insert(active(entry))
        .exec_without_returning(&tx.executor())
        .await
        .doing("entering a flag change")?;
    Ok(())
}

/// The workspace's entries, oldest first. For staff; a client gets [`Fault::Forbidden`].
pub async fn entries(cx: &Cx<'_>) -> Result<Vec<Entry>, Fault> {
    let staff = cx.viewer.staff()?;
    of_workspace(staff.workspace)
        .order_by_asc(Column::Position)
        .all(&cx.db())
        .await
        .doing("reading the ledger")
}

/// The first position whose hash does not follow from the entries before it.
pub fn first_break(entries: &[Entry]) -> Option<i64> {
    let mut before = String::new();
    for (index, entry) in entries.iter().enumerate() {
        let in_place = i64::try_from(index + 1) == Ok(entry.position);
        if !in_place || entry.hash != hash(&before, entry) {
            return Some(entry.position);
        }
        before.clone_from(&entry.hash);
    }
    None
}

async fn last_hash(cx: &Cx<'_>, tx: &Tx, position: i64) -> Result<String, Fault> {
    let last = of_workspace(cx.viewer.workspace())
        .filter(Column::Position.eq(position))
        .one(&tx.executor())
        .await
        .doing("reading the end of the ledger")?;
    Ok(last.map(|entry| entry.hash).unwrap_or_default())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the scope of the ledger: the viewer's workspace"
)]
fn of_workspace(workspace: WorkspaceId) -> sea_orm::Select<Entity> {
    Entity::find().filter(Column::WorkspaceId.eq(workspace))
}

fn hash(before: &str, entry: &Entry) -> String {
    let Entry {
        workspace_id,
        position,
        record_kind,
        record_id,
        from_flag,
        to_flag,
        reason,
        staff_user_id,
        changed_at,
        hash: _,
    } = entry;
    let mut digest = Sha256::new();
    for part in [
        before,
        &workspace_id.to_string(),
        &position.to_string(),
        record_kind,
        &record_id.to_string(),
        from_flag.map_or("", Flag::name),
        to_flag.name(),
        reason,
        &staff_user_id.to_string(),
        &changed_at.timestamp_micros().to_string(),
    ] {
        // The length in front keeps two entries from having the same bytes.
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    let mut hex = String::with_capacity(64);
    for byte in digest.finalize() {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

fn active(entry: Entry) -> ActiveModel {
    ActiveModel {
        workspace_id: Set(entry.workspace_id),
        position: Set(entry.position),
        record_kind: Set(entry.record_kind),
        record_id: Set(entry.record_id),
        from_flag: Set(entry.from_flag),
        to_flag: Set(entry.to_flag),
        reason: Set(entry.reason),
        staff_user_id: Set(entry.staff_user_id),
        changed_at: Set(entry.changed_at),
        hash: Set(entry.hash),
    }
}
