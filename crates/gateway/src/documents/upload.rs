//! Asking for an address to upload to.

use std::collections::BTreeMap;

use ::documents::{CreateError, MOST_OPEN, NewUpload, create_upload};
use ::identity::LinkUse;
use async_graphql::{Context, ID, InputObject, Json, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use crate::{context::Asking, node::Kind, payload::payload, refusal::refuse};

/// What `uploadCreate` asks for.
#[derive(InputObject)]
pub(crate) struct UploadCreateInput {
    /// What the file is called. Kept are its last part and what can be seen of
    /// it, at most 120 bytes, with an ending of the type.
    file_name: String,
    /// Its media type, such as `image/png`: one of those that are taken.
    content_type: String,
    /// How many bytes it has.
    size: i32,
}

/// A file that can be uploaded: its bytes go to `url` by HTTP PUT, once.
#[derive(SimpleObject)]
pub(crate) struct Upload {
    /// What attaches the file once it is uploaded, within a day; and the id of
    /// the attachment then.
    id: ID,
    /// Where the bytes go: a path on the server that answers this. Whoever
    /// holds it can upload the file, so it is a secret; it is good once.
    url: String,
    /// The headers that the upload has to send, by name: an object of texts.
    headers: Json<BTreeMap<&'static str, String>>,
    /// Until when the upload can begin.
    expires_at: DateTime<Utc>,
}

payload! {
    /// What `uploadCreate` answers.
    UploadCreatePayload {
        /// Where the file can be uploaded; none when there are errors.
        upload: Upload,
    }
    /// Why nothing can be uploaded.
    UploadCreateError;
    /// What can go wrong in `uploadCreate`.
    UploadCreateErrorCode {
        /// Files of that type are not taken.
        UnsupportedType,
        /// A file has at least one byte.
        EmptyFile,
        /// The file is larger than this installation takes.
        FileTooLarge,
        /// 20 uploads of the same person wait to be attached to something.
        TooManyUploads,
    }
}

#[derive(Default)]
pub(crate) struct UploadMutation;

#[Object]
impl UploadMutation {
    /// Opens an upload: its bytes go to the address that is answered, and its
    /// id then into the `attachments` of what it belongs to.
    async fn upload_create(
        &self,
        ctx: &Context<'_>,
        input: UploadCreateInput,
    ) -> Result<Option<UploadCreatePayload>> {
        use UploadCreateErrorCode as Code;
        let (cx, asked) = (ctx.cx()?, ctx.asked()?);
        let new = NewUpload {
            file_name: input.file_name,
            content_type: input.content_type,
            size: input.size.into(),
        };
        let (code, field, message) = match create_upload(&cx, &asked.services.files, &new).await {
            Ok(upload) => {
                let (url, expires_at) = asked.link(LinkUse::Upload, upload.id.0)?;
                let headers = BTreeMap::from([("Content-Type", upload.content_type)]);
                return Ok(Some(UploadCreatePayload {
                    upload: Some(Upload {
                        id: Kind::File.id(upload.id.0),
                        url,
                        headers: Json(headers),
                        expires_at,
                    }),
                    errors: Vec::new(),
                }));
            }
            Err(CreateError::Fault(fault)) => return Err(refuse(&fault)),
            Err(CreateError::UnsupportedType) => {
                let message = "Files of that type are not taken.".to_owned();
                (Code::UnsupportedType, Some("contentType"), message)
            }
            Err(CreateError::Empty) => {
                let message = "A file has at least one byte.".to_owned();
                (Code::EmptyFile, Some("size"), message)
            }
            Err(CreateError::TooLarge(most)) => {
                let message = format!("A file may have at most {most} bytes.");
                (Code::FileTooLarge, Some("size"), message)
            }
            Err(CreateError::TooMany) => {
                let message = format!(
                    "{MOST_OPEN} uploads wait already. Attach some, or let them expire within a day."
                );
                (Code::TooManyUploads, None, message)
            }
        };
        Ok(Some(UploadCreatePayload::refused(code, field, message)))
    }
}
