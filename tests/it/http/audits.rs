//! The official audit suite of GraphQL over HTTP.

use std::path::Path;

use tokio::process::Command;

use super::{BOTH, alone};

/// The official audit suite of GraphQL over HTTP, at both endpoints.
#[test]
fn the_official_audits_pass() {
    alone(async |world| {
        let address = world.serve().await;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("npm");
        assert!(
            folder.join("node_modules/graphql-http").is_dir(),
            "npm packages are missing: run `script/bootstrap test`"
        );
        for realm in BOTH {
            let mut audit = Command::new("node");
            audit
                .arg(folder.join("audit.mjs"))
                .arg(format!("http://{address}{}", realm.path()));
            let output = audit
                .output()
                .await
                .expect("Node.js runs; if it is missing, run `script/bootstrap test`");
            let told = String::from_utf8_lossy(&output.stdout);
            assert!(
                output.status.success(),
                "{realm:?}:\n{told}{}",
                String::from_utf8_lossy(&output.stderr)
            );
            assert!(
                !told.contains("warn "),
                "an audit at MAY fails: {realm:?}:\n{told}"
            );
        }
    });
}
