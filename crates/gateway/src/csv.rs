//! Comma-separated values, for people who open them in a spreadsheet.
//!
//! A spreadsheet takes a text that begins with `=`, `+`, `-` or `@` for a formula,
//! and a formula can send what it reads elsewhere. Whatever somebody wrote gets an
//! apostrophe before such a beginning; what we format ourselves does not need one.

use kernel::is_unseen;

/// What the first line begins with, so that spreadsheets read UTF-8.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One value.
pub(crate) enum Cell {
    /// What somebody wrote.
    Text(String),
    /// What we write: an instant, a word of an enumeration.
    Own(String),
    /// Nothing.
    Empty,
}

/// Adds a line.
pub(crate) fn line(csv: &mut String, cells: impl IntoIterator<Item = Cell>) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            csv.push(',');
        }
        csv.push('"');
        let (text, quoted) = match cell {
            Cell::Text(text) => (escaped(&text), is_formula(&text)),
            Cell::Own(text) => (escaped(&text), false),
            Cell::Empty => (String::new(), false),
        };
        if quoted {
            csv.push('\'');
        }
        csv.push_str(&text);
        csv.push('"');
    }
    csv.push_str("\r\n");
}

fn escaped(text: &str) -> String {
    text.replace('"', "\"\"")
}

/// Whether a spreadsheet could take it for a formula: by its first character, or
/// by the first that is seen, whatever stands before that.
fn is_formula(text: &str) -> bool {
    let unseen =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '\'') || is_unseen(c);
    let begins_badly = text.starts_with(['\t', '\r', '\n']);
    let first = text.trim_start_matches(unseen).chars().next();
    begins_badly
        || first.is_some_and(|c| {
            matches!(
                c,
                '=' | '+' | '-' | '@' | '\u{2212}' | '＝' | '＋' | '－' | '＠'
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text() {
        for bad in [
            "=1+1",
            "+49 30 1234",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\ttab",
            "\r\n=1",
            " =1",
            "\"=1",
            "'=1",
            "\u{feff}=1",
            "\u{200b}\u{202e}=1",
            "\u{a0}@x",
            "＝1",
            "＋1",
            "－1",
            "＠x",
        ] {
            assert!(is_formula(bad), "{bad:?}");
        }
        for good in ["", "a=1", "1-2", "O'Neil", "mail@example", "(=1)", "é"] {
            assert!(!is_formula(good), "{good:?}");
        }
    }

    #[test]
    fn values_are_quoted() {
        let mut csv = String::new();
        let text = |text: &str| Cell::Text(text.to_owned());
        line(
            &mut csv,
            [
                text("a,\"b\"\nc"),
                text("=\"x\""),
                Cell::Own("-1".to_owned()),
                Cell::Empty,
            ],
        );
        assert_eq!(csv, "\"a,\"\"b\"\"\nc\",\"'=\"\"x\"\"\",\"-1\",\"\"\r\n");
    }
}
