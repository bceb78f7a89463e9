//! `vitrine keys`: the signing keys of an installation.

use std::path::{Path, PathBuf};

use clap::Subcommand;
use identity::{KeyError, KeyState, Keys, Realm, rotate};
use kernel::{Clock, SystemClock, SystemEntropy};

#[derive(Subcommand)]
pub(crate) enum KeysCommand {
    /// Write the next key of both realms. Servers find it by themselves; nobody
    /// is signed out.
    Rotate,
    /// Tell which keys there are, and what each does.
    List,
}

/// Where the keys are.
pub(crate) fn folder(data_dir: &Path) -> PathBuf {
    data_dir.join("keys")
}

pub(crate) fn run(command: &KeysCommand, data_dir: &Path) -> Result<(), KeyError> {
    let folder = folder(data_dir);
    match command {
        KeysCommand::Rotate => {
            let rotation = rotate(&folder, SystemClock.now(), &SystemEntropy)?;
            for path in &rotation.written {
                println!("written  {}", path.display());
            }
            for path in &rotation.removed {
                println!("removed  {}", path.display());
            }
            println!("New keys sign in a minute. Access tokens in use stay good.");
        }
        KeysCommand::List => list(&Keys::load(&folder)?),
    }
    Ok(())
}

fn list(keys: &Keys) {
    for realm in [Realm::Portal, Realm::Staff] {
        for (kid, since, state) in keys.of(realm).states(SystemClock.now()) {
            let state = match state {
                KeyState::Waits => "waits",
                KeyState::Signs => "signs",
                KeyState::Verifies => "verifies",
            };
            let since = since.format("%Y-%m-%dT%H:%M:%SZ");
            println!("{:<6}  {kid}  {since}  {state}", realm.name());
        }
    }
}
