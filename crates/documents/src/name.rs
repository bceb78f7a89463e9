//! A name that is safe to store and show. It never becomes a path: objects are
//! named by ourselves.

use unicode_normalization::UnicodeNormalization;

use crate::accepted::Accepted;

/// The longest name, in bytes.
const LONGEST: usize = 120;

/// What is left of a name: its last part, without what cannot be seen or turns
/// what is, with an ending of its type.
pub(crate) fn safe_name(given: &str, kind: &Accepted) -> String {
    // Long before it is looked at: the rest is of no use.
    let last = given.rsplit(['/', '\\']).next().unwrap_or(given);
    let seen = last.nfc().take(4 * LONGEST).filter(|c| !hidden(*c));
    let shown: String = seen
        .map(|c| if "<>:\"|?*".contains(c) { '_' } else { c })
        .collect();
    let words: Vec<&str> = shown.split_whitespace().collect();
    let name = words.join(" ");
    let name = name.trim_matches(['.', ' ']);
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if is_of(kind, ending) => (stem, ending),
        _ => (name, kind.endings[0]),
    };
    let stem = cut(stem, LONGEST - ending.len() - 1).trim_end_matches(['.', ' ']);
    let stem = if stem.is_empty() { "file" } else { stem };
    format!("{stem}.{ending}")
}

fn hidden(c: char) -> bool {
    c.is_control() && !c.is_whitespace() || kernel::is_unseen(c)
}

fn is_of(kind: &Accepted, ending: &str) -> bool {
    let mut endings = kind.endings.iter();
    endings.any(|known| known.eq_ignore_ascii_case(ending))
}

/// The beginning of a text, in whole characters.
fn cut(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let mut end = bytes;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accepted::accepted;

    fn of(given: &str, declared: &str) -> String {
        safe_name(given, accepted(declared).expect("in the list"))
    }

    #[test]
    fn names_are_made_safe() {
        for (given, declared, kept) in [
            ("Report 2026.pdf", "application/pdf", "Report 2026.pdf"),
            ("Bericht.PDF", "application/pdf", "Bericht.PDF"),
            ("../../etc/passwd", "text/plain", "passwd.txt"),
            ("C:\\Users\\mia\\a.png", "image/png", "a.png"),
            ("a/b/", "image/png", "file.png"),
            ("", "text/csv", "file.csv"),
            ("..", "text/csv", "file.csv"),
            (" . ", "text/csv", "file.csv"),
            (".htaccess", "text/plain", "htaccess.txt"),
            ("evil\u{202e}gnp.exe", "image/png", "evilgnp.exe.png"),
            ("in\0vis\u{200b}ible\r\n.png", "image/png", "invisible.png"),
            ("a\t b\n c.png", "image/png", "a b c.png"),
            ("run.exe", "application/pdf", "run.exe.pdf"),
            ("a\"b<c>.png", "image/png", "a_b_c_.png"),
            ("Cafe\u{301}.txt", "text/plain", "Café.txt"),
            ("見積書.pdf", "application/pdf", "見積書.pdf"),
            ("a.png.", "image/png", "a.png"),
            ("CON", "text/plain", "CON.txt"),
        ] {
            assert_eq!(of(given, declared), kept, "{given:?}");
        }
    }

    #[test]
    fn long_names_keep_their_ending() {
        for letter in ["x", "ä", "見", "\u{1F600}"] {
            let name = of(&format!("{}.jpeg", letter.repeat(300)), "image/jpeg");
            assert!(
                name.len() <= LONGEST && name.ends_with(&format!("{letter}.jpeg")),
                "{name}"
            );
            let name = of(&letter.repeat(1_000_000), "image/jpeg");
            assert!(
                name.len() <= LONGEST && name.ends_with(&format!("{letter}.jpg")),
                "{name}"
            );
        }
    }
}
