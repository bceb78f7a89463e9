//! Fills the placeholders of a script; see [`super::script`] for what can be written there.

use std::collections::BTreeMap;

use super::dice::Dice;
use super::script::{Lang, Pool};

/// The values of the placeholders of one ticket.
#[derive(Debug)]
pub(super) struct Filler {
    lang: Lang,
    pools: &'static [Pool],
    tag: &'static str,
    known: BTreeMap<String, String>,
    dice: Dice,
}

impl Filler {
    /// Draws from the trade's pools first, then from the common ones.
    pub(super) fn new(lang: Lang, pools: &'static [Pool], tag: &'static str, dice: Dice) -> Self {
        Self {
            lang,
            pools,
            tag,
            known: BTreeMap::new(),
            dice,
        }
    }

    /// Fixes a value beforehand, such as the name of the requester.
    pub(super) fn set(&mut self, key: &str, value: &str) {
        self.known.insert(key.to_owned(), value.to_owned());
    }

    /// The text with all placeholders filled, sentences beginning with a capital.
    pub(super) fn fill(&mut self, text: &str) -> String {
        let text = self.expand(text);
        typeset(&self.capitalise(text.trim()))
    }

    /// A placeholder may stand at the beginning of a sentence, where its value needs a capital. The
    /// first sentence after a greeting begins with one too, except in German.
    fn capitalise(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for char in text.chars() {
            let begins = out.is_empty()
                || [". ", "! ", "? "].iter().any(|end| out.ends_with(end))
                || (out.ends_with("\n\n") && self.lang != Lang::De);
            if begins {
                out.extend(char.to_uppercase());
            } else {
                out.push(char);
            }
        }
        out
    }

    fn expand(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, inside, after)) = placeholder(rest) {
            out.push_str(before);
            out.push_str(&self.value(inside));
            rest = after;
        }
        out.push_str(rest);
        out
    }

    fn value(&mut self, inside: &str) -> String {
        let (key, spec) = inside.split_once(':').unwrap_or((inside, ""));
        if let Some(known) = self.known.get(key) {
            return known.clone();
        }

        let value = if let Some((low, high)) = range(spec) {
            self.dice.between(low, high).to_string()
        } else {
            let options = if spec.is_empty() {
                self.pool(key)
            } else {
                options(spec)
            };
            let chosen = self.dice.pick(&options).copied();
            // An unknown placeholder stays visible, so that the tests find it.
            chosen.map_or_else(|| format!("{{{key}}}"), |text| self.expand(text))
        };
        if !key.is_empty() {
            self.known.insert(key.to_owned(), value.clone());
        }
        value
    }

    /// The words for `key`, by preference those for the house.
    fn pool(&self, key: &str) -> Vec<&'static str> {
        let find = |name: &str| {
            let mut pools = self.pools.iter().chain(COMMON);
            pools
                .find(|pool| pool.0 == name)
                .map(|pool| pool.1.to_vec())
        };
        find(&format!("{key}@{}", self.tag))
            .or_else(|| find(key))
            .unwrap_or_default()
    }
}

/// Splits at the first placeholder: what is before it, in it and after it.
fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find('{')?;
    let mut depth = 0_usize;
    for (at, char) in text[start..].char_indices() {
        match char {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let end = start + at;
            return Some((&text[..start], &text[start + 1..end], &text[end + 1..]));
        }
    }
    None
}

/// The bounds in `4-18`.
fn range(spec: &str) -> Option<(i64, i64)> {
    let (low, high) = spec.split_once('-')?;
    Some((low.parse().ok()?, high.parse().ok()?))
}

/// The options in `a|b`, where those inside a nested placeholder belong to that one.
fn options(spec: &str) -> Vec<&str> {
    let mut depth = 0_usize;
    spec.split(move |char| {
        match char {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        char == '|' && depth == 0
    })
    .collect()
}

/// French sets a space before `?` and inside guillemets that must not end up at the line's end.
fn typeset(text: &str) -> String {
    [" ?", " !", " :", " ;", " »", " %"]
        .iter()
        .fold(text.replace("« ", "«\u{a0}"), |text, mark| {
            text.replace(mark, &mark.replace(' ', "\u{a0}"))
        })
}

/// What people of all trades say.
const COMMON: &[Pool] = &[
    (
        "hi",
        &["Hi,", "Hello,", "Hi team,", "Good morning,", "Hello all,"],
    ),
    (
        "thx",
        &[
            "Thanks, {first}",
            "Thank you!\n{first}",
            "Best, {first}",
            "Kind regards\n{full}",
            "Many thanks, {first}",
        ],
    ),
    (
        "hallo",
        &["Guten Tag,", "Hallo zusammen,", "Guten Morgen,", "Hallo,"],
    ),
    (
        "gruss",
        &[
            "Besten Dank, {first}",
            "Danke und Gruss, {first}",
            "Freundliche Grüsse\n{full}",
            "Vielen Dank, {full}",
        ],
    ),
    (
        "salut",
        &["Bonjour,", "Bonjour à tous,", "Bonjour à l'équipe,"],
    ),
    (
        "merci",
        &[
            "Merci d'avance, {first}",
            "Cordialement,\n{full}",
            "Merci, {first}",
            "Bien à vous,\n{full}",
        ],
    ),
    (
        "since",
        &[
            "yesterday",
            "this morning",
            "Monday",
            "Tuesday",
            "last night",
            "the weekend",
            "yesterday afternoon",
            "Thursday",
        ],
    ),
    (
        "day",
        &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
    ),
    (
        "seit",
        &[
            "gestern",
            "heute Morgen",
            "gestern Abend",
            "gestern Mittag",
            "Montag",
            "Dienstag",
            "Mittwoch",
        ],
    ),
    (
        "tag",
        &["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"],
    ),
    (
        "depuis",
        &[
            "hier",
            "lundi",
            "ce matin",
            "mardi",
            "hier après-midi",
            "jeudi",
        ],
    ),
    ("jour", &["lundi", "mardi", "mercredi", "jeudi", "vendredi"]),
];
