//! Throttles on whatever tries credentials (ID-10).
//!
//! Each throttle is a leaky bucket in one row, filled and tested by one
//! statement: attempts at the same moment, by whatever transport, alias or
//! process, all count. Keys are digests, so that the table holds no address of
//! anybody who has no account.
//!
//! Whoever is refused anyway is turned away by a read ([`Attempt::glance`]), so
//! that a flood does not hold up those who write. It only ever refuses.
//!
//! An attacker must not be able to keep a victim out. Attempts are therefore
//! counted for the pair of account and network first. The bucket of the account
//! as a whole stops guessing from many networks; it is not asked where the
//! account was signed in to before, or where a mailed link was used for it.
//! A code can be tried by whoever asked for it alone, so it needs no bucket of
//! the account; how many codes can be asked for is counted. Every bucket empties
//! by itself within hours.

use std::collections::HashMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Doing, Fault};
use sea_orm::{
    ConnectionTrait, DatabaseExecutor, DbErr, Value,
    sea_query::{CaseStatement, Expr, ExprTrait, OnConflict, Query},
};
use sha2::{Digest, Sha256};
use store::{Tx, Work};
use uuid::Uuid;

use crate::{Origin, Realm};

/// How many attempts at once, and how long until one more is allowed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rate {
    burst: i32,
    every: TimeDelta,
}

impl Rate {
    fn micros(self) -> i64 {
        self.every.num_microseconds().unwrap_or(i64::MAX)
    }

    /// What is full later than this has no place left.
    fn limit(self, now: DateTime<Utc>) -> i64 {
        now.timestamp_micros() + self.micros() * i64::from(self.burst - 1)
    }
}

/// Attempts at one account from one network: five, then one every two minutes.
const PAIR: Rate = Rate {
    burst: 5,
    every: TimeDelta::minutes(2),
};
/// Attempts from one network at any account: twenty, then twenty a minute.
const NETWORK: Rate = Rate {
    burst: 20,
    every: TimeDelta::seconds(3),
};
/// Attempts at one account from networks that it does not know: thirty, then
/// one every two minutes.
const ACCOUNT: Rate = Rate {
    burst: 30,
    every: TimeDelta::minutes(2),
};
/// Mails of one kind that one network has sent to one address: three, then one
/// every ten minutes.
const MAILS: Rate = Rate {
    burst: 3,
    every: TimeDelta::minutes(10),
};
/// Mails of one kind that one address is sent on request, whoever asks: ten,
/// then one every ten minutes.
const MAILS_IN_ALL: Rate = Rate {
    burst: 10,
    every: TimeDelta::minutes(10),
};
/// Codes that one address is sent on request: ten, then one every half hour. A
/// code takes ten tries at most, so strangers have fewer than 600 guesses a day
/// at a million codes, however many networks they have.
const CODES_IN_ALL: Rate = Rate {
    burst: 10,
    every: TimeDelta::minutes(30),
};
/// Mails that one network asks for: twenty, then one a minute.
const ASKING: Rate = Rate {
    burst: 20,
    every: TimeDelta::minutes(1),
};
/// Invitations that one person sends: a hundred, then one a minute.
const INVITING: Rate = Rate {
    burst: 100,
    every: TimeDelta::minutes(1),
};
/// Refusals of one pair that the audit trail is told of: one a minute.
const NEWS: Rate = Rate {
    burst: 1,
    every: TimeDelta::minutes(1),
};
/// How long a network stays known to an account.
pub(crate) const KNOWN: TimeDelta = TimeDelta::days(90);

/// What somebody without a session has a mail sent for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// To found a workspace.
    Workspace,
    /// To join a company.
    Joining,
    /// To set a new password.
    Reset,
    /// To sign in with a code.
    Code,
}

/// Too many attempts; the same later may go through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Throttled;

/// One attempt at one account, as throttles see it.
pub(crate) struct Attempt {
    account: String,
    /// The account's own bucket; none where a try needs no other bound.
    tries: Option<String>,
    pair: String,
    network: Option<String>,
    known: Option<String>,
}

impl Attempt {
    /// An attempt at the account of this name, whether there is one or not.
    pub(crate) fn at(realm: Realm, workspace: &str, email: &str, origin: &Origin) -> Self {
        let names = (Some("account"), "pair");
        Self::of(names, realm, (workspace, email), origin)
    }

    /// The same with a mailed code: whoever floods the account with passwords
    /// leaves its owner this way in.
    pub(crate) fn with_code(
        realm: Realm,
        account: (&str, &str),
        origin: &Origin,
        challenge: Option<&str>,
    ) -> Self {
        let mut attempt = Self::of((None, "code pair"), realm, account, origin);
        if let Some(challenge) = challenge {
            // Neighbours cannot use the pair up for whoever asked.
            attempt.pair = digest(&["challenge", &attempt.pair, challenge]);
        }
        attempt
    }

    fn of(
        (tries, pair): (Option<&str>, &str),
        realm: Realm,
        (workspace, email): (&str, &str),
        origin: &Origin,
    ) -> Self {
        let network = origin.network();
        let from = network.as_deref().unwrap_or("-");
        let email = email.trim().to_ascii_lowercase();
        let realm = realm.name();
        Self {
            account: digest(&["account", realm, workspace, &email]),
            tries: tries.map(|tries| digest(&[tries, realm, workspace, &email])),
            pair: digest(&[pair, realm, workspace, &email, from]),
            known: network.clone(),
            network: network.map(|network| digest(&["network", &network])),
        }
    }

    /// Counts a try of a credential, before it is looked at.
    pub(crate) async fn count(&self, tx: &Tx, now: DateTime<Utc>) -> Result<Counted, Fault> {
        let db = tx.executor();
        if let Some(network) = &self.network
            && !take(&db, network, NETWORK, now).await?
        {
            return Ok(Err(Throttled));
        }
        if !take(&db, &self.pair, PAIR, now).await? {
            return Ok(Err(Throttled));
        }
        if let Some(tries) = &self.tries
            && !self.is_at_home(&db, now).await?
            && !take(&db, tries, ACCOUNT, now).await?
        {
            return Ok(Err(Throttled));
        }
        Ok(Ok(()))
    }

    /// Whether the account was signed in to from here before.
    async fn is_at_home(
        &self,
        db: &DatabaseExecutor<'_>,
        now: DateTime<Utc>,
    ) -> Result<bool, Fault> {
        match &self.known {
            Some(network) => is_known(db, &self.account, network, now).await,
            None => Ok(false),
        }
    }

    /// Whether a try would be refused, and whether the audit trail was told so a
    /// moment ago. It only reads: a flood that is refused anyway must not queue
    /// for the locks of those who write. What lets a try through is
    /// [`Attempt::count`] alone.
    pub(crate) async fn glance(&self, work: &Work<'_>) -> Result<Glance, Fault> {
        let db = work.store.executor();
        let news = self.news();
        let keys = [&self.pair, &news].into_iter();
        let keys = keys.chain(&self.tries).chain(&self.network);
        let fill = read(&db, keys).await?;
        let is_full = |key: &String, rate: Rate| {
            let full_at = fill.get(key).copied().unwrap_or_default();
            full_at > rate.limit(work.now)
        };
        let mut refused = is_full(&self.pair, PAIR)
            || self
                .network
                .as_ref()
                .is_some_and(|key| is_full(key, NETWORK));
        if let Some(tries) = &self.tries
            && !refused
            && is_full(tries, ACCOUNT)
        {
            refused = !self.is_at_home(&db, work.now).await?;
        }
        Ok(Glance {
            refused,
            told: is_full(&news, NEWS),
        })
    }

    /// Takes back what a successful try has counted, and remembers the network.
    pub(crate) async fn succeeded(&self, tx: &Tx, now: DateTime<Utc>) -> Result<(), Fault> {
        let db = tx.executor();
        forget(&db, &self.pair).await?;
        if let Some(network) = &self.network {
            give_back(&db, network, NETWORK).await?;
        }
        match (&self.known, &self.tries) {
            (Some(network), _) => know(&db, &self.account, network, now).await,
            (None, Some(tries)) => give_back(&db, tries, ACCOUNT).await,
            (None, None) => Ok(()),
        }
    }

    /// Forgets from where the account was signed in to; for an account that is
    /// no more.
    pub(crate) async fn forget_places(&self, tx: &Tx) -> Result<(), Fault> {
        forget_networks(&tx.executor(), &self.account).await
    }

    /// Counts a request for a mail to this account's address.
    pub(crate) async fn count_mail(
        &self,
        tx: &Tx,
        wanted: Wanted,
        now: DateTime<Utc>,
    ) -> Result<Counted, Fault> {
        let db = tx.executor();
        let (wanted, in_all) = match wanted {
            Wanted::Workspace => ("signUp", MAILS_IN_ALL),
            Wanted::Joining => ("join", MAILS_IN_ALL),
            Wanted::Reset => ("reset", MAILS_IN_ALL),
            Wanted::Code => ("code", CODES_IN_ALL),
        };
        if let Some(network) = &self.network
            && !take(&db, &format!("ask.{network}"), ASKING, now).await?
        {
            return Ok(Err(Throttled));
        }
        // From one network few, to one address not many more: somebody else's
        // requests must not use up the owner's, least of all at home.
        let from_here = format!("mail.{wanted}.{}", self.pair);
        let to_them = format!("mail.{wanted}.{}", self.account);
        let taken = take(&db, &from_here, MAILS, now).await?
            && (take(&db, &to_them, in_all, now).await? || self.is_at_home(&db, now).await?);
        Ok(if taken { Ok(()) } else { Err(Throttled) })
    }

    /// Whether a refusal is the first in a while, worth an entry in the audit
    /// trail: a flood must not fill it.
    pub(crate) async fn is_news(&self, tx: &Tx, now: DateTime<Utc>) -> Result<bool, Fault> {
        take(&tx.executor(), &self.news(), NEWS, now).await
    }

    fn news(&self) -> String {
        format!("news.{}", self.pair)
    }
}

/// What can be said of a try without counting it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Glance {
    /// It would be refused.
    pub(crate) refused: bool,
    /// A refusal of its kind is in the audit trail already.
    pub(crate) told: bool,
}

/// Counts an invitation: for whoever invites, and for the address as they
/// invite it. Others who invite it are no business of theirs.
pub(crate) async fn count_invitation(
    tx: &Tx,
    inviter: Uuid,
    email: &str,
    now: DateTime<Utc>,
) -> Result<Counted, Fault> {
    let db = tx.executor();
    let inviter = digest(&["inviter", &inviter.to_string()]);
    let address = digest(&["invited", &inviter, email]);
    let taken =
        take(&db, &inviter, INVITING, now).await? && take(&db, &address, MAILS, now).await?;
    Ok(if taken { Ok(()) } else { Err(Throttled) })
}

/// Whether an attempt may go on.
pub(crate) type Counted = Result<(), Throttled>;

fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    URL_SAFE_NO_PAD.encode(hash.finalize())
}

/// Takes one place in the bucket; answers whether there was one.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the throttles: they have no viewer"
)]
async fn take(
    db: &DatabaseExecutor<'_>,
    key: &str,
    rate: Rate,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let limit = rate.limit(now);
    let now = now.timestamp_micros();
    let every = rate.micros();
    let full_at = || Expr::col(("throttles", "full_at"));
    let begun = CaseStatement::new()
        .case(full_at().gt(now), full_at())
        .finally(Expr::value(now));
    let mut insert = Query::insert();
    insert
        .into_table("throttles")
        .columns(["key", "full_at"])
        .values_panic([key.into(), (now + every).into()])
        .on_conflict(
            OnConflict::column("key")
                .value("full_at", Expr::expr(begun).add(every))
                .action_and_where(full_at().lte(limit))
                .to_owned(),
        );
    let done = db.execute(&insert).await.doing("counting an attempt")?;
    Ok(done.rows_affected() > 0)
}

/// How full the buckets are, by key; an untouched one is not among them.
#[expect(
    clippy::disallowed_methods,
    reason = "the door to the throttles: they have no viewer"
)]
async fn read<'a>(
    db: &DatabaseExecutor<'_>,
    keys: impl Iterator<Item = &'a String>,
) -> Result<HashMap<String, i64>, Fault> {
    let mut select = Query::select();
    select
        .columns(["key", "full_at"])
        .from("throttles")
        .and_where(Expr::col("key").is_in(keys));
    let rows = db.query_all(&select).await.doing("reading counts")?;
    rows.iter()
        .map(|row| Ok((row.try_get("", "key")?, row.try_get("", "full_at")?)))
        .collect::<Result<_, DbErr>>()
        .doing("understanding counts")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the door to the throttles: they have no viewer"
)]
async fn give_back(db: &DatabaseExecutor<'_>, key: &str, rate: Rate) -> Result<(), Fault> {
    let every = rate.micros();
    let mut update = Query::update();
    update
        .table("throttles")
        .value("full_at", Expr::col("full_at").sub(every))
        .and_where(Expr::col("key").eq(key));
    db.execute(&update).await.doing("taking a count back")?;
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the door to the throttles: they have no viewer"
)]
async fn forget(db: &DatabaseExecutor<'_>, key: &str) -> Result<(), Fault> {
    let mut delete = Query::delete();
    delete
        .from_table("throttles")
        .and_where(Expr::col("key").eq(key));
    db.execute(&delete).await.doing("taking a count back")?;
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the door to the throttles: they have no viewer"
)]
async fn is_known(
    db: &DatabaseExecutor<'_>,
    account: &str,
    network: &str,
    now: DateTime<Utc>,
) -> Result<bool, Fault> {
    let mut select = Query::select();
    select
        .expr(Expr::value(1))
        .from("known_networks")
        .and_where(Expr::col("account").eq(account))
        .and_where(Expr::col("network").eq(network))
        .and_where(Expr::col("seen_at").gt(now - KNOWN));
    let row = db.query_one(&select).await;
    Ok(row.doing("looking a network up")?.is_some())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the door to the throttles: they have no viewer"
)]
async fn forget_networks(db: &DatabaseExecutor<'_>, account: &str) -> Result<(), Fault> {
    let mut delete = Query::delete();
    delete
        .from_table("known_networks")
        .and_where(Expr::col("account").eq(account));
    db.execute(&delete).await.doing("forgetting networks")?;
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "the door to the throttles: they have no viewer"
)]
async fn know(
    db: &DatabaseExecutor<'_>,
    account: &str,
    network: &str,
    now: DateTime<Utc>,
) -> Result<(), Fault> {
    let values: [Value; 3] = [account.into(), network.into(), now.into()];
    let mut insert = Query::insert();
    insert
        .into_table("known_networks")
        .columns(["account", "network", "seen_at"])
        .values_panic(values.map(Expr::value))
        .on_conflict(
            OnConflict::columns(["account", "network"])
                .update_column("seen_at")
                .to_owned(),
        );
    db.execute(&insert).await.doing("remembering a network")?;
    Ok(())
}
