//! The types that are taken: a closed list, so that nothing reaches a reader
//! that their browser might run.

/// A type that is taken.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Accepted {
    /// As it is declared and handed out.
    pub(crate) name: &'static str,
    /// The endings that its names may have; the first is added to others.
    pub(crate) endings: &'static [&'static str],
    /// What its content may look like by itself.
    pub(crate) looks: Looks,
}

/// What content looks like.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Looks {
    /// As one of these types.
    Like(&'static [&'static str]),
    /// As Microsoft's old containers do.
    Compound,
    /// As text that is no markup and no script.
    Text,
}

const fn like(
    name: &'static str,
    endings: &'static [&'static str],
    types: &'static [&'static str],
) -> Accepted {
    Accepted {
        name,
        endings,
        looks: Looks::Like(types),
    }
}

const fn of(name: &'static str, endings: &'static [&'static str], looks: Looks) -> Accepted {
    Accepted {
        name,
        endings,
        looks,
    }
}

const ZIP: &str = "application/zip";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const PPTX: &str = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
const ODT: &str = "application/vnd.oasis.opendocument.text";
const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";
const ODP: &str = "application/vnd.oasis.opendocument.presentation";

/// All of them.
pub(crate) const ACCEPTED: [Accepted; 23] = [
    like("image/png", &["png"], &["image/png"]),
    like("image/jpeg", &["jpg", "jpeg"], &["image/jpeg"]),
    like("image/gif", &["gif"], &["image/gif"]),
    like("image/webp", &["webp"], &["image/webp"]),
    like("image/bmp", &["bmp"], &["image/bmp"]),
    like("image/tiff", &["tif", "tiff"], &["image/tiff"]),
    like("image/heic", &["heic"], &["image/heif"]),
    like("application/pdf", &["pdf"], &["application/pdf"]),
    of("text/plain", &["txt", "text", "log", "md"], Looks::Text),
    of("text/csv", &["csv"], Looks::Text),
    like(ZIP, &["zip"], &[ZIP, DOCX, XLSX, PPTX, ODT, ODS, ODP]),
    // The library knows them by their first parts, which may stand elsewhere.
    like(DOCX, &["docx"], &[DOCX, ZIP]),
    like(XLSX, &["xlsx"], &[XLSX, ZIP]),
    like(PPTX, &["pptx"], &[PPTX, ZIP]),
    like(ODT, &["odt"], &[ODT, ZIP]),
    like(ODS, &["ods"], &[ODS, ZIP]),
    like(ODP, &["odp"], &[ODP, ZIP]),
    of("application/msword", &["doc"], Looks::Compound),
    of("application/vnd.ms-excel", &["xls"], Looks::Compound),
    of("application/vnd.ms-powerpoint", &["ppt"], Looks::Compound),
    like("video/mp4", &["mp4", "m4v"], &["video/mp4", "video/x-m4v"]),
    like("video/quicktime", &["mov"], &["video/quicktime"]),
    like("audio/mpeg", &["mp3"], &["audio/mpeg"]),
];

/// What some browsers call types that have another name.
const ALSO: [(&str, &str); 4] = [
    ("application/x-zip-compressed", ZIP),
    ("image/jpg", "image/jpeg"),
    ("audio/mp3", "audio/mpeg"),
    ("text/markdown", "text/plain"),
];

/// The type of that name, if it is taken; its parameters and its case do not count.
pub(crate) fn accepted(declared: &str) -> Option<&'static Accepted> {
    let name = declared.split(';').next().unwrap_or(declared).trim();
    let also = ALSO
        .iter()
        .find(|(other, _)| other.eq_ignore_ascii_case(name));
    let name = also.map_or(name, |(_, usual)| usual);
    ACCEPTED
        .iter()
        .find(|accepted| accepted.name.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_closed() {
        for (declared, usual) in [
            ("Text/Plain; charset=utf-8", "text/plain"),
            ("application/X-Zip-Compressed", "application/zip"),
            ("image/jpg", "image/jpeg"),
            ("audio/mp3", "audio/mpeg"),
            ("text/markdown", "text/plain"),
        ] {
            assert_eq!(accepted(declared).map(|one| one.name), Some(usual));
        }
        for other in [
            "",
            "text/html",
            "image/svg+xml",
            "application/xhtml+xml",
            "text/xml",
            "text/javascript",
            "application/octet-stream",
            "application/x-msdownload",
            "image/*",
            "\0",
        ] {
            assert_eq!(accepted(other), None, "{other}");
        }
    }
}
