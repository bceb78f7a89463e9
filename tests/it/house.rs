//! The house keeps its shape: dependencies point down, the gateway has no SQL,
//! and its pages name what is there.

use std::{
    fs,
    path::{Path, PathBuf},
};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Each crate of ours with those of ours that it may depend on. An edge between
/// two domains needs a reason in ARCHITECTURE.md.
const EDGES: [(&str, &[&str]); 13] = [
    ("kernel", &[]),
    ("store", &["kernel"]),
    ("visibility", &["kernel", "store"]),
    ("identity", &["kernel", "store", "visibility"]),
    // A company that is covered must be proved to belong to the workspace.
    ("contracts", &["kernel", "store", "visibility", "identity"]),
    ("documents", &["kernel", "store", "visibility"]),
    // A requester and an assignee must be proved to belong to the workspace, an
    // upload must be claimed in the transaction that attaches it, and commands
    // count by the terms that hold.
    (
        "tickets",
        &[
            "kernel",
            "store",
            "visibility",
            "identity",
            "documents",
            "contracts",
        ],
    ),
    ("notifications", &["kernel", "store", "visibility"]),
    (
        "gateway",
        &[
            "kernel",
            "store",
            "visibility",
            "identity",
            "contracts",
            "documents",
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
            "contracts",
            "documents",
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
            "contracts",
            "documents",
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

/// A path from the root of the house.
fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// What lies in a folder.
fn within(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(at(folder)).expect(folder);
    entries
        .map(|entry| entry.expect("an entry").path())
        .collect()
}

/// The files of code in a folder and those below it.
fn below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    let files = entries.flat_map(|entry| {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            return below(&path);
        }
        let code = path.extension().is_some_and(|extension| extension == "rs");
        if code { vec![path] } else { Vec::new() }
    });
    files.collect()
}

/// The paths of code that a text names, such as `house::dependencies_point_down`.
fn named(text: &str) -> impl Iterator<Item = &str> {
    let path = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | ':');
    let quoted = text
        .lines()
        .flat_map(|line| line.split('`').skip(1).step_by(2));
    quoted.filter(move |word| word.contains("::") && word.chars().all(path))
}

/// The files in which a test of this name may stand; none where the name is not
/// that of a test. Unit tests are in `tests` beside what they try.
fn files_of(test: &str) -> Vec<PathBuf> {
    let (module, _) = test.rsplit_once("::").unwrap_or(("", test));
    if let Some(module) = module.strip_suffix("::tests") {
        let module = module.replace("::", "/");
        return within("crates")
            .into_iter()
            .flat_map(|folder| {
                ["", "/mod", "/tests"].map(|end| folder.join(format!("src/{module}{end}.rs")))
            })
            .collect();
    }
    let first = module.split("::").next().unwrap_or_default();
    if at(&format!("tests/it/{first}.rs")).exists() {
        vec![at(&format!("tests/it/{}.rs", module.replace("::", "/")))]
    } else {
        Vec::new()
    }
}

/// Whether the files have the test. Two that differ in their database alone go
/// by what their names have in common.
fn stands_in(files: &[PathBuf], test: &str) -> bool {
    let name = test.rsplit("::").next().unwrap_or(test);
    let has = |text: &str, end: &str| text.contains(&format!("fn {name}{end}("));
    files
        .iter()
        .filter_map(|file| fs::read_to_string(file).ok())
        .any(|text| has(&text, "") || (has(&text, "_on_sqlite") && has(&text, "_on_postgres")))
}

/// The last column of a table's row.
fn last_column(row: &str) -> &str {
    let cells = row.trim_end_matches(" |");
    cells.rsplit_once(" | ").map_or(row, |(_, last)| last)
}

#[test]
fn pages_name_tests_that_there_are() {
    let pages = ["", "docs", "docs/decisions"].into_iter().flat_map(within);
    let mut found = 0;
    for page in pages.filter(|page| page.extension().is_some_and(|end| end == "md")) {
        let text = fs::read_to_string(&page).expect("a page");
        // The other columns of this one name functions.
        let fields = page.ends_with("docs/fields.md");
        let lines = text.lines();
        let told = lines.map(|line| if fields { last_column(line) } else { line });
        for test in told.flat_map(named) {
            let files = files_of(test);
            let there = files.is_empty() || stands_in(&files, test);
            assert!(there, "{} names {test}, which is no test", page.display());
            found += usize::from(!files.is_empty());
        }
    }
    assert!(found > 200, "the pages name {found} tests");
}

#[test]
fn every_field_names_a_test() {
    let page = include_str!("../../docs/fields.md");
    for row in page.lines().filter(|line| line.starts_with("| `")) {
        let mut tests = named(last_column(row));
        let proved = tests.any(|test| !files_of(test).is_empty());
        assert!(proved, "no test proves {row}");
    }
}

/// The kinds that a file of code enters into the audit trail: its texts of the
/// form `noun.verb`.
fn kinds(code: &str) -> impl Iterator<Item = &str> {
    let word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic());
    let texts = code
        .lines()
        .flat_map(|line| line.split('"').skip(1).step_by(2));
    texts.filter(move |text| {
        let parts = text.split_once('.');
        parts.is_some_and(|(noun, verb)| word(noun) && word(verb))
    })
}

#[test]
fn the_page_of_the_trail_has_every_kind() {
    let page = include_str!("../../docs/audit.md");
    let mut found = 0;
    for file in below(&at("crates")) {
        let code = fs::read_to_string(file).unwrap_or_default();
        let enters = ["audit::enter(", "enter_outside(", "trail::enter("];
        if enters.iter().any(|call| code.contains(call)) {
            for kind in kinds(&code) {
                assert!(
                    page.contains(&format!("`{kind}`")),
                    "docs/audit.md lacks {kind}"
                );
                found += 1;
            }
        }
    }
    assert!(found > 20, "the code enters {found} kinds");
}
