//! The walk of `docs/first-workspace.md`, as a newcomer takes it: the demo of
//! the real binary, and mails in its folder.

use std::path::Path;

use end_to_end::{Database, Kind, patience::soon};
use tokio::process::Command;

use crate::crash::server::{Server, free_port};

const SCRIPT: &str = "docs/first-workspace.sh";

/// Walks twice: every walk has a workspace of its own.
async fn walk(kind: Kind) {
    let database = Database::create(kind).await;
    let folder = database.folder.path().join("data");
    let mut server = Server::demo(&database.url, &folder, free_port());
    server.ready().await;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for _ in 0..2 {
        let mut script = Command::new("bash");
        script
            .arg(root.join(SCRIPT))
            .arg(format!("http://{}", server.address))
            .arg(folder.join("mail"))
            .kill_on_drop(true);
        let walked = soon(SCRIPT, script.output()).await.expect("bash");
        let said = String::from_utf8_lossy(&walked.stdout);
        let trouble = String::from_utf8_lossy(&walked.stderr);
        assert!(walked.status.success(), "{said}{trouble}");
        assert!(said.contains("All went as it should."), "{said}");
    }
    assert!(server.stop().await.success());
    database.handle().remove().await;
}

#[tokio::test]
async fn from_no_workspace_to_a_member_who_sees_tickets_alone_on_sqlite() {
    walk(Kind::Sqlite).await;
}

#[tokio::test]
async fn from_no_workspace_to_a_member_who_sees_tickets_alone_on_postgres() {
    walk(Kind::Postgres).await;
}
