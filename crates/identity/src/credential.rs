//! Credentials that travel by mail: invitations, confirmations, resets, codes.
//!
//! A credential is a row without a secret. The secret is drawn when the mail is
//! written ([`mint`]), kept as a digest alone, and never queued: a mail that has
//! to be written again gets another secret. Whoever brings it back redeems the
//! credential, once. A request for an address without an account leaves a
//! credential of nobody, so that asking takes the same work either way.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use kernel::{ClientUserId, Doing, Entropy, Fault, StaffUserId, WorkspaceId};
use sea_orm::{
    ConnectionTrait, DatabaseExecutor, DeriveActiveEnum, EnumIter, FromQueryResult,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, TableRef},
};
use sha2::{Digest, Sha256};
use store::{Tx, Work};
use uuid::Uuid;

use crate::{Realm, event, secret::Secret};

/// What a credential is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
pub enum Purpose {
    /// Taking an account that somebody else made.
    #[sea_orm(string_value = "invitation")]
    Invitation,
    /// Showing that an address is one's own: of a founder, or of somebody who
    /// asks to join a company.
    #[sea_orm(string_value = "confirmation")]
    Confirmation,
    /// Setting a new password.
    #[sea_orm(string_value = "reset")]
    Reset,
    /// Signing in with a code instead of a password.
    #[sea_orm(string_value = "code")]
    Code,
}

impl Purpose {
    /// How long a credential is good.
    pub fn life(self) -> TimeDelta {
        match self {
            Self::Invitation => TimeDelta::days(7),
            Self::Confirmation => TimeDelta::hours(24),
            Self::Reset => TimeDelta::hours(1),
            Self::Code => TimeDelta::minutes(10),
        }
    }
}

/// A credential to issue.
#[derive(Clone, Debug)]
pub(crate) struct New {
    pub(crate) purpose: Purpose,
    pub(crate) workspace: Option<WorkspaceId>,
    /// Whose account it opens; none when there is no account.
    pub(crate) user: Option<Uuid>,
    /// The sign-up or request to join that it confirms.
    pub(crate) request: Option<Uuid>,
    pub(crate) invited_by_client: Option<ClientUserId>,
    pub(crate) invited_by_staff: Option<StaffUserId>,
    /// From which network it was asked for; kept for codes.
    pub(crate) asked_from: Option<String>,
    /// The digest of what whoever asked was given to bring along with the code.
    pub(crate) challenge: Option<String>,
}

impl New {
    pub(crate) fn of(purpose: Purpose) -> Self {
        Self {
            purpose,
            workspace: None,
            user: None,
            request: None,
            invited_by_client: None,
            invited_by_staff: None,
            asked_from: None,
            challenge: None,
        }
    }
}

/// A credential as it lies in the database.
#[derive(Clone, Debug, FromQueryResult)]
pub(crate) struct Credential {
    pub(crate) id: Uuid,
    pub(crate) purpose: Purpose,
    pub(crate) workspace_id: Option<WorkspaceId>,
    pub(crate) user_id: Option<Uuid>,
    pub(crate) request_id: Option<Uuid>,
    pub(crate) invited_by_client: Option<ClientUserId>,
    pub(crate) invited_by_staff: Option<StaffUserId>,
    pub(crate) expires_at: DateTime<Utc>,
    pub(crate) used_at: Option<DateTime<Utc>>,
}

impl Credential {
    pub(crate) fn is_good(&self, now: DateTime<Utc>) -> bool {
        self.used_at.is_none() && self.expires_at > now
    }
}

/// A secret, fresh from the press. It is shown to its mail and to nobody else.
pub struct Minted {
    /// What it is good for.
    pub purpose: Purpose,
    /// A token of 256 random bits, or a code of six digits.
    pub secret: String,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
}

/// Issues a credential, and the fact that has it mailed.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the credentials of both realms"
)]
pub(crate) async fn issue(
    tx: &Tx,
    (id, fact): (Uuid, Uuid),
    now: DateTime<Utc>,
    realm: Realm,
    new: New,
) -> Result<(), Fault> {
    let nobody = WorkspaceId(Uuid::nil());
    let workspace = new.workspace.unwrap_or(nobody);
    let mut insert = Query::insert();
    insert
        .into_table(realm.credentials())
        .columns([
            "id",
            "purpose",
            "workspace_id",
            "user_id",
            "request_id",
            "invited_by_client",
            "invited_by_staff",
            "asked_from",
            "challenge",
            "failures",
            "created_at",
            "expires_at",
        ])
        .values_panic([
            id.into(),
            new.purpose.into(),
            new.workspace.into(),
            new.user.into(),
            new.request.into(),
            new.invited_by_client.into(),
            new.invited_by_staff.into(),
            new.asked_from.into(),
            new.challenge.into(),
            0_i64.into(),
            now.into(),
            (now + new.purpose.life()).into(),
        ]);
    let done = tx.executor().execute(&insert).await;
    done.doing("issuing a credential")?;
    let kind = event::credential_issued(realm);
    tx.record(event::of(fact, workspace, kind, id, now));
    Ok(())
}

/// Draws the secret of a credential for the mail that carries it; none when the
/// credential has been used, has expired, or is nobody's.
pub async fn mint(work: &Work<'_>, realm: Realm, id: Uuid) -> Result<Option<Minted>, Fault> {
    let tx = work.begin().await?;
    let db = tx.executor();
    let Some(credential) = by_id(&db, realm, id).await? else {
        return Ok(None);
    };
    let nobodys = credential.user_id.is_none() && credential.request_id.is_none();
    if nobodys || !credential.is_good(work.now) {
        return Ok(None);
    }
    let secret = match credential.purpose {
        Purpose::Code => {
            // One code at a time: each more would be one more to hit by chance.
            drop_secrets(&db, realm, id).await?;
            code(work.entropy)
        }
        _ => Secret::draw(work.entropy).text,
    };
    insert_secret(&db, realm, &credential, &secret, work.now).await?;
    drop(db);
    tx.commit().await?;
    Ok(Some(Minted {
        purpose: credential.purpose,
        secret,
        expires_at: credential.expires_at,
    }))
}

/// Redeems the credential that a token stands for; none when the token is
/// wrong, of another purpose or realm, expired or used. Of two at once one wins.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the credentials of both realms"
)]
pub(crate) async fn redeem(
    tx: &Tx,
    realm: Realm,
    purpose: Purpose,
    token: &str,
    now: DateTime<Utc>,
) -> Result<Option<Credential>, Fault> {
    let db = tx.executor();
    let mut of_token = Query::select();
    of_token
        .column("credential_id")
        .from(realm.secrets())
        .and_where(Expr::col("hash").eq(Secret::digest(token)));
    let mut update = Query::update();
    update
        .table(realm.credentials())
        .value("used_at", now)
        .and_where(Expr::col("id").in_subquery(of_token))
        .and_where(Expr::col("purpose").eq(purpose))
        .and_where(Expr::col("used_at").is_null())
        .and_where(Expr::col("expires_at").gt(now));
    let done = db.execute(&update).await.doing("redeeming a credential")?;
    if done.rows_affected() == 0 {
        return Ok(None);
    }
    by_digest(&db, realm, &Secret::digest(token)).await
}

/// The credential that a token stands for, if it can still be redeemed.
pub(crate) async fn look(
    work: &Work<'_>,
    realm: Realm,
    purpose: Purpose,
    token: &str,
) -> Result<Option<Credential>, Fault> {
    if !Secret::is_one(token) {
        return Ok(None);
    }
    let found = by_digest(&work.store.executor(), realm, &Secret::digest(token)).await?;
    Ok(found.filter(|found| found.purpose == purpose && found.is_good(work.now)))
}

/// Makes worthless whatever a user was mailed for a purpose and has not used.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the credentials of both realms"
)]
pub(crate) async fn void(
    tx: &Tx,
    realm: Realm,
    user: Uuid,
    purposes: &[Purpose],
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let mut update = Query::update();
    update
        .table(realm.credentials())
        .value("used_at", now)
        .and_where(Expr::col("user_id").eq(user))
        .and_where(Expr::col("purpose").is_in(purposes.iter().copied()))
        .and_where(Expr::col("used_at").is_null());
    let done = tx.executor().execute(&update).await;
    done.doing("voiding credentials")?;
    Ok(())
}

/// Makes the open invitations worthless that somebody sent who may not invite
/// any more; others can send them again.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the credentials of both realms"
)]
pub(crate) async fn void_invited_by(
    tx: &Tx,
    inviter: Realm,
    user: Uuid,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    // Staff invite people of either side, clients those of their own.
    let (column, realms) = match inviter {
        Realm::Portal => ("invited_by_client", &[Realm::Portal][..]),
        Realm::Staff => ("invited_by_staff", &[Realm::Portal, Realm::Staff][..]),
    };
    for realm in realms {
        let mut update = Query::update();
        update
            .table(realm.credentials())
            .value("used_at", now)
            .and_where(Expr::col(column).eq(user))
            .and_where(Expr::col("purpose").eq(Purpose::Invitation))
            .and_where(Expr::col("used_at").is_null());
        let done = tx.executor().execute(&update).await;
        done.doing("voiding invitations")?;
    }
    Ok(())
}

/// Removes whatever a user was ever mailed, secrets included.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the credentials of both realms"
)]
pub(crate) async fn remove_of(tx: &Tx, realm: Realm, user: Uuid) -> Result<(), Fault> {
    let mut delete = Query::delete();
    delete
        .from_table(realm.credentials())
        .and_where(Expr::col("user_id").eq(user));
    let done = tx.executor().execute(&delete).await;
    done.doing("removing credentials")?;
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the door to the credentials of both realms"
)]
pub(crate) async fn by_id(
    db: &DatabaseExecutor<'_>,
    realm: Realm,
    id: Uuid,
) -> Result<Option<Credential>, Fault> {
    let mut select = columns(realm);
    select.and_where(Expr::col(("c", "id")).eq(id));
    read(db.query_one(&select).await)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the door to the credentials of both realms"
)]
async fn by_digest(
    db: &DatabaseExecutor<'_>,
    realm: Realm,
    hash: &str,
) -> Result<Option<Credential>, Fault> {
    let mut select = columns(realm);
    select
        .inner_join(
            TableRef::Table(realm.secrets().into(), Some("s".into())),
            Expr::col(("s", "credential_id")).equals(("c", "id")),
        )
        .and_where(Expr::col(("s", "hash")).eq(hash));
    read(db.query_one(&select).await)
}

pub(crate) fn columns(realm: Realm) -> SelectStatement {
    let mut select = Query::select();
    select
        .columns(
            [
                "id",
                "purpose",
                "workspace_id",
                "user_id",
                "request_id",
                "invited_by_client",
                "invited_by_staff",
                "expires_at",
                "used_at",
            ]
            .map(|column| ("c", column)),
        )
        .from_as(realm.credentials(), "c");
    select
}

pub(crate) fn read(
    row: Result<Option<sea_orm::QueryResult>, sea_orm::DbErr>,
) -> Result<Option<Credential>, Fault> {
    row.doing("looking a credential up")?
        .map(|row| Credential::from_query_result(&row, ""))
        .transpose()
        .doing("understanding a credential")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the door to the credentials of both realms"
)]
async fn drop_secrets(db: &DatabaseExecutor<'_>, realm: Realm, id: Uuid) -> Result<(), Fault> {
    let mut delete = Query::delete();
    delete
        .from_table(realm.secrets())
        .and_where(Expr::col("credential_id").eq(id));
    db.execute(&delete).await.doing("dropping a code")?;
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the door to the credentials of both realms"
)]
async fn insert_secret(
    db: &DatabaseExecutor<'_>,
    realm: Realm,
    credential: &Credential,
    secret: &str,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let hash = match credential.purpose {
        Purpose::Code => code_digest(credential.id, secret),
        _ => Secret::digest(secret),
    };
    let mut insert = Query::insert();
    insert
        .into_table(realm.secrets())
        .columns(["hash", "credential_id", "created_at"])
        .values_panic([hash.into(), credential.id.into(), now.into()]);
    db.execute(&insert).await.doing("keeping a secret")?;
    Ok(())
}

/// What is kept of a code: the same code of two credentials looks different.
pub(crate) fn code_digest(credential: Uuid, code: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(credential.as_bytes());
    hash.update(code.as_bytes());
    URL_SAFE_NO_PAD.encode(hash.finalize())
}

/// Six digits, each as likely as any other.
fn code(entropy: &dyn Entropy) -> String {
    const CODES: u32 = 1_000_000;
    // The largest multiple of the number of codes: what lies above would make
    // the lowest codes a little more likely.
    const FAIR: u32 = u32::MAX / CODES * CODES;
    loop {
        let mut bytes = [0; 4];
        entropy.fill(&mut bytes);
        let drawn = u32::from_le_bytes(bytes);
        if drawn < FAIR {
            return format!("{:06}", drawn % CODES);
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::SeededEntropy;

    use super::*;

    #[test]
    fn codes_have_six_digits_and_differ() {
        let entropy = SeededEntropy::new(7);
        let codes: Vec<String> = (0..100).map(|_| code(&entropy)).collect();
        assert!(
            codes
                .iter()
                .all(|code| code.len() == 6 && code.parse::<u32>().is_ok())
        );
        let distinct: std::collections::BTreeSet<&String> = codes.iter().collect();
        assert!(distinct.len() > 95);
    }

    #[test]
    fn a_code_is_kept_differently_for_each_credential() {
        let (a, b) = (Uuid::from_u128(1), Uuid::from_u128(2));
        assert_ne!(code_digest(a, "123456"), code_digest(b, "123456"));
        assert_ne!(code_digest(a, "123456"), Secret::digest("123456"));
    }
}
