//! Creating, changing and deleting canned replies. Needs `cannedReplies.write`.

use identity::Locale;
use kernel::{Doing, Fault, Line, Prose, TextError};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, sea_query::Expr,
};
use serde_json::{Value, json};
use store::Tx;
use visibility::{
    Cx, Permission,
    audit::{self, Event},
};

use super::{CannedReply, CannedReplyId, read::visible, template::is_sound, words};
use crate::{
    categories,
    entity::canned::{Column, Entity},
};

/// The number series that creators of one workspace queue at.
const SERIES: &str = "cannedReply";
/// The most canned replies of a workspace.
pub const MOST_CANNED: u64 = 1_000;

/// What a canned reply is made of; in an update, what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct CannedInput {
    /// What the team calls it.
    pub title: Option<String>,
    /// The words, with placeholders.
    pub body: Option<String>,
    /// The tag of its language.
    pub language: Option<String>,
    /// The key of the category that it is for, or none.
    pub category: Option<Option<String>>,
}

/// Why a canned reply was not created, changed or deleted.
#[derive(Debug, thiserror::Error)]
pub enum CannedError {
    /// The title cannot be taken.
    #[error("the title {0}")]
    Title(TextError),
    /// The words cannot be taken.
    #[error("the body {0}")]
    Body(TextError),
    /// A placeholder is none.
    #[error(
        "the body holds a placeholder that there is not; there are \
         {{{{client.name}}}}, {{{{ticket.reference}}}} and {{{{ticket.subject}}}}"
    )]
    UnknownPlaceholder,
    /// No such language.
    #[error("there is no such language; there are en, fr and de")]
    UnknownLanguage,
    /// The workspace has no such category.
    #[error("there is no such category")]
    UnknownCategory,
    /// More than a workspace can have.
    #[error("a workspace has {MOST_CANNED} canned replies at most")]
    TooMany,
    /// Nothing was asked to change.
    #[error("there is nothing to change")]
    NothingToChange,
    /// Somebody else changed or deleted it at the same moment.
    #[error("somebody has changed it meanwhile; read it again")]
    ChangedMeanwhile,
    /// Not found, forbidden, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Creates a canned reply.
pub async fn create_canned_reply(
    cx: &Cx<'_>,
    input: CannedInput,
) -> Result<CannedReply, CannedError> {
    let staff = cx.viewer.may(Permission::CannedRepliesWrite)?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let nothing = CannedReply {
        id: CannedReplyId::fresh(cx.now, cx.entropy),
        workspace_id: staff.workspace,
        title: String::new(),
        body: String::new(),
        language: String::new(),
        category: None,
        words: String::new(),
        changed_at: cx.now,
    };
    let input = CannedInput {
        title: Some(input.title.unwrap_or_default()),
        body: Some(input.body.unwrap_or_default()),
        language: Some(input.language.unwrap_or_default()),
        category: input.category,
    };
    let reply = applied(nothing, checked(&within, input).await?);
    // Whoever draws a number waits for those who drew before: the count is exact.
    tx.next_number(staff.workspace, SERIES).await?;
    let there = visible(&within)?.count(&tx.executor()).await;
    if there.doing("counting canned replies")? >= MOST_CANNED {
        return Err(CannedError::TooMany);
    }
    let insert = Entity::insert(reply.clone().into_active_model());
    let inserted = insert.exec_without_returning(&tx.executor()).await;
    inserted.doing("creating a canned reply")?;
    enter(cx, &tx, "cannedReply.created", reply.id, None).await?;
    tx.commit().await?;
    Ok(reply)
}

/// Changes a canned reply.
#[expect(clippy::disallowed_methods, reason = "it was read in scope")]
pub async fn update_canned_reply(
    cx: &Cx<'_>,
    id: CannedReplyId,
    input: CannedInput,
) -> Result<CannedReply, CannedError> {
    cx.viewer.may(Permission::CannedRepliesWrite)?;
    let tx = cx.begin().await?;
    let within = cx.within(&tx);
    let input = checked(&within, input).await?;
    let before = super::canned_reply(&within, id).await?;
    let after = applied(before.clone(), input);
    if after == before {
        return Err(CannedError::NothingToChange);
    }
    // The write tests all that the new row was made of.
    let update = Entity::update_many()
        .col_expr(Column::Title, Expr::value(after.title.as_str()))
        .col_expr(Column::Body, Expr::value(after.body.as_str()))
        .col_expr(Column::Language, Expr::value(after.language.as_str()))
        .col_expr(Column::Category, Expr::value(after.category.clone()))
        .col_expr(Column::Words, Expr::value(after.words.as_str()))
        .col_expr(Column::ChangedAt, Expr::value(cx.now))
        .filter(Column::Id.eq(id))
        .filter(Column::Title.eq(before.title.as_str()))
        .filter(Column::Body.eq(before.body.as_str()))
        .filter(Column::ChangedAt.eq(before.changed_at));
    let rows = update.exec_with_returning(&tx.executor()).await;
    let rows = rows.doing("changing a canned reply")?;
    let reply = rows.into_iter().next();
    let reply = reply.ok_or(CannedError::ChangedMeanwhile)?;
    let changes = json!({
        "title": reply.title != before.title,
        "body": reply.body != before.body,
        "language": { "from": before.language, "to": reply.language },
        "category": { "from": before.category, "to": reply.category },
    });
    enter(cx, &tx, "cannedReply.changed", id, Some(changes)).await?;
    tx.commit().await?;
    Ok(reply)
}

/// Deletes a canned reply. What was answered with it stays.
#[expect(clippy::disallowed_methods, reason = "it was read in scope")]
pub async fn delete_canned_reply(cx: &Cx<'_>, id: CannedReplyId) -> Result<(), CannedError> {
    cx.viewer.may(Permission::CannedRepliesWrite)?;
    let tx = cx.begin().await?;
    super::canned_reply(&cx.within(&tx), id).await?;
    let delete = Entity::delete_many().filter(Column::Id.eq(id));
    let deleted = delete.exec(&tx.executor()).await;
    if deleted.doing("deleting a canned reply")?.rows_affected == 0 {
        return Err(CannedError::ChangedMeanwhile);
    }
    enter(cx, &tx, "cannedReply.deleted", id, None).await?;
    tx.commit().await?;
    Ok(())
}

/// The input, tested and as it is stored.
async fn checked(cx: &Cx<'_>, mut input: CannedInput) -> Result<CannedInput, CannedError> {
    if let Some(title) = &mut input.title {
        let line = Line::parse(title).map_err(CannedError::Title)?;
        *title = line.into_string();
    }
    if let Some(body) = &mut input.body {
        let prose = Prose::parse(body).map_err(CannedError::Body)?;
        *body = prose.into_string();
        if !is_sound(body) {
            return Err(CannedError::UnknownPlaceholder);
        }
    }
    if let Some(language) = &mut input.language {
        let known = Locale::parse(language).ok_or(CannedError::UnknownLanguage)?;
        known.tag().clone_into(language);
    }
    if let Some(Some(key)) = &input.category {
        let mut known = categories(cx).await?.into_iter();
        known
            .find(|category| category.key == *key)
            .ok_or(CannedError::UnknownCategory)?;
    }
    Ok(input)
}

fn applied(mut reply: CannedReply, input: CannedInput) -> CannedReply {
    reply.title = input.title.unwrap_or(reply.title);
    reply.body = input.body.unwrap_or(reply.body);
    reply.language = input.language.unwrap_or(reply.language);
    reply.category = input.category.unwrap_or(reply.category);
    reply.words = words(&reply.title, &reply.body);
    reply
}

async fn enter(
    cx: &Cx<'_>,
    tx: &Tx,
    kind: &'static str,
    id: CannedReplyId,
    detail: Option<Value>,
) -> Result<(), Fault> {
    let event = Event {
        kind,
        subject: Some(("cannedReply", id.0)),
        detail,
        ..Event::default()
    };
    audit::enter(cx, tx, event).await
}
