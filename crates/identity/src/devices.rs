//! Sessions as people see them: where they are signed in, and ending that from
//! elsewhere (ID-3, CT-6).
//!
//! Everybody sees their own. A client admin sees those of the company's people,
//! staff with `customers.write` those of all client users; nobody sees those of
//! other staff.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kernel::{ClientUserId, Doing, Fault, SessionId};
use sea_orm::{
    ConnectionTrait, FromQueryResult,
    sea_query::{Condition, Expr, ExprTrait, Order, Query, SelectStatement, WindowStatement},
};
use uuid::Uuid;
use visibility::{Access, Cx, Permission, Viewer, audit};

use crate::{ClientUser, Realm, event, session::IDLE_LIFE, sign_out::ended};

/// Sessions of one's own that are listed.
const OWN: u64 = 100;
/// Sessions of one user in an access review.
const REVIEWED: u64 = 20;

/// A live session.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Device {
    /// The session.
    pub id: SessionId,
    user_id: Uuid,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// When it was last used: refreshed or, where it is held as a cookie, used
    /// at all, to the minute.
    pub last_used_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
    /// What the program that opened it said of itself.
    pub agent: Option<String>,
    /// The network that it was opened from.
    pub network: Option<String>,
}

impl Device {
    /// When it ends unless it is used before.
    pub fn ends_at(&self) -> DateTime<Utc> {
        std::cmp::min(self.expires_at, self.last_used_at + IDLE_LIFE)
    }
}

/// Why a session was not ended.
#[derive(Debug, thiserror::Error)]
pub enum EndError {
    /// It has ended already.
    #[error("this session has ended already")]
    AlreadyEnded,
    /// Not found, or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The viewer's own live sessions, newest first.
pub async fn own(cx: &Cx<'_>) -> Result<Vec<Device>, Fault> {
    let (realm, user) = holder(cx.viewer);
    let mut select = live(realm, cx.now);
    select
        .and_where(Expr::col("user_id").eq(user))
        .order_by("created_at", Order::Desc)
        .order_by("id", Order::Desc)
        .limit(OWN);
    read(cx, &select).await
}

/// A live session that the viewer may see.
pub async fn device(cx: &Cx<'_>, id: SessionId) -> Result<Device, Fault> {
    for realm in [Realm::Portal, Realm::Staff] {
        let Some(scope) = visible_to(cx.viewer, realm) else {
            continue;
        };
        let mut select = live(realm, cx.now);
        select.and_where(Expr::col("id").eq(id)).cond_where(scope);
        if let Some(found) = read(cx, &select).await?.pop() {
            return Ok(found);
        }
    }
    Err(Fault::NotFound)
}

/// Whether the viewer may review this user's access: when they were last here,
/// and where they are signed in.
pub fn reviews(viewer: &Viewer, user: &ClientUser) -> bool {
    match viewer {
        Viewer::Client(client) => {
            let admin = client.access == Access::Admin && client.company == user.company_id;
            admin || client.user == user.id
        }
        Viewer::Staff(_) => viewer.may(Permission::CustomersWrite).is_ok(),
    }
}

/// The newest live sessions of each of these client users, as far as the
/// viewer may see them. One statement, however many users there are.
pub async fn of_client_users(
    cx: &Cx<'_>,
    users: &[ClientUserId],
) -> Result<HashMap<ClientUserId, Vec<Device>>, Fault> {
    let Some(scope) = visible_to(cx.viewer, Realm::Portal) else {
        return Ok(HashMap::new());
    };
    let mut window = WindowStatement::partition_by("user_id");
    window
        .order_by("created_at", Order::Desc)
        .order_by("id", Order::Desc);
    let mut numbered = live(Realm::Portal, cx.now);
    numbered
        .cond_where(scope)
        .and_where(Expr::col("user_id").is_in(users.iter().copied()))
        .expr_window_as(Expr::cust("ROW_NUMBER()"), window, "place");
    let mut select = Query::select();
    select
        .columns(COLUMNS)
        .from_subquery(numbered, "numbered")
        .and_where(Expr::col("place").lte(REVIEWED))
        .order_by("created_at", Order::Desc)
        .order_by("id", Order::Desc);
    let mut by_user: HashMap<_, Vec<_>> = HashMap::new();
    for device in read(cx, &select).await? {
        let user = ClientUserId(device.user_id);
        by_user.entry(user).or_default().push(device);
    }
    Ok(by_user)
}

/// Ends a session that the viewer may see, with its tokens and live streams.
pub async fn end(cx: &Cx<'_>, id: SessionId) -> Result<(), EndError> {
    let mut known = false;
    for realm in [Realm::Portal, Realm::Staff] {
        let Some(scope) = visible_to(cx.viewer, realm) else {
            continue;
        };
        let tx = cx.begin().await?;
        if end_one(&cx.within(&tx), realm, id, scope.clone()).await? {
            let mut select = every(realm);
            select.and_where(Expr::col("id").eq(id));
            let whose = read(&cx.within(&tx), &select).await?.pop();
            if let Some(device) = whose {
                let person = (realm.user(), device.user_id);
                audit::enter(cx, &tx, ended("session.revoked", person, id)).await?;
            }
            tx.record(event::fact(cx, event::SESSION_ENDED, id.0));
            tx.commit().await?;
            return Ok(());
        }
        drop(tx);
        let mut select = every(realm);
        select.and_where(Expr::col("id").eq(id)).cond_where(scope);
        known |= !read(cx, &select).await?.is_empty();
    }
    Err(if known {
        EndError::AlreadyEnded
    } else {
        Fault::NotFound.into()
    })
}

/// Answers whether the session was live until now.
#[expect(
    clippy::disallowed_methods,
    reason = "the condition begins with the viewer"
)]
async fn end_one(
    cx: &Cx<'_>,
    realm: Realm,
    id: SessionId,
    scope: Condition,
) -> Result<bool, Fault> {
    let mut update = Query::update();
    update
        .table(realm.sessions())
        .value("revoked_at", cx.now)
        .and_where(Expr::col("id").eq(id))
        .cond_where(scope)
        .cond_where(in_force(cx.now));
    let done = cx.db().execute(&update).await.doing("ending a session")?;
    Ok(done.rows_affected() > 0)
}

/// The realm and the id of whoever asks.
pub(crate) fn holder(viewer: &Viewer) -> (Realm, Uuid) {
    match viewer {
        Viewer::Client(client) => (Realm::Portal, client.user.0),
        Viewer::Staff(staff) => (Realm::Staff, staff.user.0),
    }
}

/// The sessions of a realm that the viewer may see and end; none of a realm
/// that is not theirs to look into.
fn visible_to(viewer: &Viewer, realm: Realm) -> Option<Condition> {
    let theirs = |user: Uuid| Condition::all().add(Expr::col("user_id").eq(user));
    match (viewer, realm) {
        (Viewer::Client(client), Realm::Portal) if client.access == Access::Admin => {
            let mut people = Query::select();
            people
                .column("id")
                .from("client_users")
                .and_where(Expr::col("workspace_id").eq(client.workspace))
                .and_where(Expr::col("company_id").eq(client.company));
            Some(Condition::all().add(Expr::col("user_id").in_subquery(people)))
        }
        (Viewer::Client(client), Realm::Portal) => Some(theirs(client.user.0)),
        (Viewer::Client(_), Realm::Staff) => None,
        (Viewer::Staff(staff), Realm::Staff) => Some(theirs(staff.user.0)),
        (Viewer::Staff(_), Realm::Portal) => {
            let staff = viewer.may(Permission::CustomersWrite).ok()?;
            let workspace = Expr::col("workspace_id").eq(staff.workspace);
            Some(Condition::all().add(workspace))
        }
    }
}

const COLUMNS: [&str; 7] = [
    "id",
    "user_id",
    "created_at",
    "last_used_at",
    "expires_at",
    "agent",
    "network",
];

fn every(realm: Realm) -> SelectStatement {
    let mut select = Query::select();
    select.columns(COLUMNS).from(realm.sessions());
    select
}

fn live(realm: Realm, now: DateTime<Utc>) -> SelectStatement {
    let mut select = every(realm);
    select.cond_where(in_force(now));
    select
}

/// Not ended, by anybody or by time.
fn in_force(now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(Expr::col("revoked_at").is_null())
        .add(Expr::col("expires_at").gt(now))
        .add(Expr::col("last_used_at").gt(now - IDLE_LIFE))
}

#[expect(
    clippy::disallowed_methods,
    reason = "each select begins with the viewer"
)]
async fn read(cx: &Cx<'_>, select: &SelectStatement) -> Result<Vec<Device>, Fault> {
    let rows = cx.db().query_all(select).await.doing("reading sessions")?;
    rows.iter()
        .map(|row| Device::from_query_result(row, ""))
        .collect::<Result<_, _>>()
        .doing("understanding sessions")
}
