//! The forms that a viewer knows: clients their shapes, staff all of each version.

use chrono::{DateTime, Utc};
use kernel::{Doing, Fault};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use visibility::{Cx, Viewer};

use super::definition::{Field, Internal, Shape, join};
use crate::{
    category::categories,
    entity::{form_shape, form_version},
};

/// A form as the viewer knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// The key of its category.
    pub category: String,
    /// Which version: for clients, of what they see of it.
    pub version: i64,
    /// Its fields, in their order.
    pub fields: Vec<Field>,
}

/// A version of a form, as the viewer counts them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Edition {
    /// Its number for the viewer: that of the shape, or of the version.
    pub(crate) number: i64,
    /// What clients see of it: number and fields.
    pub(crate) shape: (i64, Shape),
    /// What is internal; nothing for a client.
    pub(crate) internal: Internal,
    /// Since when it has been in force, or was.
    pub(crate) published_at: DateTime<Utc>,
}

impl Edition {
    /// All fields that the viewer knows.
    pub(crate) fn fields(&self) -> Vec<Field> {
        join(self.shape.1.clone(), self.internal.clone())
    }
}

/// The form of a category, with all fields that the viewer may know of. None
/// where clients would see no field, and where none was ever published. Not found
/// where the viewer has no such category.
pub async fn form(cx: &Cx<'_>, category: &str) -> Result<Option<Form>, Fault> {
    let known = categories(cx).await?;
    if !known.iter().any(|known| known.key == category) {
        return Err(Fault::NotFound);
    }
    let Some(edition) = editions(cx, category).await?.into_iter().next() else {
        return Ok(None);
    };
    let form = Form {
        category: category.to_owned(),
        version: edition.number,
        fields: edition.fields(),
    };
    let there = match cx.viewer {
        Viewer::Client(_) => !form.fields.is_empty(),
        Viewer::Staff(_) => form.version > 0,
    };
    Ok(there.then_some(form))
}

/// The edition in force and the one before it, the newest first. Before the first
/// there is one without a number and without fields. The category must be known.
pub(crate) async fn editions(cx: &Cx<'_>, category: &str) -> Result<Vec<Edition>, Fault> {
    let mut found = match cx.viewer {
        Viewer::Client(_) => {
            let rows = latest_shapes(cx, category).await?;
            let edition = |row: form_shape::Model| Edition {
                number: row.shape,
                shape: (row.shape, row.fields),
                internal: Internal::default(),
                published_at: row.published_at,
            };
            rows.into_iter().map(edition).collect()
        }
        Viewer::Staff(_) => latest_versions(cx, category).await?,
    };
    if found.len() < 2 {
        found.push(Edition::default());
    }
    Ok(found)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: what clients see of forms, in their workspace"
)]
async fn latest_shapes(cx: &Cx<'_>, category: &str) -> Result<Vec<form_shape::Model>, Fault> {
    form_shape::Entity::find()
        .filter(form_shape::Column::WorkspaceId.eq(cx.viewer.workspace()))
        .filter(form_shape::Column::Category.eq(category))
        .order_by_desc(form_shape::Column::Shape)
        .limit(2)
        .all(&cx.db())
        .await
        .doing("reading a form")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: staff, in their workspace"
)]
async fn latest_versions(cx: &Cx<'_>, category: &str) -> Result<Vec<Edition>, Fault> {
    let staff = cx.viewer.staff()?;
    let rows = form_version::Entity::find()
        .filter(form_version::Column::WorkspaceId.eq(staff.workspace))
        .filter(form_version::Column::Category.eq(category))
        .order_by_desc(form_version::Column::Version)
        .limit(2)
        .all(&cx.db())
        .await
        .doing("reading a form")?;
    let shapes = rows.iter().map(|row| row.shape).filter(|shape| *shape > 0);
    let shapes = shapes_by_number(cx, &[(category, shapes.collect())]).await?;
    let edition = |row: form_version::Model| {
        let fields = shapes.iter().find(|shape| shape.shape == row.shape);
        let fields = fields.map(|shape| shape.fields.clone()).unwrap_or_default();
        Edition {
            number: row.version,
            shape: (row.shape, fields),
            internal: row.internal,
            published_at: row.published_at,
        }
    };
    Ok(rows.into_iter().map(edition).collect())
}

/// Shapes by category and number.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: what clients see of forms, in their workspace"
)]
pub(crate) async fn shapes_by_number(
    cx: &Cx<'_>,
    wanted: &[(&str, Vec<i64>)],
) -> Result<Vec<form_shape::Model>, Fault> {
    use form_shape::Column;
    let mut any = Condition::any();
    for (category, numbers) in wanted.iter().filter(|(_, numbers)| !numbers.is_empty()) {
        let of = Condition::all().add(Column::Category.eq(*category));
        any = any.add(of.add(Column::Shape.is_in(numbers.iter().copied())));
    }
    if any.is_empty() {
        return Ok(Vec::new());
    }
    form_shape::Entity::find()
        .filter(Column::WorkspaceId.eq(cx.viewer.workspace()))
        .filter(any)
        .all(&cx.db())
        .await
        .doing("reading what was asked")
}

/// Versions by category and number, for staff.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: staff, in their workspace"
)]
pub(crate) async fn versions_by_number(
    cx: &Cx<'_>,
    wanted: &[(&str, Vec<i64>)],
) -> Result<Vec<form_version::Model>, Fault> {
    use form_version::Column;
    let staff = cx.viewer.staff()?;
    let mut any = Condition::any();
    for (category, numbers) in wanted.iter().filter(|(_, numbers)| !numbers.is_empty()) {
        let of = Condition::all().add(Column::Category.eq(*category));
        any = any.add(of.add(Column::Version.is_in(numbers.iter().copied())));
    }
    if any.is_empty() {
        return Ok(Vec::new());
    }
    form_version::Entity::find()
        .filter(Column::WorkspaceId.eq(staff.workspace))
        .filter(any)
        .all(&cx.db())
        .await
        .doing("reading what was asked")
}
