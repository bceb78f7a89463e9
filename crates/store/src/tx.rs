//! A transaction that carries the facts it will publish.

use std::sync::Mutex;

use chrono::{DateTime, Utc};
use kernel::{Doing, Fault};
use sea_orm::{
    ActiveModelTrait, DatabaseExecutor, DatabaseTransaction, DbErr, EntityTrait, IntoActiveModel,
    Iterable, Set,
};
use tokio::sync::OwnedSemaphorePermit;

use crate::{Fact, Store, entity::outbox};

/// Parameters of one statement at most: SQLite takes 32 766, PostgreSQL 65 535.
const PARAMETERS: usize = 32_000;
/// Rows of one statement at most.
const CHUNK: usize = 2_000;

/// A transaction that can write. Dropping it without [`Tx::commit`] undoes
/// everything, the facts included.
pub struct Tx {
    store: Store,
    inner: DatabaseTransaction,
    facts: Mutex<Vec<Fact>>,
    _writer: Option<OwnedSemaphorePermit>,
}

impl Tx {
    pub(crate) fn new(
        store: Store,
        inner: DatabaseTransaction,
        writer: Option<OwnedSemaphorePermit>,
    ) -> Self {
        Self {
            store,
            inner,
            facts: Mutex::default(),
            _writer: writer,
        }
    }

    /// An executor for one statement of this transaction.
    pub fn executor(&self) -> DatabaseExecutor<'_> {
        DatabaseExecutor::Transaction(&self.inner)
    }

    /// Adds a fact, to be written to the outbox with the commit.
    pub fn record(&self, fact: Fact) {
        match self.facts.lock() {
            Ok(mut facts) => facts.push(fact),
            Err(poisoned) => poisoned.into_inner().push(fact),
        }
    }

    /// Writes many rows, some at a time: for loads by the operator's own tools.
    pub async fn write_all<E>(&self, rows: impl IntoIterator<Item = E::Model>) -> Result<(), Fault>
    where
        E: EntityTrait,
        E::Model: IntoActiveModel<E::ActiveModel>,
        E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
    {
        let columns = E::Column::iter().count().max(1);
        let most = CHUNK.min(PARAMETERS / columns);
        let rows: Vec<_> = rows.into_iter().collect();
        let mut rows = rows.into_iter().map(IntoActiveModel::into_active_model);
        while rows.len() > 0 {
            let chunk: Vec<_> = rows.by_ref().take(most).collect();
            E::insert_many(chunk)
                .exec_without_returning(&self.executor())
                .await
                .doing("provisioning")?;
        }
        Ok(())
    }

    /// Writes the facts to the outbox and commits, then tells this process. It
    /// goes on to the end even when the caller gives up waiting: a commit that
    /// happened is always told of.
    pub async fn commit(self) -> Result<(), Fault> {
        match tokio::spawn(self.finish()).await {
            Ok(outcome) => outcome,
            Err(ended) => {
                let source = DbErr::Custom(ended.to_string());
                Err(Fault::Unavailable {
                    doing: "committing",
                    source,
                })
            }
        }
    }

    async fn finish(self) -> Result<(), Fault> {
        let facts = self
            .facts
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if !facts.is_empty() {
            let rows = facts.iter().map(row);
            outbox::Entity::insert_many(rows)
                .exec_without_returning(&self.inner)
                .await
                .doing("writing to the outbox")?;
        }
        self.inner.commit().await.doing("committing")?;
        self.store.committed(&facts);
        Ok(())
    }
}

fn row(fact: &Fact) -> outbox::ActiveModel {
    let never: Option<DateTime<Utc>> = None;
    outbox::ActiveModel {
        fact_id: Set(fact.id),
        workspace_id: Set(fact.workspace),
        company_id: Set(fact.company),
        kind: Set(fact.kind.clone().into_owned()),
        subject_id: Set(fact.subject),
        detail_id: Set(fact.detail),
        audience: Set(fact.audience),
        occurred_at: Set(fact.at),
        attempts: Set(0),
        due_at: Set(fact.at),
        delivered_at: Set(never),
        dead_at: Set(never),
        ..Default::default()
    }
}
