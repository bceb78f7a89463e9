//! Reads of canned replies: of the viewer's workspace, for staff.

use kernel::{Cursor, Doing, Fault, PageRequest, Slice};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::ExprTrait,
};
use uuid::Uuid;
use visibility::{Cx, Permission, Section};

use super::{CannedReply, CannedReplyId};
use crate::{
    ListError, Words,
    entity::canned::{Column, Entity},
};

/// Tells the cursors of this list apart from those of others.
const LIST: u8 = 111;

/// Which canned replies a list shows.
#[derive(Clone, Debug, Default)]
pub struct CannedFilter {
    /// Only those in this language, by tag.
    pub language: Option<String>,
    /// Only those for this category, by key, and those for all.
    pub category: Option<String>,
    /// Only those with all of these words.
    pub words: Option<Words>,
}

/// The canned replies that the viewer can see. Needs `tickets.write`.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the table: staff, in their workspace"
)]
pub(super) fn visible(cx: &Cx<'_>) -> Result<Select<Entity>, Fault> {
    let staff = cx.viewer.may(Permission::TicketsWrite)?;
    if !cx.viewer.opens(Section::Tickets) {
        return Err(Fault::NotFound);
    }
    Ok(Entity::find().filter(Column::WorkspaceId.eq(staff.workspace)))
}

/// The canned reply. Needs `tickets.write`.
pub async fn canned_reply(cx: &Cx<'_>, id: CannedReplyId) -> Result<CannedReply, Fault> {
    let found = visible(cx)?.filter(Column::Id.eq(id)).one(&cx.db()).await;
    found
        .doing("reading a canned reply")?
        .ok_or(Fault::NotFound)
}

/// A page of the workspace's canned replies, the newest first. Needs
/// `tickets.write`.
pub async fn canned_replies(
    cx: &Cx<'_>,
    filter: &CannedFilter,
    request: &PageRequest,
) -> Result<Slice<CannedReply>, ListError> {
    let nothing = Slice {
        rows: Vec::new(),
        has_next: false,
    };
    let page = request.check::<Uuid>(LIST)?;
    let mut select = match visible(cx) {
        Err(Fault::NotFound) => return Ok(nothing),
        select => select?,
    };
    if filter.words.as_ref().is_some_and(Words::is_empty) {
        return Ok(nothing);
    }
    // No tag and no key holds a NUL, which PostgreSQL would refuse as a parameter.
    let given = [&filter.language, &filter.category].into_iter().flatten();
    if given.into_iter().any(|text| text.contains('\0')) {
        return Ok(nothing);
    }
    if let Some(language) = &filter.language {
        select = select.filter(Column::Language.eq(language));
    }
    if let Some(category) = &filter.category {
        let for_it = Column::Category.eq(category);
        select = select.filter(for_it.or(Column::Category.is_null()));
    }
    if let Some(words) = &filter.words {
        // Words are letters and digits, so nothing in them is a wildcard.
        for word in words.whole() {
            select = select.filter(Column::Words.like(format!("% {word} %")));
        }
        if let Some(beginning) = words.beginning() {
            select = select.filter(Column::Words.like(format!("% {beginning}%")));
        }
    }
    if let Some(after) = page.after {
        select = select.filter(Column::Id.lt(after));
    }
    let rows = select
        .order_by_desc(Column::Id)
        .limit(u64::from(page.size) + 1)
        .all(&cx.db())
        .await;
    Ok(Slice::cut(rows.doing("listing canned replies")?, page.size))
}

/// The cursor of a canned reply.
pub fn canned_reply_cursor(reply: &CannedReply) -> String {
    Cursor::encode(LIST, &reply.id.0)
}
