//! Sessions and their refresh tokens, one shape for both realms in tables of
//! their own, and the viewer that a live session stands for.
//!
//! Access tokens name a session; what its user may do is read here, from the
//! database, each time.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{ClientUserId, CompanyId, Doing, Fault, SessionId, StaffUserId, WorkspaceId};
use sea_orm::{
    ConnectionTrait, DatabaseExecutor, FromQueryResult,
    sea_query::{Expr, ExprTrait, Query, SelectStatement},
};
use store::{Tx, Work};
use uuid::Uuid;
use visibility::{
    Access, ClientViewer, Module, Modules, Reach, Sections, Sharing, StaffRole, StaffViewer, Viewer,
};

use crate::{Origin, Realm, Standing, Tokens, secret::Secret};

/// The longest life of a session, however often it is refreshed.
pub const SESSION_LIFE: TimeDelta = TimeDelta::days(30);
/// How long a session lasts without being used. A refresh token can wait as
/// long: it is the next use.
pub(crate) const IDLE_LIFE: TimeDelta = TimeDelta::days(14);

/// What a person gets to hold after signing in: a pair of tokens, or a cookie.
/// They are secrets: shown once and never stored in the clear.
#[derive(Clone, PartialEq, Eq)]
pub struct NewSession {
    /// Opens requests until `expires_at`.
    pub access_token: Option<String>,
    /// Buys the next pair of tokens, once.
    pub refresh_token: Option<String>,
    /// Opens requests for as long as the session lasts, sent by a browser.
    pub cookie: Option<String>,
    /// When the access token ends; with a cookie, when the session does.
    pub expires_at: DateTime<Utc>,
    /// Which session it is.
    pub session: SessionId,
}

impl NewSession {
    pub(crate) fn issue(
        work: &Work<'_>,
        tokens: &Tokens,
        realm: Realm,
        user: Uuid,
        session: SessionId,
    ) -> (Self, Secret) {
        let refresh = Secret::draw(work.entropy);
        let (access_token, expires_at) = tokens.sign(realm, user, session, work.now);
        (
            Self {
                access_token: Some(access_token),
                refresh_token: Some(refresh.text.clone()),
                cookie: None,
                expires_at,
                session,
            },
            refresh,
        )
    }
}

/// Whose session it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Holder {
    pub(crate) realm: Realm,
    pub(crate) workspace: WorkspaceId,
    pub(crate) user: Uuid,
}

/// Opens a session, inside the transaction of whatever proved who it is: a
/// password, an invitation, a code. The only way to one.
pub(crate) async fn open(
    work: &Work<'_>,
    tx: &Tx,
    tokens: &Tokens,
    holder: Holder,
    origin: &Origin,
) -> Result<NewSession, Fault> {
    let session = SessionId::fresh(work.now, work.entropy);
    let db = tx.executor();
    let new = if origin.cookie {
        let cookie = Secret::draw(work.entropy);
        insert_session(&db, holder, session, origin, Some(&cookie), work.now).await?;
        NewSession {
            access_token: None,
            refresh_token: None,
            cookie: Some(cookie.text),
            expires_at: work.now + SESSION_LIFE,
            session,
        }
    } else {
        let (new, refresh) = NewSession::issue(work, tokens, holder.realm, holder.user, session);
        insert_session(&db, holder, session, origin, None, work.now).await?;
        insert_refresh_token(&db, holder.realm, session, &refresh, work.now).await?;
        new
    };
    stamp(&db, holder, work.now).await?;
    Ok(new)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the holder has just proved who they are"
)]
async fn stamp(db: &DatabaseExecutor<'_>, holder: Holder, now: DateTime<Utc>) -> Result<(), Fault> {
    let mut update = Query::update();
    update
        .table(holder.realm.users())
        .value("last_sign_in_at", now)
        .and_where(Expr::col("id").eq(holder.user));
    db.execute(&update).await.doing("noting a sign-in")?;
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the door to the session tables of both realms"
)]
async fn insert_session(
    db: &DatabaseExecutor<'_>,
    holder: Holder,
    session: SessionId,
    origin: &Origin,
    cookie: Option<&Secret>,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let mut insert = Query::insert();
    insert
        .into_table(holder.realm.sessions())
        .columns([
            "id",
            "workspace_id",
            "user_id",
            "created_at",
            "last_used_at",
            "expires_at",
            "agent",
            "network",
            "cookie_hash",
        ])
        .values_panic([
            session.into(),
            holder.workspace.into(),
            holder.user.into(),
            now.into(),
            now.into(),
            (now + SESSION_LIFE).into(),
            origin.agent.clone().into(),
            origin.network().into(),
            cookie.map(|cookie| cookie.hash.clone()).into(),
        ]);
    db.execute(&insert).await.doing("opening a session")?;
    Ok(())
}

/// Notes that a session was used; never back in time.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the session tables of both realms"
)]
pub(crate) async fn touch(
    db: &DatabaseExecutor<'_>,
    realm: Realm,
    session: SessionId,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let mut update = Query::update();
    update
        .table(realm.sessions())
        .value("last_used_at", now)
        .and_where(Expr::col("id").eq(session))
        .and_where(Expr::col("last_used_at").lt(now));
    db.execute(&update).await.doing("noting a use")?;
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the door to the session tables of both realms"
)]
pub(crate) async fn insert_refresh_token(
    db: &DatabaseExecutor<'_>,
    realm: Realm,
    session: SessionId,
    token: &Secret,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let mut insert = Query::insert();
    insert
        .into_table(realm.refresh_tokens())
        .columns(["hash", "session_id", "created_at", "expires_at"])
        .values_panic([
            token.hash.clone().into(),
            session.into(),
            now.into(),
            (now + IDLE_LIFE).into(),
        ]);
    db.execute(&insert).await.doing("issuing a refresh token")?;
    Ok(())
}

/// Ends a session; answers whether it was live until now.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the session tables of both realms"
)]
pub(crate) async fn revoke(
    db: &DatabaseExecutor<'_>,
    realm: Realm,
    session: SessionId,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let mut update = Query::update();
    update
        .table(realm.sessions())
        .value("revoked_at", now)
        .and_where(Expr::col("id").eq(session))
        .and_where(Expr::col("revoked_at").is_null());
    let done = db.execute(&update).await.doing("ending a session")?;
    Ok(done.rows_affected() > 0)
}

/// Ends all sessions of a user.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the session tables of both realms"
)]
pub(crate) async fn revoke_all(
    db: &DatabaseExecutor<'_>,
    realm: Realm,
    user: Uuid,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let mut update = Query::update();
    update
        .table(realm.sessions())
        .value("revoked_at", now)
        .and_where(Expr::col("user_id").eq(user))
        .and_where(Expr::col("revoked_at").is_null());
    db.execute(&update)
        .await
        .doing("ending a user's sessions")?;
    Ok(())
}

/// Ends all sessions of the people of a company.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the session tables of both realms"
)]
pub(crate) async fn revoke_company(
    db: &DatabaseExecutor<'_>,
    company: CompanyId,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let realm = Realm::Portal;
    let mut people = Query::select();
    people
        .column("id")
        .from(realm.users())
        .and_where(Expr::col("company_id").eq(company));
    let mut update = Query::update();
    update
        .table(realm.sessions())
        .value("revoked_at", now)
        .and_where(Expr::col("user_id").in_subquery(people))
        .and_where(Expr::col("revoked_at").is_null());
    let done = db.execute(&update).await;
    done.doing("ending a company's sessions")?;
    Ok(())
}

/// Removes the sessions of a user with their tokens, as if they had never been.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the session tables of both realms"
)]
pub(crate) async fn remove_of(
    db: &DatabaseExecutor<'_>,
    realm: Realm,
    user: Uuid,
) -> Result<(), Fault> {
    let mut theirs = Query::select();
    theirs
        .column("id")
        .from(realm.sessions())
        .and_where(Expr::col("user_id").eq(user));
    let mut tokens = Query::delete();
    tokens
        .from_table(realm.refresh_tokens())
        .and_where(Expr::col("session_id").in_subquery(theirs));
    let mut sessions = Query::delete();
    sessions
        .from_table(realm.sessions())
        .and_where(Expr::col("user_id").eq(user));
    for delete in [tokens, sessions] {
        db.execute(&delete).await.doing("removing sessions")?;
    }
    Ok(())
}

/// Ends all sessions of a user but one.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the session tables of both realms"
)]
pub(crate) async fn revoke_others(
    db: &DatabaseExecutor<'_>,
    realm: Realm,
    user: Uuid,
    but: SessionId,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let mut update = Query::update();
    update
        .table(realm.sessions())
        .value("revoked_at", now)
        .and_where(Expr::col("user_id").eq(user))
        .and_where(Expr::col("id").ne(but))
        .and_where(Expr::col("revoked_at").is_null());
    db.execute(&update).await.doing("ending other sessions")?;
    Ok(())
}

/// Whom the session of a verified token stands for, if it is live and the
/// user, the company and the workspace are all in force.
pub async fn viewer_of(
    work: &Work<'_>,
    realm: Realm,
    session: SessionId,
    user: Uuid,
) -> Result<Option<Viewer>, Fault> {
    match realm {
        Realm::Portal => client(work, session, user).await,
        Realm::Staff => staff(work, session, user).await,
    }
}

#[derive(FromQueryResult)]
pub(crate) struct ClientRow {
    pub(crate) workspace_id: WorkspaceId,
    pub(crate) company_id: CompanyId,
    pub(crate) user_id: ClientUserId,
    pub(crate) access: Access,
    pub(crate) sections: Sections,
    pub(crate) reach: Option<Reach>,
    pub(crate) sharing: Sharing,
    pub(crate) modules: Modules,
}

async fn client(work: &Work<'_>, session: SessionId, user: Uuid) -> Result<Option<Viewer>, Fault> {
    let mut select = live_session(Realm::Portal, session, user, work.now);
    select
        .column(("u", "company_id"))
        .column(("u", "access"))
        .column(("u", "sections"))
        .column(("u", "reach"))
        .column(("c", "sharing"))
        .inner_join(
            sea_orm::sea_query::TableRef::Table("companies".into(), Some("c".into())),
            Expr::col(("c", "id")).equals(("u", "company_id")),
        )
        .and_where(Expr::col(("c", "status")).eq(Standing::Active));
    let row: Option<ClientRow> = one(work, &select).await?;
    Ok(row.and_then(|row| client_viewer(row, session)))
}

/// The viewer that a client user in force is; none when nothing is open to them.
pub(crate) fn client_viewer(row: ClientRow, session: SessionId) -> Option<Viewer> {
    if !row.modules.contains(Module::Portal) {
        return None;
    }
    let reach = Reach::of(row.access, row.sharing, row.reach)?;
    // An admin manages everything of the company, whatever is ticked.
    let sections = match row.access {
        Access::Admin => Sections::all(),
        _ => row.sections,
    };
    Some(Viewer::Client(ClientViewer {
        workspace: row.workspace_id,
        company: row.company_id,
        user: row.user_id,
        session,
        access: row.access,
        reach,
        sections: row.modules.narrow(&sections),
    }))
}

#[derive(FromQueryResult)]
struct StaffRow {
    workspace_id: WorkspaceId,
    user_id: StaffUserId,
    role: StaffRole,
    modules: Modules,
}

async fn staff(work: &Work<'_>, session: SessionId, user: Uuid) -> Result<Option<Viewer>, Fault> {
    let mut select = live_session(Realm::Staff, session, user, work.now);
    select.column(("u", "role"));
    let row: Option<StaffRow> = one(work, &select).await?;
    Ok(row.map(|row| {
        Viewer::Staff(StaffViewer {
            workspace: row.workspace_id,
            user: row.user_id,
            session,
            role: row.role,
            modules: row.modules,
        })
    }))
}

/// The session joined with its user and workspace, all in force.
fn live_session(
    realm: Realm,
    session: SessionId,
    user: Uuid,
    now: DateTime<Utc>,
) -> SelectStatement {
    let mut select = Query::select();
    select
        .column(("u", "workspace_id"))
        .expr_as(Expr::col(("u", "id")), "user_id")
        .column(("w", "modules"))
        .from_as(realm.sessions(), "s")
        .inner_join(
            sea_orm::sea_query::TableRef::Table(realm.users().into(), Some("u".into())),
            Expr::col(("u", "id")).equals(("s", "user_id")),
        )
        .inner_join(
            sea_orm::sea_query::TableRef::Table("workspaces".into(), Some("w".into())),
            Expr::col(("w", "id")).equals(("u", "workspace_id")),
        )
        .and_where(Expr::col(("s", "id")).eq(session))
        .and_where(Expr::col(("s", "user_id")).eq(user))
        .and_where(Expr::col(("s", "revoked_at")).is_null())
        .and_where(Expr::col(("s", "expires_at")).gt(now))
        .and_where(Expr::col(("s", "last_used_at")).gt(now - IDLE_LIFE))
        .and_where(Expr::col(("u", "status")).eq(Standing::Active))
        .and_where(Expr::col(("w", "status")).eq(Standing::Active));
    select
}

#[expect(
    clippy::disallowed_methods,
    reason = "the door to the session tables of both realms"
)]
async fn one<T: FromQueryResult>(
    work: &Work<'_>,
    select: &SelectStatement,
) -> Result<Option<T>, Fault> {
    let row = work
        .store
        .executor()
        .query_one(select)
        .await
        .doing("reading a session")?;
    row.map(|row| T::from_query_result(&row, ""))
        .transpose()
        .doing("understanding a session")
}
