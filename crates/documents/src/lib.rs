//! Files: taken in bounded memory, looked into, kept in a folder or in S3, and
//! handed out by those who know who may have them.
//!
//! Invariants: bytes reach the store through `receive.rs` alone, for a row that
//! was claimed for them by the write; a file's content fits the type that was
//! declared, which is one of a closed list; an object is named by workspace and
//! file, never by what its uploader calls it; of an upload that breaks off
//! nothing stays, and a row outlives its object, so that nothing is forgotten.
//! Who may see a file is not known here: `claim.rs` gives it to a record, whose
//! own scope decides, and `read` is for that record's crate.
//!
//! | file | what it holds |
//! |---|---|
//! | `place.rs` | where files are kept: a folder or S3; how large they may be |
//! | `accepted.rs`, `sniff.rs` | which types are taken, and whether bytes are of one |
//! | `name.rs` | a name that is safe to store and show |
//! | `rules.rs` | what uploads are held to, for whoever may upload |
//! | `create.rs` | asking for an address to upload to |
//! | `receive.rs`, `keep.rs` | taking the bytes; from a stream to an object |
//! | `claim.rs` | giving uploads to a record, within its command |
//! | `read.rs` | the bytes of a file |
//! | `scope.rs` | which uploads are whose: the only door to the table |
//! | `sweep.rs` | removing what nobody used |
//! | `personal_data.rs` | what a client user uploaded, for handing it to them |
//! | `provision.rs` | writing files, for the demo and tests |

mod accepted;
mod claim;
mod create;
#[expect(
    missing_docs,
    unreachable_pub,
    reason = "sea-orm asks for public entities; the module keeps them in"
)]
mod entity;
mod keep;
mod name;
mod personal_data;
mod place;
pub mod provision;
mod read;
mod receive;
mod rules;
mod scope;
mod sniff;
mod sweep;

pub use claim::{ClaimError, claim};
pub use create::{CreateError, MOST_OPEN, NewUpload, START_WITHIN, Upload, create_upload};
pub use entity::file::{FileId, Model as File};
pub use personal_data::uploaded_by;
pub use place::{BadPlace, Files, Limits, S3, prepare_tls};
pub use read::{Content, Unreadable, read};
pub use receive::{Announced, ReceiveError, receive};
pub use rules::{UploadRules, UploadType, upload_rules};
pub use sweep::{Swept, sweep};
