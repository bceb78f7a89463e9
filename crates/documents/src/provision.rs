//! Writing files without a viewer: for the operator's own tools (demo, imports)
//! and tests. Nothing that answers a request may call this.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use kernel::{ClientUserId, Fault, StaffUserId, WorkspaceId};
use sha2::{Digest, Sha256};
use store::Tx;

use crate::{
    BadPlace, File, FileId, Files,
    entity::file::{Entity, State, Uploader},
    keep::hex,
    place::path_of,
};

/// Who uploaded a file.
#[derive(Clone, Copy, Debug)]
pub enum By {
    /// Somebody of a customer.
    Client(ClientUserId),
    /// Somebody of the team.
    Staff(StaffUserId),
}

/// A file that belongs to a record already.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// Its id.
    pub id: FileId,
    /// Whose workspace it is of.
    pub workspace: WorkspaceId,
    /// Who uploaded it.
    pub by: By,
    /// Its name, safe already.
    pub name: String,
    /// Its type, one that is taken.
    pub content_type: &'static str,
    /// What it holds.
    pub bytes: Bytes,
    /// When it was uploaded.
    pub at: DateTime<Utc>,
}

/// Keeps the bytes and writes the rows; answers the files, to be attached.
pub async fn files(files: &Files, tx: &Tx, new: Vec<NewFile>) -> Result<Vec<File>, NotKept> {
    let mut rows = Vec::with_capacity(new.len());
    for one in new {
        let (uploader, uploader_id) = match one.by {
            By::Client(user) => (Uploader::Client, user.0),
            By::Staff(user) => (Uploader::Staff, user.0),
        };
        rows.push(File {
            id: one.id,
            workspace_id: one.workspace,
            uploader,
            uploader_id,
            name: one.name,
            content_type: one.content_type.to_owned(),
            size: i64::try_from(one.bytes.len()).unwrap_or(i64::MAX),
            sniffed_type: None,
            sha256: Some(hex(&Sha256::digest(&one.bytes))),
            state: State::Attached,
            slot: None,
            created_at: one.at,
            expires_at: None,
        });
        let at = path_of(one.workspace, one.id);
        files.put(&at, one.bytes).await.map_err(BadPlace::from)?;
    }
    tx.write_all::<Entity>(rows.clone()).await?;
    Ok(rows)
}

/// Why files were not written.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    /// Folder or bucket failed.
    #[error(transparent)]
    Place(#[from] BadPlace),
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}
