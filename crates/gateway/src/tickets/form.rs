//! Forms of categories, as the API shows them.

use ::identity::Locale;
use ::tickets::{Choice, Field, FieldKind, Form, Label};
use async_graphql::{Context, Enum, Object, Result, SimpleObject};

use super::language::{named, own};
use crate::{
    audience::{Internal, internal},
    context::Asking,
    refusal::refuse,
};

/// What an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub(crate) enum TicketFieldKind {
    /// One line of text.
    Text,
    /// Text of several lines.
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

impl From<&FieldKind> for TicketFieldKind {
    fn from(kind: &FieldKind) -> Self {
        match kind {
            FieldKind::Text { .. } => Self::Text,
            FieldKind::LongText { .. } => Self::LongText,
            FieldKind::Choice { .. } => Self::Choice,
            FieldKind::Several { .. } => Self::Several,
            FieldKind::Number { .. } => Self::Number,
            FieldKind::Date { .. } => Self::Date,
            FieldKind::YesNo => Self::YesNo,
            FieldKind::File { .. } => Self::File,
        }
    }
}

/// What is asked when a ticket is opened in a category.
pub(crate) struct FormNode {
    pub(crate) form: Form,
    pub(crate) locale: Locale,
}

/// What is asked when a ticket is opened in a category.
#[Object(name = "TicketForm")]
impl FormNode {
    /// The key of the category.
    async fn category(&self) -> &str {
        &self.form.category
    }

    /// Which version, for `ticketOpen`: it moves when the fields below do.
    async fn version(&self) -> i32 {
        i32::try_from(self.form.version).unwrap_or(i32::MAX)
    }

    /// The fields, in their order; at most 50.
    #[graphql(complexity = "20 * child_complexity + 1")]
    async fn fields(&self) -> Vec<FieldNode<'_>> {
        let locale = self.locale;
        let fields = self.form.fields.iter();
        fields.map(|field| FieldNode { field, locale }).collect()
    }
}

/// A question of a form.
pub(crate) struct FieldNode<'a> {
    field: &'a Field,
    locale: Locale,
}

/// A question of a form.
#[Object(name = "TicketFormField")]
impl FieldNode<'_> {
    /// What answers name it by; unique in the form.
    async fn key(&self) -> &str {
        &self.field.key
    }

    /// What people read before it.
    async fn label(&self) -> &str {
        self.field.label.of(self.locale).unwrap_or_default()
    }

    /// What helps to answer it; none when there is nothing to say.
    async fn help(&self) -> Option<&str> {
        self.field.help.of(self.locale)
    }

    /// What an answer is.
    async fn kind(&self) -> TicketFieldKind {
        (&self.field.kind).into()
    }

    /// Whether a ticket cannot be opened without an answer, by those who can
    /// give one.
    async fn required(&self) -> bool {
        self.field.required
    }

    /// Whether clients can answer it.
    async fn editable(&self) -> bool {
        self.field.editable
    }

    /// What can be chosen, at most 100; empty for other kinds.
    #[graphql(complexity = "20 * child_complexity + 1")]
    async fn options(&self) -> Vec<OptionNode<'_>> {
        let locale = self.locale;
        let options = match &self.field.kind {
            FieldKind::Choice { options } | FieldKind::Several { options, .. } => {
                options.as_slice()
            }
            _ => &[],
        };
        let options = options.iter();
        options
            .map(|option| OptionNode { option, locale })
            .collect()
    }

    /// The most characters of a text.
    async fn max_length(&self) -> Option<i32> {
        match &self.field.kind {
            FieldKind::Text { longest } | FieldKind::LongText { longest } => count(*longest),
            _ => None,
        }
    }

    /// The least number, or the first day such as `2026-11-22`.
    async fn minimum(&self) -> Option<String> {
        match &self.field.kind {
            FieldKind::Number { minimum, .. } => minimum.map(|bound| bound.to_string()),
            FieldKind::Date { minimum, .. } => minimum.map(|bound| bound.to_string()),
            _ => None,
        }
    }

    /// The greatest number, or the last day.
    async fn maximum(&self) -> Option<String> {
        match &self.field.kind {
            FieldKind::Number { maximum, .. } => maximum.map(|bound| bound.to_string()),
            FieldKind::Date { maximum, .. } => maximum.map(|bound| bound.to_string()),
            _ => None,
        }
    }

    /// The most digits of a number behind the point.
    async fn decimals(&self) -> Option<i32> {
        match &self.field.kind {
            FieldKind::Number { decimals, .. } => Some(i32::from(*decimals)),
            _ => None,
        }
    }

    /// The fewest options, where anything is chosen.
    async fn fewest(&self) -> Option<i32> {
        match &self.field.kind {
            FieldKind::Several { fewest, .. } => count(*fewest),
            _ => None,
        }
    }

    /// The most options, or files.
    async fn most(&self) -> Option<i32> {
        match &self.field.kind {
            FieldKind::Several { most, .. } | FieldKind::File { most } => count(*most),
            _ => None,
        }
    }

    /// Whether clients may know of it.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn visible(&self) -> bool {
        self.field.visible
    }

    /// The label in each of its languages.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn labels(&self) -> Vec<LabelNode> {
        texts(&self.field.label.0)
    }

    /// The help in each of its languages.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn helps(&self) -> Vec<LabelNode> {
        texts(&self.field.help.0)
    }
}

/// Something that can be chosen.
pub(crate) struct OptionNode<'a> {
    option: &'a Choice,
    locale: Locale,
}

/// Something that can be chosen.
#[Object(name = "TicketFormOption")]
impl OptionNode<'_> {
    /// What answers name it by; unique in the field.
    async fn key(&self) -> &str {
        &self.option.key
    }

    /// What people read.
    async fn label(&self) -> &str {
        self.option.label.of(self.locale).unwrap_or_default()
    }

    /// The label in each of its languages.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn labels(&self) -> Vec<LabelNode> {
        texts(&self.option.label.0)
    }
}

/// A text of a form in one language.
#[derive(SimpleObject)]
#[graphql(name = "TicketFormText", directive = internal::apply())]
pub(crate) struct LabelNode {
    /// The tag of the language.
    locale: String,
    /// The text.
    text: String,
}

fn texts(labels: &[Label]) -> Vec<LabelNode> {
    let node = |label: &Label| LabelNode {
        locale: label.locale.clone(),
        text: label.text.clone(),
    };
    labels.iter().map(node).collect()
}

fn count(count: usize) -> Option<i32> {
    i32::try_from(count).ok()
}

#[derive(Default)]
pub(crate) struct FormQuery;

#[Object]
impl FormQuery {
    /// What is asked when a ticket is opened in a category; null where nothing
    /// is. A category that the viewer does not have is null, and the error
    /// `NOT_FOUND`.
    async fn ticket_form(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The key of a category.")] category: String,
        #[graphql(desc = "The language of labels, as a tag; the viewer's when absent.")]
        locale: Option<String>,
    ) -> Result<Option<FormNode>> {
        let cx = ctx.cx()?;
        let asked = locale.as_deref().map(named).transpose()?;
        let found = ::tickets::form(&cx, &category).await;
        let Some(form) = found.map_err(|fault| refuse(&fault))? else {
            return Ok(None);
        };
        let locale = match asked {
            Some(locale) => locale,
            None => own(&cx).await.map_err(|fault| refuse(&fault))?,
        };
        Ok(Some(FormNode { form, locale }))
    }
}
