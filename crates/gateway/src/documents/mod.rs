//! Files in the API: what is taken, and asking for an address to upload to. What a file is
//! attached to shows it (`tickets/attachments.rs`); the bytes come and go in
//! `http/files.rs`.

mod link;
mod rules;
mod upload;

pub(crate) use rules::UploadQuery;
pub(crate) use upload::UploadMutation;
