//! What happens between the moment at which a request looks and the moment at
//! which its turn to write has come. No test waits for it by chance: the turn
//! is held, and given away when the request has looked.

use std::future::Future;

use sea_orm::{ConnectionTrait, Statement};
use store::Tx;
use tokio::task::JoinHandle;

use crate::{
    Kind, World,
    patience::{soon, until},
};

impl World {
    /// Sends a request while a change is written and not yet committed. The
    /// request sees the world as it was and waits for its turn to write; then
    /// the change is committed, and the request goes on. Answers how it ended.
    /// On PostgreSQL the change must touch a row that the request waits for.
    pub async fn meanwhile<T: Send + 'static>(
        &self,
        change: &[&str],
        request: impl Future<Output = T> + Send + 'static,
    ) -> T {
        let mut answers = self.in_line(change, vec![request]).await;
        answers.remove(0)
    }

    /// The same with several requests that all wait; which of them goes on first
    /// is the database's to say.
    pub async fn in_line<T: Send + 'static>(
        &self,
        change: &[&str],
        requests: Vec<impl Future<Output = T> + Send + 'static>,
    ) -> Vec<T> {
        let tx = self.store.begin().await.expect("a transaction");
        for statement in change {
            assert!(write(&tx, statement).await > 0, "{statement}");
        }
        let mut waiting = Vec::new();
        for request in requests {
            let before = self.sent();
            waiting.push(tokio::spawn(request));
            match self.kind {
                // SQLite has one writer at a time, and that is us: whatever else
                // the request does, it has read once.
                Kind::Sqlite => until("it has looked", async || self.sent() > before).await,
                Kind::Postgres => self.queued(waiting.len()).await,
            }
        }
        tx.commit().await.expect("committed");
        answers(waiting).await
    }

    /// Has requests write and not yet commit, and then sends another one that
    /// comes between. Answers how all ended. On SQLite, where nothing comes
    /// between, all are sent at once. Each of the requests must enter something
    /// into the audit trail at its end.
    pub async fn overlapping<T: Send + 'static, U: Send + 'static>(
        &self,
        requests: Vec<impl Future<Output = T> + Send + 'static>,
        another: impl Future<Output = U> + Send + 'static,
    ) -> (Vec<T>, U) {
        let tx = match self.kind {
            Kind::Sqlite => None,
            Kind::Postgres => {
                let tx = self.store.begin().await.expect("a transaction");
                write(&tx, "LOCK TABLE audit IN SHARE MODE").await;
                Some(tx)
            }
        };
        let count = requests.len();
        let requests: Vec<_> = requests.into_iter().map(tokio::spawn).collect();
        if tx.is_some() {
            self.queued(count).await;
        }
        let another = tokio::spawn(another);
        if tx.is_some() {
            self.queued(count + 1).await;
        }
        drop(tx);
        let ended = answers(requests).await;
        (ended, answers(vec![another]).await.remove(0))
    }

    /// Waits until this many statements wait for a lock of PostgreSQL's.
    async fn queued(&self, count: usize) {
        until("they wait for their turn", async || {
            self.waiting().await == count
        })
        .await;
    }

    #[expect(clippy::disallowed_methods, reason = "reads no table of ours")]
    async fn waiting(&self) -> usize {
        let select = "SELECT pid FROM pg_stat_activity \
             WHERE datname = current_database() AND wait_event_type = 'Lock'";
        let db = self.store.connection();
        let statement = Statement::from_string(db.get_database_backend(), select);
        let waiting = db.query_all_raw(statement).await;
        waiting.expect("an answer").len()
    }
}

/// Writes what no command writes; answers how many rows it was.
#[expect(clippy::disallowed_methods, reason = "stands for another's command")]
async fn write(tx: &Tx, statement: &str) -> u64 {
    let done = tx.executor().execute_unprepared(statement).await;
    done.expect(statement).rows_affected()
}

async fn answers<T>(requests: Vec<JoinHandle<T>>) -> Vec<T> {
    let mut answers = Vec::new();
    for request in requests {
        answers.push(soon("an answer", request).await.expect("no panic"));
    }
    answers
}
