//! Answers to forms, as the API shows them and takes them.

use ::tickets::{
    AnswerReason, Answered, AnswersError, FieldKind, Given, GivenValue, TicketId,
    UpdateAnswersError, Value, update_answers,
};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::NaiveDate;
use identity::Locale;
use kernel::TextError;
use visibility::Flag;

use super::{
    AttachmentNode, TicketNode,
    attachments::{AttachmentList, Unattached, uploads},
    form::TicketFieldKind,
    input::short,
    mutation::told,
    page::TicketPage,
    payload::{TicketOpenError, TicketOpenErrorCode, TicketOpenPayload},
};
use crate::{
    context::Asking,
    node::Kind,
    payload::payload,
    refusal::{Refusal, refuse},
};

/// An option that was chosen.
#[derive(SimpleObject)]
#[graphql(name = "TicketAnswerChoice")]
pub(crate) struct ChosenNode {
    /// Its key in the field.
    key: String,
    /// What people read.
    label: String,
}

/// An answer to a field of a form, with the field as it was then. Of the values
/// one says something, by the kind.
pub(crate) struct AnswerNode {
    answered: Answered,
    locale: Locale,
    files: Vec<AttachmentNode>,
    page: std::sync::Arc<TicketPage>,
}

impl AnswerNode {
    /// The answers that clients may know of.
    pub(super) async fn visible(
        page: &std::sync::Arc<TicketPage>,
        ticket: TicketId,
        locale: Option<&str>,
    ) -> Result<Vec<Self>> {
        Self::all(page, ticket, locale, Flag::ClientVisible).await
    }

    /// The others.
    pub(super) async fn internal(
        page: &std::sync::Arc<TicketPage>,
        ticket: TicketId,
        locale: Option<&str>,
    ) -> Result<Vec<Self>> {
        Self::all(page, ticket, locale, Flag::InternalOnly).await
    }

    async fn all(
        page: &std::sync::Arc<TicketPage>,
        ticket: TicketId,
        locale: Option<&str>,
        flag: Flag,
    ) -> Result<Vec<Self>> {
        let found = page.answers(ticket, flag).await?;
        let locale = page.language.of(&page.asked, locale).await?;
        let mut nodes = Vec::with_capacity(found.len());
        for answered in found {
            let files = match answered.value {
                Value::Files(_) => {
                    let all = page.answer_files(ticket).await?.iter();
                    let key = answered.field.key.as_str();
                    let of_field = |file: &&AttachmentNode| {
                        file.row.flag == flag && file.row.answer.as_deref() == Some(key)
                    };
                    all.filter(of_field).cloned().collect()
                }
                _ => Vec::new(),
            };
            nodes.push(Self {
                answered: answered.clone(),
                locale,
                files,
                page: page.clone(),
            });
        }
        Ok(nodes)
    }
}

/// An answer to a field of a form, with the field as it was then. Of the values
/// one says something, by the kind.
#[Object(name = "TicketAnswer")]
impl AnswerNode {
    /// The key of the field.
    async fn key(&self) -> &str {
        &self.answered.field.key
    }

    /// What people read before it.
    async fn label(&self) -> &str {
        let label = self.answered.field.label.of(self.locale);
        label.unwrap_or_default()
    }

    /// What the answer is.
    async fn kind(&self) -> TicketFieldKind {
        (&self.answered.field.kind).into()
    }

    /// The text, of one line or of several.
    #[expect(clippy::unused_async, reason = "the macro asks for it")]
    async fn text(&self) -> Result<Option<&str>> {
        let Value::Text(text) = &self.answered.value else {
            return Ok(None);
        };
        self.page.asked.count_prose(text.len())?;
        Ok(Some(text))
    }

    /// The decimal number.
    async fn number(&self) -> Option<String> {
        match &self.answered.value {
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// The day.
    async fn date(&self) -> Option<NaiveDate> {
        match &self.answered.value {
            Value::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// Yes or no.
    async fn yes(&self) -> Option<bool> {
        match &self.answered.value {
            Value::YesNo(yes) => Some(*yes),
            _ => None,
        }
    }

    /// What was chosen, in the order of the field.
    #[graphql(complexity = "10 * child_complexity + 1")]
    async fn choices(&self) -> Vec<ChosenNode> {
        let (
            FieldKind::Choice { options } | FieldKind::Several { options, .. },
            Value::Choices(keys),
        ) = (&self.answered.field.kind, &self.answered.value)
        else {
            return Vec::new();
        };
        let chosen = options.iter().filter(|option| keys.contains(&option.key));
        let node = chosen.map(|option| ChosenNode {
            key: option.key.clone(),
            label: option.label.of(self.locale).unwrap_or_default().to_owned(),
        });
        node.collect()
    }

    /// The files.
    async fn files(&self) -> AttachmentList {
        AttachmentList::of(Some(&self.files))
    }
}

/// An answer to a field of a form: its key, and one value by its kind. Without a
/// value, or with an empty one, there is no answer.
#[derive(InputObject)]
#[graphql(name = "TicketAnswerInput")]
pub(crate) struct AnswerInput {
    /// The key of the field.
    key: String,
    /// A text, of one line or of several.
    text: Option<String>,
    /// A decimal number, such as `-12.50`.
    number: Option<String>,
    /// A day, such as `2026-11-22`.
    date: Option<String>,
    /// Yes or no.
    yes: Option<bool>,
    /// The keys of options; of a choice one.
    choices: Option<Vec<String>>,
    /// Uploads of one's own, by the ids of `uploadCreate`. They come to the files
    /// that are there.
    files: Option<Vec<ID>>,
}

/// The answers of an input.
pub(super) fn given(answers: Vec<AnswerInput>) -> Result<Vec<Given>, Refusal> {
    short("answers", &answers)?;
    answers.into_iter().map(AnswerInput::given).collect()
}

impl AnswerInput {
    fn given(self) -> Result<Given, Refusal> {
        short("answers", self.choices.as_deref().unwrap_or_default())?;
        let files = self.files.map(|ids| uploads(Some(ids))).transpose()?;
        let values = [
            self.text.map(GivenValue::Text),
            self.number.map(GivenValue::Number),
            self.date.map(GivenValue::Date),
            self.yes.map(GivenValue::Yes),
            self.choices.map(GivenValue::Choices),
            files.map(GivenValue::Files),
        ];
        let mut values = values.into_iter().flatten();
        let value = match (values.next(), values.next()) {
            (None, _) => GivenValue::Nothing,
            (Some(value), None) => value,
            (Some(_), Some(_)) => GivenValue::Several,
        };
        Ok(Given {
            key: self.key,
            value,
        })
    }
}

payload! {
    /// What `ticketAnswersUpdate` answers.
    TicketAnswersUpdatePayload {
        /// The ticket with its answers; none when there are errors.
        ticket: TicketNode,
    }
    /// Why the answers stay as they are.
    TicketAnswersUpdateError {
        /// The field of the form; none where it is the answers as a whole.
        key: String,
    };
    /// What can go wrong in `ticketAnswersUpdate`.
    TicketAnswersUpdateErrorCode {
        /// A field that must be answered would not be any more.
        Required,
        /// A text is too long, or all answers together.
        TooLong,
        /// A text holds control characters.
        InvalidCharacters,
        /// The form has no such field.
        UnknownField,
        /// The field is not for clients to answer.
        NotEditable,
        /// The field is answered twice.
        AnsweredTwice,
        /// The field asks for a value of another kind.
        WrongKind,
        /// No decimal number, or one with too many digits.
        InvalidNumber,
        /// No day.
        InvalidDate,
        /// Out of the bounds of the field.
        OutOfRange,
        /// The field has no such option.
        UnknownChoice,
        /// Too few or too many options or files.
        WrongCount,
        /// There is no such upload of one's own, or it has expired.
        UnknownUpload,
        /// A file has not been uploaded yet.
        UploadUnfinished,
        /// A file is attached to something already.
        UploadUsed,
        /// The ticket is closed.
        TicketClosed,
        /// The ticket was merged into another, where things go on.
        Merged,
    }
}

/// What an error about answers says: key, message and code.
struct Said<Code> {
    key: Option<String>,
    message: String,
    code: Code,
}

/// Gives each code list its codes for answers.
macro_rules! answer_codes {
    ($($code:ident)+) => {
        $(impl Said<$code> {
            /// What is wrong with answers, or the fault that it is.
            fn all(error: AnswersError) -> Result<Vec<Self>> {
                Ok(match error {
                    AnswersError::Fault(fault) => return Err(refuse(&fault)),
                    AnswersError::TooLong => vec![Self {
                        key: None,
                        message: "The answers must not be longer than 64 kB.".to_owned(),
                        code: $code::TooLong,
                    }],
                    AnswersError::Files(key, error) => {
                        let reason = Unattached::of(&error)?;
                        let code = match reason {
                            Unattached::Unknown => $code::UnknownUpload,
                            Unattached::Unfinished => $code::UploadUnfinished,
                            Unattached::Used => $code::UploadUsed,
                            Unattached::TooMany => $code::WrongCount,
                        };
                        let message = reason.message().to_owned();
                        vec![Self { key: Some(key), message, code }]
                    }
                    AnswersError::Faults(faults) => faults.into_iter().map(|fault| Self {
                        message: fault.reason.to_string(),
                        code: fault.reason.into(),
                        key: Some(fault.key),
                    }).collect(),
                })
            }
        }

        impl From<AnswerReason> for $code {
            fn from(reason: AnswerReason) -> Self {
                match reason {
                    AnswerReason::UnknownField => Self::UnknownField,
                    AnswerReason::NotEditable => Self::NotEditable,
                    AnswerReason::Twice => Self::AnsweredTwice,
                    AnswerReason::WrongKind => Self::WrongKind,
                    AnswerReason::Required | AnswerReason::Text(TextError::Blank) => Self::Required,
                    AnswerReason::Text(TextError::TooLong(_)) => Self::TooLong,
                    AnswerReason::Text(TextError::Control) => Self::InvalidCharacters,
                    AnswerReason::NoNumber(_) => Self::InvalidNumber,
                    AnswerReason::NoDate => Self::InvalidDate,
                    AnswerReason::OutOfRange => Self::OutOfRange,
                    AnswerReason::UnknownChoice => Self::UnknownChoice,
                    AnswerReason::WrongNumber(..) | AnswerReason::TooManyFiles(_) => Self::WrongCount,
                }
            }
        })+
    };
}

/// The input field that holds answers.
const ANSWERS: Option<&str> = Some("answers");

answer_codes! { TicketOpenErrorCode TicketAnswersUpdateErrorCode }

/// Why a ticket was not opened: its answers.
pub(super) fn unanswered(error: AnswersError) -> Result<TicketOpenPayload> {
    let said = Said::<TicketOpenErrorCode>::all(error)?.into_iter();
    let errors = said.map(|said| TicketOpenError {
        code: said.code,
        message: said.message,
        field: ANSWERS,
        key: said.key,
    });
    Ok(TicketOpenPayload {
        ticket: None,
        errors: errors.collect(),
    })
}

/// What `ticketAnswersUpdate` asks for.
#[derive(InputObject)]
pub(crate) struct TicketAnswersUpdateInput {
    /// The ticket.
    id: ID,
    /// What is answered from now on; fields that are not named stay as they are.
    /// At most 100.
    answers: Vec<AnswerInput>,
}

#[derive(Default)]
pub(crate) struct AnswersMutation;

#[Object]
impl AnswersMutation {
    /// Changes what was answered to the form of a ticket. The fields are those of
    /// the version that was answered, or of the one in force where nothing was. For
    /// clients until the ticket is closed.
    async fn ticket_answers_update(
        &self,
        ctx: &Context<'_>,
        input: TicketAnswersUpdateInput,
    ) -> Result<Option<TicketAnswersUpdatePayload>> {
        let id: TicketId = Kind::Ticket.record(&input.id)?;
        let payload = match update_answers(&ctx.cx()?, id, given(input.answers)?).await {
            Ok(ticket) => TicketAnswersUpdatePayload {
                ticket: Some(TicketPage::node(ctx.asked()?, ticket)),
                errors: Vec::new(),
            },
            Err(UpdateAnswersError::Fault(fault)) => return Err(refuse(&fault)),
            Err(UpdateAnswersError::Closed) => TicketAnswersUpdatePayload::refused(
                TicketAnswersUpdateErrorCode::TicketClosed,
                Some("id"),
                "The ticket is closed.",
            ),
            Err(UpdateAnswersError::Merged(away)) => TicketAnswersUpdatePayload::refused(
                TicketAnswersUpdateErrorCode::Merged,
                Some("id"),
                told(&away),
            ),
            Err(UpdateAnswersError::Answers(error)) => {
                let said = Said::<TicketAnswersUpdateErrorCode>::all(error)?.into_iter();
                let errors = said.map(|said| TicketAnswersUpdateError {
                    code: said.code,
                    message: said.message,
                    field: ANSWERS,
                    key: said.key,
                });
                TicketAnswersUpdatePayload {
                    ticket: None,
                    errors: errors.collect(),
                }
            }
        };
        Ok(Some(payload))
    }
}
