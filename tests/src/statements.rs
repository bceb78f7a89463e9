//! What the product sends to its database while a test looks.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use sea_orm::Statement;
use serde_json::Value;

use crate::{Persona, World};

/// The statements that were heard.
#[derive(Default)]
pub(crate) struct Heard {
    count: AtomicUsize,
    /// None while nobody asks.
    kept: Mutex<Option<Vec<Statement>>>,
}

impl Heard {
    pub(crate) fn hear(&self, statement: &Statement) {
        self.count.fetch_add(1, Ordering::SeqCst);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = kept.as_mut() {
            kept.push(statement.clone());
        }
    }

    fn listen(&self, to: Option<Vec<Statement>>) -> Option<Vec<Statement>> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut kept, to)
    }
}

impl World {
    /// How many statements `work` sends to the database.
    pub async fn statements<T>(&self, work: impl Future<Output = T>) -> (usize, T) {
        let before = self.sent();
        let outcome = work.await;
        (self.sent() - before, outcome)
    }

    /// How many statements a document costs somebody whose session is known: it
    /// is sent once before. A session is believed for two seconds, so that what
    /// is sent in between must be as little as this.
    pub async fn cost(&self, persona: &Persona, query: &str, variables: Value) -> usize {
        persona.done(query, variables.clone()).await;
        self.statements(persona.done(query, variables)).await.0
    }

    /// The statements that `work` sends to the database, with their values.
    pub async fn sent_by<T>(&self, work: impl Future<Output = T>) -> (Vec<Statement>, T) {
        self.heard.listen(Some(Vec::new()));
        let outcome = work.await;
        (self.heard.listen(None).unwrap_or_default(), outcome)
    }

    /// How many statements have been answered by the database so far.
    pub(crate) fn sent(&self) -> usize {
        self.heard.count.load(Ordering::SeqCst)
    }
}

/// A hook that hears.
pub(crate) fn hook(heard: &Arc<Heard>) -> impl Fn(&Statement) + Send + Sync + 'static {
    let heard = heard.clone();
    move |statement| heard.hear(statement)
}
