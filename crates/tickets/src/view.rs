//! Saved views: a filter and an order under a name, private or the team's. For
//! staff.
//!
//! A view keeps what to look for, never what was found: whoever uses it finds what
//! they may see.

mod change;
pub(crate) mod kept;

use kernel::{Cursor, Doing, Fault, PageRequest, Slice, StaffUserId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;
use visibility::{Cx, Permission, StaffViewer, Viewer};

pub use change::{MOST_VIEWS, ViewError, ViewInput, create_view, delete_view, update_view};
pub use kept::Unreadable;

pub use crate::entity::view::ViewId;
use crate::{
    Direction, Filter, ListError, Order, Words,
    entity::view::{Column, Entity, Model},
};

/// Tells the cursors of views apart from those of other lists.
const LIST: u8 = 120;

/// A view as its readers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Which.
    pub id: ViewId,
    /// Whose.
    pub owner: StaffUserId,
    /// Its name.
    pub name: String,
    /// Whether the whole team sees it.
    pub shared: bool,
    /// What is searched for, as it was typed.
    pub words: Option<String>,
    /// In which order.
    pub order: Order,
    filter: String,
}

impl View {
    fn of(row: Model) -> Self {
        let direction = if row.ascending {
            Direction::Ascending
        } else {
            Direction::Descending
        };
        Self {
            id: row.id,
            owner: row.owner_id,
            name: row.name,
            shared: row.shared,
            words: row.words,
            order: Order {
                field: row.sort,
                direction,
            },
            filter: row.filter,
        }
    }

    /// What it shows. Checked as if it came from outside: what it was made for may
    /// be no more.
    pub fn filter(&self) -> Result<Filter, Unreadable> {
        let words = self.words.as_deref().map(Words::parse).transpose();
        Ok(Filter {
            words: words.map_err(|_| Unreadable)?,
            ..kept::read(&self.filter)?
        })
    }

    /// Whether the viewer may change it: whoever made it, and of the team's views
    /// whoever runs the settings.
    pub fn changes_for(&self, viewer: &Viewer) -> bool {
        let manages = self.shared && viewer.may(Permission::SettingsWrite).is_ok();
        viewer
            .staff()
            .is_ok_and(|staff| staff.user == self.owner || manages)
    }

    /// The cursor of its row in a list.
    pub fn cursor(&self) -> String {
        Cursor::encode(LIST, &self.id.0)
    }
}

/// The views that the viewer can see: their own, and the team's.
#[expect(clippy::disallowed_methods, reason = "the door to the table")]
fn visible_to(staff: &StaffViewer) -> Select<Entity> {
    let either = Condition::any()
        .add(Column::OwnerId.eq(staff.user))
        .add(Column::Shared.eq(true));
    Entity::find()
        .filter(Column::WorkspaceId.eq(staff.workspace))
        .filter(either)
}

/// A page of the views that the viewer can see, the newest first. One statement.
pub async fn views(cx: &Cx<'_>, request: &PageRequest) -> Result<Slice<View>, ListError> {
    let staff = cx.viewer.staff()?;
    let page = request.check::<Uuid>(LIST)?;
    let mut select = visible_to(staff).order_by_desc(Column::Id);
    if let Some(after) = page.after {
        select = select.filter(Column::Id.lt(after));
    }
    let rows = select.limit(u64::from(page.size) + 1).all(&cx.db()).await;
    let rows = rows.doing("listing views")?;
    Ok(Slice::cut(rows, page.size).map(View::of))
}

/// The view, or [`Fault::NotFound`] when it does not exist for the viewer.
pub async fn view_by_id(cx: &Cx<'_>, id: ViewId) -> Result<View, Fault> {
    let found = visible_to(cx.viewer.staff()?)
        .filter(Column::Id.eq(id))
        .one(&cx.db())
        .await;
    let row = found.doing("reading a view")?.ok_or(Fault::NotFound)?;
    Ok(View::of(row))
}
