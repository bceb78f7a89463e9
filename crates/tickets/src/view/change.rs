//! Saving, changing and removing views.

use std::collections::BTreeSet;

use kernel::{Doing, Fault, Line, TextError};
use sea_orm::{
    ActiveEnum, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, SqlErr,
    sea_query::Expr,
};
use visibility::Cx;

use super::{View, ViewId, kept, visible_to};
use crate::{
    Direction, Filter, Order, Words,
    entity::view::{Column, Entity, Model},
    words::BadQuery,
};

/// Views that one staff member can have.
pub const MOST_VIEWS: i64 = 50;
/// Bytes of a filter as it is kept, at most.
const MOST_BYTES: usize = 8_000;
/// How often a place is looked for when others are taken in between.
const TRIES: usize = 5;

/// What a view is made of; in an update, what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct ViewInput {
    /// Its name.
    pub name: Option<String>,
    /// Whether the whole team sees it.
    pub shared: Option<bool>,
    /// What it shows, and the words as they were typed; the filter's own do not count.
    pub filter: Option<(Filter, Option<String>)>,
    /// In which order.
    pub order: Option<Order>,
}

/// Why a view was not saved.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// The name cannot be taken.
    #[error("the name {0}")]
    Name(TextError),
    /// The words cannot be searched for.
    #[error("the text {0}")]
    Words(BadQuery),
    /// What is searched for comes the newest first, and in no other order.
    #[error("with words the newest come first, and no other order is possible")]
    Order,
    /// The filter is too long to be kept.
    #[error("the filter is too long")]
    TooLong,
    /// It is somebody else's.
    #[error("it is somebody else's view")]
    NotYours,
    /// They have as many as they can.
    #[error("nobody has more than {MOST_VIEWS} views")]
    TooMany,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Saves a view of the viewer.
pub async fn create_view(cx: &Cx<'_>, input: ViewInput) -> Result<View, ViewError> {
    let staff = cx.viewer.staff()?;
    let order = input.order.unwrap_or_default();
    let mut row = Model {
        id: ViewId::fresh(cx.now, cx.entropy),
        workspace_id: staff.workspace,
        owner_id: staff.user,
        place: 0,
        name: String::new(),
        shared: false,
        filter: "{}".to_owned(),
        words: None,
        sort: order.field,
        ascending: order.direction == Direction::Ascending,
        changed_at: cx.now,
    };
    fill(&mut row, input)?;
    for _ in 0..TRIES {
        // The index decides who has the place.
        row.place = free_place(cx, &row).await?.ok_or(ViewError::TooMany)?;
        let tx = cx.begin().await?;
        let insert = Entity::insert(row.clone().into_active_model());
        let inserted = insert.exec_without_returning(&tx.executor()).await;
        if inserted.as_ref().is_err_and(is_taken) {
            continue;
        }
        inserted.doing("saving a view")?;
        tx.commit().await?;
        return Ok(View::of(row));
    }
    let source = DbErr::Custom(format!("places were taken {TRIES} times in between"));
    Err(Fault::Unavailable {
        doing: "saving a view",
        source,
    }
    .into())
}

/// Changes a view, if it is the viewer's to change.
#[expect(clippy::disallowed_methods, reason = "the view was read in scope")]
pub async fn update_view(cx: &Cx<'_>, id: ViewId, input: ViewInput) -> Result<View, ViewError> {
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let mut row = changeable(&within, id).await?;
    let before = row.clone();
    if let Some(order) = input.order {
        row.sort = order.field;
        row.ascending = order.direction == Direction::Ascending;
    }
    fill(&mut row, input)?;
    row.changed_at = cx.now;
    // Whoever shared it may take it back meanwhile: the write has the last word.
    let update = Entity::update_many()
        .col_expr(Column::Name, Expr::value(row.name.clone()))
        .col_expr(Column::Shared, Expr::value(row.shared))
        .col_expr(Column::Filter, Expr::value(row.filter.clone()))
        .col_expr(Column::Words, Expr::value(row.words.clone()))
        .col_expr(Column::Sort, Expr::value(row.sort.to_value()))
        .col_expr(Column::Ascending, Expr::value(row.ascending))
        .col_expr(Column::ChangedAt, Expr::value(row.changed_at))
        .filter(Column::Id.eq(id))
        .filter(Column::Shared.eq(before.shared));
    let done = update.exec(&within.db()).await.doing("changing a view")?;
    if done.rows_affected == 0 {
        return Err(Fault::NotFound.into());
    }
    tx.commit().await?;
    Ok(View::of(row))
}

/// Removes a view, if it is the viewer's to change.
#[expect(clippy::disallowed_methods, reason = "the view was read in scope")]
pub async fn delete_view(cx: &Cx<'_>, id: ViewId) -> Result<(), ViewError> {
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let row = changeable(&within, id).await?;
    let delete = Entity::delete_many()
        .filter(Column::Id.eq(id))
        .filter(Column::Shared.eq(row.shared));
    let done = delete.exec(&within.db()).await.doing("removing a view")?;
    if done.rows_affected == 0 {
        return Err(Fault::NotFound.into());
    }
    Ok(tx.commit().await?)
}

/// The row of a view that is the viewer's to change.
async fn changeable(cx: &Cx<'_>, id: ViewId) -> Result<Model, ViewError> {
    let found = visible_to(cx.viewer.staff()?).filter(Column::Id.eq(id));
    // Held, so that of two changes at once the second sees the first.
    let row = found.lock_exclusive().one(&cx.db()).await;
    let row = row.doing("reading a view")?;
    let row = row.ok_or(Fault::NotFound)?;
    if View::of(row.clone()).changes_for(cx.viewer) {
        Ok(row)
    } else {
        Err(ViewError::NotYours)
    }
}

/// Puts into the row what the input says.
fn fill(row: &mut Model, input: ViewInput) -> Result<(), ViewError> {
    if let Some(name) = input.name {
        row.name = Line::parse(&name).map_err(ViewError::Name)?.into_string();
    }
    if let Some(shared) = input.shared {
        row.shared = shared;
    }
    if let Some((filter, words)) = input.filter {
        let unwritten = |error: serde_json::Error| DbErr::Custom(error.to_string());
        row.filter = kept::write(&filter)
            .map_err(unwritten)
            .doing("writing a filter")?;
        row.words = words;
    }
    // A NUL is no word; what is searched for stays the same without it.
    row.words = row.words.take().map(|words| words.replace('\0', " "));
    let words = row.words.as_deref().map(Words::parse).transpose();
    let words = words.map_err(ViewError::Words)?;
    if row.filter.len() > MOST_BYTES {
        return Err(ViewError::TooLong);
    }
    if words.is_some() && View::of(row.clone()).order != Order::default() {
        return Err(ViewError::Order);
    }
    Ok(())
}

/// A place of the owner that nobody has taken yet.
#[expect(clippy::disallowed_methods, reason = "the owner's own places")]
async fn free_place(cx: &Cx<'_>, row: &Model) -> Result<Option<i64>, Fault> {
    let taken = Entity::find()
        .select_only()
        .column(Column::Place)
        .filter(Column::WorkspaceId.eq(row.workspace_id))
        .filter(Column::OwnerId.eq(row.owner_id))
        .into_tuple::<i64>()
        .all(&cx.db())
        .await;
    let taken: BTreeSet<i64> = taken.doing("looking for a place")?.into_iter().collect();
    Ok((1..=MOST_VIEWS).find(|place| !taken.contains(place)))
}

fn is_taken(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}
