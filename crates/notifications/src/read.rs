//! Reads of mails for staff, each from the scope on.

use chrono::{DateTime, Utc};
use kernel::{Cursor, Doing, Fault, ListError, PageRequest, Slice};
use sea_orm::{
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;
use visibility::Cx;

use crate::{Mail, MailId, Status, entity::mail::Column, scope};

/// Tells the cursors of this list from those of others.
const LIST: u8 = 60;

/// The mail, or [`Fault::NotFound`] when the workspace has none of that id.
/// Needs `mail.manage`.
pub async fn by_id(cx: &Cx<'_>, id: MailId) -> Result<Mail, Fault> {
    scope::by_id(cx, id).await
}

/// A page of the workspace's mails, the newest first; of one status, or all.
/// Needs `mail.manage`. One statement.
pub async fn list(
    cx: &Cx<'_>,
    status: Option<Status>,
    page: &PageRequest,
) -> Result<Slice<Mail>, ListError> {
    let mut select = scope::visible_to(cx.viewer)?;
    let page = page.check::<(DateTime<Utc>, Uuid)>(LIST)?;
    if let Some(status) = status {
        select = select.filter(Column::Status.eq(status));
    }
    if let Some((at, id)) = page.after {
        let key = Expr::tuple([Column::CreatedAt.into_expr(), Column::Id.into_expr()]);
        select = select.filter(key.lt(Expr::tuple([Expr::value(at), Expr::value(id)])));
    }
    let rows = select
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(u64::from(page.size) + 1)
        .all(&cx.db())
        .await
        .doing("listing mails")?;
    Ok(Slice::cut(rows, page.size).map(Mail::from))
}

/// The cursor of a mail of the list.
pub fn cursor(mail: &Mail) -> String {
    Cursor::encode(LIST, &(mail.created_at, mail.id.0))
}
