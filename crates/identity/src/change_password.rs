//! Changing one's own password: the old one is asked for, and every other
//! session ends.

use kernel::{Doing, Fault, WorkspaceId};
use sea_orm::{
    ConnectionTrait, FromQueryResult,
    sea_query::{Expr, ExprTrait, Query, TableRef},
};
use store::{Tx, Work};
use uuid::Uuid;
use visibility::{
    Cx, Viewer,
    audit::{self, Event},
};

use crate::{
    Origin, Passwords, Realm, TooBusy, WeakPassword,
    credential::{Purpose, void},
    new_password,
    reset::{changed, set_password},
    session::revoke_others,
    throttle::Attempt,
};

/// Why the password stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The current password is another one.
    #[error("the current password is another one")]
    WrongPassword,
    /// Too many tries.
    #[error("too many attempts; try again later")]
    TooManyAttempts,
    /// The new password was not taken.
    #[error(transparent)]
    Password(#[from] WeakPassword),
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<TooBusy> for ChangeError {
    fn from(_: TooBusy) -> Self {
        Self::Password(WeakPassword::TooBusy)
    }
}

/// Changes the password of whoever asks.
pub async fn change_password(
    cx: &Cx<'_>,
    work: &Work<'_>,
    passwords: &Passwords,
    origin: &Origin,
    current: String,
    new: String,
) -> Result<(), ChangeError> {
    let (realm, user) = match cx.viewer {
        Viewer::Client(client) => (Realm::Portal, client.user.0),
        Viewer::Staff(staff) => (Realm::Staff, staff.user.0),
    };
    let person = person(work, realm, user).await?;
    // A stolen session must not be a place to guess passwords at.
    let attempt = Attempt::at(realm, &person.slug, &person.email, origin);
    let tx = cx.begin().await?;
    let counted = attempt.count(&tx, cx.now).await?;
    if counted.is_err() && attempt.is_news(&tx, cx.now).await? {
        refused(cx, &tx, realm, user, origin, "password.throttled").await?;
    }
    tx.commit().await?;
    if counted.is_err() {
        return Err(ChangeError::TooManyAttempts);
    }
    let old = hash_of(cx, realm, user).await?;
    if !passwords.verify(current, old.clone()).await? {
        let tx = cx.begin().await?;
        refused(cx, &tx, realm, user, origin, "password.failed").await?;
        tx.commit().await?;
        return Err(ChangeError::WrongPassword);
    }
    let known = [person.email.as_str(), person.name.as_str()];
    let hash = new_password::take(passwords, cx.entropy, new, &known).await?;
    let tx = cx.begin().await?;
    if !set_password(&tx, realm, user, &hash, old.as_deref()).await? {
        // Reset or changed from elsewhere meanwhile.
        return Err(ChangeError::WrongPassword);
    }
    // The account first and its counts then, as signing in takes them.
    attempt.succeeded(&tx, cx.now).await?;
    let mailed = [Purpose::Reset, Purpose::Code];
    void(&tx, realm, user, &mailed, cx.now).await?;
    let session = cx.viewer.session();
    revoke_others(&tx.executor(), realm, user, session, cx.now).await?;
    let workspace = person.workspace_id;
    changed(work, &tx, realm, workspace, user, origin, "own").await?;
    tx.commit().await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Person {
    workspace_id: WorkspaceId,
    slug: String,
    email: String,
    name: String,
}

/// What everybody knows of a person, for judging a password, and by which names
/// the account is signed in to.
#[expect(clippy::disallowed_methods, reason = "the viewer's own row")]
async fn person(work: &Work<'_>, realm: Realm, user: Uuid) -> Result<Person, Fault> {
    let mut select = Query::select();
    select
        .columns(["workspace_id", "email", "name"].map(|column| ("u", column)))
        .column(("w", "slug"))
        .from_as(realm.users(), "u")
        .inner_join(
            TableRef::Table("workspaces".into(), Some("w".into())),
            Expr::col(("w", "id")).equals(("u", "workspace_id")),
        )
        .and_where(Expr::col(("u", "id")).eq(user));
    let row = work.store.executor().query_one(&select).await;
    let row = row.doing("reading a person")?.ok_or(Fault::NotFound)?;
    Person::from_query_result(&row, "").doing("understanding a person")
}

/// Enters a try that came to nothing into the audit trail.
async fn refused(
    cx: &Cx<'_>,
    tx: &Tx,
    realm: Realm,
    user: Uuid,
    origin: &Origin,
    kind: &'static str,
) -> Result<(), Fault> {
    let event = Event {
        kind,
        subject: Some((realm.user(), user)),
        network: origin.network(),
        ..Event::default()
    };
    audit::enter(cx, tx, event).await
}

#[expect(
    clippy::disallowed_methods,
    reason = "the viewer's own hash, to be compared and not to be shown"
)]
async fn hash_of(cx: &Cx<'_>, realm: Realm, user: Uuid) -> Result<Option<String>, Fault> {
    let mut select = Query::select();
    select
        .column("password_hash")
        .from(realm.users())
        .and_where(Expr::col("id").eq(user));
    let row = cx.db().query_one(&select).await;
    let row = row.doing("reading a password's hash")?;
    let hash = row.map(|row| row.try_get::<Option<String>>("", "password_hash"));
    Ok(hash.transpose().doing("understanding a hash")?.flatten())
}
