//! What a form is made of.

use chrono::NaiveDate;
use identity::Locale;
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

pub use super::decimal::Decimal;

/// The most fields of a form.
pub(crate) const MOST_FIELDS: usize = 50;
/// The most options of a field.
pub(crate) const MOST_OPTIONS: usize = 100;
/// The most fields of a form that take files.
pub(crate) const MOST_FILE_FIELDS: usize = 5;
/// The most bytes of a form, and of what is answered on one ticket.
pub(crate) const MOST_BYTES: usize = 64 * 1024;

/// A text in some languages, each once. The first stands in for those that are
/// not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labels(pub Vec<Label>);

/// A text in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// The tag of the language.
    pub locale: String,
    /// The text.
    pub text: String,
}

impl Labels {
    /// The text in a language, or the first there is.
    pub fn of(&self, locale: Locale) -> Option<&str> {
        let own = self.0.iter().find(|label| label.locale == locale.tag());
        let found = own.or_else(|| self.0.first());
        found.map(|label| label.text.as_str())
    }
}

/// A question of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// What answers name it by; unique in the form.
    pub key: String,
    /// What people read before it.
    pub label: Labels,
    /// What helps to answer it; may be none.
    pub help: Labels,
    /// Whether a ticket cannot be opened without an answer.
    pub required: bool,
    /// Whether clients may know of it.
    pub visible: bool,
    /// Whether clients may answer it; never without being visible.
    pub editable: bool,
    /// What an answer is.
    pub kind: Kind,
}

/// What an answer is, and its bounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Kind {
    /// One line.
    Text {
        /// The most characters.
        longest: usize,
    },
    /// Several lines.
    LongText {
        /// The most characters.
        longest: usize,
    },
    /// One of some options.
    Choice {
        /// The options.
        options: Vec<Choice>,
    },
    /// Some of some options.
    Several {
        /// The options.
        options: Vec<Choice>,
        /// The fewest, where anything is chosen.
        fewest: usize,
        /// The most.
        most: usize,
    },
    /// A decimal number.
    Number {
        /// The least.
        minimum: Option<Decimal>,
        /// The greatest.
        maximum: Option<Decimal>,
        /// The most digits behind the point.
        decimals: u8,
    },
    /// A day.
    Date {
        /// The first.
        minimum: Option<NaiveDate>,
        /// The last.
        maximum: Option<NaiveDate>,
    },
    /// Yes or no.
    YesNo,
    /// Files.
    File {
        /// The most.
        most: usize,
    },
}

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What answers name it by; unique in the field.
    pub key: String,
    /// What people read.
    pub label: Labels,
}

/// The client-visible fields of a form, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Shape(pub Vec<Field>);

/// The internal fields of a version, each with its place among all fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Internal(pub Vec<(usize, Field)>);

/// Parts fields into those that clients may know of and the others.
pub(crate) fn part(fields: Vec<Field>) -> (Shape, Internal) {
    let (mut shape, mut internal) = (Shape::default(), Internal::default());
    for (place, field) in fields.into_iter().enumerate() {
        if field.visible {
            shape.0.push(field);
        } else {
            internal.0.push((place, field));
        }
    }
    (shape, internal)
}

/// All fields in their order.
pub(crate) fn join(shape: Shape, internal: Internal) -> Vec<Field> {
    let mut fields = shape.0;
    for (place, field) in internal.0 {
        fields.insert(place.min(fields.len()), field);
    }
    fields
}
