//! Signing in with a mailed code (ID-6), where the workspace offers it.
//!
//! A code belongs to whoever asked for it: it can be tried from the network that
//! it was asked for from, or from anywhere with the challenge that asking was
//! answered with. Others do not find it, so they cannot use its tries up either,
//! and a guess is worth something only against a code that the guesser asked for.
//! How many those can be in a day is what the throttle of mails says.

use kernel::{Doing, Fault, WorkspaceId};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Order, Query, SimpleExpr},
};
use store::{Tx, Work};
use uuid::Uuid;

use crate::{
    NewSession, Origin, Passwords, Realm, SignInError, SignInMethod, Tokens,
    account::{find, hold},
    credential::{self, Credential, New, Purpose, code_digest},
    reset::{AskError, ask},
    secret::Secret,
    session::{Holder, open},
    sign_in::{count, failed, opened_by},
    throttle::Attempt,
};

/// Tries that a code takes, of those who bring its challenge and, apart from
/// them, of its network.
const TRIES: i64 = 5;

/// How somebody shows to be the one who asked.
enum Asker<'a> {
    /// By what asking was answered with.
    Challenge(&'a str),
    /// By being where it was asked for from.
    Network(Option<String>),
}

impl Asker<'_> {
    /// The column that counts their tries: neighbours cannot use up those of
    /// whoever brings the challenge.
    fn tries(&self) -> &'static str {
        match self {
            Self::Challenge(_) => "challenged",
            Self::Network(_) => "failures",
        }
    }

    fn asked(&self) -> SimpleExpr {
        match self {
            Self::Challenge(challenge) => {
                Expr::col(("c", "challenge")).eq(Secret::digest(challenge))
            }
            Self::Network(Some(network)) => Expr::col(("c", "asked_from")).eq(network),
            Self::Network(None) => Expr::col(("c", "asked_from")).is_null(),
        }
    }
}

/// Has a code mailed, if there is an account in force and codes are offered;
/// answers the challenge. The answer and the work are the same for every address.
pub async fn ask_code(
    work: &Work<'_>,
    realm: Realm,
    origin: &Origin,
    workspace: &str,
    email: &str,
) -> Result<String, AskError> {
    let method = SignInMethod::Code;
    let challenge = Secret::draw(work.entropy);
    let new = New {
        asked_from: origin.network(),
        challenge: Some(challenge.hash),
        ..New::of(Purpose::Code)
    };
    ask(work, realm, origin, (workspace, email), method, new).await?;
    Ok(challenge.text)
}

/// What somebody brings back of a mailed code.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    /// The code; blanks within it do not matter.
    pub code: &'a str,
    /// What [`ask_code`] answered. Without it the code must have been asked for
    /// from the same network.
    pub challenge: Option<&'a str>,
}

/// Opens a session for a code. Tries are counted for the account and the
/// network as those of passwords are, and besides for the code itself.
pub async fn sign_in_with_code(
    work: &Work<'_>,
    realm: Realm,
    (passwords, tokens): (&Passwords, &Tokens),
    origin: &Origin,
    (workspace, email): (&str, &str),
    Answer { code, challenge }: Answer<'_>,
) -> Result<NewSession, SignInError> {
    let attempt = Attempt::with_code(realm, (workspace, email), origin, challenge);
    let turn = passwords.turn().await?;
    let found = find(work, realm, workspace, email).await?;
    count(work, realm, &attempt, &found, origin).await?;
    drop(turn);
    let account = found.opens_by(realm, SignInMethod::Code);
    let user = account.map_or(Uuid::nil(), |account| account.id);
    let tx = work.begin().await?;
    let asker = match challenge {
        Some(challenge) => Asker::Challenge(challenge),
        None => Asker::Network(origin.network()),
    };
    let credential = newest(work, &tx, realm, user, &asker).await?;
    let id = credential.as_ref().map_or(Uuid::nil(), |found| found.id);
    let counted = count_try(&tx, realm, id, &asker).await?;
    if !spend(work, &tx, realm, id, code).await? || !counted {
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

/// The code that this asker asked for last, if it can still be used.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the credentials of both realms"
)]
async fn newest(
    work: &Work<'_>,
    tx: &Tx,
    realm: Realm,
    user: Uuid,
    asker: &Asker<'_>,
) -> Result<Option<Credential>, Fault> {
    let mut select = credential::columns(realm);
    select
        .and_where(Expr::col(("c", "user_id")).eq(user))
        .and_where(Expr::col(("c", "purpose")).eq(Purpose::Code))
        .and_where(asker.asked())
        .and_where(Expr::col(("c", "used_at")).is_null())
        .and_where(Expr::col(("c", "expires_at")).gt(work.now))
        .order_by(("c", "created_at"), Order::Desc)
        .order_by(("c", "id"), Order::Desc)
        .limit(1);
    credential::read(tx.executor().query_one(&select).await)
}

/// Uses the code up, if it is the right one. Whether there was a try left has
/// been counted before: of many at once, five are looked at.
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
    // Six digits: who sends a megabyte sends no code.
    let digits = code.chars().filter(|one| !one.is_whitespace()).take(7);
    let digest = code_digest(credential, &digits.collect::<String>());
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
        .and_where(Expr::col("used_at").is_null());
    let done = tx.executor().execute(&update).await;
    Ok(done.doing("using a code up")?.rows_affected() > 0)
}

/// Takes one of the tries; answers whether there was one.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the credentials of both realms"
)]
async fn count_try(
    tx: &Tx,
    realm: Realm,
    credential: Uuid,
    asker: &Asker<'_>,
) -> Result<bool, Fault> {
    let tries = asker.tries();
    let mut update = Query::update();
    update
        .table(realm.credentials())
        .value(tries, Expr::col(tries).add(1))
        .and_where(Expr::col("id").eq(credential))
        .and_where(Expr::col(tries).lt(TRIES));
    let done = tx.executor().execute(&update).await;
    Ok(done.doing("counting a try")?.rows_affected() > 0)
}
