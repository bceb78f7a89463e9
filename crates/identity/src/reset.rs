//! Forgotten passwords (ID-4): asking for a mailed link, and using it.
//!
//! Asking does the same work and gives the same answer for every address: a
//! credential is written either way, and the mail, or none, is the worker's.

use kernel::{Doing, Fault, WorkspaceId};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Query},
};
use store::{Tx, Work};
use uuid::Uuid;
use visibility::audit::{Event, enter_outside};

use crate::{
    Origin, Passwords, Realm, SignInMethod, Standing, WeakPassword,
    account::find,
    credential::{self, New, Purpose, look, redeem, void},
    event, new_password,
    recipient::of_credential,
    session::revoke_all,
    throttle::{Attempt, Wanted},
};

/// Why nothing was mailed.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// Too many requests for this address, or from this network.
    #[error("too many requests; try again later")]
    TooManyRequests,
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Has a link mailed, if there is an account in force that has a password.
pub async fn ask_reset(
    work: &Work<'_>,
    realm: Realm,
    origin: &Origin,
    workspace: &str,
    email: &str,
) -> Result<(), AskError> {
    let method = SignInMethod::Password;
    ask(
        work,
        realm,
        origin,
        (workspace, email),
        method,
        New::of(Purpose::Reset),
    )
    .await
}

/// Counts the request, and leaves a credential for the mail: of the account
/// that may use the method, or of nobody.
pub(crate) async fn ask(
    work: &Work<'_>,
    realm: Realm,
    origin: &Origin,
    (workspace, email): (&str, &str),
    method: SignInMethod,
    new: New,
) -> Result<(), AskError> {
    let purpose = new.purpose;
    let found = find(work, realm, workspace, email).await?;
    let attempt = Attempt::at(realm, workspace, email, origin);
    let tx = work.begin().await?;
    let wanted = match purpose {
        Purpose::Code => Wanted::Code,
        _ => Wanted::Reset,
    };
    let counted = attempt.count_mail(&tx, wanted, work.now).await?;
    if counted.is_err() {
        tx.commit().await?;
        return Err(AskError::TooManyRequests);
    }
    let user = found.opens_by(realm, method).map(|account| account.id);
    // What was mailed before stays good: else asking in somebody's name could
    // make it worthless before it is used.
    let new = New {
        workspace: found.workspace,
        user,
        ..new
    };
    let ids = (work.uuid(), work.uuid());
    credential::issue(&tx, ids, work.now, realm, new).await?;
    if let Some(workspace) = found.workspace {
        let event = Event {
            kind: match purpose {
                Purpose::Code => "code.requested",
                _ => "reset.requested",
            },
            subject: user.map(|user| (realm.user(), user)),
            network: origin.network(),
            ..Event::default()
        };
        enter_outside(work, &tx, workspace, event).await?;
    }
    Ok(tx.commit().await?)
}

/// Why the password stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum ResetError {
    /// Wrong, expired, used: one answer.
    #[error("this link is not valid any more")]
    InvalidToken,
    /// The password was not taken; the link is still good.
    #[error(transparent)]
    Password(#[from] WeakPassword),
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Sets a new password and ends every session of the account.
pub async fn reset(
    work: &Work<'_>,
    realm: Realm,
    passwords: &Passwords,
    origin: &Origin,
    token: &str,
    password: String,
) -> Result<(), ResetError> {
    let known = look(work, realm, Purpose::Reset, token).await?;
    let known = known.ok_or(ResetError::InvalidToken)?;
    let user = known.user_id.ok_or(ResetError::InvalidToken)?;
    let workspace = known.workspace_id.ok_or(ResetError::InvalidToken)?;
    let claim = of_credential(work, realm, known.id).await?;
    let person = claim.ok_or(ResetError::InvalidToken)?.recipient;
    let known = [person.email.as_str(), person.name.as_str()];
    let hash = new_password::take(passwords, work.entropy, password, &known).await?;
    let tx = work.begin().await?;
    let redeemed = redeem(&tx, realm, Purpose::Reset, token, work.now).await?;
    redeemed.ok_or(ResetError::InvalidToken)?;
    if !set_password(&tx, realm, user, &hash, None).await? {
        return Err(ResetError::InvalidToken);
    }
    let mailed = [Purpose::Reset, Purpose::Code];
    void(&tx, realm, user, &mailed, work.now).await?;
    revoke_all(&tx.executor(), realm, user, work.now).await?;
    // Whoever reads the mail is at home here, however many guess elsewhere.
    let attempt = Attempt::at(realm, &person.from.slug, &person.email, origin);
    attempt.succeeded(&tx, work.now).await?;
    changed(work, &tx, realm, workspace, user, origin, "reset").await?;
    tx.commit().await?;
    Ok(())
}

/// Says that a password changed: to the audit trail, to caches and streams, and
/// to the mail that warns its owner.
pub(crate) async fn changed(
    work: &Work<'_>,
    tx: &Tx,
    realm: Realm,
    workspace: WorkspaceId,
    user: Uuid,
    origin: &Origin,
    method: &str,
) -> Result<(), Fault> {
    let event = Event {
        kind: "password.changed",
        subject: Some((realm.user(), user)),
        network: origin.network(),
        detail: Some(serde_json::json!({ "method": method })),
        actor: Some((realm.side(), user)),
    };
    enter_outside(work, tx, workspace, event).await?;
    let rights = match realm {
        Realm::Portal => event::CLIENT_USER_CHANGED,
        Realm::Staff => event::STAFF_USER_CHANGED,
    };
    for kind in [rights, event::password_changed(realm)] {
        tx.record(event::of(work.uuid(), workspace, kind, user, work.now));
    }
    Ok(())
}

/// Writes the hash of an account in force, if it still is the one that was
/// verified; answers whether there is one.
#[expect(
    clippy::disallowed_methods,
    reason = "whoever proved to be the person changes their own row"
)]
pub(crate) async fn set_password(
    tx: &Tx,
    realm: Realm,
    user: Uuid,
    hash: &str,
    instead_of: Option<&str>,
) -> Result<bool, Fault> {
    let mut update = Query::update();
    update
        .table(realm.users())
        .value("password_hash", hash)
        .and_where(Expr::col("id").eq(user))
        .and_where(Expr::col("status").eq(Standing::Active));
    if let Some(old) = instead_of {
        update.and_where(Expr::col("password_hash").eq(old));
    }
    let done = tx.executor().execute(&update).await;
    Ok(done.doing("setting a password")?.rows_affected() > 0)
}
