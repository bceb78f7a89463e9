//! The first gate: counts on the raw text, before the parser sees it.
//!
//! The parser calls itself for every bracket, and has no limit for those of
//! values: 2 000 of them in a 4 kB text overflow its stack, which no handler can
//! catch. Nothing but a look at the text comes early enough.

use super::exceeded::{Bound, LimitExceeded};
use super::lexemes::{Lexeme, Lexemes};
use crate::limits::{Limits, NESTING};

/// Refuses a text that the parser had better not see.
///
/// What passes may still not be GraphQL. A string without an end is refused
/// here, although it is an error of syntax, because no reader can say which of
/// the brackets behind its start are meant as brackets.
pub(crate) fn scan(text: &str, limits: &Limits) -> Result<(), LimitExceeded> {
    Bound::Bytes.hold(text.len(), limits.document_bytes)?;
    let counted = count(text)?;
    Bound::Nesting.hold(counted.nesting, NESTING)?;
    Bound::Tokens.hold(counted.tokens, limits.tokens)
}

/// What a text holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counted {
    tokens: usize,
    nesting: usize,
}

fn count(text: &str) -> Result<Counted, LimitExceeded> {
    let mut counted = Counted::default();
    let mut open = Vec::new();
    for lexeme in Lexemes::of(text) {
        counted.tokens += 1;
        match lexeme {
            Lexeme::Open(closer) => open.push(closer),
            // A bracket of another kind closes nothing.
            Lexeme::Close(closer) => {
                open.pop_if(|expected| *expected == closer);
            }
            Lexeme::Token => {}
            Lexeme::UnclosedString => return Err(LimitExceeded::UnclosedString),
        }
        counted.nesting = counted.nesting.max(open.len());
    }
    Ok(counted)
}

#[cfg(test)]
mod tests {
    use async_graphql::Value;
    use async_graphql::parser::parse_query;
    use async_graphql::parser::types::{DocumentOperations, Selection};

    use super::*;

    fn refused(text: &str) -> &'static str {
        scan(text, &Limits::PORTAL).expect_err("refused").name()
    }

    fn nested(levels: usize) -> String {
        format!("{}{}", "[".repeat(levels), "]".repeat(levels))
    }

    #[test]
    fn bytes_are_held() {
        let text = |bytes: usize| format!("{{a}}{}", " ".repeat(bytes - 3));
        for limits in [Limits::PORTAL, Limits::STAFF] {
            assert_eq!(scan(&text(limits.document_bytes), &limits), Ok(()));
            let over = scan(&text(limits.document_bytes + 1), &limits).expect_err("over");
            assert_eq!(over.name(), "documentBytes");
        }
    }

    #[test]
    fn tokens_are_held() {
        let text = |tokens: usize| format!("{{{}}}", "a ".repeat(tokens - 2));
        for limits in [Limits::PORTAL, Limits::STAFF] {
            assert_eq!(scan(&text(limits.tokens), &limits), Ok(()));
            let over = scan(&text(limits.tokens + 1), &limits).expect_err("over");
            assert_eq!(over.name(), "tokens");
        }
    }

    #[test]
    fn tokens_without_spaces_between_them_are_held() {
        for run in ["0", "true", "null", "\"a\"", "-1", "$a"] {
            assert_eq!(
                refused(&format!("{{f(a:[{}])}}", run.repeat(1_000))),
                "tokens",
                "{run}"
            );
        }
    }

    #[test]
    fn nesting_of_all_brackets_together_is_held() {
        assert_eq!(
            scan(
                &format!("{{f(a:{})}}", nested(NESTING - 2)),
                &Limits::PORTAL
            ),
            Ok(())
        );
        assert_eq!(
            refused(&format!("{{f(a:{})}}", nested(NESTING - 1))),
            "nesting"
        );
        assert_eq!(scan(&"{f(a:[])}".repeat(50), &Limits::PORTAL), Ok(()));
    }

    #[test]
    fn a_bracket_of_another_kind_closes_nothing() {
        for closer in ["}", ")"] {
            assert_eq!(
                refused(&format!("[{closer}").repeat(NESTING + 1)),
                "nesting"
            );
        }
        assert_eq!(scan(&"]".repeat(100), &Limits::PORTAL), Ok(()));
    }

    #[test]
    fn two_thousand_brackets_are_refused_wherever_they_stand() {
        let deep = nested(2_000);
        for text in [
            format!("{{f(a:{deep})}}"),
            format!("{{__typename @skip(if:{deep})}}"),
            format!("query($v:I={deep}){{f}}"),
            format!("query($v:I @d(a:{deep})){{f}}"),
            format!("query($v:{deep}){{f}}"),
            format!("{{f(a:{}0{})}}", "{a:".repeat(2_000), "}".repeat(2_000)),
            format!("{}f{}", "{f".repeat(2_000), "}".repeat(2_000)),
        ] {
            assert_eq!(refused(&text), "nesting");
        }
    }

    /// Two thousand brackets behind a decoy whose apostrophes are read as quotes.
    fn behind(decoy: &str) -> String {
        let decoy = decoy.replace('\'', "\"");
        format!("{{f(a:[{decoy}{}])}}", nested(2_000))
    }

    #[test]
    fn decoys_do_not_hide_brackets() {
        for decoy in ["''", r"'\''", r"'\\'", "'#'", "'\u{2028}'", r"'\u005b'"] {
            assert_eq!(refused(&behind(decoy)), "nesting", "{decoy:?}");
        }
        for decoy in [
            "''''''",
            r"''' \''' '''",
            "''''' '''",
            "'''\n'''",
            "''''''''",
        ] {
            assert_eq!(refused(&behind(decoy)), "nesting", "{decoy:?}");
        }
        for decoy in ["#'\n", "#'''\r", "#\\\r\n", "\u{feff}#\n", "#'\r#'''\n"] {
            assert_eq!(refused(&behind(decoy)), "nesting", "{decoy:?}");
        }
    }

    #[test]
    fn strings_without_an_end_do_not_hide_brackets() {
        for decoy in ["'", "'\n", "'\\\n", "'''", r"'''\'''", "'\\", "''' ''"] {
            assert_eq!(refused(&behind(decoy)), "unclosedString", "{decoy:?}");
        }
    }

    #[test]
    fn brackets_that_are_text_do_not_count() {
        let open = "[{(".repeat(300);
        let text = format!("#{open}\r{{f(a:\"{open}\" b:\"\"\"{open}\"\"\")}}");
        assert_eq!(scan(&text, &Limits::PORTAL), Ok(()));
    }

    #[test]
    fn block_strings_that_reopen_without_end_are_refused() {
        // Read from any of its quotes on, this has no end; the parser tries all.
        let text = format!("{{f(a:[{}", "\"\"\"\"\\\\".repeat(400));
        assert_eq!(refused(&text), "unclosedString");
    }

    /// Lists inside lists, and all the values in them.
    fn shape(value: &Value) -> Counted {
        let Value::List(items) = value else {
            return Counted {
                tokens: 1,
                nesting: 0,
            };
        };
        let shapes: Vec<_> = items.iter().map(shape).collect();
        Counted {
            tokens: 2 + shapes.iter().map(|shape| shape.tokens).sum::<usize>(),
            nesting: 1 + shapes.iter().map(|shape| shape.nesting).max().unwrap_or(0),
        }
    }

    fn parsed_shape(text: &str) -> Option<Counted> {
        let DocumentOperations::Single(operation) = parse_query(text).ok()?.operations else {
            return None;
        };
        let items = &operation.node.selection_set.node.items;
        let [Selection::Field(field)] = items.iter().map(|item| &item.node).collect::<Vec<_>>()[..]
        else {
            return None;
        };
        let value = field.node.get_argument("a")?.node.clone().into_const()?;
        Some(shape(&value))
    }

    /// Every text of so many pieces that open or close something.
    fn texts(pieces: u32) -> impl Iterator<Item = String> {
        const PIECES: [&str; 9] = ["\"", "\"\"\"", "\\", "[", "]", "#", "\n", "0", "true"];
        (0..PIECES.len().pow(pieces)).map(move |number| {
            let digit = |place| PIECES[number / PIECES.len().pow(place) % PIECES.len()];
            (0..pieces).map(digit).collect()
        })
    }

    #[test]
    fn the_parser_never_sees_more_than_the_scan() {
        let mut seen = 0;
        for text in (1..=4)
            .flat_map(texts)
            .map(|text| format!("{{f(a:[{text}\n])}}"))
        {
            let (Some(parsed), Ok(counted)) = (parsed_shape(&text), count(&text)) else {
                continue;
            };
            seen += 1;
            assert!(parsed.nesting + 2 <= counted.nesting, "{text:?}");
            assert!(parsed.tokens + 7 <= counted.tokens, "{text:?}");
        }
        assert!(seen > 500, "only {seen} of the texts are GraphQL");
    }
}
