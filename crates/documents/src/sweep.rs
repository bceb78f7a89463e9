//! Removing uploads that nobody used, and what a process left half-written when
//! it died.
//!
//! A row goes after its object, never before: what is interrupted is done again
//! by the next round. Objects that no row names are left alone: with the wrong
//! database in the settings they would be everybody's files.

use std::{path::Path, time::SystemTime};

use chrono::TimeDelta;
use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};
use store::Work;
use tokio::task::spawn_blocking;

use crate::{
    File, Files,
    entity::file::{Column, Entity, State},
    place::path_of,
};

/// Files of one batch, and batches of one call.
const BATCH: u64 = 200;
const BATCHES: usize = 50;
/// How old a half-written file is that nobody writes any more.
const ABANDONED: TimeDelta = TimeDelta::days(1);

/// What a call removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Uploads that had expired.
    pub uploads: u64,
    /// Half-written files of the folder.
    pub half_written: u64,
}

/// Removes what expired, rows and objects, and half-written files. Called every hour.
pub async fn sweep(work: &Work<'_>, files: &Files) -> Result<Swept, Fault> {
    expire(work).await?;
    let mut swept = Swept::default();
    for _ in 0..BATCHES {
        let expired = expired(work).await?;
        let mut gone = Vec::with_capacity(expired.len());
        for file in &expired {
            match files.remove(&path_of(file.workspace_id, file.id)).await {
                Ok(()) => gone.push(file.id),
                // The next round tries again.
                Err(error) => tracing::warn!(%error, file = %file.id, "a file cannot be removed"),
            }
        }
        let full = expired.len() as u64 == BATCH && gone.len() == expired.len();
        swept.uploads += forget(work, gone).await?;
        if !full {
            break;
        }
    }
    if let Some(folder) = files.half_written_in().cloned() {
        let before = work.now - ABANDONED;
        let removed = spawn_blocking(move || half_written(&folder, before.into())).await;
        swept.half_written = removed.unwrap_or_default();
    }
    Ok(swept)
}

#[expect(clippy::disallowed_methods, reason = "the sweep has no viewer")]
async fn expire(work: &Work<'_>) -> Result<(), Fault> {
    let tx = work.begin().await?;
    Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Expired))
        .col_expr(Column::Slot, Expr::value(None::<i32>))
        .filter(Column::State.is_in([State::Pending, State::Receiving, State::Stored]))
        .filter(Column::ExpiresAt.lte(work.now))
        .exec(&tx.executor())
        .await
        .doing("giving up expired uploads")?;
    tx.commit().await
}

#[expect(clippy::disallowed_methods, reason = "the sweep has no viewer")]
async fn expired(work: &Work<'_>) -> Result<Vec<File>, Fault> {
    Entity::find()
        .filter(Column::State.eq(State::Expired))
        .limit(BATCH)
        .all(&work.store.executor())
        .await
        .doing("looking for expired uploads")
}

#[expect(clippy::disallowed_methods, reason = "the sweep has no viewer")]
async fn forget(work: &Work<'_>, ids: Vec<crate::FileId>) -> Result<u64, Fault> {
    if ids.is_empty() {
        return Ok(0);
    }
    let tx = work.begin().await?;
    let done = Entity::delete_many()
        .filter(Column::Id.is_in(ids))
        .filter(Column::State.eq(State::Expired))
        .exec(&tx.executor())
        .await
        .doing("removing expired uploads")?;
    tx.commit().await?;
    Ok(done.rows_affected)
}

/// Removes what the folder's store names `name#1` until it is whole.
fn half_written(folder: &Path, before: SystemTime) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    let mut removed = 0;
    for entry in entries.flatten() {
        let path = entry.path();
        let Ok(meta) = entry.metadata() else { continue };
        if meta.is_dir() {
            removed += half_written(&path, before);
            continue;
        }
        let name = entry.file_name();
        let part = name.to_string_lossy();
        let part = part.rsplit_once('#').map(|(_, number)| number);
        let is_part = part.is_some_and(|number| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        });
        let old = meta.modified().is_ok_and(|modified| modified < before);
        if is_part && old && std::fs::remove_file(&path).is_ok() {
            removed += 1;
        }
    }
    removed
}

#[cfg(test)]
mod tests {
    use std::{fs, time::Duration};

    use super::*;

    #[test]
    fn half_written_files_go_when_they_are_old() {
        let folder = tempfile::tempdir().expect("a folder");
        let inner = folder.path().join("ws/one");
        fs::create_dir_all(&inner).expect("created");
        for name in ["a#1", "b#12", "c", "d#", "e#1x"] {
            fs::write(inner.join(name), "x").expect("written");
        }
        let now = fs::metadata(inner.join("c")).and_then(|meta| meta.modified());
        let now = now.expect("a time");
        assert_eq!(half_written(folder.path(), now - Duration::from_mins(1)), 0);
        assert_eq!(half_written(folder.path(), now + Duration::from_mins(1)), 2);
        let left = fs::read_dir(&inner).expect("readable").count();
        assert_eq!(left, 3);
        assert_eq!(half_written(&folder.path().join("none"), now), 0);
    }
}
