//! Finding the account that somebody claims, before they have proved anything.

use chrono::{DateTime, Utc};
use kernel::{Doing, Fault, WorkspaceId};
use sea_orm::{
    ConnectionTrait, FromQueryResult,
    sea_query::{Expr, ExprTrait, JoinType, Query, TableRef},
};
use store::{Tx, Work};
use uuid::Uuid;
use visibility::{Access, Module, Modules};

use crate::{Email, Realm, SignInMethod, SignInMethods, Standing};

/// The account that a workspace and an address name.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) id: Uuid,
    pub(crate) password_hash: Option<String>,
    /// Whether user, company and workspace are all in force.
    pub(crate) in_force: bool,
}

/// What there is for a workspace and an address.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    pub(crate) workspace: Option<WorkspaceId>,
    pub(crate) account: Option<Account>,
    methods: SignInMethods,
}

impl Found {
    /// Whether the account can be signed in to like this.
    pub(crate) fn opens_by(&self, realm: Realm, method: SignInMethod) -> Option<&Account> {
        let allowed = match realm {
            Realm::Portal => self.methods.contains(method),
            // The choice is the portal's; the team has passwords.
            Realm::Staff => method == SignInMethod::Password,
        };
        self.account
            .as_ref()
            .filter(|account| allowed && account.in_force)
    }
}

#[derive(FromQueryResult)]
struct Row {
    workspace_id: WorkspaceId,
    modules: Modules,
    sign_in_methods: SignInMethods,
    user_id: Option<Uuid>,
    password_hash: Option<String>,
    in_force: Option<bool>,
}

/// Looks for the account. One statement, whatever there is.
#[expect(
    clippy::disallowed_methods,
    reason = "there is no viewer before signing in"
)]
pub(crate) async fn find(
    work: &Work<'_>,
    realm: Realm,
    workspace: &str,
    email: &str,
) -> Result<Found, Fault> {
    let aliased = |table: &'static str, alias: &'static str| {
        TableRef::Table(table.into(), Some(alias.into()))
    };
    // What is no address is nobody's; the statement is sent all the same.
    let email = Email::parse(email).map_or(String::new(), Email::into_string);
    let mut theirs = Expr::col(("u", "workspace_id"))
        .equals(("w", "id"))
        .and(Expr::col(("u", "email")).eq(email));
    let mut in_force = Expr::col(("u", "status"))
        .eq(Standing::Active)
        .and(Expr::col(("w", "status")).eq(Standing::Active));
    let mut select = Query::select();
    select
        .expr_as(Expr::col(("w", "id")), "workspace_id")
        .columns([("w", "modules"), ("w", "sign_in_methods")])
        .expr_as(Expr::col(("u", "id")), "user_id")
        .column(("u", "password_hash"))
        .from_as("workspaces", "w")
        .and_where(Expr::col(("w", "slug")).eq(slug(workspace)));
    if realm == Realm::Portal {
        // An invitation that nobody took is no account yet.
        theirs = theirs.and(Expr::col(("u", "accepted_at")).is_not_null());
        in_force = in_force
            .and(Expr::col(("c", "status")).eq(Standing::Active))
            .and(Expr::col(("u", "access")).ne(Access::None));
    }
    select.join(JoinType::LeftJoin, aliased(realm.users(), "u"), theirs);
    if realm == Realm::Portal {
        select.join(
            JoinType::LeftJoin,
            aliased("companies", "c"),
            Expr::col(("c", "id")).equals(("u", "company_id")),
        );
    }
    select.expr_as(in_force, "in_force");
    let row = work.store.executor().query_one(&select).await;
    let row = row
        .doing("looking an account up")?
        .map(|row| Row::from_query_result(&row, ""))
        .transpose()
        .doing("understanding an account")?;
    Ok(row.map_or_else(Found::default, |row| found(realm, row)))
}

fn found(realm: Realm, row: Row) -> Found {
    let served = realm == Realm::Staff || row.modules.contains(Module::Portal);
    let account = row.user_id.map(|id| Account {
        id,
        password_hash: row.password_hash,
        in_force: served && row.in_force.unwrap_or(false),
    });
    Found {
        workspace: Some(row.workspace_id),
        account,
        methods: row.sign_in_methods,
    }
}

/// Holds an account for signing in, if it still is what was looked at: in force
/// and, for a password, with the hash that was verified. A reset or a disabling
/// that came meanwhile wins.
#[expect(
    clippy::disallowed_methods,
    reason = "whoever has just proved who they are"
)]
pub(crate) async fn hold(
    tx: &Tx,
    realm: Realm,
    user: Uuid,
    verified: Option<&str>,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let mut update = Query::update();
    update
        .table(realm.users())
        .value("last_sign_in_at", now)
        .and_where(Expr::col("id").eq(user))
        .and_where(Expr::col("status").eq(Standing::Active));
    if let Some(hash) = verified {
        update.and_where(Expr::col("password_hash").eq(hash));
    }
    let done = tx.executor().execute(&update).await;
    Ok(done.doing("holding an account")?.rows_affected() > 0)
}

/// A workspace's name that no database chokes on.
fn slug(text: &str) -> &str {
    if text.contains('\0') || text.len() > 100 {
        ""
    } else {
        text
    }
}
