//! From a letter to the words of its language.
//!
//! Templates reach the letter's data and nothing else; a member that it lacks
//! is an error, not an empty space. HTML is escaped, and no text brings line
//! breaks or control characters of its own.

use std::sync::LazyLock;

use minijinja::{Environment, Error, UndefinedBehavior, value::Serde};
use serde_json::{Map, Value};

use crate::{Letter, Refused, Template, locale::Locale, validity::validity};

/// Subject and both forms of the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rendered {
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
}

/// The files of one template in one language: text, whose first line is the
/// subject, and HTML.
macro_rules! files {
    ($($locale:literal: $($name:literal)+;)+) => {
        [$($((
            concat!($locale, "/", $name),
            include_str!(concat!("../templates/", $locale, "/", $name)),
        ),)+)+]
    };
}

macro_rules! all_files {
    ($($locale:literal)+) => {
        files! {
            $($locale:
                "invitation.txt" "invitation.html"
                "staff_invitation.txt" "staff_invitation.html"
                "workspace_confirmation.txt" "workspace_confirmation.html"
                "email_confirmation.txt" "email_confirmation.html"
                "join_requested.txt" "join_requested.html"
                "join_approved.txt" "join_approved.html"
                "password_reset.txt" "password_reset.html"
                "one_time_code.txt" "one_time_code.html"
                "password_changed.txt" "password_changed.html"
                "ticket_news.txt" "ticket_news.html"
                "ticket_work.txt" "ticket_work.html";
            )+
        }
    };
}

static FILES: [(&str, &str); 66] = all_files!("en" "fr" "de");
static LAYOUT: &str = include_str!("../templates/layout.html");

static TEMPLATES: LazyLock<Result<Environment<'static>, Error>> = LazyLock::new(|| {
    // It escapes what is in files called `.html`.
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_template("layout.html", LAYOUT)?;
    for (name, source) in FILES {
        environment.add_template(name, source)?;
    }
    Ok(environment)
});

/// The words of a letter.
pub(crate) fn render(template: Template, letter: &Letter) -> Result<Rendered, Refused> {
    words(template, letter).map_err(|error| {
        // Its text may repeat what the letter holds.
        let line = error.line().unwrap_or_default();
        let name = template.name();
        Refused::for_good(format!(
            "the template {name} cannot be filled: {:?} in line {line}",
            error.kind()
        ))
    })
}

fn words(template: Template, letter: &Letter) -> Result<Rendered, Error> {
    let templates = TEMPLATES.as_ref().map_err(|error| {
        Error::new(error.kind(), "the templates are broken").with_source(Error::from(error.kind()))
    })?;
    let locale = Locale::of(&letter.locale);
    let mut data = match tidy(&letter.data) {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    data.insert("locale".to_owned(), locale.name().into());
    if let Some(validity) = validity(locale, &data) {
        data.insert("validity".to_owned(), validity.into());
    }
    let file = |ending: &str| format!("{}/{}.{ending}", locale.name(), template.name());
    let whole = templates.get_template(&file("txt"))?.render(Serde(&data))?;
    let (subject, text) = whole.split_once('\n').unwrap_or((&whole, ""));
    data.insert("subject".to_owned(), subject.into());
    let html = templates
        .get_template(&file("html"))?
        .render(Serde(&data))?;
    Ok(Rendered {
        subject: one_line(subject),
        text: without_gaps(text),
        html,
    })
}

/// The same data with each text on one line.
fn tidy(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(one_line(text)),
        Value::Array(items) => items.iter().map(tidy).collect(),
        Value::Object(members) => {
            let tidied = members
                .iter()
                .map(|(name, value)| (name.clone(), tidy(value)));
            Value::Object(tidied.collect())
        }
        other => other.clone(),
    }
}

/// The text on one line, without characters that break it, or that turn the
/// direction of reading.
pub(crate) fn one_line(text: &str) -> String {
    let breaks = |c: char| {
        c.is_control()
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let spaced: String = text
        .chars()
        .map(|c| if breaks(c) { ' ' } else { c })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What an absent part leaves is one empty line, not three.
fn without_gaps(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.trim_start_matches('\n').lines() {
        let gap = line.trim().is_empty() && lines.last().is_some_and(|last| last.is_empty());
        if !gap {
            lines.push(if line.trim().is_empty() { "" } else { line });
        }
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests;
