//! What belongs to the rows of one page, fetched for all of them at once.
//!
//! A page knows the keys of its rows from the start. The first row whose
//! relation is asked for fetches the relation of the whole page in one
//! statement; the others find it there. Compared with a data loader there is
//! no timer, no task and no key collection per row.

use std::{collections::HashMap, hash::Hash, sync::Arc};

use kernel::Fault;
use tokio::sync::OnceCell;

use crate::refusal::Refusal;

/// One relation of one page.
pub(crate) struct Batch<K, V>(OnceCell<Result<HashMap<K, V>, Refusal>>);

impl<K, V> Default for Batch<K, V> {
    fn default() -> Self {
        Self(OnceCell::new())
    }
}

impl<K: Eq + Hash, V> Batch<K, V> {
    /// The value for `key`; the first call fetches those of the whole page.
    pub(crate) async fn get<F>(&self, key: &K, fetch: F) -> async_graphql::Result<Option<&V>>
    where
        F: AsyncFnOnce() -> Result<HashMap<K, V>, Fault>,
    {
        let found = self
            .0
            .get_or_init(async || fetch().await.map_err(|fault| Refusal::from(&fault)))
            .await;
        match found {
            Ok(values) => Ok(values.get(key)),
            Err(refusal) => Err(refusal.clone().into()),
        }
    }
}

impl<K, V> Batch<K, V> {
    /// What was fetched so far: all of the page, or nothing.
    pub(crate) fn fetched(&self) -> impl Iterator<Item = &V> {
        let found = self.0.get().and_then(|found| found.as_ref().ok());
        found.into_iter().flat_map(HashMap::values)
    }
}

/// Relations that take arguments: one batch for each set of arguments asked for.
pub(crate) struct Batches<A, K, V>(std::sync::Mutex<HashMap<A, Arc<Batch<K, V>>>>);

impl<A, K, V> Default for Batches<A, K, V> {
    fn default() -> Self {
        Self(std::sync::Mutex::default())
    }
}

impl<A: Eq + Hash, K, V> Batches<A, K, V> {
    /// The batch for these arguments.
    pub(crate) fn with(&self, arguments: A) -> Arc<Batch<K, V>> {
        let mut batches = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        batches.entry(arguments).or_default().clone()
    }

    /// Drops what was fetched: it has changed.
    pub(crate) fn forget(&self) {
        let mut batches = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        batches.clear();
    }
}
