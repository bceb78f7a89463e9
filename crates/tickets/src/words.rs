//! Words, as both databases find them. Texts and queries go through this one
//! cutter, so that what is found never depends on a database's own rules.
//!
//! Letters lose their marks and their case (`Crème` is `creme`, `Straße` is
//! `strasse`); whatever is neither letter nor digit parts two words. There is no
//! stemming: the last word of a query counts as a beginning instead. Scripts
//! without blanks are one word from one punctuation mark to the next.

use std::collections::BTreeSet;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The longest word, in characters; of a longer one only the beginning counts.
const LONGEST: usize = 32;
/// Distinct words of one ticket that can be found; the rest are not.
pub(crate) const MOST_OF_A_TICKET: usize = 2_000;
/// The longest query, in characters.
pub(crate) const LONGEST_QUERY: usize = 200;
/// The most words in one query.
pub(crate) const MOST_IN_A_QUERY: usize = 20;
/// From this many letters on the last word of a query is a beginning.
const BEGINNING: usize = 3;

/// Why a text cannot be searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadQuery {
    /// It is too long.
    #[error("must not be longer than {LONGEST_QUERY} characters")]
    TooLong,
    /// It has too many words.
    #[error("must not have more than {MOST_IN_A_QUERY} words")]
    TooManyWords,
}

/// What is searched for: tickets with all of these words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Each as it is.
    whole: BTreeSet<String>,
    /// The beginning of one.
    beginning: Option<String>,
}

impl Words {
    /// The words of a query. A text without a single letter or digit has none,
    /// and finds nothing.
    pub fn parse(text: &str) -> Result<Self, BadQuery> {
        if text.chars().nth(LONGEST_QUERY).is_some() {
            return Err(BadQuery::TooLong);
        }
        let mut found: Vec<String> = cut(text).collect();
        let last = found.pop_if(|last| last.chars().nth(BEGINNING - 1).is_some());
        let words = Self {
            whole: found.into_iter().collect(),
            beginning: last,
        };
        if words.count() > MOST_IN_A_QUERY {
            return Err(BadQuery::TooManyWords);
        }
        Ok(words)
    }

    /// Whether there are none, so that nothing is found.
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    fn count(&self) -> usize {
        self.whole.len() + usize::from(self.beginning.is_some())
    }

    /// Those that must be there as they are.
    pub(crate) fn whole(&self) -> impl Iterator<Item = &str> {
        self.whole.iter().map(String::as_str)
    }

    /// What one must begin with.
    pub(crate) fn beginning(&self) -> Option<&str> {
        self.beginning.as_deref()
    }
}

/// The distinct words of some texts, as many as can be found.
pub(crate) fn distinct<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for word in texts.into_iter().flat_map(cut) {
        if found.len() == MOST_OF_A_TICKET {
            break;
        }
        found.insert(word);
    }
    found
}

/// The words of a text, one after the other.
fn cut(text: &str) -> impl Iterator<Item = String> {
    let mut letters = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .filter(|c| !is_combining_mark(*c));
    std::iter::from_fn(move || {
        let mut word = String::new();
        let mut length = 0;
        for c in letters.by_ref() {
            if c.is_alphanumeric() {
                length += 1;
                match c {
                    _ if length > LONGEST => {}
                    'ß' => word.push_str("ss"),
                    'ς' => word.push('σ'),
                    c => word.push(c),
                }
            } else if length > 0 {
                return Some(word);
            }
        }
        (length > 0).then_some(word)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(text: &str) -> Vec<String> {
        cut(text).collect()
    }

    #[test]
    fn marks_case_and_punctuation_do_not_count() {
        let text = "Crème-brûlée ﬁle ÄÖÜß Straße, it's 2ⁿᵈ; ΟΔΟΣ Ёж İstanbul";
        let expected = "creme brulee file aouss strasse it s 2nd οδοσ еж istanbul";
        assert_eq!(words(text).join(" "), expected);
        assert_eq!(words("TKT-0041"), ["tkt", "0041"]);
        assert_eq!(words("日本語のチケット。次"), ["日本語のチケット", "次"]);
    }

    #[test]
    fn what_has_no_letter_has_no_word() {
        for text in [
            "",
            " ",
            "\"*'():&|!<->\\",
            "🎫 🔥",
            "\0\u{301}\u{202e}",
            "AND\u{0}".get(3..).unwrap(),
        ] {
            assert_eq!(words(text), Vec::<String>::new(), "{text:?}");
            assert!(Words::parse(text).expect("parsed").is_empty());
        }
    }

    #[test]
    fn queries_have_bounds() {
        assert_eq!(Words::parse(&"x".repeat(201)), Err(BadQuery::TooLong));
        let many: Vec<String> = (0..21).map(|n| n.to_string()).collect();
        assert_eq!(Words::parse(&many.join(" ")), Err(BadQuery::TooManyWords));
        assert!(Words::parse(&many[1..].join(" ")).is_ok());
        let long = words(&"x".repeat(200));
        assert_eq!(long, ["x".repeat(LONGEST)]);
    }

    #[test]
    fn the_last_word_is_a_beginning_from_three_letters_on() {
        let words = Words::parse("Toner printer Print").expect("parsed");
        assert_eq!(words.whole().collect::<Vec<_>>(), ["printer", "toner"]);
        assert_eq!(words.beginning(), Some("print"));
        let words = Words::parse("toner pr").expect("parsed");
        assert_eq!(words.whole().collect::<Vec<_>>(), ["pr", "toner"]);
        assert_eq!(words.beginning(), None);
    }

    #[test]
    fn a_ticket_has_so_many_words() {
        let text: Vec<String> = (0..3_000).map(|n| n.to_string()).collect();
        assert_eq!(distinct([text.join(" ").as_str()]).len(), MOST_OF_A_TICKET);
    }

    proptest! {
        /// A word of a text is a word of itself: what is read can be searched for.
        #[test]
        fn each_word_is_its_own(text in "\\PC{0,80}") {
            for word in words(&text) {
                prop_assert!(word.chars().all(|c| c.is_alphanumeric() && !c.is_ascii_uppercase()));
                if word.chars().count() < LONGEST {
                    prop_assert_eq!(words(&word), [word.clone()]);
                }
            }
        }
    }
}
