//! Cuts raw GraphQL text into lexemes, at least as finely as the parser does.
//!
//! The parser has no lexer of its own: its grammar matches characters, and that
//! lets some texts fall apart into more pieces than a lexer would make.
//!
//! - Keywords have no end: `[truetrue]` is a list of two and `queryQ` names a
//!   query. So a keyword at the start of a name is cut off.
//! - A zero ends an integer: `[000]` is a list of three. So is it here.
//! - `"""` that is never closed is read again, as an empty string and the start
//!   of a short one. A text of many such places costs the parser quadratic time
//!   (16 KiB a second, 64 KiB eight). Here it is [`Lexeme::UnclosedString`], and
//!   the scan refuses the document; so does the specification.
//!
//! Where the grammar would read one piece (`-1.5`, `nullable`) this reads some:
//! to count too much is safe, to count too little is not.
//!
//! What is skipped, on the other hand, is exactly what the grammar skips: inside
//! a string and behind a `#` only. A quote outside of both can be matched by
//! nothing but a string, so the two cannot come to disagree on where one starts;
//! a string that is closed but not valid (`"\q"`) ends the parser's work there.

/// Keywords that the grammar matches without looking at what follows.
const KEYWORDS: [&[u8]; 7] = [
    b"true",
    b"false",
    b"null",
    b"query",
    b"mutation",
    b"subscription",
    b"fragment",
];

/// One piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lexeme {
    /// An opening bracket; holds the bracket that closes it.
    Open(u8),
    /// A closing bracket.
    Close(u8),
    /// A string, a name, a number or part of one, or a sign.
    Token,
    /// A string without an end; everything after it is unknown.
    UnclosedString,
}

/// The lexemes of a text, in order.
#[derive(Clone, Debug)]
pub(super) struct Lexemes<'a> {
    rest: &'a [u8],
}

impl<'a> Lexemes<'a> {
    /// The lexemes of `text`.
    pub(super) fn of(text: &'a str) -> Self {
        Self {
            rest: text.as_bytes(),
        }
    }
}

impl Iterator for Lexemes<'_> {
    type Item = Lexeme;

    fn next(&mut self) -> Option<Lexeme> {
        let (lexeme, rest) = match after_ignored(self.rest) {
            [] => return None,
            [b'{', rest @ ..] => (Lexeme::Open(b'}'), rest),
            [b'[', rest @ ..] => (Lexeme::Open(b']'), rest),
            [b'(', rest @ ..] => (Lexeme::Open(b')'), rest),
            [close @ (b'}' | b']' | b')'), rest @ ..] => (Lexeme::Close(*close), rest),
            [b'"', b'"', b'"', rest @ ..] => string(after_block_string(rest)),
            [b'"', rest @ ..] => string(after_string(rest)),
            name @ [b'A'..=b'Z' | b'a'..=b'z' | b'_', ..] => (Lexeme::Token, after_word(name)),
            [b'1'..=b'9', rest @ ..] => (Lexeme::Token, after_all(rest, u8::is_ascii_digit)),
            [b'.', b'.', b'.', rest @ ..] | [_, rest @ ..] => (Lexeme::Token, rest),
        };
        self.rest = rest;
        Some(lexeme)
    }
}

fn string(rest: Option<&[u8]>) -> (Lexeme, &[u8]) {
    rest.map_or((Lexeme::UnclosedString, &[]), |rest| (Lexeme::Token, rest))
}

/// Skips white space, commas, byte order marks (anywhere) and comments.
pub(super) fn after_ignored(mut rest: &[u8]) -> &[u8] {
    loop {
        rest = match rest {
            [b' ' | b',' | b'\t' | b'\r' | b'\n', rest @ ..] | [0xEF, 0xBB, 0xBF, rest @ ..] => {
                rest
            }
            [b'#', rest @ ..] => after_all(rest, |byte| !matches!(byte, b'\r' | b'\n')),
            _ => return rest,
        };
    }
}

/// Skips the rest of a `"string"`; `None` if the line or the text ends first.
pub(super) fn after_string(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        rest = match rest {
            [b'"', rest @ ..] => return Some(rest),
            [] | [b'\r' | b'\n', ..] | [b'\\', b'\r' | b'\n', ..] => return None,
            [b'\\', _, rest @ ..] | [_, rest @ ..] => rest,
        };
    }
}

/// Skips the rest of a `"""block string"""`; `None` if the text ends first.
pub(super) fn after_block_string(mut rest: &[u8]) -> Option<&[u8]> {
    loop {
        rest = match rest {
            [] => return None,
            [b'"', b'"', b'"', rest @ ..] => return Some(rest),
            [b'\\', b'"', b'"', b'"', rest @ ..] | [_, rest @ ..] => rest,
        };
    }
}

/// Skips a keyword, even if letters follow, or a whole name.
fn after_word(name: &[u8]) -> &[u8] {
    let keyword = KEYWORDS
        .iter()
        .find_map(|keyword| name.strip_prefix(*keyword));
    keyword.unwrap_or_else(|| after_all(name, |byte| byte.is_ascii_alphanumeric() || *byte == b'_'))
}

/// Skips the bytes that are `such`.
fn after_all(text: &[u8], such: impl Fn(&u8) -> bool) -> &[u8] {
    let end = text
        .iter()
        .position(|byte| !such(byte))
        .unwrap_or(text.len());
    &text[end..]
}

#[cfg(test)]
mod tests {
    use super::Lexeme::{Close, Open, Token, UnclosedString};
    use super::*;

    fn lexemes(text: &str) -> Vec<Lexeme> {
        Lexemes::of(text).collect()
    }

    /// The lexemes of `text` with its apostrophes read as quotes.
    fn quoted(text: &str) -> Vec<Lexeme> {
        lexemes(&text.replace('\'', "\""))
    }

    fn tokens(text: &str) -> usize {
        lexemes(text).len()
    }

    #[test]
    fn names_signs_and_brackets_are_one_each() {
        assert_eq!(lexemes("a_1{b}"), [Token, Open(b'}'), Token, Close(b'}')]);
        assert_eq!(lexemes("($v:[I!])").len(), 9);
        assert_eq!(tokens("...on A@d"), 5);
        assert_eq!(tokens("...."), 2);
    }

    #[test]
    fn what_the_grammar_reads_apart_is_cut_apart() {
        assert_eq!(tokens("truetruefalsenull"), 4);
        assert_eq!(tokens("true000"), 4);
        assert_eq!(tokens("queryQ"), 2);
        assert_eq!(tokens("0000"), 4);
        assert_eq!(tokens("-1-1"), 4);
        assert_eq!(tokens("1200"), 1);
    }

    #[test]
    fn commas_spaces_marks_and_comments_are_nothing() {
        assert_eq!(tokens("\u{feff} ,,\t\r\n\u{feff}"), 0);
        assert_eq!(tokens("# [[[ \" \"\"\" \u{2028} [["), 0);
        assert_eq!(tokens("#[\r["), 1);
        assert_eq!(tokens("#[\n["), 1);
        assert_eq!(tokens("##[\r\n#[\n\r["), 1);
    }

    #[test]
    fn other_characters_end_no_comment_and_are_not_skipped() {
        assert_eq!(tokens("#\u{85}\u{2029}\u{b}\u{c}["), 0);
        assert_eq!(tokens("\u{b}\u{c}\0\u{a0}"), 5);
    }

    #[test]
    fn strings_hide_what_is_inside_them() {
        for text in [
            "''",
            "'[{('",
            r"'\'['",
            r"'\\'",
            "'#['",
            "'\u{2028}['",
            r"'\u005b['",
        ] {
            assert_eq!(quoted(text), [Token], "{text}");
        }
        for text in [
            "''''''",
            "'''['[''['''",
            r"'''\'''['''",
            r"'''\\'''['''",
            "'''\n#[\r'''",
        ] {
            assert_eq!(quoted(text), [Token], "{text}");
        }
    }

    #[test]
    fn strings_hide_nothing_behind_them() {
        for text in [
            "''[",
            r"'\\'[",
            "'#'[",
            "''''''[",
            "''''''''[",
            "''''''#'\r[",
        ] {
            let found = quoted(text);
            assert_eq!(found.last(), Some(&Open(b']')), "{text}: {found:?}");
        }
        assert_eq!(quoted("'a''b'["), [Token, Token, Open(b']')]);
        assert_eq!(quoted("'' '["), [Token, UnclosedString]);
        assert_eq!(quoted("'''''''["), [Token, UnclosedString]);
    }

    #[test]
    fn a_string_without_an_end_is_told() {
        for text in ["'", "'a\n'", "'a\r'", "'\\\n'", "'\\\r\n'", "'\\", r"'\'"] {
            assert_eq!(quoted(text).first(), Some(&UnclosedString), "{text:?}");
        }
        for text in [
            "'''",
            "''''",
            "'''''",
            "'''a'",
            r"'''\'''",
            r"'''\\'''",
            "'''\n\n",
        ] {
            assert_eq!(quoted(text), [UnclosedString], "{text:?}");
        }
    }
}
