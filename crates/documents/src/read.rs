//! The bytes of a file. Who may have them, the caller has asked its own scope.

use bytes::Bytes;
use futures_util::{StreamExt, stream::BoxStream};
use kernel::WorkspaceId;
use object_store::ObjectStoreExt;

use crate::{FileId, Files, place::path_of};

/// The bytes of a file, as they come.
pub struct Content {
    /// How many they are.
    pub size: u64,
    /// They themselves.
    pub bytes: BoxStream<'static, Result<Bytes, Unreadable>>,
}

/// Folder or bucket does not have the bytes, or cannot give them.
#[derive(Debug, thiserror::Error)]
#[error("a file cannot be read")]
pub struct Unreadable(#[from] object_store::Error);

/// The bytes of a file that a record of the caller's refers to.
pub async fn read(
    files: &Files,
    workspace: WorkspaceId,
    id: FileId,
) -> Result<Content, Unreadable> {
    let at = path_of(workspace, id);
    let found = files.objects().get(&at).await;
    let found = found.inspect_err(|error| tracing::error!(%error, %at, "a file cannot be read"))?;
    Ok(Content {
        size: found.meta.size,
        bytes: found.into_stream().map(|bytes| Ok(bytes?)).boxed(),
    })
}
