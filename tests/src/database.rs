//! A fresh database for each test, removed with it.

use std::{
    process,
    sync::atomic::{AtomicU32, Ordering},
};

use sea_orm::{ConnectionTrait, Database as Connect};
use tempfile::TempDir;

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file in a temporary folder.
    Sqlite,
    /// A database in the cluster that `TEST_POSTGRES_URL` names.
    Postgres,
}

/// A database that nobody else uses.
pub struct Database {
    /// Its address.
    pub url: String,
    /// Its data folder, also for keys and files.
    pub folder: TempDir,
    /// What removes it: the cluster's address and the database's name.
    remove: Option<(String, String)>,
}

impl Database {
    /// Creates an empty database. Fails the test when there is no cluster: a
    /// test that skips itself proves nothing.
    pub async fn create(kind: Kind) -> Self {
        // For the clients of HTTP that tests make.
        documents::prepare_tls();
        let folder = tempfile::tempdir().expect("a temporary folder");
        match kind {
            Kind::Sqlite => {
                let url = format!("sqlite://{}", folder.path().join("test.db").display());
                Self {
                    url,
                    folder,
                    remove: None,
                }
            }
            Kind::Postgres => {
                let cluster = cluster();
                let name = fresh_name();
                // A test that was ended before its end left one of this name.
                run(
                    &cluster,
                    &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
                )
                .await;
                run(
                    &cluster,
                    &format!("CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"),
                )
                .await;
                let (base, _) = cluster
                    .rsplit_once('/')
                    .expect("an address with a database name");
                Self {
                    url: format!("{base}/{name}"),
                    folder,
                    remove: Some((cluster, name)),
                }
            }
        }
    }

    /// The folder of the world's files.
    pub fn files(&self) -> std::path::PathBuf {
        self.folder.path().join("files")
    }

    /// What removes the database after the test; the folder goes by itself.
    pub fn handle(&self) -> Removal {
        Removal(self.remove.clone())
    }
}

/// What removes a database.
pub struct Removal(Option<(String, String)>);

impl Removal {
    /// Removes it.
    pub async fn remove(self) {
        if let Some((cluster, name)) = &self.0 {
            run(
                cluster,
                &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            )
            .await;
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the tests' own setting, made by script/test"
)]
fn cluster() -> String {
    std::env::var("TEST_POSTGRES_URL")
        .expect("TEST_POSTGRES_URL names a PostgreSQL cluster; script/test starts one")
}

fn fresh_name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    format!(
        "test_{}_{}",
        process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    )
}

#[expect(
    clippy::disallowed_methods,
    reason = "creates and drops whole databases"
)]
async fn run(cluster: &str, statement: &str) {
    let db = Connect::connect(cluster)
        .await
        .expect("the cluster answers");
    db.execute_unprepared(statement).await.expect(statement);
    db.close().await.expect("closed");
}
