//! What uploads are held to, for whoever may upload.

use visibility::Cx;

use crate::{Files, accepted::ACCEPTED, create::may_upload};

/// What uploads are held to.
#[derive(Clone, Debug)]
pub struct UploadRules {
    /// The largest file, in bytes.
    pub size: u64,
    /// The types that are taken.
    pub types: Vec<UploadType>,
}

/// A type that is taken.
#[derive(Clone, Copy, Debug)]
pub struct UploadType {
    /// Its media type.
    pub name: &'static str,
    /// The endings that its names may have, without the dot.
    pub endings: &'static [&'static str],
}

/// What an upload of the viewer is held to; none where they may not upload.
pub fn upload_rules(cx: &Cx<'_>, files: &Files) -> Option<UploadRules> {
    may_upload(cx.viewer).ok()?;
    let types = ACCEPTED.iter().map(|one| UploadType {
        name: one.name,
        endings: one.endings,
    });
    Some(UploadRules {
        size: files.limits().size,
        types: types.collect(),
    })
}
