//! The people of a company, page by page.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{BadPage, CompanyId, Cursor, Doing, Fault, Page, PageRequest, Slice};
use sea_orm::{
    ColumnTrait, ConnectionTrait, FromQueryResult, Iterable, QueryFilter, QueryTrait,
    sea_query::{Expr, ExprTrait, Order, Query, WindowStatement},
};
use uuid::Uuid;
use visibility::{Cx, Permission, Viewer};

use crate::{
    ClientUser,
    entity::client_user::{Column, Entity, Model},
    scope,
};

/// Tells the cursors of this list apart from those of other lists.
const LIST: u8 = 42;

/// The cursor of a user in the list of a company.
pub fn user_cursor(user: &ClientUser) -> String {
    Cursor::encode(LIST, &(user.created_at, user.id.0))
}

/// Checks a page request for the people of companies.
pub fn check_users_page(request: &PageRequest) -> Result<Page<(DateTime<Utc>, Uuid)>, BadPage> {
    request.check(LIST)
}

/// The same page of the people of each company, whoever came first first. One
/// statement, however many companies there are. Clients see their colleagues;
/// staff need `customers.read`.
#[expect(
    clippy::disallowed_methods,
    reason = "wraps a select that began in the scope"
)]
pub async fn users_of(
    cx: &Cx<'_>,
    companies: &[CompanyId],
    page: &Page<(DateTime<Utc>, Uuid)>,
) -> Result<HashMap<CompanyId, Slice<ClientUser>>, Fault> {
    if matches!(cx.viewer, Viewer::Staff(_)) {
        cx.viewer.may(Permission::CustomersRead)?;
    }
    let mut select =
        scope::client_users(cx.viewer).filter(Column::CompanyId.is_in(companies.iter().copied()));
    if let Some((at, id)) = page.after {
        let key = Expr::tuple([Column::CreatedAt.into_expr(), Column::Id.into_expr()]);
        let after = Expr::tuple([Expr::value(at), Expr::value(id)]);
        select = select.filter(ExprTrait::gt(key, after));
    }
    let mut window = WindowStatement::partition_by((Entity, Column::CompanyId));
    window
        .order_by((Entity, Column::CreatedAt), Order::Asc)
        .order_by((Entity, Column::Id), Order::Asc);
    let mut numbered = select.into_query();
    numbered.expr_window_as(Expr::cust("ROW_NUMBER()"), window, "place");
    let mut first = Query::select();
    for column in Column::iter() {
        first.column(("numbered", column));
    }
    first
        .from_subquery(numbered, "numbered")
        .and_where(Expr::col(("numbered", "place")).lte(u64::from(page.size) + 1))
        .order_by(("numbered", Column::CreatedAt), Order::Asc)
        .order_by(("numbered", Column::Id), Order::Asc);
    let rows = cx.db().query_all(&first).await.doing("listing people")?;
    let mut found: HashMap<CompanyId, Vec<ClientUser>> = HashMap::new();
    for row in &rows {
        let user = Model::from_query_result(row, "").doing("understanding people")?;
        let user = ClientUser::from(&user);
        found.entry(user.company_id).or_default().push(user);
    }
    Ok(found
        .into_iter()
        .map(|(company, users)| (company, Slice::cut(users, page.size)))
        .collect())
}

/// A client user, for staff who may hand out or erase what is kept of them.
pub(crate) async fn erasable(cx: &Cx<'_>, id: kernel::ClientUserId) -> Result<ClientUser, Fault> {
    cx.viewer.may(Permission::CustomersErase)?;
    let found = crate::client_users_by_ids(cx, &[id]).await?.pop();
    found.ok_or(Fault::NotFound)
}
