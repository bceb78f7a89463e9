//! What statuses are called, and calling them otherwise.

use std::{collections::HashMap, sync::Arc};

use ::identity::Locale;
use ::tickets::{
    LabelDefect, LabelReason, Status, StatusLabels, StatusLabelsError, WantedLabel,
    set_status_labels, status_labels,
};
use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use visibility::Section;

use super::{
    input::short,
    language::{Language, named, own},
    types::TicketStatus,
};
use crate::{
    audience::{Internal, internal},
    context::{Asked, Asking},
    payload::payload,
    refusal::{Refusal, refuse},
};

/// What the statuses are called for whoever asks; read once for a request.
async fn labels(asked: &Asked) -> Result<Arc<StatusLabels>> {
    let cx = asked.cx()?;
    let batch = asked.status_labels.with(());
    let fetch = async || Ok(HashMap::from([((), Arc::new(status_labels(&cx).await?))]));
    let found = batch.get(&(), fetch).await?;
    Ok(found.cloned().ok_or(Refusal::Internal)?)
}

/// What a status is called: in the language that is asked for, or the viewer's.
pub(super) async fn label(
    asked: &Asked,
    language: &Language,
    status: Status,
    tag: Option<&str>,
) -> Result<String> {
    let locale = language.of(asked, tag).await?;
    let labels = labels(asked).await?;
    Ok(labels.of(status, locale).to_owned())
}

/// A status, and what it is called.
pub(crate) struct StatusNode {
    status: Status,
    labels: Arc<StatusLabels>,
    locale: Locale,
}

impl StatusNode {
    /// All of them, in the order of a ticket's life.
    async fn all(asked: &Asked, locale: Locale) -> Result<Vec<Self>> {
        let labels = labels(asked).await?;
        let node = |status| Self {
            status,
            labels: labels.clone(),
            locale,
        };
        Ok(Status::all().map(node).collect())
    }
}

/// A status that tickets can have, and what it is called.
#[Object(name = "TicketStatusChoice")]
impl StatusNode {
    /// The status, for programs and filters.
    async fn status(&self) -> TicketStatus {
        self.status.into()
    }

    /// What people read.
    async fn label(&self) -> &str {
        self.labels.of(self.status, self.locale)
    }

    /// The workspace's own words for it, in the languages that it has some in.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn labels(&self) -> Vec<TicketStatusLabel> {
        let own = |locale: Locale| {
            let text = self.labels.own(self.status, locale)?.to_owned();
            let locale = locale.tag().to_owned();
            Some(TicketStatusLabel { locale, text })
        };
        Locale::ALL.into_iter().filter_map(own).collect()
    }
}

/// What a workspace calls a status in one language.
#[derive(SimpleObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct TicketStatusLabel {
    /// The tag of the language.
    locale: String,
    /// The word.
    text: String,
}

/// What a status is to be called in one language.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct TicketStatusLabelInput {
    /// The tag of the language, each once.
    locale: String,
    /// The word, at most 200 characters; null or empty to have none of one's own.
    text: Option<String>,
}

/// What a status is to be called.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct TicketStatusLabelsInput {
    /// The status, each once.
    status: TicketStatus,
    /// The words by language. What is not named stays.
    labels: Vec<TicketStatusLabelInput>,
}

/// What `workspaceStatusLabelsUpdate` asks for.
#[derive(InputObject)]
#[graphql(directive = internal::apply())]
pub(crate) struct WorkspaceStatusLabelsUpdateInput {
    /// The words by status. What is not named stays.
    labels: Vec<TicketStatusLabelsInput>,
}

payload! {
    /// What `workspaceStatusLabelsUpdate` answers.
    #[graphql(directive = crate::audience::internal::apply())]
    WorkspaceStatusLabelsUpdatePayload {
        /// All statuses as they are called now; none when there are errors.
        ticket_statuses: Vec<StatusNode>,
    }
    /// Why the words stay as they are.
    #[graphql(directive = crate::audience::internal::apply())]
    WorkspaceStatusLabelsUpdateError {
        /// The place in the input, such as `labels.0.labels.1.text`; none where it is
        /// the request as a whole.
        path: String,
    };
    /// What can go wrong in `workspaceStatusLabelsUpdate`.
    #[graphql(directive = crate::audience::internal::apply())]
    WorkspaceStatusLabelsUpdateErrorCode {
        /// A word is too long.
        TooLong,
        /// A word holds control characters.
        InvalidCharacters,
        /// There is no such language.
        UnknownLocale,
        /// A status, or one of its languages, that comes twice.
        Duplicate,
        /// All is as it was.
        NothingToChange,
    }
}

fn defect(defect: LabelDefect) -> WorkspaceStatusLabelsUpdateError {
    use WorkspaceStatusLabelsUpdateErrorCode as Code;
    WorkspaceStatusLabelsUpdateError {
        code: match defect.reason {
            LabelReason::TooLong => Code::TooLong,
            LabelReason::Control => Code::InvalidCharacters,
            LabelReason::UnknownLocale => Code::UnknownLocale,
            LabelReason::Twice => Code::Duplicate,
        },
        message: format!("`{}` {}.", defect.path, defect.reason),
        field: Some("labels"),
        path: Some(defect.path),
    }
}

fn wanted(given: Vec<TicketStatusLabelsInput>) -> Result<Vec<(Status, Vec<WantedLabel>)>, Refusal> {
    short("labels", &given)?;
    let label = |given: TicketStatusLabelInput| WantedLabel {
        locale: given.locale,
        text: given.text,
    };
    let of_status = |given: TicketStatusLabelsInput| {
        short("labels", &given.labels)?;
        let labels = given.labels.into_iter().map(label).collect();
        Ok((given.status.into(), labels))
    };
    given.into_iter().map(of_status).collect()
}

#[derive(Default)]
pub(crate) struct StatusQuery;

#[Object]
impl StatusQuery {
    /// The statuses that tickets can have and what they are called, in the order of a
    /// ticket's life.
    #[graphql(complexity = "5 * child_complexity + 1")]
    async fn ticket_statuses(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The language of labels, as a tag; the viewer's when absent.")]
        locale: Option<String>,
    ) -> Result<Vec<StatusNode>> {
        let cx = ctx.cx()?;
        let asked = locale.as_deref().map(named).transpose()?;
        if !cx.viewer.opens(Section::Tickets) {
            return Ok(Vec::new());
        }
        let locale = match asked {
            Some(locale) => locale,
            None => own(&cx).await.map_err(|fault| refuse(&fault))?,
        };
        StatusNode::all(ctx.asked()?, locale).await
    }
}

#[derive(Default)]
pub(crate) struct StatusLabelsMutation;

#[Object]
impl StatusLabelsMutation {
    /// Gives statuses the workspace's own words, for both sides, or takes words away.
    /// Needs the permission `settings.write`.
    #[graphql(guard = "Internal", directive = internal::apply())]
    async fn workspace_status_labels_update(
        &self,
        ctx: &Context<'_>,
        input: WorkspaceStatusLabelsUpdateInput,
    ) -> Result<Option<WorkspaceStatusLabelsUpdatePayload>> {
        use WorkspaceStatusLabelsUpdateErrorCode as Code;
        let (asked, cx) = (ctx.asked()?, ctx.cx()?);
        let payload = match set_status_labels(&cx, wanted(input.labels)?).await {
            Ok(()) => {
                asked.status_labels.forget();
                let locale = own(&cx).await.map_err(|fault| refuse(&fault))?;
                WorkspaceStatusLabelsUpdatePayload {
                    ticket_statuses: Some(StatusNode::all(asked, locale).await?),
                    errors: Vec::new(),
                }
            }
            Err(StatusLabelsError::Fault(fault)) => return Err(refuse(&fault)),
            Err(StatusLabelsError::Defects(defects)) => WorkspaceStatusLabelsUpdatePayload {
                ticket_statuses: None,
                errors: defects.into_iter().map(defect).collect(),
            },
            Err(StatusLabelsError::NothingToChange) => {
                let message = "All is as it was.";
                WorkspaceStatusLabelsUpdatePayload::refused(Code::NothingToChange, None, message)
            }
        };
        Ok(Some(payload))
    }
}
