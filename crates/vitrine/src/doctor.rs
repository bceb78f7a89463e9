//! `vitrine doctor`: what is wrong with an installation, and what to do.

use std::{fs, path::Path};

use identity::Keys;
use kernel::SystemEntropy;
use notifications::{Queue, QueueState};
use store::{Outbox, Store};

use crate::{
    serve::create_private_folder,
    settings::{Place, Settings, sqlite_file},
};

/// The outcome of one check.
enum Finding {
    Well,
    /// Nothing is wrong, and this is how it stands.
    Standing(String),
    /// Nothing is wrong; it is only new.
    New(&'static str),
    /// What is wrong, and what to do.
    Trouble(String),
}

impl From<Result<(), String>> for Finding {
    fn from(outcome: Result<(), String>) -> Self {
        match outcome {
            Ok(()) => Self::Well,
            Err(trouble) => Self::Trouble(trouble),
        }
    }
}

/// Runs every check; answers whether nothing is wrong.
pub(crate) async fn examine(settings: &Settings) -> bool {
    let mut findings = vec![
        // The settings were read, or we would not be here.
        ("configuration", Finding::Well),
        ("data folder", writable(&settings.data_dir).into()),
        ("signing keys", keys(&settings.data_dir)),
    ];
    findings.push(("files", files(settings).await));
    findings.extend(database(settings).await);
    for (what, finding) in &findings {
        match finding {
            Finding::Well => println!("ok       {what}"),
            Finding::Standing(how) => println!("ok       {what}: {how}"),
            Finding::New(note) => println!("new      {what}: {note}"),
            Finding::Trouble(trouble) => println!("trouble  {what}: {trouble}"),
        }
    }
    !findings
        .iter()
        .any(|(_, finding)| matches!(finding, Finding::Trouble(_)))
}

async fn database(settings: &Settings) -> Vec<(&'static str, Finding)> {
    if sqlite_file(&settings.database_url).is_some_and(|file| !file.exists()) {
        let note = "there is none yet; `vitrine serve` creates it on its first start";
        return vec![("database", Finding::New(note))];
    }
    match Store::open(&settings.database_url, store::Options::default()).await {
        Ok(store) => vec![
            ("database", Finding::Well),
            ("migrations", migrated(&store).await.into()),
            ("outbox", outbox(&store).await.into()),
            ("mail", mail(settings, &store).await),
        ],
        Err(error) => {
            let advice =
                "check VITRINE_DATABASE_URL, and that the database is running and lets you in";
            vec![("database", Finding::Trouble(format!("{error}; {advice}")))]
        }
    }
}

/// Whether a file can be written to the disk and comes back whole.
fn writable(folder: &Path) -> Result<(), String> {
    let file = folder.join(".doctor");
    let text = "x".repeat(64 * 1024);
    let outcome = create_private_folder(folder)
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

fn keys(data_dir: &Path) -> Finding {
    let folder = crate::keys::folder(data_dir);
    if !folder.exists() {
        return Finding::New("there are none yet; `vitrine serve` creates them on its first start");
    }
    let loaded = Keys::load_or_create(&folder, &SystemEntropy);
    loaded.map(|_| ()).map_err(|error| error.to_string()).into()
}

/// Whether a file can be kept, and comes back.
async fn files(settings: &Settings) -> Finding {
    if let Place::Folder(folder) = &settings.files.place
        && !folder.exists()
    {
        return Finding::New(
            "there is no folder yet; `vitrine serve` creates it on its first start",
        );
    }
    let opened = match settings.files.open() {
        Ok(files) => files.probe().await.map_err(|error| error.to_string()),
        Err(error) => Err(error),
    };
    match (&settings.files.place, opened) {
        (Place::Folder(_), Ok(())) => Finding::Well,
        (Place::Bucket(s3), Ok(())) => Finding::Standing(format!(
            "bucket {}; let it abort incomplete multipart uploads after a day",
            s3.bucket
        )),
        (Place::Folder(folder), Err(error)) => Finding::Trouble(format!(
            "{}: {error}; give the folder to the user that runs vitrine, and look whether the disk is full (df -h)",
            folder.display()
        )),
        (Place::Bucket(_), Err(error)) => Finding::Trouble(format!(
            "{error}; check VITRINE_FILES, its endpoint, region, key and secret, and that the bucket is there"
        )),
    }
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
            "{dead} events were put aside after too many attempts; the log says why, and `vitrine outbox retry` tries them again"
        )),
    }
}

async fn mail(settings: &Settings, store: &Store) -> Finding {
    let QueueState { waiting, dead } = match Queue::of(store).state().await {
        Ok(state) => state,
        Err(fault) => return Finding::Trouble(format!("{fault}; run `vitrine migrate`")),
    };
    let nowhere = settings.mail.smtp.is_none() && !settings.development;
    if dead > 0 {
        return Finding::Trouble(format!(
            "{dead} mails could not be sent, {waiting} wait; staff see why in `mails` and send them again with `mailRetry`"
        ));
    }
    if nowhere && waiting > 0 {
        return Finding::Trouble(format!(
            "{waiting} mails wait for a mail server; set VITRINE_SMTP_URL"
        ));
    }
    if nowhere {
        return Finding::New("no mail server is set; mails will wait until VITRINE_SMTP_URL is");
    }
    let links = settings.public_url.as_deref().unwrap_or_default();
    Finding::Standing(format!("{waiting} wait, links begin with {links}"))
}
