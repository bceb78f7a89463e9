//! Files in the API: asking for an address to upload to. What a file is
//! attached to shows it (`tickets/attachments.rs`); the bytes come and go in
//! `http/files.rs`.

mod link;
mod upload;

pub(crate) use upload::UploadMutation;
