//! Signing in with a password (ID-2).
//!
//! Each try is counted before it is looked at (`throttle.rs`), and entered into
//! the audit trail. Unknown, wrong and disabled take the same statements and
//! the same hash.

use kernel::{Fault, WorkspaceId};
use store::{Tx, Work};
use visibility::audit::{Event, enter_outside};

use crate::{
    NewSession, Origin, Passwords, Realm, SignInMethod, Tokens, TooBusy,
    account::{Found, find, hold},
    session::{Holder, open},
    throttle::Attempt,
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
    /// Too many tries for this address, or from this network.
    #[error("too many attempts; try again later, or have a link or code mailed to you")]
    TooManyAttempts,
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

/// Opens a session for the account that the credentials match.
pub async fn sign_in(
    work: &Work<'_>,
    realm: Realm,
    passwords: &Passwords,
    tokens: &Tokens,
    origin: &Origin,
    credentials: Credentials,
) -> Result<NewSession, SignInError> {
    let Credentials {
        workspace,
        email,
        password,
    } = credentials;
    let attempt = Attempt::at(realm, &workspace, &email, origin);
    let turn = passwords.turn().await?;
    let found = find(work, realm, &workspace, &email).await?;
    count(work, realm, &attempt, &found, origin).await?;
    drop(turn);
    let known = found.account.as_ref();
    let hash = known.and_then(|account| account.password_hash.clone());
    let matches = passwords.verify(password, hash).await?;
    // The password is verified before standing is looked at: a disabled user
    // takes as long as any other.
    let opened = found.opens_by(realm, SignInMethod::Password);
    let Some(account) = opened.filter(|_| matches) else {
        let tx = work.begin().await?;
        failed(work, &tx, realm, &found, origin).await?;
        tx.commit().await?;
        return Err(SignInError::InvalidCredentials);
    };
    let tx = work.begin().await?;
    let verified = account.password_hash.as_deref();
    if !hold(&tx, realm, account.id, verified, work.now).await? {
        // Reset or disabled while the password was being verified.
        failed(work, &tx, realm, &found, origin).await?;
        tx.commit().await?;
        return Err(SignInError::InvalidCredentials);
    }
    attempt.succeeded(&tx, work.now).await?;
    let holder = Holder {
        realm,
        workspace: found.workspace.unwrap_or(WorkspaceId(uuid::Uuid::nil())),
        user: account.id,
    };
    let new = open(work, &tx, tokens, holder, origin).await?;
    opened_by(work, &tx, holder, origin, "password").await?;
    tx.commit().await?;
    Ok(new)
}

/// Counts a try; an error when there have been too many.
pub(crate) async fn count(
    work: &Work<'_>,
    realm: Realm,
    attempt: &Attempt,
    found: &Found,
    origin: &Origin,
) -> Result<(), SignInError> {
    let glance = attempt.glance(work).await?;
    if glance.refused && (glance.told || found.workspace.is_none()) {
        return Err(SignInError::TooManyAttempts);
    }
    let tx = work.begin().await?;
    let counted = attempt.count(&tx, work.now).await?;
    if counted.is_err()
        && let Some(workspace) = found.workspace
        && attempt.is_news(&tx, work.now).await?
    {
        let event = attempted("signIn.throttled", realm, found, origin);
        enter_outside(work, &tx, workspace, event).await?;
    }
    tx.commit().await?;
    counted.map_err(|_throttled| SignInError::TooManyAttempts)
}

/// Enters a failed try into the audit trail.
pub(crate) async fn failed(
    work: &Work<'_>,
    tx: &Tx,
    realm: Realm,
    found: &Found,
    origin: &Origin,
) -> Result<(), Fault> {
    tracing::info!(
        realm = realm.name(),
        network = origin.network(),
        "a sign-in failed"
    );
    let Some(workspace) = found.workspace else {
        return Ok(());
    };
    let event = attempted("signIn.failed", realm, found, origin);
    enter_outside(work, tx, workspace, event).await
}

fn attempted<'a>(kind: &'static str, realm: Realm, found: &Found, origin: &Origin) -> Event<'a> {
    Event {
        kind,
        subject: found
            .account
            .as_ref()
            .map(|account| (realm.user(), account.id)),
        network: origin.network(),
        detail: Some(serde_json::json!({ "realm": realm.name() })),
        actor: None,
    }
}

/// Enters an opened session into the audit trail.
pub(crate) async fn opened_by(
    work: &Work<'_>,
    tx: &Tx,
    holder: Holder,
    origin: &Origin,
    method: &str,
) -> Result<(), Fault> {
    let event = Event {
        kind: "session.opened",
        subject: Some((holder.realm.user(), holder.user)),
        network: origin.network(),
        detail: Some(serde_json::json!({ "method": method })),
        actor: Some((holder.realm.side(), holder.user)),
    };
    enter_outside(work, tx, holder.workspace, event).await
}
