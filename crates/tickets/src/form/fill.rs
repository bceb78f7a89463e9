//! The answers that come with a new ticket.

use chrono::TimeDelta;
use kernel::{Doing, Fault};
use sea_orm::{EntityTrait, IntoActiveModel};
use visibility::{Cx, Flag, Viewer};

use super::{
    check::{AnswerFault, Answers, By, Fitting, Given, Uploads, When, check},
    definition::MOST_BYTES,
    read::{Edition, editions},
};
use crate::{
    AttachError, OpenError, Ticket,
    attachments::attach_answer,
    entity::{answers, internal_answers},
};

/// Why answers were not taken.
#[derive(Debug, thiserror::Error)]
pub enum AnswersError {
    /// Answers that do not fit the form.
    #[error("answers do not fit")]
    Faults(Vec<AnswerFault>),
    /// They are too long, all together.
    #[error("the answers are too long")]
    TooLong,
    /// The files of a field cannot be attached.
    #[error("files of {0}: {1}")]
    Files(String, AttachError),
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Answers that fit, and the form that they were given to.
#[derive(Debug)]
pub(crate) struct Filled {
    form: Edition,
    parts: Parts,
}

/// Answers, parted as they are kept.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) visible: Answers,
    pub(crate) internal: Answers,
    /// Uploads, each with whether clients may know of it.
    pub(crate) uploads: Vec<(Flag, Uploads)>,
}

impl Parts {
    /// Parts what fits by what clients see; refused where it is too long.
    pub(crate) fn of(
        fitting: Fitting,
        is_visible: impl Fn(&str) -> bool,
    ) -> Result<Self, AnswersError> {
        let (visible, internal) = fitting
            .answers
            .0
            .into_iter()
            .partition(|(key, _)| is_visible(key));
        let flag = |key: &str| {
            if is_visible(key) {
                Flag::ClientVisible
            } else {
                Flag::InternalOnly
            }
        };
        let uploads = fitting.uploads.into_iter();
        let uploads = uploads.map(|uploads| (flag(&uploads.key), uploads));
        let parts = Self {
            visible: Answers(visible),
            internal: Answers(internal),
            uploads: uploads.collect(),
        };
        let long = |answers: &Answers| {
            serde_json::to_string(answers).is_ok_and(|text| text.len() > MOST_BYTES)
        };
        if long(&parts.visible) || long(&parts.internal) {
            return Err(AnswersError::TooLong);
        }
        Ok(parts)
    }
}

/// Who answers, for the check.
pub(crate) fn by(viewer: &Viewer) -> By {
    match viewer {
        Viewer::Client(_) => By::Client,
        Viewer::Staff(_) => By::Staff,
    }
}

/// For how long the form before the one in force is still taken: whoever has it
/// open may send it, and nobody gets around what is asked by now.
const OPEN_FOR: TimeDelta = TimeDelta::hours(24);

/// Checks the answers to a category's form: the one in force, or the one that is
/// named, which may be the one before for a while. The category must be known.
pub(crate) async fn fill(
    cx: &Cx<'_>,
    category: &str,
    version: Option<i64>,
    given: Vec<Given>,
) -> Result<Filled, OpenError> {
    let known = editions(cx, category).await?;
    let changed_at = known.first().map(|form| form.published_at);
    let still = changed_at.is_some_and(|at| cx.now - at <= OPEN_FOR);
    let mut taken = known.into_iter().take(if still { 2 } else { 1 });
    let form = taken.find(|form| version.is_none_or(|version| form.number == version));
    let form = form.ok_or(OpenError::FormChanged)?;
    let fitting = check(
        &form.fields(),
        (by(cx.viewer), When::Opening),
        given,
        &Answers::default(),
    );
    let fitting = fitting.map_err(AnswersError::Faults)?;
    let is_visible = |key: &str| form.shape.1.0.iter().any(|field| field.key == key);
    let parts = Parts::of(fitting, is_visible)?;
    Ok(Filled { form, parts })
}

/// Writes the answers of a new ticket, inside its transaction.
pub(crate) async fn keep(cx: &Cx<'_>, ticket: &Ticket, filled: Filled) -> Result<(), AnswersError> {
    let Filled { form, parts } = filled;
    if !parts.visible.0.is_empty() {
        let row = answers::Model {
            ticket_id: ticket.id,
            workspace_id: ticket.workspace_id,
            company_id: ticket.company_id,
            category: ticket.category.clone(),
            shape: form.shape.0,
            answers: parts.visible,
        };
        let insert = answers::Entity::insert(row.into_active_model());
        let inserted = insert.exec_without_returning(&cx.db()).await;
        inserted.doing("keeping answers")?;
    }
    if !parts.internal.0.is_empty() {
        let row = internal_answers::Model {
            ticket_id: ticket.id,
            workspace_id: ticket.workspace_id,
            category: ticket.category.clone(),
            version: form.number,
            answers: parts.internal,
        };
        let insert = internal_answers::Entity::insert(row.into_active_model());
        let inserted = insert.exec_without_returning(&cx.db()).await;
        inserted.doing("keeping answers")?;
    }
    attach(cx, ticket, &parts.uploads).await
}

/// Attaches the uploads of answers.
pub(crate) async fn attach(
    cx: &Cx<'_>,
    ticket: &Ticket,
    uploads: &[(Flag, Uploads)],
) -> Result<(), AnswersError> {
    for (flag, uploads) in uploads {
        attach_answer(cx, ticket, *flag, uploads)
            .await
            .map_err(|error| match error {
                AttachError::Fault(fault) => AnswersError::Fault(fault),
                error => AnswersError::Files(uploads.key.clone(), error),
            })?;
    }
    Ok(())
}
