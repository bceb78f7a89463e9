//! A form as somebody wants it to be, and what is wrong with it.

use std::{collections::BTreeSet, str::FromStr};

use chrono::NaiveDate;
use identity::Locale;
use kernel::{Line, Prose, TextError};

use super::{
    decimal::{Decimal, MOST_DECIMALS},
    definition::{Choice, Field, Kind, Label, Labels, MOST_FIELDS, MOST_FILE_FIELDS, MOST_OPTIONS},
};
use crate::MOST_ATTACHMENTS;

/// The longest key, in characters.
pub(crate) const LONGEST_KEY: usize = 40;
/// The longest help, in characters.
const LONGEST_HELP: usize = 2_000;

/// The kinds of fields, without their bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftKind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// One of some options.
    Choice,
    /// Some of some options.
    Several,
    /// A decimal number.
    Number,
    /// A day.
    Date,
    /// Yes or no.
    YesNo,
    /// Files.
    File,
}

/// A field as it is wanted. A bound that its kind does not have must be absent.
#[derive(Clone, Debug)]
pub struct DraftField {
    /// What answers name it by.
    pub key: String,
    /// What people read before it.
    pub label: Vec<Label>,
    /// What helps to answer it.
    pub help: Vec<Label>,
    /// Whether a ticket cannot be opened without an answer.
    pub required: bool,
    /// Whether clients may know of it.
    pub visible: bool,
    /// Whether clients may answer it.
    pub editable: bool,
    /// What an answer is.
    pub kind: DraftKind,
    /// What can be chosen: key and labels.
    pub options: Option<Vec<(String, Vec<Label>)>>,
    /// The most characters.
    pub longest: Option<i64>,
    /// The least number, or the first day.
    pub minimum: Option<String>,
    /// The greatest number, or the last day.
    pub maximum: Option<String>,
    /// The most digits behind the point.
    pub decimals: Option<i64>,
    /// The fewest choices.
    pub fewest: Option<i64>,
    /// The most choices, or files.
    pub most: Option<i64>,
}

/// What is wrong, and where: `fields.3.options.0.labels`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    /// The place in the draft.
    pub path: String,
    /// What is wrong with it.
    pub reason: DefectReason,
}

/// What can be wrong with a place of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DefectReason {
    /// A text that cannot be taken.
    #[error("{0}")]
    Text(TextError),
    /// No key.
    #[error("must be a small letter and then at most 39 small letters, digits and underscores")]
    Key,
    /// Something that is there already.
    #[error("comes twice")]
    Twice,
    /// A language that is not spoken.
    #[error("is no language that is spoken here")]
    UnknownLocale,
    /// Something that fields of the kind do not have.
    #[error("is nothing that a field of this kind has")]
    OfAnotherKind,
    /// Bounds that nothing fits, or that go beyond what can be.
    #[error("is no bound that an answer can have")]
    Bounds,
    /// Too many of something.
    #[error("are too many")]
    TooMany,
    /// Too few of something.
    #[error("are missing")]
    Missing,
    /// Clients would answer what they do not see.
    #[error("needs the field to be visible")]
    Unseen,
}

/// The defects that were found so far.
#[derive(Default)]
struct Defects(Vec<Defect>);

impl Defects {
    fn add(&mut self, path: String, reason: DefectReason) {
        self.0.push(Defect { path, reason });
    }
}

/// Whether this can be the key of a field or an option.
pub(crate) fn is_key(text: &str) -> bool {
    let small = |c: char| c.is_ascii_lowercase();
    text.len() <= LONGEST_KEY
        && text.starts_with(small)
        && text
            .chars()
            .all(|c| small(c) || c.is_ascii_digit() || c == '_')
}

/// The fields of a draft, or all that is wrong with it.
pub(crate) fn sound(draft: Vec<DraftField>) -> Result<Vec<Field>, Vec<Defect>> {
    let mut defects = Defects::default();
    if draft.len() > MOST_FIELDS {
        defects.add("fields".to_owned(), DefectReason::TooMany);
        return Err(defects.0);
    }
    let files = |field: &&DraftField| field.kind == DraftKind::File;
    if draft.iter().filter(files).count() > MOST_FILE_FIELDS {
        defects.add("fields".to_owned(), DefectReason::TooMany);
    }
    let mut keys = BTreeSet::new();
    let mut fields = Vec::with_capacity(draft.len());
    for (index, field) in draft.into_iter().enumerate() {
        let at = format!("fields.{index}");
        key(&field.key, &mut keys, format!("{at}.key"), &mut defects);
        if field.editable && !field.visible {
            defects.add(format!("{at}.editable"), DefectReason::Unseen);
        }
        let kind = kind(&field, &at, &mut defects);
        let label = label(field.label, &format!("{at}.labels"), &mut defects);
        let help = labels(field.help, &format!("{at}.help"), &mut defects, help_text);
        if let Some(kind) = kind {
            fields.push(Field {
                key: field.key,
                label,
                help,
                required: field.required,
                visible: field.visible,
                editable: field.editable,
                kind,
            });
        }
    }
    if defects.0.is_empty() {
        Ok(fields)
    } else {
        Err(defects.0)
    }
}

fn key(text: &str, known: &mut BTreeSet<String>, at: String, defects: &mut Defects) {
    if !is_key(text) {
        defects.add(at, DefectReason::Key);
    } else if !known.insert(text.to_owned()) {
        defects.add(at, DefectReason::Twice);
    }
}

fn line(text: &str) -> Result<String, TextError> {
    Line::parse(text).map(Line::into_string)
}

fn help_text(text: &str) -> Result<String, TextError> {
    let text = Prose::parse(text)?.into_string();
    if text.chars().nth(LONGEST_HELP).is_some() {
        return Err(TextError::TooLong(LONGEST_HELP));
    }
    Ok(text)
}

/// A label, without which there is no field and no option.
fn label(given: Vec<Label>, at: &str, defects: &mut Defects) -> Labels {
    if given.is_empty() {
        defects.add(at.to_owned(), DefectReason::Missing);
    }
    labels(given, at, defects, line)
}

fn labels(
    given: Vec<Label>,
    at: &str,
    defects: &mut Defects,
    check: fn(&str) -> Result<String, TextError>,
) -> Labels {
    let mut known: Vec<Label> = Vec::new();
    for (index, label) in given.into_iter().enumerate() {
        let Some(locale) = Locale::parse(&label.locale) else {
            defects.add(format!("{at}.{index}.locale"), DefectReason::UnknownLocale);
            continue;
        };
        if known.iter().any(|one| one.locale == locale.tag()) {
            defects.add(format!("{at}.{index}.locale"), DefectReason::Twice);
            continue;
        }
        match check(&label.text) {
            Ok(text) => known.push(Label {
                locale: locale.tag().to_owned(),
                text,
            }),
            Err(error) => defects.add(format!("{at}.{index}.text"), DefectReason::Text(error)),
        }
    }
    Labels(known)
}

/// The kind with its bounds; none where they cannot be.
fn kind(field: &DraftField, at: &str, defects: &mut Defects) -> Option<Kind> {
    use DraftKind as Draft;
    let before = defects.0.len();
    strangers(field, at, defects);
    let kind = match field.kind {
        Draft::Text => Some(Kind::Text {
            longest: bound(
                field.longest,
                (1, Line::MAX),
                Line::MAX,
                at,
                "maxLength",
                defects,
            ),
        }),
        Draft::LongText => Some(Kind::LongText {
            longest: bound(
                field.longest,
                (1, Prose::MAX),
                Prose::MAX,
                at,
                "maxLength",
                defects,
            ),
        }),
        Draft::Choice => Some(Kind::Choice {
            options: options(field, at, defects),
        }),
        Draft::Several => {
            let options = options(field, at, defects);
            let all = options.len().max(1);
            let most = bound(field.most, (1, all), all, at, "most", defects);
            let fewest = bound(field.fewest, (0, most), 0, at, "fewest", defects);
            Some(Kind::Several {
                options,
                fewest,
                most,
            })
        }
        Draft::Number => {
            let most = usize::from(MOST_DECIMALS);
            let decimals = bound(field.decimals, (0, most), 0, at, "decimals", defects);
            let decimals = u8::try_from(decimals).unwrap_or(MOST_DECIMALS);
            let fits = |bound: &Decimal| bound.decimals() <= decimals;
            let (minimum, maximum) = ends(field, at, defects, fits);
            Some(Kind::Number {
                minimum,
                maximum,
                decimals,
            })
        }
        Draft::Date => {
            let (minimum, maximum) = ends::<Day>(field, at, defects, |_| true);
            Some(Kind::Date {
                minimum: minimum.map(|day| day.0),
                maximum: maximum.map(|day| day.0),
            })
        }
        Draft::YesNo => Some(Kind::YesNo),
        Draft::File => Some(Kind::File {
            most: bound(field.most, (1, MOST_ATTACHMENTS), 1, at, "most", defects),
        }),
    };
    kind.filter(|_| defects.0.len() == before)
}

/// Bounds that belong to other kinds.
fn strangers(field: &DraftField, at: &str, defects: &mut Defects) {
    use DraftKind::{Choice, Date, File, LongText, Number, Several, Text};
    let bounds: [(bool, &str, &[DraftKind]); 7] = [
        (field.options.is_some(), "options", &[Choice, Several]),
        (field.longest.is_some(), "maxLength", &[Text, LongText]),
        (field.minimum.is_some(), "minimum", &[Number, Date]),
        (field.maximum.is_some(), "maximum", &[Number, Date]),
        (field.decimals.is_some(), "decimals", &[Number]),
        (field.fewest.is_some(), "fewest", &[Several]),
        (field.most.is_some(), "most", &[Several, File]),
    ];
    for (given, name, kinds) in bounds {
        if given && !kinds.contains(&field.kind) {
            defects.add(format!("{at}.{name}"), DefectReason::OfAnotherKind);
        }
    }
}

fn bound(
    given: Option<i64>,
    (least, greatest): (usize, usize),
    otherwise: usize,
    at: &str,
    name: &str,
    defects: &mut Defects,
) -> usize {
    let Some(given) = given else { return otherwise };
    let found = usize::try_from(given).ok();
    if let Some(bound) = found.filter(|bound| (least..=greatest).contains(bound)) {
        return bound;
    }
    defects.add(format!("{at}.{name}"), DefectReason::Bounds);
    otherwise
}

/// A day, as it is written.
#[derive(PartialEq, PartialOrd)]
struct Day(NaiveDate);

impl FromStr for Day {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        day(text).map(Self).ok_or(())
    }
}

/// A day of the years 1 to 9999, written as `2026-11-22`.
pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    let shape = |(place, byte): (usize, u8)| match place {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    if text.len() != 10 || !text.bytes().enumerate().all(shape) || text.starts_with("0000") {
        return None;
    }
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

fn ends<T: FromStr + PartialOrd>(
    field: &DraftField,
    at: &str,
    defects: &mut Defects,
    fits: impl Fn(&T) -> bool,
) -> (Option<T>, Option<T>) {
    let mut end = |given: &Option<String>, name: &str| {
        let given = given.as_deref()?;
        let found = given.parse().ok().filter(&fits);
        if found.is_none() {
            defects.add(format!("{at}.{name}"), DefectReason::Bounds);
        }
        found
    };
    let (minimum, maximum) = (
        end(&field.minimum, "minimum"),
        end(&field.maximum, "maximum"),
    );
    if let (Some(least), Some(greatest)) = (&minimum, &maximum)
        && least > greatest
    {
        defects.add(format!("{at}.maximum"), DefectReason::Bounds);
    }
    (minimum, maximum)
}

fn options(field: &DraftField, at: &str, defects: &mut Defects) -> Vec<Choice> {
    let at = format!("{at}.options");
    let given = field.options.as_deref().unwrap_or_default();
    let reason = match given.len() {
        0 => Some(DefectReason::Missing),
        1..=MOST_OPTIONS => None,
        _ => Some(DefectReason::TooMany),
    };
    if let Some(reason) = reason {
        defects.add(at, reason);
        return Vec::new();
    }
    let mut keys = BTreeSet::new();
    let mut options = Vec::with_capacity(given.len());
    for (index, (own, texts)) in given.iter().enumerate() {
        key(own, &mut keys, format!("{at}.{index}.key"), defects);
        options.push(Choice {
            key: own.clone(),
            label: label(texts.clone(), &format!("{at}.{index}.labels"), defects),
        });
    }
    options
}
