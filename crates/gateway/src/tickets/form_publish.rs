//! Publishing forms. For staff.

use ::tickets::{
    Defect, DefectReason, DraftField, DraftKind, Label, PublishForm, PublishFormError, publish_form,
};
use async_graphql::{Context, InputObject, Object, Result};
use kernel::TextError;

use super::{
    form::{FormNode, TicketFieldKind},
    input::short,
    language::own,
};
use crate::{
    audience::{Internal, internal},
    context::Asking,
    payload::payload,
    refusal::{Refusal, refuse},
};

/// A text of a form in one language.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct TicketFormTextInput {
    /// The tag of the language, each once. The first text stands in for languages
    /// that are not there.
    locale: String,
    /// The text.
    text: String,
}

/// Something that can be chosen.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct TicketFormOptionInput {
    /// What answers name it by: a small letter and then at most 39 small letters,
    /// digits and underscores.
    key: String,
    /// What people read, at most 200 characters.
    labels: Vec<TicketFormTextInput>,
}

/// A question of a form. A bound that fields of its kind do not have must be absent.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct TicketFormFieldInput {
    /// What answers name it by: a small letter and then at most 39 small letters,
    /// digits and underscores.
    key: String,
    /// What people read before it, at most 200 characters.
    labels: Vec<TicketFormTextInput>,
    /// What helps to answer it, at most 2 000 characters.
    help: Option<Vec<TicketFormTextInput>>,
    /// Whether a ticket cannot be opened without an answer, by those who can
    /// give one.
    #[graphql(default)]
    required: bool,
    /// Whether clients may know of it.
    #[graphql(default)]
    visible: bool,
    /// Whether clients can answer it; never without being visible.
    #[graphql(default)]
    editable: bool,
    /// What an answer is.
    kind: TicketFieldKind,
    /// What can be chosen, 1 to 100.
    options: Option<Vec<TicketFormOptionInput>>,
    /// The most characters: at most 200 of one line, and 20 000 of several; those
    /// when absent.
    max_length: Option<i32>,
    /// The least number, or the first day such as `2026-11-22`.
    minimum: Option<String>,
    /// The greatest number, or the last day.
    maximum: Option<String>,
    /// The most digits of a number behind the point, 0 to 6; none when absent.
    decimals: Option<i32>,
    /// The fewest options, where anything is chosen.
    fewest: Option<i32>,
    /// The most options, all when absent; or files, at most 10 and one when absent.
    most: Option<i32>,
}

/// What `ticketFormPublish` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct TicketFormPublishInput {
    /// The key of the category.
    category: String,
    /// The version of the form that was changed into this one; absent where there
    /// was none.
    based_on: Option<i32>,
    /// All fields in their order, at most 50, of which 5 take files; none to
    /// withdraw the form.
    fields: Vec<TicketFormFieldInput>,
}

payload! {
    /// What `ticketFormPublish` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketFormPublishPayload {
        /// The form as it is in force now; none when there are errors.
        form: FormNode,
    }
    /// Why the form was not published.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketFormPublishError {
        /// The place in the input, such as `fields.3.options.0.labels`; none where it
        /// is the form as a whole.
        path: String,
    };
    /// What can go wrong in `ticketFormPublish`.
    #[graphql(directive = crate::audience::internal::apply())]
    TicketFormPublishErrorCode {
        /// A text is empty, or something is missing.
        Required,
        /// A text is too long, or the form as a whole.
        TooLong,
        /// A text holds control characters.
        InvalidCharacters,
        /// A key that cannot be one.
        InvalidKey,
        /// A key or a language that comes twice.
        Duplicate,
        /// There is no such language.
        UnknownLocale,
        /// A bound that fields of this kind do not have.
        NotOfThisKind,
        /// A bound that no answer can have.
        InvalidBound,
        /// Too many fields, options or fields that take files.
        TooMany,
        /// Clients would answer what they do not see.
        NotVisible,
        /// The workspace has no such category.
        UnknownCategory,
        /// All is as it was.
        NothingToChange,
        /// Somebody has published meanwhile: read the form again.
        ChangedMeanwhile,
    }
}

fn labels(given: Vec<TicketFormTextInput>) -> Result<Vec<Label>, Refusal> {
    short("labels", &given)?;
    let label = |given: TicketFormTextInput| Label {
        locale: given.locale,
        text: given.text,
    };
    Ok(given.into_iter().map(label).collect())
}

impl TicketFormFieldInput {
    fn draft(self) -> Result<DraftField, Refusal> {
        let option = |given: TicketFormOptionInput| Ok((given.key, labels(given.labels)?));
        let options = self.options.map(|given| {
            let options: Result<Vec<_>, Refusal> = given.into_iter().map(option).collect();
            options
        });
        Ok(DraftField {
            key: self.key,
            label: labels(self.labels)?,
            help: labels(self.help.unwrap_or_default())?,
            required: self.required,
            visible: self.visible,
            editable: self.editable,
            kind: match self.kind {
                TicketFieldKind::Text => DraftKind::Text,
                TicketFieldKind::LongText => DraftKind::LongText,
                TicketFieldKind::Choice => DraftKind::Choice,
                TicketFieldKind::Several => DraftKind::Several,
                TicketFieldKind::Number => DraftKind::Number,
                TicketFieldKind::Date => DraftKind::Date,
                TicketFieldKind::YesNo => DraftKind::YesNo,
                TicketFieldKind::File => DraftKind::File,
            },
            options: options.transpose()?,
            longest: self.max_length.map(i64::from),
            minimum: self.minimum,
            maximum: self.maximum,
            decimals: self.decimals.map(i64::from),
            fewest: self.fewest.map(i64::from),
            most: self.most.map(i64::from),
        })
    }
}

fn defect(defect: Defect) -> TicketFormPublishError {
    use TicketFormPublishErrorCode as Code;
    let code = match defect.reason {
        DefectReason::Text(TextError::TooLong(_)) => Code::TooLong,
        DefectReason::Text(TextError::Control) => Code::InvalidCharacters,
        DefectReason::Key => Code::InvalidKey,
        DefectReason::Twice => Code::Duplicate,
        DefectReason::UnknownLocale => Code::UnknownLocale,
        DefectReason::OfAnotherKind => Code::NotOfThisKind,
        DefectReason::Bounds => Code::InvalidBound,
        DefectReason::TooMany => Code::TooMany,
        DefectReason::Text(TextError::Blank) | DefectReason::Missing => Code::Required,
        DefectReason::Unseen => Code::NotVisible,
    };
    TicketFormPublishError {
        code,
        message: format!("`{}` {}.", defect.path, defect.reason),
        field: Some("fields"),
        path: Some(defect.path),
    }
}

#[derive(Default)]
pub(crate) struct FormMutation;

#[Object]
impl FormMutation {
    /// Publishes a form: from now on it is asked when a ticket is opened in the
    /// category. Answers that were given stay with the version that they were given
    /// to. Needs the permission `settings.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn ticket_form_publish(
        &self,
        ctx: &Context<'_>,
        input: TicketFormPublishInput,
    ) -> Result<Option<TicketFormPublishPayload>> {
        use TicketFormPublishErrorCode as Code;
        let cx = ctx.cx()?;
        short("fields", &input.fields)?;
        let fields: Result<Vec<_>, Refusal> = input
            .fields
            .into_iter()
            .map(TicketFormFieldInput::draft)
            .collect();
        let wanted = PublishForm {
            category: input.category,
            based_on: i64::from(input.based_on.unwrap_or_default()),
            fields: fields?,
        };
        let refused = TicketFormPublishPayload::refused;
        let payload = match publish_form(&cx, wanted).await {
            Ok(form) => {
                let locale = own(&cx).await.map_err(|fault| refuse(&fault))?;
                TicketFormPublishPayload {
                    form: Some(FormNode { form, locale }),
                    errors: Vec::new(),
                }
            }
            Err(PublishFormError::Fault(fault)) => return Err(refuse(&fault)),
            Err(PublishFormError::Defects(defects)) => TicketFormPublishPayload {
                form: None,
                errors: defects.into_iter().map(defect).collect(),
            },
            Err(PublishFormError::TooLarge) => refused(
                Code::TooLong,
                Some("fields"),
                "The form must not be larger than 64 kB.",
            ),
            Err(PublishFormError::UnknownCategory) => refused(
                Code::UnknownCategory,
                Some("category"),
                "There is no such category.",
            ),
            Err(PublishFormError::NothingToChange) => {
                refused(Code::NothingToChange, None, "The form is as it was.")
            }
            Err(PublishFormError::ChangedMeanwhile) => refused(
                Code::ChangedMeanwhile,
                Some("basedOn"),
                "Somebody has published meanwhile: read the form again.",
            ),
        };
        Ok(Some(payload))
    }
}
