//! Whether answers fit a form: all that is wrong, not the first alone.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use documents::FileId;
use kernel::{Line, Prose, TextError};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

use super::{
    decimal::Decimal,
    definition::{Choice, Field, Kind},
    draft::{LONGEST_KEY, day},
};

/// An answer as it was given.
#[derive(Clone, Debug)]
pub struct Given {
    /// The field that it names.
    pub key: String,
    /// What it says.
    pub value: GivenValue,
}

/// What an answer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GivenValue {
    /// Nothing: there is to be no answer.
    Nothing,
    /// More than one thing.
    Several,
    /// A text of one line or many.
    Text(String),
    /// A number, as text.
    Number(String),
    /// A day, as text.
    Date(String),
    /// Yes or no.
    Yes(bool),
    /// Options, by key.
    Choices(Vec<String>),
    /// Uploads.
    Files(Vec<FileId>),
}

/// An answer as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "snake_case")]
pub enum Value {
    /// A text of one line or many.
    Text(String),
    /// A number.
    Number(Decimal),
    /// A day.
    Date(NaiveDate),
    /// Yes or no.
    YesNo(bool),
    /// Options, by key, in the order of the field.
    Choices(Vec<String>),
    /// How many files; they are attachments of the ticket.
    Files(usize),
}

/// Answers by the keys of their fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Answers(pub BTreeMap<String, Value>);

/// What is wrong with an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerFault {
    /// The key of the field, as it was given, as far as a key can go.
    pub key: String,
    /// What is wrong.
    pub reason: AnswerReason,
}

/// What can be wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerReason {
    /// The form has no such field, for whoever asks.
    #[error("There is no such field.")]
    UnknownField,
    /// The field is not theirs to answer.
    #[error("The field cannot be answered by clients.")]
    NotEditable,
    /// The field is named twice.
    #[error("The field is named twice.")]
    Twice,
    /// Not what the field asks for, or more than one thing.
    #[error("The field asks for a value of another kind, and for one alone.")]
    WrongKind,
    /// There must be an answer.
    #[error("The field must be answered.")]
    Required,
    /// A text that cannot be taken.
    #[error("The answer {0}.")]
    Text(TextError),
    /// No number, or one with too many digits.
    #[error("The answer must be a decimal number with at most {0} digits behind the point.")]
    NoNumber(u8),
    /// No day.
    #[error("The answer must be a day, such as 2026-11-22.")]
    NoDate,
    /// Beyond the bounds of the field.
    #[error("The answer is out of the bounds of the field.")]
    OutOfRange,
    /// No option of the field.
    #[error("The field has no such option.")]
    UnknownChoice,
    /// Too few or too many options.
    #[error("The field asks for {0} to {1} options.")]
    WrongNumber(usize, usize),
    /// Too many files.
    #[error("The field takes at most {0} files.")]
    TooManyFiles(usize),
}

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// A client, who was handed the visible fields alone.
    Client,
    /// Staff, who may answer all.
    Staff,
}

/// When answers are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    /// With a new ticket: what is required must be there.
    Opening,
    /// Later: what is required must not be taken away.
    Later,
}

/// Answers that fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fitting {
    /// All answers, those of before among them.
    pub(crate) answers: Answers,
    /// Uploads to attach.
    pub(crate) uploads: Vec<Uploads>,
}

/// Uploads to attach to the answer of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Uploads {
    /// The field.
    pub(crate) key: String,
    /// How many files are there already.
    pub(crate) there: usize,
    /// The files, each once.
    pub(crate) files: Vec<FileId>,
}

/// The answers of before with those that are given, if they fit the fields that
/// whoever answers knows of.
pub(crate) fn check(
    fields: &[Field],
    (by, when): (By, When),
    given: Vec<Given>,
    before: &Answers,
) -> Result<Fitting, Vec<AnswerFault>> {
    let mut fitting = Fitting {
        answers: before.clone(),
        uploads: Vec::new(),
    };
    let mut faults: Vec<AnswerFault> = Vec::new();
    let mut named = BTreeSet::new();
    for Given { key, value } in given {
        let known = fields.iter().find(|field| field.key == key);
        let outcome = match known {
            None => Err(AnswerReason::UnknownField),
            Some(_) if !named.insert(key.clone()) => Err(AnswerReason::Twice),
            Some(field) if by == By::Client && !field.editable => Err(AnswerReason::NotEditable),
            Some(field) => take(field, value, &mut fitting),
        };
        if let Err(reason) = outcome {
            // Nobody knows how long a name can be that nothing has.
            let key = key.chars().take(LONGEST_KEY).collect();
            faults.push(AnswerFault { key, reason });
        }
    }
    for field in fields {
        let asked = match when {
            When::Opening => by == By::Staff || field.editable,
            When::Later => named.contains(&field.key),
        };
        let answered = fitting.answers.0.contains_key(&field.key);
        let told = faults.iter().any(|fault| fault.key == field.key);
        if field.required && asked && !answered && !told {
            faults.push(AnswerFault {
                key: field.key.clone(),
                reason: AnswerReason::Required,
            });
        }
    }
    if faults.is_empty() {
        Ok(fitting)
    } else {
        Err(faults)
    }
}

/// Puts an answer among the others, in the place of the one before.
fn take(field: &Field, value: GivenValue, to: &mut Fitting) -> Result<(), AnswerReason> {
    let value = match (&field.kind, value) {
        // What is attached stays; uploads come to it.
        (Kind::File { .. }, GivenValue::Nothing) => return Ok(()),
        (Kind::File { most }, GivenValue::Files(given)) => {
            return add_files(&field.key, *most, given, to);
        }
        (_, GivenValue::Nothing) => None,
        (Kind::Text { longest }, GivenValue::Text(text)) => {
            written(Line::parse(&text).map(Line::into_string), *longest)?
        }
        (Kind::LongText { longest }, GivenValue::Text(text)) => {
            written(Prose::parse(&text).map(Prose::into_string), *longest)?
        }
        (Kind::Choice { options }, GivenValue::Choices(keys)) => chosen(options, &keys, (0, 1))?,
        (
            Kind::Several {
                options,
                fewest,
                most,
            },
            GivenValue::Choices(keys),
        ) => chosen(options, &keys, (*fewest, *most))?,
        (
            Kind::Number {
                minimum,
                maximum,
                decimals,
            },
            GivenValue::Number(text),
        ) => number(&text, (*minimum, *maximum), *decimals)?,
        (Kind::Date { minimum, maximum }, GivenValue::Date(text)) => {
            date(&text, (*minimum, *maximum))?
        }
        (Kind::YesNo, GivenValue::Yes(yes)) => Some(Value::YesNo(yes)),
        _ => return Err(AnswerReason::WrongKind),
    };
    match value {
        Some(value) => to.answers.0.insert(field.key.clone(), value),
        None => to.answers.0.remove(&field.key),
    };
    Ok(())
}

fn add_files(
    key: &str,
    most: usize,
    given: Vec<FileId>,
    to: &mut Fitting,
) -> Result<(), AnswerReason> {
    let mut new: Vec<FileId> = Vec::new();
    for id in given {
        if !new.contains(&id) {
            new.push(id);
        }
    }
    if new.is_empty() {
        return Ok(());
    }
    let there = match to.answers.0.get(key) {
        Some(Value::Files(count)) => *count,
        _ => 0,
    };
    let count = there.saturating_add(new.len());
    if count > most {
        return Err(AnswerReason::TooManyFiles(most));
    }
    to.answers.0.insert(key.to_owned(), Value::Files(count));
    to.uploads.push(Uploads {
        key: key.to_owned(),
        there,
        files: new,
    });
    Ok(())
}

/// A text; nothing but blanks is no answer.
fn written(text: Result<String, TextError>, longest: usize) -> Result<Option<Value>, AnswerReason> {
    match text {
        Ok(text) if text.chars().nth(longest).is_some() => {
            Err(AnswerReason::Text(TextError::TooLong(longest)))
        }
        Ok(text) => Ok(Some(Value::Text(text))),
        Err(TextError::Blank) => Ok(None),
        Err(TextError::TooLong(_)) => Err(AnswerReason::Text(TextError::TooLong(longest))),
        Err(error) => Err(AnswerReason::Text(error)),
    }
}

fn chosen(
    options: &[Choice],
    keys: &[String],
    (fewest, most): (usize, usize),
) -> Result<Option<Value>, AnswerReason> {
    let known = |key: &String| options.iter().any(|option| option.key == *key);
    if !keys.iter().all(known) {
        return Err(AnswerReason::UnknownChoice);
    }
    let chosen = options.iter().map(|option| &option.key);
    let chosen: Vec<String> = chosen.filter(|key| keys.contains(key)).cloned().collect();
    if chosen.is_empty() {
        return Ok(None);
    }
    if chosen.len() < fewest || chosen.len() > most {
        return Err(AnswerReason::WrongNumber(fewest, most));
    }
    Ok(Some(Value::Choices(chosen)))
}

fn number(
    text: &str,
    bounds: (Option<Decimal>, Option<Decimal>),
    decimals: u8,
) -> Result<Option<Value>, AnswerReason> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let number: Decimal = text.parse().map_err(|_| AnswerReason::NoNumber(decimals))?;
    if number.decimals() > decimals {
        return Err(AnswerReason::NoNumber(decimals));
    }
    within(&number, bounds)?;
    Ok(Some(Value::Number(number)))
}

fn date(
    text: &str,
    bounds: (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<Option<Value>, AnswerReason> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let date = day(text).ok_or(AnswerReason::NoDate)?;
    within(&date, bounds)?;
    Ok(Some(Value::Date(date)))
}

fn within<T: PartialOrd>(
    value: &T,
    (least, greatest): (Option<T>, Option<T>),
) -> Result<(), AnswerReason> {
    if least.is_some_and(|least| *value < least) || greatest.is_some_and(|end| *value > end) {
        return Err(AnswerReason::OutOfRange);
    }
    Ok(())
}
