//! Asking for an address to upload to.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Doing, Fault};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, TryInsertResult,
    sea_query::{Expr, OnConflict},
};
use visibility::{Cx, Permission, Section, Viewer};

use crate::{
    File, FileId, Files,
    accepted::accepted,
    entity::file::{Column, Entity, State},
    name::safe_name,
    scope,
};

/// How long an address can be used.
pub const START_WITHIN: TimeDelta = TimeDelta::minutes(15);
/// The most uploads of one person that belong to nothing yet.
pub const MOST_OPEN: i32 = 20;
/// How often a place is looked for when others take it in between.
const TRIES: usize = 5;

/// What somebody wants to upload.
#[derive(Clone, Debug)]
pub struct NewUpload {
    /// What they call it.
    pub file_name: String,
    /// Of what type it is.
    pub content_type: String,
    /// How many bytes it has.
    pub size: i64,
}

/// A file that can be uploaded now.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Its id, also later as an attachment.
    pub id: FileId,
    /// The type that the upload has to name.
    pub content_type: String,
    /// Until when it can begin.
    pub expires_at: DateTime<Utc>,
}

/// Why nothing can be uploaded.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// Files of that type are not taken.
    #[error("files of that type are not taken")]
    UnsupportedType,
    /// A file has at least a byte.
    #[error("a file has at least one byte")]
    Empty,
    /// Larger than files may be; the limit in bytes.
    #[error("the file is larger than {0} bytes")]
    TooLarge(u64),
    /// The person has as many uploads that belong to nothing.
    #[error("too many uploads that are not used yet")]
    TooMany,
    /// Forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Opens an upload of the viewer. A client needs the tickets section, staff
/// `tickets.write`.
pub async fn create_upload(
    cx: &Cx<'_>,
    files: &Files,
    new: &NewUpload,
) -> Result<Upload, CreateError> {
    may_upload(cx.viewer)?;
    let kind = accepted(&new.content_type).ok_or(CreateError::UnsupportedType)?;
    if new.size < 1 {
        return Err(CreateError::Empty);
    }
    let most = files.limits().size;
    if new.size.unsigned_abs() > most {
        return Err(CreateError::TooLarge(most));
    }
    let (uploader, uploader_id) = scope::who(cx.viewer);
    let expires_at = cx.now + START_WITHIN;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let mut file = File {
        id: FileId::fresh(cx.now, cx.entropy),
        workspace_id: cx.viewer.workspace(),
        uploader,
        uploader_id,
        name: safe_name(&new.file_name, kind),
        content_type: kind.name.to_owned(),
        size: new.size,
        sniffed_type: None,
        sha256: None,
        state: State::Pending,
        slot: None,
        created_at: cx.now,
        expires_at: Some(expires_at),
    };
    give_up_expired(&within).await?;
    for _ in 0..TRIES {
        let free = free_slot(&within).await?.ok_or(CreateError::TooMany)?;
        file.slot = Some(free);
        if insert(&within, &file).await? {
            tx.commit().await?;
            return Ok(Upload {
                id: file.id,
                content_type: file.content_type,
                expires_at,
            });
        }
    }
    Err(CreateError::TooMany)
}

pub(crate) fn may_upload(viewer: &Viewer) -> Result<(), Fault> {
    if let Viewer::Staff(_) = viewer {
        viewer.may(Permission::TicketsWrite)?;
    }
    if viewer.opens(Section::Tickets) {
        return Ok(());
    }
    match viewer {
        Viewer::Client(_) => Err(Fault::Forbidden),
        // A module that is off answers as if it did not exist (WS-5).
        Viewer::Staff(_) => Err(Fault::NotFound),
    }
}

/// What expired takes no place, though nobody has swept it yet.
#[expect(clippy::disallowed_methods, reason = "the viewer's own uploads")]
async fn give_up_expired(cx: &Cx<'_>) -> Result<(), Fault> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Expired))
        .col_expr(Column::Slot, Expr::value(None::<i32>))
        .filter(scope::own(cx.viewer))
        .filter(Column::Slot.is_not_null())
        .filter(Column::ExpiresAt.lte(cx.now))
        .exec(&cx.db())
        .await
        .doing("giving up expired uploads")?;
    Ok(())
}

/// The first place of the viewer that no upload takes.
async fn free_slot(cx: &Cx<'_>) -> Result<Option<i32>, Fault> {
    let taken: Vec<i32> = scope::own_files(cx.viewer)
        .filter(Column::Slot.is_not_null())
        .select_only()
        .column(Column::Slot)
        .into_tuple()
        .all(&cx.db())
        .await
        .doing("looking for a place")?;
    Ok((0..MOST_OPEN).find(|slot| !taken.contains(slot)))
}

/// Whether the place was still free: the index decides.
async fn insert(cx: &Cx<'_>, file: &File) -> Result<bool, Fault> {
    let place = OnConflict::columns([Column::UploaderId, Column::Slot])
        .do_nothing()
        .to_owned();
    let done = Entity::insert_many([file.clone().into_active_model()])
        .on_conflict(place)
        .try_insert()
        .exec_without_returning(&cx.db())
        .await
        .doing("opening an upload")?;
    Ok(matches!(done, TryInsertResult::Inserted(1)))
}
