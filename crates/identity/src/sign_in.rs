//! Signing in with a password (ID-2).

use kernel::{Doing, Fault, WorkspaceId};
use sea_orm::{
    ConnectionTrait, FromQueryResult,
    sea_query::{Expr, ExprTrait, Query, TableRef},
};
use store::Work;
use uuid::Uuid;
use visibility::Access;

use crate::{
    NewSession, Origin, Passwords, Realm, Standing, Tokens, TooBusy,
    session::{Holder, open},
};

/// What a person types in.
#[derive(Clone)]
pub struct Credentials {
    /// The workspace's slug.
    pub workspace: String,
    /// The address; capitals do not matter.
    pub email: String,
    /// The password.
    pub password: String,
}

/// Why signing in failed.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// No such workspace, no such user, wrong password, or not in force: one
    /// answer for all, after one time.
    #[error("these credentials do not match an account")]
    InvalidCredentials,
    /// More sign-ins are under way than the machine takes.
    #[error("too many sign-ins at the moment")]
    TooBusy,
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<TooBusy> for SignInError {
    fn from(_: TooBusy) -> Self {
        Self::TooBusy
    }
}

#[derive(FromQueryResult)]
struct Account {
    id: Uuid,
    workspace_id: WorkspaceId,
    password_hash: Option<String>,
    /// Whether user, company and workspace are all in force.
    in_force: bool,
}

/// Opens a session for the account that the credentials match.
pub async fn sign_in(
    work: &Work<'_>,
    realm: Realm,
    passwords: &Passwords,
    tokens: &Tokens,
    origin: &Origin,
    credentials: Credentials,
) -> Result<NewSession, SignInError> {
    let account = find(work, realm, &credentials).await?;
    let hash = account
        .as_ref()
        .and_then(|account| account.password_hash.clone());
    let matches = passwords.verify(credentials.password, hash).await?;
    // The password is verified before standing is looked at: a disabled user
    // takes as long as any other.
    let account = account
        .filter(|account| matches && account.in_force)
        .ok_or(SignInError::InvalidCredentials)?;
    let holder = Holder {
        realm,
        workspace: account.workspace_id,
        user: account.id,
    };
    let tx = work.begin().await?;
    let new = open(work, &tx, tokens, holder, origin).await?;
    tx.commit().await?;
    Ok(new)
}

#[expect(
    clippy::disallowed_methods,
    reason = "there is no viewer before signing in"
)]
async fn find(
    work: &Work<'_>,
    realm: Realm,
    credentials: &Credentials,
) -> Result<Option<Account>, Fault> {
    let aliased = |table: &'static str, alias: &'static str| {
        TableRef::Table(table.into(), Some(alias.into()))
    };
    let mut in_force = Expr::col(("u", "status"))
        .eq(Standing::Active)
        .and(Expr::col(("w", "status")).eq(Standing::Active));
    let mut select = Query::select();
    select
        .columns([("u", "id"), ("u", "workspace_id"), ("u", "password_hash")])
        .from_as(realm.users(), "u")
        .inner_join(
            aliased("workspaces", "w"),
            Expr::col(("w", "id")).equals(("u", "workspace_id")),
        )
        .and_where(Expr::col(("w", "slug")).eq(storable(&credentials.workspace)))
        .and_where(
            Expr::col(("u", "email")).eq(storable(&credentials.email).trim().to_lowercase()),
        );
    if realm == Realm::Portal {
        select.inner_join(
            aliased("companies", "c"),
            Expr::col(("c", "id")).equals(("u", "company_id")),
        );
        in_force = in_force
            .and(Expr::col(("c", "status")).eq(Standing::Active))
            .and(Expr::col(("u", "access")).ne(Access::None));
    }
    select.expr_as(in_force, "in_force");
    let row = work
        .store
        .executor()
        .query_one(&select)
        .await
        .doing("looking an account up")?;
    row.map(|row| Account::from_query_result(&row, ""))
        .transpose()
        .doing("understanding an account")
}

/// Text that no account can match and PostgreSQL cannot take becomes empty.
fn storable(text: &str) -> &str {
    if text.contains('\0') || text.len() > 320 {
        ""
    } else {
        text
    }
}
