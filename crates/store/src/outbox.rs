//! Draining the outbox: claim, then finish or fail.
//!
//! A claim is a lease: it moves `due_at` ahead, so that a worker that dies
//! gives its facts back by doing nothing, and two workers never hold the same
//! fact. Delivery is at least once; [`Fact::id`] lets receivers drop repeats.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{Doing, Fault};
use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, LockBehavior, LockType, Query},
};

use crate::{
    Fact, Store,
    entity::outbox::{Column, Entity, Model},
};

/// Attempts before a fact is put aside as dead.
const MAX_ATTEMPTS: i32 = 12;
/// The longest pause between two attempts.
const MAX_PAUSE: TimeDelta = TimeDelta::minutes(30);

/// A claimed fact.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// Its place in the outbox.
    pub position: i64,
    /// What happened.
    pub fact: Fact,
    /// How often it was claimed, this time included.
    pub attempts: i32,
}

/// How full the outbox is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutboxState {
    /// Facts that wait or are being delivered.
    pub waiting: u64,
    /// Facts that were put aside after too many attempts.
    pub dead: u64,
}

/// The worker's side of the outbox.
#[derive(Clone)]
pub struct Outbox(Store);

#[expect(
    clippy::disallowed_methods,
    reason = "the outbox has no viewer: the worker is not a person"
)]
impl Outbox {
    /// How long a claim holds before another worker may take the fact.
    pub const LEASE: TimeDelta = TimeDelta::seconds(30);

    /// The outbox of `store`.
    pub fn of(store: &Store) -> Self {
        Self(store.clone())
    }

    /// Claims up to `limit` facts that are due, oldest first.
    pub async fn claim(&self, now: DateTime<Utc>, limit: u64) -> Result<Vec<Claimed>, Fault> {
        // A look without a lock first: an idle worker must not queue for the
        // write lock of SQLite several times a second.
        let due = due(now)
            .limit(1)
            .one(self.0.connection())
            .await
            .doing("looking into the outbox")?;
        if due.is_none() {
            return Ok(Vec::new());
        }
        let mut positions = Query::select();
        positions
            .column(Column::Position)
            .from(Entity)
            .and_where(Column::DeliveredAt.is_null())
            .and_where(Column::DeadAt.is_null())
            .and_where(Column::DueAt.lte(now))
            .order_by(Column::Position, sea_orm::Order::Asc)
            .limit(limit);
        if !self.0.is_sqlite() {
            positions.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
        }
        let tx = self.0.begin().await?;
        let mut rows = Entity::update_many()
            .col_expr(Column::DueAt, Expr::value(now + Self::LEASE))
            .col_expr(Column::Attempts, Expr::col(Column::Attempts).add(1))
            .filter(Column::Position.in_subquery(positions))
            .exec_with_returning(&tx.executor())
            .await
            .doing("claiming from the outbox")?;
        tx.commit().await?;
        rows.sort_by_key(|row| row.position);
        Ok(rows.into_iter().map(Claimed::from).collect())
    }

    /// Marks facts as delivered.
    pub async fn delivered(&self, positions: &[i64], now: DateTime<Utc>) -> Result<(), Fault> {
        if positions.is_empty() {
            return Ok(());
        }
        let tx = self.0.begin().await?;
        Entity::update_many()
            .col_expr(Column::DeliveredAt, Expr::value(Some(now)))
            .filter(Column::Position.is_in(positions.iter().copied()))
            .exec(&tx.executor())
            .await
            .doing("marking facts as delivered")?;
        tx.commit().await
    }

    /// Gives facts back that were claimed and never tried, so that they are due
    /// at once and the claim does not count.
    pub async fn give_back(&self, claimed: &[Claimed], now: DateTime<Utc>) -> Result<(), Fault> {
        if claimed.is_empty() {
            return Ok(());
        }
        let tx = self.0.begin().await?;
        for claim in claimed {
            held(claim)
                .col_expr(Column::DueAt, Expr::value(now))
                .col_expr(Column::Attempts, Expr::value(claim.attempts - 1))
                .exec(&tx.executor())
                .await
                .doing("giving a fact back")?;
        }
        tx.commit().await
    }

    /// Puts a fact back for a later attempt, or aside as dead. Says nothing when
    /// the claim ran out and another worker has the fact by now.
    pub async fn failed(
        &self,
        claimed: &Claimed,
        error: &str,
        now: DateTime<Utc>,
    ) -> Result<(), Fault> {
        let tx = self.0.begin().await?;
        let mut update = held(claimed).col_expr(
            Column::LastError,
            Expr::value(Some(error.chars().take(500).collect::<String>())),
        );
        update = if claimed.attempts >= MAX_ATTEMPTS {
            update.col_expr(Column::DeadAt, Expr::value(Some(now)))
        } else {
            update.col_expr(Column::DueAt, Expr::value(now + pause(claimed.attempts)))
        };
        update
            .exec(&tx.executor())
            .await
            .doing("putting a fact back")?;
        tx.commit().await
    }

    /// Makes all dead facts due again, with all their attempts; answers how many.
    pub async fn retry_dead(&self, now: DateTime<Utc>) -> Result<u64, Fault> {
        let tx = self.0.begin().await?;
        let done = Entity::update_many()
            .col_expr(Column::DeadAt, Expr::value(None::<DateTime<Utc>>))
            .col_expr(Column::Attempts, Expr::value(0))
            .col_expr(Column::DueAt, Expr::value(now))
            .filter(Column::DeliveredAt.is_null())
            .filter(Column::DeadAt.is_not_null())
            .exec(&tx.executor())
            .await
            .doing("making dead facts due again")?;
        tx.commit().await?;
        Ok(done.rows_affected)
    }

    /// Removes facts that were delivered before `before`; answers how many.
    pub async fn forget(&self, before: DateTime<Utc>) -> Result<u64, Fault> {
        let tx = self.0.begin().await?;
        let done = Entity::delete_many()
            .filter(Column::DeliveredAt.lt(before))
            .exec(&tx.executor())
            .await
            .doing("forgetting delivered facts")?;
        tx.commit().await?;
        Ok(done.rows_affected)
    }

    /// How many facts wait, and how many are dead.
    pub async fn state(&self) -> Result<OutboxState, Fault> {
        let open = Entity::find().filter(Column::DeliveredAt.is_null());
        let dead = open
            .clone()
            .filter(Column::DeadAt.is_not_null())
            .count(self.0.connection());
        let dead = dead.await.doing("counting dead facts")?;
        let waiting = open
            .filter(Column::DeadAt.is_null())
            .count(self.0.connection());
        let waiting = waiting.await.doing("counting waiting facts")?;
        Ok(OutboxState { waiting, dead })
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the outbox has no viewer: the worker is not a person"
)]
fn due(now: DateTime<Utc>) -> sea_orm::Select<Entity> {
    Entity::find()
        .filter(Column::DeliveredAt.is_null())
        .filter(Column::DeadAt.is_null())
        .filter(Column::DueAt.lte(now))
        .order_by_asc(Column::Position)
}

/// The claimed fact, for as long as nobody has claimed it since.
#[expect(
    clippy::disallowed_methods,
    reason = "the outbox has no viewer: the worker is not a person"
)]
fn held(claim: &Claimed) -> sea_orm::UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::Position.eq(claim.position))
        .filter(Column::Attempts.eq(claim.attempts))
        .filter(Column::DeliveredAt.is_null())
}

/// Doubles from two seconds, up to half an hour.
fn pause(attempts: i32) -> TimeDelta {
    let seconds = 1_i64 << attempts.clamp(0, 11);
    TimeDelta::seconds(seconds).min(MAX_PAUSE)
}

impl From<Model> for Claimed {
    fn from(row: Model) -> Self {
        Self {
            position: row.position,
            attempts: row.attempts,
            fact: Fact {
                id: row.fact_id,
                workspace: row.workspace_id,
                company: row.company_id,
                kind: row.kind.into(),
                subject: row.subject_id,
                detail: row.detail_id,
                audience: row.audience,
                at: row.occurred_at,
            },
        }
    }
}
