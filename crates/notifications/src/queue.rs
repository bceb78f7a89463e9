//! The queue of mails: filled by facts, emptied by the sender.
//!
//! A claim is a lease: it moves `due_at` ahead, so that a process that dies
//! gives its mails back by doing nothing, and two never hold the same mail.
//! Delivery is at least once.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Doing, Fault};
use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, Set, TryInsertResult,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType, OnConflict, Query},
};
use sha2::{Digest, Sha256};
use store::{Fact, Store, Work, in_plain};
use uuid::{Builder, Uuid};

use crate::{
    Mail, MailId, MailRealm, NewMail, Refused, Status,
    back_off::pause,
    entity::mail::{ActiveModel, Column, Entity},
    news,
};

/// How many mails wait, and how many are dead, of all workspaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueState {
    /// Mails that wait or are being sent.
    pub waiting: u64,
    /// Mails whose attempts are used up.
    pub dead: u64,
}

/// The queue of a store.
#[derive(Clone)]
pub struct Queue(Store);

#[expect(
    clippy::disallowed_methods,
    reason = "the queue has no viewer: the sender is not a person"
)]
impl Queue {
    /// How long a claim holds before another process may take the mail.
    pub const LEASE: TimeDelta = TimeDelta::minutes(2);

    /// The queue of `store`.
    pub fn of(store: &Store) -> Self {
        Self(store.clone())
    }

    /// Queues what a fact asks for; answers how many of them are new, or have
    /// more to tell.
    pub async fn add(
        work: &Work<'_>,
        fact: &Fact,
        mails: impl IntoIterator<Item = NewMail>,
    ) -> Result<u64, Fault> {
        let (told, mails): (Vec<_>, Vec<_>) =
            mails.into_iter().partition(|mail| mail.news.is_some());
        Ok(Self::add_news(work, fact, told).await? + Self::add_mails(work, fact, &mails).await?)
    }

    async fn add_mails(work: &Work<'_>, fact: &Fact, mails: &[NewMail]) -> Result<u64, Fault> {
        if mails.is_empty() {
            return Ok(0);
        }
        let rows = mails.iter().map(|mail| row(work, fact, mail));
        let once = [
            Column::FactId,
            Column::Template,
            Column::RecipientKind,
            Column::RecipientId,
        ];
        let tx = work.begin().await?;
        let done = Entity::insert_many(rows)
            .on_conflict(OnConflict::columns(once).do_nothing().to_owned())
            .try_insert()
            .exec_without_returning(&tx.executor())
            .await
            .doing("queueing mails")?;
        tx.commit().await?;
        match done {
            TryInsertResult::Inserted(count) => Ok(count),
            TryInsertResult::Empty | TryInsertResult::Conflicted => Ok(0),
        }
    }

    async fn add_news(work: &Work<'_>, fact: &Fact, mut mails: Vec<NewMail>) -> Result<u64, Fault> {
        if mails.is_empty() {
            return Ok(0);
        }
        let tx = work.begin().await?;
        if !news::note(&tx, fact, &mails).await? {
            return Ok(0);
        }
        let mut seen = HashSet::new();
        mails.retain(|mail| seen.insert(mail.recipient));
        let rows = mails.iter().map(|mail| row(work, fact, mail)).collect();
        let queued = news::fold(&tx, work, rows).await?;
        tx.commit().await?;
        Ok(queued)
    }

    /// Claims up to `limit` mails that are due, those first that are due longest.
    pub async fn claim(&self, now: DateTime<Utc>, limit: u64) -> Result<Vec<Mail>, Fault> {
        // A look without a lock first: an idle sender must not queue for the
        // write lock of SQLite every second.
        let due = Entity::find()
            .filter(is_one_of(&[Status::Queued]))
            .filter(Column::DueAt.lte(now))
            .limit(1)
            .one(self.0.connection())
            .await
            .doing("looking for due mails")?;
        if due.is_none() {
            return Ok(Vec::new());
        }
        let mut ids = Query::select();
        ids.column(Column::Id)
            .from(Entity)
            .and_where(is_one_of(&[Status::Queued]))
            .and_where(Column::DueAt.lte(now))
            .order_by(Column::DueAt, sea_orm::Order::Asc)
            .order_by(Column::Id, sea_orm::Order::Asc)
            .limit(limit);
        if !self.0.is_sqlite() {
            ids.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
        }
        let tx = self.0.begin().await?;
        let mut rows = Entity::update_many()
            .col_expr(Column::DueAt, Expr::value(now + Self::LEASE))
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
            // What happens from now on is another mail's to tell.
            .col_expr(Column::Folds, Expr::value(None::<Uuid>))
            .filter(Column::Id.in_subquery(ids))
            .exec_with_returning(&tx.executor())
            .await
            .doing("claiming mails")?;
        tx.commit().await?;
        rows.sort_by_key(|row| row.id);
        Ok(rows.into_iter().map(Mail::from).collect())
    }

    /// The channel has taken it.
    pub(crate) async fn sent(&self, claim: &Mail, now: DateTime<Utc>) -> Result<(), Fault> {
        let update = held(claim)
            .col_expr(Column::Status, Expr::value(Status::Sent))
            .col_expr(Column::SentAt, Expr::value(Some(now)))
            .col_expr(Column::LastError, Expr::value(None::<String>));
        self.write(update, "marking a mail as sent").await
    }

    /// There is nothing to say any more.
    pub(crate) async fn dropped(&self, claim: &Mail) -> Result<(), Fault> {
        let update = held(claim)
            .col_expr(Column::Status, Expr::value(Status::Dropped))
            .col_expr(Column::LastError, Expr::value(None::<String>));
        self.write(update, "dropping a mail").await
    }

    /// Puts a mail back for a later attempt, or aside as dead. Says nothing
    /// when the claim ran out and another process has the mail by now.
    pub(crate) async fn failed(
        &self,
        claim: &Mail,
        refused: &Refused,
        now: DateTime<Utc>,
    ) -> Result<(), Fault> {
        let reason: String = refused.reason.chars().take(500).collect();
        let update = held(claim).col_expr(Column::LastError, Expr::value(Some(reason)));
        let update = match pause(claim.attempts, refused) {
            Some(pause) => update.col_expr(Column::DueAt, Expr::value(now + pause)),
            None => update.col_expr(Column::Status, Expr::value(Status::Dead)),
        };
        self.write(update, "putting a mail back").await
    }

    /// Gives a mail back that was claimed and never tried, so that it is due at
    /// once and the claim does not count.
    pub(crate) async fn give_back(&self, claim: &Mail, now: DateTime<Utc>) -> Result<(), Fault> {
        let update = held(claim)
            .col_expr(Column::DueAt, Expr::value(now))
            .col_expr(Column::Attempts, Expr::value(claim.attempts - 1));
        self.write(update, "giving a mail back").await
    }

    async fn write(
        &self,
        update: sea_orm::UpdateMany<Entity>,
        doing: &'static str,
    ) -> Result<(), Fault> {
        let tx = self.0.begin().await?;
        update.exec(&tx.executor()).await.doing(doing)?;
        tx.commit().await
    }

    /// Removes mails that were done with and queued before `before`; answers
    /// how many. The dead stay until staff have looked at them.
    pub async fn forget(&self, before: DateTime<Utc>) -> Result<u64, Fault> {
        let tx = self.0.begin().await?;
        let done = Entity::delete_many()
            .filter(is_one_of(&[Status::Sent, Status::Dropped]))
            .filter(Column::CreatedAt.lt(before))
            .exec(&tx.executor())
            .await
            .doing("forgetting old mails")?;
        news::forget(&tx, before).await?;
        tx.commit().await?;
        Ok(done.rows_affected)
    }

    /// How many mails wait, and how many are dead.
    pub async fn state(&self) -> Result<QueueState, Fault> {
        let count = async |status: Status| {
            let of = Entity::find().filter(is_one_of(&[status]));
            of.count(self.0.connection()).await.doing("counting mails")
        };
        Ok(QueueState {
            waiting: count(Status::Queued).await?,
            dead: count(Status::Dead).await?,
        })
    }
}

/// Mails that stand there, as words of the statement's text: the indexes of those that
/// wait and of those that are done with hold no others, and serve no statement whose
/// status is a parameter.
fn is_one_of(statuses: &[Status]) -> Expr {
    let column = Expr::col((Entity, Column::Status));
    match statuses {
        [one] => column.eq(in_plain(one)),
        some => column.is_in(some.iter().map(in_plain)),
    }
}

/// The claimed mail, for as long as nobody has claimed it since.
#[expect(
    clippy::disallowed_methods,
    reason = "the queue has no viewer: the sender is not a person"
)]
fn held(claim: &Mail) -> sea_orm::UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::Id.eq(claim.id))
        .filter(Column::Status.eq(Status::Queued))
        .filter(Column::Attempts.eq(claim.attempts))
}

fn row(work: &Work<'_>, fact: &Fact, mail: &NewMail) -> ActiveModel {
    ActiveModel {
        id: Set(id(work, fact, mail)),
        workspace_id: Set(mail.workspace),
        fact_id: Set(fact.id),
        template: Set(mail.template),
        realm: Set(mail.realm),
        recipient_kind: Set(mail.recipient.kind()),
        recipient_id: Set(mail.recipient.id()),
        subject_id: Set(mail.subject),
        status: Set(Status::Queued),
        attempts: Set(0),
        due_at: Set(work.now),
        last_error: Set(None),
        created_at: Set(work.now),
        sent_at: Set(None),
        folds: Set(None),
        latest_at: Set(None),
    }
}

/// The id of a new mail. What the team is told of a record is not drawn: what
/// clients get must not depend on how many of the team are told the same.
fn id(work: &Work<'_>, fact: &Fact, mail: &NewMail) -> MailId {
    if mail.news.is_none() || mail.realm == MailRealm::Portal {
        return MailId(work.uuid());
    }
    let mut digest = Sha256::new();
    for part in [fact.id, mail.recipient.id(), mail.subject] {
        digest.update(part);
    }
    let digest = digest.finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    MailId(Builder::from_custom_bytes(bytes).into_uuid())
}
