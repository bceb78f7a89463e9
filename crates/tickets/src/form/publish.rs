//! Publishing a form: a new version, and, where clients see something else than
//! before, a new shape. Two who publish at the same time want the same number,
//! and the primary key gives it to one.

use kernel::{Doing, Fault};
use sea_orm::{DbErr, EntityTrait, IntoActiveModel, SqlErr};
use serde_json::json;
use store::Tx;
use visibility::{
    Cx, Permission,
    audit::{self, Event},
};

use super::{
    definition::{Internal, MOST_BYTES, Shape, part},
    draft::{Defect, DraftField, sound},
    read::{Edition, Form, editions},
};
use crate::{
    category::categories,
    entity::{form_shape, form_version},
};

/// A form as somebody wants it to be.
#[derive(Clone, Debug)]
pub struct PublishForm {
    /// The key of the category.
    pub category: String,
    /// The version that the editor saw; 0 when there was none.
    pub based_on: i64,
    /// All fields, in their order; none to withdraw the form.
    pub fields: Vec<DraftField>,
}

/// Why a form was not published.
#[derive(Debug, thiserror::Error)]
pub enum PublishFormError {
    /// The workspace has no such category.
    #[error("no such category")]
    UnknownCategory,
    /// Fields that cannot be.
    #[error("the form has defects")]
    Defects(Vec<Defect>),
    /// It is too large as a whole.
    #[error("the form is too large")]
    TooLarge,
    /// It is so already.
    #[error("there is nothing to change")]
    NothingToChange,
    /// Somebody else published meanwhile.
    #[error("somebody has published meanwhile")]
    ChangedMeanwhile,
    /// Forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Publishes a form. Needs `settings.write`.
pub async fn publish_form(cx: &Cx<'_>, input: PublishForm) -> Result<Form, PublishFormError> {
    let staff = cx.viewer.may(Permission::SettingsWrite)?;
    let category = input.category;
    let known = categories(cx).await?;
    if !known.iter().any(|known| known.key == category) {
        return Err(PublishFormError::UnknownCategory);
    }
    let fields = sound(input.fields).map_err(PublishFormError::Defects)?;
    if serde_json::to_string(&fields).is_ok_and(|text| text.len() > MOST_BYTES) {
        return Err(PublishFormError::TooLarge);
    }
    let (shape, internal) = part(fields.clone());
    let tx = cx.begin().await?;
    let now = editions(&cx.within(&tx), &category).await?;
    let now = now.into_iter().next().unwrap_or_default();
    if now.number != input.based_on {
        return Err(PublishFormError::ChangedMeanwhile);
    }
    if now.shape.1 == shape && now.internal == internal {
        return Err(PublishFormError::NothingToChange);
    }
    let version = now.number + 1;
    let shape = write_shape(cx, &tx, &category, now, shape).await?;
    let row = form_version::Model {
        workspace_id: staff.workspace,
        category: category.clone(),
        version,
        shape,
        internal,
        published_by: staff.user,
        published_at: cx.now,
    };
    let insert = form_version::Entity::insert(row.into_active_model());
    unless_overtaken(insert.exec_without_returning(&tx.executor()).await)?;
    let event = Event {
        kind: "ticketForm.published",
        subject: Some(("workspace", staff.workspace.0)),
        detail: Some(json!({ "category": category, "version": version, "fields": fields.len() })),
        ..Event::default()
    };
    audit::enter(cx, &tx, event).await?;
    tx.commit().await?;
    Ok(Form {
        category,
        version,
        fields,
    })
}

/// The number of what clients see from now on.
async fn write_shape(
    cx: &Cx<'_>,
    tx: &Tx,
    category: &str,
    now: Edition,
    fields: Shape,
) -> Result<i64, PublishFormError> {
    let (number, shown) = now.shape;
    if shown == fields {
        return Ok(number);
    }
    let row = form_shape::Model {
        workspace_id: cx.viewer.workspace(),
        category: category.to_owned(),
        shape: number + 1,
        fields,
        published_at: cx.now,
    };
    let insert = form_shape::Entity::insert(row.into_active_model());
    unless_overtaken(insert.exec_without_returning(&tx.executor()).await)?;
    Ok(number + 1)
}

fn unless_overtaken<T>(written: Result<T, DbErr>) -> Result<(), PublishFormError> {
    match written {
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            Err(PublishFormError::ChangedMeanwhile)
        }
        written => Ok(written.map(drop).doing("publishing a form")?),
    }
}

/// Writes the first version of a form, without a viewer.
pub(crate) async fn first(
    tx: &Tx,
    by: (kernel::WorkspaceId, kernel::StaffUserId),
    at: chrono::DateTime<chrono::Utc>,
    category: &str,
    (fields, internal): (Shape, Internal),
) -> Result<(), Fault> {
    let shape = i64::from(!fields.0.is_empty());
    let shapes = (shape > 0).then(|| form_shape::Model {
        workspace_id: by.0,
        category: category.to_owned(),
        shape,
        fields,
        published_at: at,
    });
    tx.write_all::<form_shape::Entity>(shapes).await?;
    let version = form_version::Model {
        workspace_id: by.0,
        category: category.to_owned(),
        version: 1,
        shape,
        internal,
        published_by: by.1,
        published_at: at,
    };
    tx.write_all::<form_version::Entity>([version]).await
}
