//! The tokens under which the databases' engines keep words. A token names its
//! scope, the span of time in which the ticket was opened (`spans.rs`), and the
//! word, so that an engine looks at nothing else. It is for speed, never for
//! safety: whatever is found is read through `scope.rs`.
//!
//! Nothing of what somebody wrote is ever syntax: a token holds letters and
//! digits alone, and is quoted all the same.

use std::collections::BTreeSet;

use uuid::Uuid;

use crate::words::Words;

/// Stands for the span in a query, which is asked for some spans after the others.
pub(crate) const SPAN_HERE: &str = "MMMM";

/// What a token names besides words: who sees a ticket otherwise than by their
/// company or workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Person {
    /// Asked for it, or raised it.
    Owner(Uuid),
    /// Takes part in it in whatever way.
    Participant(Uuid),
    /// Works on it.
    Assignee(Uuid),
}

/// The document of a ticket in one scope: its tokens, parted by blanks.
pub(crate) fn document(
    scope: Uuid,
    span: i64,
    words: &BTreeSet<String>,
    people: &[Person],
) -> String {
    let span = format!("{span:04x}");
    let words = words.iter().map(|word| token('w', scope, &span, word));
    let people = people.iter().map(|person| of_person(scope, &span, *person));
    let tokens: BTreeSet<String> = words.chain(people).collect();
    let tokens: Vec<String> = tokens.into_iter().collect();
    tokens.join(" ")
}

/// A query in the language of one engine.
pub(crate) struct Language {
    quote: char,
    and: &'static str,
    beginning: &'static str,
}

/// SQLite's FTS5.
pub(crate) const FTS5: Language = Language {
    quote: '"',
    and: " AND ",
    beginning: "*",
};

/// PostgreSQL's `tsquery`.
pub(crate) const TSQUERY: Language = Language {
    quote: '\'',
    and: " & ",
    beginning: ":*",
};

impl Language {
    /// What asks for all of the words, and for the person if there is one; in
    /// parentheses, to be joined with others.
    pub(crate) fn query(&self, scope: Uuid, words: &Words, person: Option<Person>) -> String {
        let quoted = |token: String| format!("{0}{token}{0}", self.quote);
        let whole = words
            .whole()
            .map(|word| quoted(token('w', scope, SPAN_HERE, word)));
        let beginning = words.beginning().map(|word| {
            let token = quoted(token('w', scope, SPAN_HERE, word));
            format!("{token}{}", self.beginning)
        });
        let person = person.map(|person| quoted(of_person(scope, SPAN_HERE, person)));
        let all: Vec<String> = whole.chain(beginning).chain(person).collect();
        format!("({})", all.join(self.and))
    }
}

/// PostgreSQL: the expression that asks [`TSQUERY`]'s query, its first value, of each
/// span from the one expression to the other.
pub(crate) fn tsquery_of_spans(first: &str, last: &str) -> String {
    format!(
        "(SELECT CAST(string_agg(replace($1, '{SPAN_HERE}', lpad(to_hex(span), 4, '0')), ' | ') AS tsquery) \
         FROM generate_series({first}, {last}) AS span)"
    )
}

fn of_person(scope: Uuid, span: &str, person: Person) -> String {
    match person {
        Person::Owner(id) => token('o', scope, span, &short(id)),
        Person::Participant(id) => token('p', scope, span, &short(id)),
        Person::Assignee(id) => token('a', scope, span, &short(id)),
    }
}

fn token(kind: char, scope: Uuid, span: &str, rest: &str) -> String {
    format!("{kind}{}{span}{rest}", short(scope))
}

/// The end of an id, which is drawn by chance.
fn short(id: Uuid) -> String {
    let hex = id.simple().to_string();
    hex[hex.len() - 10..].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCOPE: Uuid = Uuid::from_u128(0x0123_4567_89ab);
    const USER: Uuid = Uuid::from_u128(0xff_0000_0001);

    #[test]
    fn documents_and_queries_meet() {
        let words = BTreeSet::from(["toner".to_owned(), "printer".to_owned()]);
        let people = [Person::Owner(USER), Person::Assignee(USER)];
        let expected = "a23456789ab035aff00000001 o23456789ab035aff00000001 w23456789ab035aprinter w23456789ab035atoner";
        assert_eq!(document(SCOPE, 0x35a, &words, &people), expected);
        let words = Words::parse("toner print").expect("words");
        let person = Some(Person::Participant(USER));
        assert_eq!(
            FTS5.query(SCOPE, &words, person),
            "(\"w23456789abMMMMtoner\" AND \"w23456789abMMMMprint\"* AND \"p23456789abMMMMff00000001\")"
        );
        assert_eq!(
            TSQUERY.query(SCOPE, &words, None),
            "('w23456789abMMMMtoner' & 'w23456789abMMMMprint':*)"
        );
    }
}
