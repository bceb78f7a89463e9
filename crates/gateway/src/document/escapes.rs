//! Spells out the escapes of strings that the parser does not know.
//!
//! The specification writes a character beyond U+FFFF as two escapes
//! (`"\uD83C\uDFAB"`) or as one of variable length (`"\u{1F3AB}"`); JSON
//! libraries do the first by themselves. The parser knows neither, so here the
//! character is put in their place. Half a pair is left as it is, and the parser
//! refuses it. Places in error messages count in the spelled text.

use std::{borrow::Cow, fmt::Write, ops::Range};

use super::lexemes::{after_block_string, after_ignored, after_string};

/// The text in a spelling that the parser knows.
pub(crate) fn spelled(text: &str) -> Cow<'_, str> {
    let unknown = ["\\u{", "\\ud", "\\uD"];
    if !unknown.iter().any(|escape| text.contains(escape)) {
        return text.into();
    }
    let mut written = String::with_capacity(text.len());
    let mut end = 0;
    for content in strings(text) {
        written.push_str(&text[end..content.start]);
        spell(&mut written, &text[content.clone()]);
        end = content.end;
    }
    written.push_str(&text[end..]);
    written.into()
}

/// Where the contents of strings stand; not of block strings, which have no
/// such escapes.
fn strings(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut rest = text.as_bytes();
    loop {
        let after = match after_ignored(rest) {
            [] => return found,
            [b'"', b'"', b'"', rest @ ..] => after_block_string(rest),
            [b'"', content @ ..] => {
                let after = after_string(content);
                let end = after.map(|after| text.len() - after.len() - 1);
                found.extend(end.map(|end| text.len() - content.len()..end));
                after
            }
            [_, rest @ ..] => Some(rest),
        };
        // What has no end is refused by the scan.
        let Some(after) = after else { return found };
        rest = after;
    }
}

fn spell(written: &mut String, mut content: &str) {
    while let Some(start) = content.find('\\') {
        let (plain, escape) = content.split_at(start);
        written.push_str(plain);
        content = if let Some((character, rest)) = long(escape) {
            push(written, character);
            rest
        } else {
            // The mark goes with its letter, which may be another mark.
            let mut letters = escape.chars();
            written.extend(letters.by_ref().take(2));
            letters.as_str()
        };
    }
    written.push_str(content);
}

/// The character of the long escape that the text begins with, and the rest.
fn long(text: &str) -> Option<(char, &str)> {
    if let Some(braced) = text.strip_prefix("\\u{") {
        let (digits, rest) = braced.split_at(braced.find(|c: char| !c.is_ascii_hexdigit())?);
        let character = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
        return Some((character, rest.strip_prefix('}')?));
    }
    let (high, rest) = unit(text)?;
    let (low, rest) = unit(rest)?;
    let pair = char::decode_utf16([high, low]).next()?.ok()?;
    (pair > '\u{FFFF}').then_some((pair, rest))
}

/// The code unit of the short escape that the text begins with, and the rest.
fn unit(text: &str) -> Option<(u16, &str)> {
    let (digits, rest) = text.strip_prefix("\\u")?.split_at_checked(4)?;
    let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let unit = u16::from_str_radix(digits, 16).ok()?;
    hex.then_some((unit, rest))
}

fn push(written: &mut String, character: char) {
    if character > '\u{FFFF}' {
        written.push(character);
    } else {
        // A quote or a line break of its own would end the string. Writing to
        // a `String` cannot fail.
        let _ = write!(written, "\\u{:04X}", u32::from(character));
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::{parse_query, types::Selection};

    use super::*;

    /// The string argument of the only field.
    fn read(text: &str) -> Option<String> {
        let document = parse_query(spelled(text)).ok()?;
        let (_, operation) = document.operations.iter().next()?;
        let Selection::Field(field) = &operation.node.selection_set.node.items[0].node else {
            return None;
        };
        let value = field.node.get_argument("a")?.node.clone().into_const()?;
        Some(value.into_json().ok()?.as_str()?.to_owned())
    }

    fn string(content: &str) -> Option<String> {
        read(&format!("{{ f(a: \"{content}\") }}"))
    }

    #[test]
    fn long_escapes_are_characters() {
        for (content, text) in [
            (r"\uD83C\uDFAB", "🎫"),
            (r"x\ud83c\udfaby", "x🎫y"),
            (r"\u{1F3AB}", "🎫"),
            (r"\u{00001f3ab}\u{5A}", "🎫Z"),
            (r"\u{22}\u{5C}\u{A}", "\"\\\n"),
            (r"\\uD83C \\u{5A} \uD83C\uDFAB", r"\uD83C \u{5A} 🎫"),
            (r"\u00e9\u{1F3AB}\n", "é🎫\n"),
        ] {
            assert_eq!(string(content).as_deref(), Some(text), "{content}");
        }
    }

    #[test]
    fn what_is_no_character_is_refused() {
        for content in [
            r"\uD83C",
            r"\uDFAB\uD83C",
            r"\uD83Cx",
            r"\uD83C\u0041",
            r"\u{D83C}",
            r"\u{D83C}\u{DFAB}",
            r"\u{110000}",
            r"\u{}",
            r"\u{1F3AB",
            r"\u{+41}",
            r"\uD83C\u+FAB",
            r"\u{FFFFFFFFFFFFFFFFFF}",
        ] {
            assert_eq!(string(content), None, "{content}");
        }
    }

    #[test]
    fn block_strings_and_comments_are_left_alone() {
        let text = r#"# "\u{5A}
            { f(a: """\u{5A} "\uD83C\uDFAB" """) }"#;
        assert_eq!(spelled(text), text);
        assert_eq!(read(text).as_deref(), Some(r#"\u{5A} "\uD83C\uDFAB" "#));
        assert_eq!(spelled("{ f(a: \"\\u{5A}"), "{ f(a: \"\\u{5A}");
    }
}
