//! `vitrine doctor`: what is wrong with an installation, and what to do.

use std::{fs, path::Path};

use identity::Keys;
use kernel::SystemEntropy;
use store::{Outbox, Store};

use crate::settings::Settings;

/// The outcome of one check.
struct Finding {
    what: &'static str,
    /// What is wrong and what to do; none when all is well.
    trouble: Option<String>,
}

/// Runs every check; answers whether all is well.
pub(crate) async fn examine(settings: &Settings) -> bool {
    let mut findings = vec![
        finding("configuration", Ok(())),
        finding("data folder", writable(&settings.data_dir)),
        finding("signing keys", keys(&settings.data_dir)),
    ];
    match Store::open(&settings.database_url, store::Options::default()).await {
        Ok(store) => {
            findings.push(finding("database", Ok(())));
            findings.push(finding("migrations", migrated(&store).await));
            findings.push(finding("outbox", outbox(&store).await));
        }
        Err(error) => {
            let advice =
                "check VITRINE_DATABASE_URL, and that the database is running and lets you in";
            findings.push(finding("database", Err(format!("{error}; {advice}"))));
        }
    }
    for Finding { what, trouble } in &findings {
        match trouble {
            None => println!("ok       {what}"),
            Some(trouble) => println!("trouble  {what}: {trouble}"),
        }
    }
    findings.iter().all(|finding| finding.trouble.is_none())
}

fn finding(what: &'static str, outcome: Result<(), String>) -> Finding {
    Finding {
        what,
        trouble: outcome.err(),
    }
}

/// Whether a file can be written to the disk and comes back whole.
fn writable(folder: &Path) -> Result<(), String> {
    let file = folder.join(".doctor");
    let text = "x".repeat(64 * 1024);
    let outcome = fs::create_dir_all(folder)
        .and_then(|()| fs::write(&file, &text))
        .and_then(|()| fs::read_to_string(&file))
        .and_then(|back| fs::remove_file(&file).map(|()| back));
    match outcome {
        Ok(back) if back == text => Ok(()),
        Ok(_) => Err(format!(
            "{}: the disk gives back something else than was written",
            folder.display()
        )),
        Err(error) => Err(format!(
            "{}: {error}; give the folder to the user that runs vitrine, and look whether the disk is full (df -h)",
            folder.display()
        )),
    }
}

fn keys(data_dir: &Path) -> Result<(), String> {
    let folder = data_dir.join("keys");
    if !folder.exists() {
        return Err(
            "there are none yet; `vitrine serve` creates them on its first start".to_owned(),
        );
    }
    Keys::load_or_create(&folder, &SystemEntropy)
        .map(|_| ())
        .map_err(|error| error.to_string())
}

async fn migrated(store: &Store) -> Result<(), String> {
    match migrations::pending(store.connection()).await {
        Ok(0) => Ok(()),
        Ok(steps) => Err(format!("{steps} steps behind; run `vitrine migrate`")),
        Err(error) => Err(format!("{error}; run `vitrine migrate`")),
    }
}

async fn outbox(store: &Store) -> Result<(), String> {
    let state = Outbox::of(store)
        .state()
        .await
        .map_err(|fault| format!("{fault}; run `vitrine migrate`"))?;
    match state.dead {
        0 => Ok(()),
        dead => Err(format!(
            "{dead} events were put aside after too many attempts; the log says why"
        )),
    }
}
