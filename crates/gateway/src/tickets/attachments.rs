//! Files on tickets, as the API shows them and takes them.

use std::sync::Arc;

use ::documents::{ClaimError, FileId};
use ::identity::LinkUse;
use ::tickets::{AttachError, Attachment};
use async_graphql::{ID, Object, Result, SimpleObject};

use super::{
    input::short,
    payload::{TicketNoteErrorCode, TicketOpenErrorCode, TicketReplyErrorCode},
};
use crate::{
    context::Asked,
    node::Kind,
    refusal::{Refusal, refuse},
};

/// The files of a description, or of an entry.
#[derive(Default, SimpleObject)]
pub(crate) struct AttachmentList {
    /// The files, in the order in which they were attached; at most 10.
    nodes: Vec<AttachmentNode>,
}

impl AttachmentList {
    pub(super) fn of(nodes: Option<&Vec<AttachmentNode>>) -> Self {
        let nodes = nodes.cloned().unwrap_or_default();
        Self { nodes }
    }
}

/// A file that was attached to a ticket or to an entry of its timeline. Seen by
/// whoever sees that.
#[derive(Clone)]
pub(crate) struct AttachmentNode {
    pub(crate) row: Arc<Attachment>,
    pub(crate) asked: Arc<Asked>,
}

impl AttachmentNode {
    pub(super) fn of(asked: &Arc<Asked>, row: Attachment) -> Self {
        Self {
            row: Arc::new(row),
            asked: asked.clone(),
        }
    }
}

/// A file that was attached to a ticket or to an entry of its timeline. Seen by
/// whoever sees that.
#[Object(name = "Attachment")]
impl AttachmentNode {
    /// The global id: opaque, stable, and good for `node`.
    pub(crate) async fn id(&self) -> ID {
        Kind::File.id(self.row.file_id.0)
    }

    /// What to save it as; at most 120 bytes, without a path.
    async fn file_name(&self) -> &str {
        &self.row.file_name
    }

    /// Its media type, which its content was held to.
    async fn content_type(&self) -> &str {
        &self.row.content_type
    }

    /// How many bytes it has.
    async fn size(&self) -> i32 {
        i32::try_from(self.row.size).unwrap_or(i32::MAX)
    }

    /// Where it can be read by HTTP GET, for five minutes: a path on the server
    /// that answers this. Whoever holds it can read the file for as long as the
    /// session that asked lasts and may see it.
    #[graphql(complexity = 2)]
    #[expect(clippy::unused_async, reason = "the macro asks for it")]
    async fn url(&self) -> Result<String> {
        let (url, _ends) = self.asked.link(LinkUse::File, self.row.file_id.0)?;
        self.asked.count_prose(url.len())?;
        Ok(url)
    }
}

/// The uploads that an input names. An id of another kind names none, and the
/// domain says so.
pub(super) fn uploads(ids: Option<Vec<ID>>) -> Result<Vec<FileId>, Refusal> {
    let ids = ids.unwrap_or_default();
    short("attachments", &ids)?;
    let upload = |id: &ID| Kind::File.record(id).unwrap_or(uuid::Uuid::nil().into());
    Ok(ids.iter().map(upload).collect())
}

/// Why files were not attached, for whoever can do something about it.
#[derive(Clone, Copy)]
pub(super) enum Unattached {
    Unknown,
    Unfinished,
    Used,
    TooMany,
}

impl Unattached {
    /// The reason, or the fault that it is.
    pub(super) fn of(error: &AttachError) -> Result<Self> {
        match error {
            AttachError::Fault(fault) | AttachError::Upload(ClaimError::Fault(fault)) => {
                Err(refuse(fault))
            }
            AttachError::Upload(ClaimError::Unknown) => Ok(Self::Unknown),
            AttachError::Upload(ClaimError::Unfinished) => Ok(Self::Unfinished),
            AttachError::Upload(ClaimError::Used) => Ok(Self::Used),
            AttachError::TooMany => Ok(Self::TooMany),
        }
    }

    pub(super) fn message(self) -> &'static str {
        match self {
            Self::Unknown => "There is no such upload, or it has expired.",
            Self::Unfinished => "The file has not been uploaded yet.",
            Self::Used => "The file is attached to something already.",
            Self::TooMany => "At most 10 files can be attached.",
        }
    }
}

/// The input field that names uploads.
pub(super) const FIELD: Option<&str> = Some("attachments");

/// Gives each code list its four codes for uploads.
macro_rules! upload_codes {
    ($($code:ident)+) => {
        $(impl From<Unattached> for $code {
            fn from(reason: Unattached) -> Self {
                match reason {
                    Unattached::Unknown => Self::UnknownUpload,
                    Unattached::Unfinished => Self::UploadUnfinished,
                    Unattached::Used => Self::UploadUsed,
                    Unattached::TooMany => Self::TooManyAttachments,
                }
            }
        })+
    };
}

upload_codes! { TicketOpenErrorCode TicketReplyErrorCode TicketNoteErrorCode }
