//! Signing in with a mailed code (ID-6), where the workspace offers it.

use kernel::{Doing, Fault, WorkspaceId};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Order, Query},
};
use store::{Tx, Work};
use uuid::Uuid;

use crate::{
    NewSession, Origin, Passwords, Realm, SignInError, SignInMethod, Tokens,
    account::{find, hold},
    credential::{self, Credential, Purpose, code_digest},
    reset::{AskError, ask},
    session::{Holder, open},
    sign_in::{count, failed, opened_by},
    throttle::Attempt,
};

/// Wrong tries that a code survives; each try more is against a new code.
const TRIES: i64 = 5;

/// Has a code mailed, if there is an account in force and codes are offered.
/// The answer and the work are the same for every address.
pub async fn ask_code(
    work: &Work<'_>,
    realm: Realm,
    origin: &Origin,
    workspace: &str,
    email: &str,
) -> Result<(), AskError> {
    let method = SignInMethod::Code;
    ask(
        work,
        realm,
        origin,
        (workspace, email),
        method,
        Purpose::Code,
    )
    .await
}

/// Opens a session for a code. Tries are counted for the account and the
/// network as those of passwords are, and besides for the code itself.
pub async fn sign_in_with_code(
    work: &Work<'_>,
    realm: Realm,
    (passwords, tokens): (&Passwords, &Tokens),
    origin: &Origin,
    (workspace, email): (&str, &str),
    code: &str,
) -> Result<NewSession, SignInError> {
    let attempt = Attempt::with_code(realm, workspace, email, origin);
    let turn = passwords.turn().await?;
    let found = find(work, realm, workspace, email).await?;
    count(work, realm, &attempt, &found, origin).await?;
    drop(turn);
    let account = found.opens_by(realm, SignInMethod::Code);
    let user = account.map_or(Uuid::nil(), |account| account.id);
    let tx = work.begin().await?;
    let credential = newest(work, &tx, realm, user).await?;
    let id = credential.as_ref().map_or(Uuid::nil(), |found| found.id);
    if !spend(work, &tx, realm, id, code).await? {
        fail(&tx, realm, id).await?;
        failed(work, &tx, realm, &found, origin).await?;
        tx.commit().await?;
        return Err(SignInError::InvalidCredentials);
    }
    if !hold(&tx, realm, user, None, work.now).await? {
        return Err(SignInError::InvalidCredentials);
    }
    attempt.succeeded(&tx, work.now).await?;
    let holder = Holder {
        realm,
        workspace: found.workspace.unwrap_or(WorkspaceId(Uuid::nil())),
        user,
    };
    let new = open(work, &tx, tokens, holder, origin).await?;
    opened_by(work, &tx, holder, origin, "code").await?;
    tx.commit().await?;
    Ok(new)
}

/// The code that was asked for last, if it can still be used.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the credentials of both realms"
)]
async fn newest(
    work: &Work<'_>,
    tx: &Tx,
    realm: Realm,
    user: Uuid,
) -> Result<Option<Credential>, Fault> {
    let mut select = credential::columns(realm);
    select
        .and_where(Expr::col(("c", "user_id")).eq(user))
        .and_where(Expr::col(("c", "purpose")).eq(Purpose::Code))
        .and_where(Expr::col(("c", "failures")).lt(TRIES))
        .and_where(Expr::col(("c", "used_at")).is_null())
        .and_where(Expr::col(("c", "expires_at")).gt(work.now))
        .order_by(("c", "created_at"), Order::Desc)
        .order_by(("c", "id"), Order::Desc)
        .limit(1);
    credential::read(tx.executor().query_one(&select).await)
}

/// Uses the code up, if it is the right one.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the credentials of both realms"
)]
async fn spend(
    work: &Work<'_>,
    tx: &Tx,
    realm: Realm,
    credential: Uuid,
    code: &str,
) -> Result<bool, Fault> {
    let digest = code_digest(credential, code.trim());
    let mut known = Query::select();
    known
        .column("credential_id")
        .from(realm.secrets())
        .and_where(Expr::col("hash").eq(digest));
    let mut update = Query::update();
    update
        .table(realm.credentials())
        .value("used_at", work.now)
        .and_where(Expr::col("id").eq(credential))
        .and_where(Expr::col("id").in_subquery(known))
        .and_where(Expr::col("used_at").is_null())
        .and_where(Expr::col("failures").lt(TRIES));
    let done = tx.executor().execute(&update).await;
    Ok(done.doing("using a code up")?.rows_affected() > 0)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the door to the credentials of both realms"
)]
async fn fail(tx: &Tx, realm: Realm, credential: Uuid) -> Result<(), Fault> {
    let mut update = Query::update();
    update
        .table(realm.credentials())
        .value("failures", Expr::col("failures").add(1))
        .and_where(Expr::col("id").eq(credential));
    let done = tx.executor().execute(&update).await;
    done.doing("counting a wrong code")?;
    Ok(())
}
