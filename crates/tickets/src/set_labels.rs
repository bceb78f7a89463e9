//! Calling statuses by other words. Each word is a row, and the write of the row
//! decides whether anything changes; what is not named stays.

use std::collections::{BTreeMap, BTreeSet};

use identity::Locale;
use kernel::{Doing, Fault, Line, TextError, WorkspaceId};
use sea_orm::{
    ActiveEnum, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use serde_json::json;
use visibility::{
    Cx, Permission,
    audit::{self, Event},
};

use crate::{
    Status,
    entity::status_label::{Column, Entity, Model},
};

/// What a status is to be called in one language.
#[derive(Clone, Debug)]
pub struct WantedLabel {
    /// The tag of the language.
    pub locale: String,
    /// The word; none, or nothing in it, for no word of the workspace's own.
    pub text: Option<String>,
}

/// What is wrong, and where: `labels.0.labels.1.text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelDefect {
    /// The place in what was asked for.
    pub path: String,
    /// What is wrong with it.
    pub reason: LabelReason,
}

/// What can be wrong with a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LabelReason {
    /// Longer than a line may be.
    #[error("must not be longer than {max} characters", max = Line::MAX)]
    TooLong,
    /// Control characters.
    #[error("must not contain control characters")]
    Control,
    /// A language that is not spoken.
    #[error("is no language that is spoken here")]
    UnknownLocale,
    /// A status, or one of its languages, that is there already.
    #[error("comes twice")]
    Twice,
}

/// Why the words stay as they are.
#[derive(Debug, thiserror::Error)]
pub enum StatusLabelsError {
    /// What was asked for cannot be taken.
    #[error("some labels cannot be taken")]
    Defects(Vec<LabelDefect>),
    /// It is so already.
    #[error("nothing to change")]
    NothingToChange,
    /// Forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The words by the values of their keys, so that everybody writes in one order and
/// nobody waits in a ring; none for those that are taken away.
type Words = BTreeMap<(String, &'static str), (Status, Option<String>)>;

/// Gives statuses the workspace's own words, or takes them away. Needs
/// `settings.write`.
pub async fn set_status_labels(
    cx: &Cx<'_>,
    wanted: Vec<(Status, Vec<WantedLabel>)>,
) -> Result<(), StatusLabelsError> {
    let staff = cx.viewer.may(Permission::SettingsWrite)?;
    let words = sound(wanted).map_err(StatusLabelsError::Defects)?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let mut changed: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for ((key, locale), (status, text)) in words {
        let moved = match text {
            Some(text) => {
                let row = Model {
                    workspace_id: staff.workspace,
                    status,
                    locale: locale.to_owned(),
                    text,
                };
                say(&within, row).await?
            }
            None => forget(&within, staff.workspace, status, locale).await?,
        };
        if moved {
            changed.entry(key).or_default().push(locale);
        }
    }
    if changed.is_empty() {
        return Err(StatusLabelsError::NothingToChange);
    }
    let event = Event {
        kind: "statusLabels.changed",
        subject: Some(("workspace", staff.workspace.0)),
        detail: Some(json!(changed)),
        ..Event::default()
    };
    audit::enter(cx, &tx, event).await?;
    Ok(tx.commit().await?)
}

/// Writes a word; whether another one stood there, or none.
async fn say(cx: &Cx<'_>, row: Model) -> Result<bool, Fault> {
    let other = Expr::col((Entity, Column::Text)).ne(row.text.as_str());
    let replace = OnConflict::columns([Column::WorkspaceId, Column::Status, Column::Locale])
        .update_column(Column::Text)
        .action_and_where(other)
        .to_owned();
    let insert = Entity::insert(row.into_active_model()).on_conflict(replace);
    let written = insert.exec_without_returning(&cx.db()).await;
    Ok(written.doing("labelling a status")? > 0)
}

/// Takes a word away; whether there was one.
#[expect(
    clippy::disallowed_methods,
    reason = "one row, of the viewer's own workspace"
)]
async fn forget(
    cx: &Cx<'_>,
    workspace: WorkspaceId,
    status: Status,
    locale: &str,
) -> Result<bool, Fault> {
    let delete = Entity::delete_many()
        .filter(Column::WorkspaceId.eq(workspace))
        .filter(Column::Status.eq(status))
        .filter(Column::Locale.eq(locale));
    let deleted = delete.exec(&cx.db()).await;
    Ok(deleted.doing("taking a label away")?.rows_affected > 0)
}

/// The words that were asked for, or all that is wrong with them.
fn sound(wanted: Vec<(Status, Vec<WantedLabel>)>) -> Result<Words, Vec<LabelDefect>> {
    let mut defects = Vec::new();
    let mut words = Words::new();
    let mut statuses = BTreeSet::new();
    for (index, (status, labels)) in wanted.into_iter().enumerate() {
        let mut add = |place: String, reason| {
            let path = format!("labels.{index}.{place}");
            defects.push(LabelDefect { path, reason });
        };
        let key = status.to_value();
        if !statuses.insert(key.clone()) {
            add("status".to_owned(), LabelReason::Twice);
            continue;
        }
        let mut known = BTreeSet::new();
        for (index, label) in labels.into_iter().enumerate() {
            let Some(locale) = Locale::parse(&label.locale) else {
                add(format!("labels.{index}.locale"), LabelReason::UnknownLocale);
                continue;
            };
            if !known.insert(locale.tag()) {
                add(format!("labels.{index}.locale"), LabelReason::Twice);
                continue;
            }
            match word(label.text.as_deref()) {
                Ok(text) => {
                    words.insert((key.clone(), locale.tag()), (status, text));
                }
                Err(reason) => add(format!("labels.{index}.text"), reason),
            }
        }
    }
    if defects.is_empty() {
        Ok(words)
    } else {
        Err(defects)
    }
}

/// A word; none where nothing is said.
fn word(text: Option<&str>) -> Result<Option<String>, LabelReason> {
    match text.map(Line::parse).transpose() {
        Ok(line) => Ok(line.map(Line::into_string)),
        Err(TextError::Blank) => Ok(None),
        Err(TextError::TooLong(_)) => Err(LabelReason::TooLong),
        Err(TextError::Control) => Err(LabelReason::Control),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(locale: &str, text: Option<&str>) -> WantedLabel {
        WantedLabel {
            locale: locale.to_owned(),
            text: text.map(str::to_owned),
        }
    }

    #[test]
    fn a_word_is_a_line_and_nothing_is_none() {
        let words = sound(vec![(
            Status::Open,
            vec![
                label("fr-CA", Some("  Reçu ")),
                label("de", Some("  ")),
                label("EN", None),
            ],
        )]);
        let words: Vec<_> = words.expect("sound").into_iter().collect();
        let open = |locale, text: Option<&str>| {
            let text = text.map(str::to_owned);
            (("open".to_owned(), locale), (Status::Open, text))
        };
        assert_eq!(
            words,
            [open("de", None), open("en", None), open("fr", Some("Reçu"))]
        );
    }

    #[test]
    fn all_that_is_wrong_is_told() {
        let long = "é".repeat(Line::MAX + 1);
        let defects = sound(vec![
            (
                Status::Open,
                vec![
                    label("en", Some(&long)),
                    label("en-GB", Some("New")),
                    label("it", Some("Nuovo")),
                    label("de", Some("Ne\0u")),
                ],
            ),
            (Status::Closed, vec![label("en", Some("Over"))]),
            (Status::Open, vec![label("fr", Some("Reçu"))]),
        ]);
        let defects = defects.expect_err("defects").into_iter();
        let defects: Vec<_> = defects.map(|one| (one.path, one.reason)).collect();
        let at = |path: &str, reason| (path.to_owned(), reason);
        assert_eq!(
            defects,
            [
                at("labels.0.labels.0.text", LabelReason::TooLong),
                at("labels.0.labels.1.locale", LabelReason::Twice),
                at("labels.0.labels.2.locale", LabelReason::UnknownLocale),
                at("labels.0.labels.3.text", LabelReason::Control),
                at("labels.2.status", LabelReason::Twice),
            ]
        );
    }
}
