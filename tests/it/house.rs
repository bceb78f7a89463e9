//! The house keeps its shape: dependencies point down, and the gateway has no SQL.

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Each crate of ours with those of ours that it may depend on. An edge between
/// two domains needs a reason in ARCHITECTURE.md.
const EDGES: [(&str, &[&str]); 11] = [
    ("kernel", &[]),
    ("store", &["kernel"]),
    ("visibility", &["kernel", "store"]),
    ("identity", &["kernel", "store", "visibility"]),
    // A requester and an assignee must be proved to belong to the workspace.
    ("tickets", &["kernel", "store", "visibility", "identity"]),
    ("notifications", &["kernel", "store", "visibility"]),
    (
        "gateway",
        &[
            "kernel",
            "store",
            "visibility",
            "identity",
            "tickets",
            "notifications",
        ],
    ),
    ("worker", &["kernel", "store"]),
    ("migrations", &[]),
    (
        "vitrine",
        &[
            "kernel",
            "store",
            "visibility",
            "identity",
            "tickets",
            "notifications",
            "gateway",
            "worker",
            "migrations",
        ],
    ),
    (
        "end-to-end",
        &[
            "kernel",
            "store",
            "visibility",
            "identity",
            "tickets",
            "notifications",
            "gateway",
            "worker",
            "migrations",
            "vitrine",
        ],
    ),
];

#[test]
fn dependencies_point_down() {
    let metadata = MetadataCommand::new()
        .no_deps()
        .exec()
        .expect("cargo metadata");
    let ours: Vec<String> = metadata
        .packages
        .iter()
        .map(|package| package.name.to_string())
        .collect();
    assert_eq!(
        ours.len(),
        EDGES.len(),
        "a crate is missing from EDGES: {ours:?}"
    );
    for package in &metadata.packages {
        let (_, allowed) = EDGES
            .iter()
            .find(|(name, _)| *name == package.name.as_str())
            .unwrap_or_else(|| panic!("{} is missing from EDGES", package.name));
        for dependency in &package.dependencies {
            let ours = ours.contains(&dependency.name);
            let fine = !ours || allowed.contains(&dependency.name.as_str());
            assert!(
                fine,
                "{} may not depend on {}",
                package.name, dependency.name
            );
        }
    }
}

#[test]
fn the_gateway_and_the_worker_have_no_sql() {
    let metadata = MetadataCommand::new()
        .no_deps()
        .exec()
        .expect("cargo metadata");
    for package in metadata
        .packages
        .iter()
        .filter(|package| ["gateway", "worker"].contains(&package.name.as_str()))
    {
        for dependency in &package.dependencies {
            let sql = dependency.kind == DependencyKind::Normal
                && ["sea-orm", "sqlx", "sea-query"].contains(&dependency.name.as_str());
            assert!(!sql, "{} depends on {}", package.name, dependency.name);
        }
    }
}
