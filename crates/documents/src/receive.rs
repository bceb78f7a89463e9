//! Taking the bytes of an upload.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::Stream;
use kernel::{Clock, Doing, Fault};
use object_store::path::Path;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, Query},
};
use store::Store;
use visibility::Cx;

use crate::{
    File, FileId, Files,
    accepted::accepted,
    create::may_upload,
    entity::file::{Column, Entity, State},
    keep::{Broken, Declared, Found, keep},
    place::path_of,
    scope,
};

/// How long the bytes may take to come; longer than `Limits::whole`.
const RECEIVE_WITHIN: chrono::TimeDelta = chrono::TimeDelta::hours(1);
/// Uploads of one person that are taken at once: nobody keeps the others out.
const EACH: i64 = 4;
/// How long a file waits to be attached to something.
const USE_WITHIN: chrono::TimeDelta = chrono::TimeDelta::days(1);

/// What the sender says of the bytes, before they come.
#[derive(Clone, Debug, Default)]
pub struct Announced {
    /// The type, if it was named.
    pub content_type: Option<String>,
    /// How many they are, if that was said.
    pub length: Option<u64>,
}

/// Why a file was not taken. Each ends the upload: its address is used up.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// Fewer bytes came than were declared.
    #[error("fewer bytes than were declared")]
    TooShort,
    /// More bytes came than were declared.
    #[error("more bytes than were declared")]
    TooLong,
    /// The content is not of the declared type.
    #[error("the content is not of the declared type")]
    WrongType,
    /// The body broke off, or stalled.
    #[error("the upload broke off")]
    BrokenOff,
    /// As many uploads as can be taken are under way. The address stays good.
    #[error("too many uploads at once")]
    Busy,
    /// Folder or bucket failed.
    #[error("the file could not be stored")]
    Store,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<Broken> for ReceiveError {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Body => Self::BrokenOff,
            Broken::TooShort => Self::TooShort,
            Broken::TooLong => Self::TooLong,
            Broken::Foreign => Self::WrongType,
            Broken::Store(error) => {
                tracing::error!(%error, "a file could not be stored");
                Self::Store
            }
        }
    }
}

/// Takes the bytes of an upload of the viewer, once. A task of its own does it:
/// whoever hangs up leaves a body that ends with an error, and nothing else.
pub async fn receive<S, E>(
    cx: &Cx<'_>,
    store: &Store,
    clock: &Arc<dyn Clock>,
    files: &Files,
    (id, announced): (FileId, Announced),
    body: S,
) -> Result<(), ReceiveError>
where
    S: Stream<Item = Result<Bytes, E>> + Send + Unpin + 'static,
    E: Send + 'static,
{
    may_upload(cx.viewer)?;
    let turn = files.turns().clone().try_acquire_owned();
    let turn = turn.map_err(|_none| ReceiveError::Busy)?;
    let file = claimed(cx, id).await?;
    let task = Task {
        store: store.clone(),
        clock: clock.clone(),
        files: files.clone(),
        at: path_of(file.workspace_id, file.id),
        file,
    };
    let running = tokio::spawn(async move {
        let outcome = task.run(announced, body).await;
        drop(turn);
        outcome
    });
    match running.await {
        Ok(outcome) => outcome,
        Err(error) => {
            tracing::error!(%error, "an upload was not taken to its end");
            Err(ReceiveError::Store)
        }
    }
}

/// The upload, for whoever comes first while it can be used.
#[expect(clippy::disallowed_methods, reason = "the update tests the scope")]
async fn claimed(cx: &Cx<'_>, id: FileId) -> Result<File, ReceiveError> {
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let mut under_way = Query::select();
    under_way
        .expr(Column::Id.count())
        .from(Entity)
        .cond_where(scope::own(cx.viewer))
        .and_where(Column::State.eq(State::Receiving))
        .and_where(Column::ExpiresAt.gt(cx.now));
    let free = Expr::expr(under_way.take()).lt(EACH);
    let mut rows = Entity::update_many()
        .col_expr(Column::State, Expr::value(State::Receiving))
        .col_expr(Column::ExpiresAt, Expr::value(cx.now + RECEIVE_WITHIN))
        .filter(Column::Id.eq(id))
        .filter(scope::own(cx.viewer))
        .filter(Column::State.eq(State::Pending))
        .filter(Column::ExpiresAt.gt(cx.now))
        .filter(free)
        .exec_with_returning(&tx.executor())
        .await
        .doing("claiming an upload")?;
    let Some(file) = rows.pop() else {
        return Err(refused(&within, id).await?);
    };
    tx.commit().await?;
    Ok(file)
}

/// Why an upload was not claimed: it has to wait for others, or is none.
async fn refused(cx: &Cx<'_>, id: FileId) -> Result<ReceiveError, Fault> {
    let waits = scope::own_files(cx.viewer)
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(State::Pending))
        .filter(Column::ExpiresAt.gt(cx.now))
        .one(&cx.db())
        .await
        .doing("reading an upload")?;
    Ok(match waits {
        Some(_) => ReceiveError::Busy,
        None => Fault::NotFound.into(),
    })
}

/// An upload under way.
struct Task {
    store: Store,
    clock: Arc<dyn Clock>,
    files: Files,
    file: File,
    at: Path,
}

impl Task {
    async fn run<S, E>(&self, announced: Announced, body: S) -> Result<(), ReceiveError>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin,
    {
        match self.keep(&announced, body).await {
            Ok(found) => self.stored(found).await,
            Err(error) => {
                self.failed().await?;
                Err(error)
            }
        }
    }

    async fn keep<S, E>(&self, announced: &Announced, body: S) -> Result<Found, ReceiveError>
    where
        S: Stream<Item = Result<Bytes, E>> + Unpin,
    {
        let kind = accepted(&self.file.content_type).ok_or(ReceiveError::WrongType)?;
        let size = self.file.size.unsigned_abs();
        if announced.content_type.as_deref().and_then(accepted) != Some(kind) {
            return Err(ReceiveError::WrongType);
        }
        match announced.length {
            Some(length) if length > size => return Err(ReceiveError::TooLong),
            Some(length) if length < size => return Err(ReceiveError::TooShort),
            _ => {}
        }
        let declared = Declared { size, kind };
        Ok(keep(&self.files, &self.at, declared, body).await?)
    }

    async fn stored(&self, found: Found) -> Result<(), ReceiveError> {
        let now = self.clock.now();
        let update = self
            .still_receiving()
            .col_expr(Column::State, Expr::value(State::Stored))
            .col_expr(Column::SniffedType, Expr::value(found.sniffed))
            .col_expr(Column::Sha256, Expr::value(found.sha256))
            .col_expr(Column::ExpiresAt, Expr::value(now + USE_WITHIN));
        if self.write(update).await? {
            return Ok(());
        }
        // It took too long: the row is given up, and may be gone with its object.
        if let Err(error) = self.files.remove(&self.at).await {
            tracing::error!(%error, at = %self.at, "a file that nothing knows could not be removed");
        }
        Err(Fault::NotFound.into())
    }

    /// The row stays until the sweep, which removes whatever may be left of the object.
    async fn failed(&self) -> Result<(), Fault> {
        let update = self
            .still_receiving()
            .col_expr(Column::State, Expr::value(State::Expired))
            .col_expr(Column::Slot, Expr::value(None::<i32>));
        self.write(update).await.map(drop)
    }

    #[expect(clippy::disallowed_methods, reason = "the upload was claimed in scope")]
    fn still_receiving(&self) -> sea_orm::UpdateMany<Entity> {
        Entity::update_many()
            .filter(Column::Id.eq(self.file.id))
            .filter(Column::State.eq(State::Receiving))
    }

    async fn write(&self, update: sea_orm::UpdateMany<Entity>) -> Result<bool, Fault> {
        let tx = self.store.begin().await?;
        let done = update.exec(&tx.executor()).await;
        let rows = done.doing("noting how an upload went")?.rows_affected;
        tx.commit().await?;
        Ok(rows > 0)
    }
}
