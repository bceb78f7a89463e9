//! Giving uploads to a record, within the command that writes it.

use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use visibility::Cx;

use crate::{
    File, FileId,
    entity::file::{Column, Entity, State},
    scope,
};

/// Why an upload cannot be given away. Only uploads of the viewer's own are told apart.
#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    /// The viewer has no such upload, or it has expired.
    #[error("no such upload")]
    Unknown,
    /// Its bytes have not come yet.
    #[error("the upload is not finished")]
    Unfinished,
    /// It belongs to something already.
    #[error("the upload is used already")]
    Used,
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Takes uploads of the viewer for a record: all of them, or none, since the
/// caller drops its transaction then. Answers them in the order of `ids`.
#[expect(clippy::disallowed_methods, reason = "the update tests the scope")]
pub async fn claim(cx: &Cx<'_>, ids: &[FileId]) -> Result<Vec<File>, ClaimError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Attached))
        .col_expr(Column::Slot, Expr::value(None::<i32>))
        .col_expr(
            Column::ExpiresAt,
            Expr::value(None::<chrono::DateTime<chrono::Utc>>),
        )
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(scope::own(cx.viewer))
        .filter(Column::State.eq(State::Stored))
        .filter(Column::ExpiresAt.gt(cx.now));
    let claimed = update.exec_with_returning(&cx.db()).await;
    let claimed = claimed.doing("claiming uploads")?;
    let mut files = Vec::with_capacity(ids.len());
    for id in ids {
        match claimed.iter().find(|file| file.id == *id) {
            Some(file) => files.push(file.clone()),
            None => return Err(why(cx, *id).await?),
        }
    }
    Ok(files)
}

async fn why(cx: &Cx<'_>, id: FileId) -> Result<ClaimError, Fault> {
    let found = scope::own_files(cx.viewer)
        .filter(Column::Id.eq(id))
        .one(&cx.db())
        .await
        .doing("reading an upload")?;
    let lasts = |file: &File| file.expires_at.is_none_or(|end| end > cx.now);
    Ok(match found.filter(lasts).map(|file| file.state) {
        Some(State::Pending | State::Receiving) => ClaimError::Unfinished,
        Some(State::Attached) => ClaimError::Used,
        Some(State::Stored | State::Expired) | None => ClaimError::Unknown,
    })
}
