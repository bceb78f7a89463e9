//! Taking an account that one was invited to (ID-4), in either realm.

use kernel::Fault;
use sea_orm::{
    ConnectionTrait,
    sea_query::{Expr, ExprTrait, Query},
};
use store::{Tx, Work};
use uuid::Uuid;
use visibility::{
    Access,
    audit::{Event, enter_outside},
};

use crate::{
    NewSession, Origin, Passwords, Realm, Standing, Tokens, WeakPassword,
    credential::{Purpose, look, redeem},
    event, new_password,
    recipient::of_credential,
    session::{Holder, open},
    sign_in::opened_by,
    throttle::Attempt,
    unique::unless_taken,
};

/// Why an invitation was not taken.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// Wrong, expired, used, withdrawn: one answer.
    #[error("this invitation is not valid any more")]
    InvalidToken,
    /// The password was not taken; the invitation is still good.
    #[error(transparent)]
    Password(#[from] WeakPassword),
    /// The address has an account of this workspace already. Only whoever
    /// reads its mail is told.
    #[error("there is an account with this address already")]
    AlreadyRegistered,
    /// The database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Sets the password, opens the account and a first session. Of two who take an
/// invitation at once, one wins.
pub async fn accept(
    work: &Work<'_>,
    realm: Realm,
    passwords: &Passwords,
    tokens: &Tokens,
    origin: &Origin,
    token: &str,
    password: String,
) -> Result<NewSession, AcceptError> {
    let known = look(work, realm, Purpose::Invitation, token).await?;
    let known = known.ok_or(AcceptError::InvalidToken)?;
    let user = known.user_id.ok_or(AcceptError::InvalidToken)?;
    let workspace = known.workspace_id.ok_or(AcceptError::InvalidToken)?;
    // While nobody of the company may come in, nobody new may either.
    let claim = of_credential(work, realm, known.id).await?;
    let person = claim.ok_or(AcceptError::InvalidToken)?.recipient;
    let known = [person.email.as_str(), person.name.as_str()];
    let hash = new_password::take(passwords, work.entropy, password, &known).await?;
    let tx = work.begin().await?;
    let redeemed = redeem(&tx, realm, Purpose::Invitation, token, work.now).await?;
    redeemed.ok_or(AcceptError::InvalidToken)?;
    enter(work, &tx, realm, user, hash).await?;
    let attempt = Attempt::at(realm, &person.from.slug, &person.email, origin);
    attempt.succeeded(&tx, work.now).await?;
    let event = Event {
        kind: "invitation.accepted",
        subject: Some((realm.user(), user)),
        network: origin.network(),
        actor: Some((realm.side(), user)),
        ..Event::default()
    };
    enter_outside(work, &tx, workspace, event).await?;
    let holder = Holder {
        realm,
        workspace,
        user,
    };
    let new = open(work, &tx, tokens, holder, origin).await?;
    opened_by(work, &tx, holder, origin, "invitation").await?;
    let kind = match realm {
        Realm::Portal => event::CLIENT_USER_CHANGED,
        Realm::Staff => event::STAFF_USER_CHANGED,
    };
    tx.record(event::of(work.uuid(), workspace, kind, user, work.now));
    tx.commit().await?;
    Ok(new)
}

/// From invited to active, if they still are invited.
#[expect(
    clippy::disallowed_methods,
    reason = "whoever holds the mailed token stands for the person"
)]
async fn enter(
    work: &Work<'_>,
    tx: &Tx,
    realm: Realm,
    user: Uuid,
    hash: String,
) -> Result<(), AcceptError> {
    let mut update = Query::update();
    update
        .table(realm.users())
        .value("status", Standing::Active)
        .value("password_hash", hash)
        .and_where(Expr::col("id").eq(user))
        .and_where(Expr::col("status").eq(Standing::Invited));
    if realm == Realm::Portal {
        update.value("accepted_at", work.now);
        // Without access there is nothing to come in to; the link stays good
        // until there is.
        update.and_where(Expr::col("access").ne(Access::None));
    }
    let written = tx.executor().execute(&update).await;
    let done = unless_taken(written, "taking an invitation")?;
    let done = done.map_err(|_taken| AcceptError::AlreadyRegistered)?;
    if done.rows_affected() == 0 {
        return Err(AcceptError::InvalidToken);
    }
    Ok(())
}
