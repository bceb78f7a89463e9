//! Whether bytes are of the type that was declared. What was said about them is
//! no proof.

use std::panic::catch_unwind;

use crate::accepted::{Accepted, Looks};

/// How much of a file is looked at.
pub(crate) const HEAD: usize = 8 * 1024;
/// How far markup is looked for in text.
const MARKUP: usize = 1024;

/// The content is not of the declared type, or of one that nobody takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Foreign;

/// What the beginning of a file looks like, if that fits what was declared.
pub(crate) fn sniff(head: &[u8], declared: &Accepted) -> Result<Option<&'static str>, Foreign> {
    // Written by others to guess at any bytes: it must not take an upload down.
    let found = catch_unwind(|| infer::get(head)).unwrap_or_default();
    let found = found.map(|kind| kind.mime_type());
    match declared.looks {
        Looks::Like(types) => match found {
            Some(kind) if types.contains(&kind) => Ok(Some(kind)),
            _ => Err(Foreign),
        },
        Looks::Compound if head.starts_with(&COMPOUND) => Ok(Some("application/x-ole-storage")),
        // Two letters at its beginning make a picture of a text: `BM`, `ID3`. So
        // text is known by being text, and refused for what runs.
        Looks::Text if !runs(found) && is_text(head) && !is_markup(head) => Ok(None),
        Looks::Compound | Looks::Text => Err(Foreign),
    }
}

const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Whether a program, a browser's among them, would run it.
fn runs(kind: Option<&str>) -> bool {
    kind.is_some_and(|kind| {
        kind.starts_with("text/") || kind.contains("xml") || kind.contains("script")
    })
}

/// Whether it is UTF-8 without control characters; the last character may be cut.
fn is_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() && head.len() == HEAD => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    text.chars()
        .all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{1b}' | '\u{85}'))
}

/// Whether a browser might take it for a page or a picture with scripts.
fn is_markup(head: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&head[..head.len().min(MARKUP)]).to_lowercase();
    [
        "<svg",
        "<?xml",
        "<!doctype",
        "<html",
        "<script",
        "<body",
        "<iframe",
    ]
    .iter()
    .any(|sign| start.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accepted::accepted;

    fn fits(head: &[u8], declared: &str) -> bool {
        sniff(head, accepted(declared).expect("in the list")).is_ok()
    }

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    #[test]
    fn content_decides() {
        assert!(fits(PNG, "image/png"));
        assert!(fits(b"%PDF-1.7", "application/pdf"));
        assert!(fits("Grüße\r\n\tnach Köln".as_bytes(), "text/plain"));
        assert!(fits(b"a;b\n1;2\n", "text/csv"));
        assert!(fits(b"BMW, ID3 and MZ are letters", "text/plain"));
        assert!(fits(&COMPOUND, "application/msword"));
        for (head, declared) in [
            (PNG, "image/jpeg"),
            (PNG, "text/plain"),
            (b"<html><script>", "image/png"),
            (b"  <!DOCTYPE html>", "text/plain"),
            (b"<svg onload=alert(1)>", "text/plain"),
            (b"a comment first <svg onload=alert(1)>", "text/plain"),
            (b"<?xml version='1.0'?><svg/>", "text/csv"),
            (b"<svg/>", "image/png"),
            (b"#!/bin/sh\nrm -rf /", "text/plain"),
            (b"MZ\x90\0\x03\0\0\0", "application/pdf"),
            (b"MZ\x90\0\x03\0\0\0", "text/plain"),
            (b"\xff\xfe\0a", "text/plain"),
            (b"", "image/png"),
            (b"PK\x03\x04", "application/pdf"),
        ] {
            assert!(!fits(head, declared), "{declared}: {head:?}");
        }
    }

    #[test]
    fn a_character_may_be_cut_at_the_end_of_the_head_alone() {
        let mut head = "ä".repeat(HEAD).into_bytes();
        head.rotate_left(1);
        head.insert(0, b'x');
        head.remove(1);
        assert!(!is_text(&head), "it begins in the middle of a character");
        let mut head = "x".repeat(HEAD - 1).into_bytes();
        head.push("ä".as_bytes()[0]);
        assert!(is_text(&head));
        head.pop();
        head.pop();
        head.push("ä".as_bytes()[0]);
        assert!(!is_text(&head));
    }

    /// The library that guesses is given whatever comes.
    #[test]
    fn any_bytes_are_looked_at_in_peace() {
        let zip = b"PK\x03\x04";
        for length in 0..600_usize {
            for fill in [0x00, 0xff, b'P', b'<'] {
                for start in [&zip[..], &COMPOUND[..], b"\0\0\0\x18ftyp", b"RIFF", b""] {
                    let mut head = start.to_vec();
                    head.resize(start.len() + length, fill);
                    for declared in ["application/zip", "text/plain", "image/heic"] {
                        let _ = fits(&head, declared);
                    }
                }
            }
        }
    }
}
