//! Keys on disk: `portal-0001.pem`, `staff-0001.pem` and so on, in one folder
//! that is their owner's alone.

use std::{
    fs, io,
    io::Write,
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use ed25519_dalek::{
    SigningKey,
    pkcs8::{DecodePrivateKey, EncodePrivateKey, spki::der::pem::LineEnding},
};
use kernel::Entropy;

use crate::{Realm, keys::draw};

/// Why the keys could not be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The folder or a file in it cannot be read or written.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// A file is not a key.
    #[error("{0}: not an Ed25519 private key in PEM form")]
    Malformed(PathBuf),
    /// Others than the owner can read a key.
    #[error("{0}: others can read this key; run `chmod 600` on it")]
    Exposed(PathBuf),
    /// Others than the owner can read the folder, or put keys into it.
    #[error("{0}: others can read or write this folder of keys; run `chmod 700` on it")]
    Open(PathBuf),
    /// A realm has no key at all.
    #[error("{1}: there is no key of the realm {name}", name = .0.name())]
    None(Realm, PathBuf),
    /// Somebody else has written the next key just now.
    #[error("{0}: somebody else has just written this key")]
    Taken(PathBuf),
    /// Whoever runs this is not whoever owns the folder.
    #[error("{0}: belongs to another user; run this as the user that runs the server")]
    Foreign(PathBuf),
}

impl KeyError {
    fn io(path: &Path) -> impl Fn(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io {
            path: path.clone(),
            source,
        }
    }
}

/// One key's file.
#[derive(Debug)]
pub(crate) struct KeyFile {
    pub(crate) path: PathBuf,
    /// The running number in its name; 0 where there is none.
    pub(crate) number: u32,
    /// When it was written.
    pub(crate) since: DateTime<Utc>,
}

/// The files of a realm, from older to newer: by the number in their names.
pub(crate) fn list(folder: &Path, realm: Realm) -> Result<Vec<KeyFile>, KeyError> {
    let prefix = format!("{}-", realm.name());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(KeyError::io(folder))? {
        let path = entry.map_err(KeyError::io(folder))?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        let stem = name.and_then(|name| name.strip_prefix(&prefix)?.strip_suffix(".pem"));
        let Some(stem) = stem else {
            continue;
        };
        let number = stem.parse().unwrap_or(0);
        let meta = fs::metadata(&path).map_err(KeyError::io(&path))?;
        let since = meta.modified().map_err(KeyError::io(&path))?.into();
        files.push(KeyFile {
            path,
            number,
            since,
        });
    }
    files.sort_by(|one, two| (one.number, &one.path).cmp(&(two.number, &two.path)));
    Ok(files)
}

/// Writes the first key of a realm, unless it has one.
pub(crate) fn create_first(
    folder: &Path,
    realm: Realm,
    entropy: &dyn Entropy,
) -> Result<(), KeyError> {
    if !list(folder, realm)?.is_empty() {
        return Ok(());
    }
    match write(folder, realm, 1, entropy) {
        // Two processes that start at once agree on one.
        Ok(_) | Err(KeyError::Taken(_)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Writes a key of this number; refused when there is one.
pub(crate) fn write(
    folder: &Path,
    realm: Realm,
    number: u32,
    entropy: &dyn Entropy,
) -> Result<PathBuf, KeyError> {
    let path = folder.join(format!("{}-{number:04}.pem", realm.name()));
    let pem = draw(entropy)
        .to_pkcs8_pem(LineEnding::LF)
        .map_err(|_| KeyError::Malformed(path.clone()))?;
    // Written aside and moved into place: a crash leaves no half key, and the
    // link fails for whoever comes second.
    let draft = folder.join(format!(".{}-{}.draft", realm.name(), std::process::id()));
    let mut file = private_file().open(&draft).map_err(KeyError::io(&draft))?;
    file.write_all(pem.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(KeyError::io(&draft))?;
    let linked = same_owner(folder, &file).and_then(|()| {
        fs::hard_link(&draft, &path).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => KeyError::Taken(path.clone()),
            _ => KeyError::io(&path)(error),
        })
    });
    fs::remove_file(&draft).map_err(KeyError::io(&draft))?;
    linked.map(|()| path)
}

/// A key that the server cannot read would keep it from starting again.
fn same_owner(folder: &Path, file: &fs::File) -> Result<(), KeyError> {
    let owner =
        |meta: io::Result<fs::Metadata>| meta.map(|meta| meta.uid()).map_err(KeyError::io(folder));
    if owner(fs::metadata(folder))? == owner(file.metadata())? {
        Ok(())
    } else {
        Err(KeyError::Foreign(folder.to_owned()))
    }
}

pub(crate) fn read(path: &Path) -> Result<SigningKey, KeyError> {
    let meta = fs::metadata(path).map_err(KeyError::io(path))?;
    let others = 0o077;
    if meta.permissions().mode() & others != 0 {
        return Err(KeyError::Exposed(path.to_owned()));
    }
    let pem = fs::read_to_string(path).map_err(KeyError::io(path))?;
    SigningKey::from_pkcs8_pem(&pem).map_err(|_| KeyError::Malformed(path.to_owned()))
}

pub(crate) fn remove(path: &Path) -> Result<(), KeyError> {
    fs::remove_file(path).map_err(KeyError::io(path))
}

/// Creates the folder, for its owner alone.
pub(crate) fn create_folder(folder: &Path) -> Result<(), KeyError> {
    let mut builder = fs::DirBuilder::new();
    let created = builder.recursive(true).mode(0o700).create(folder);
    created.map_err(KeyError::io(folder))
}

/// Refuses a folder that others than the owner can write, and that anybody can
/// read: who puts a key there can sign.
pub(crate) fn refuse_open(folder: &Path) -> Result<(), KeyError> {
    let meta = fs::metadata(folder).map_err(KeyError::io(folder))?;
    let others = 0o026;
    if meta.permissions().mode() & others == 0 {
        Ok(())
    } else {
        Err(KeyError::Open(folder.to_owned()))
    }
}

fn private_file() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    options
}

#[cfg(test)]
mod tests {
    use kernel::SystemEntropy;

    use super::*;
    use crate::Keys;

    /// A folder that is ours alone, in one that goes with the test.
    fn folder() -> (tempfile::TempDir, PathBuf) {
        let outer = tempfile::tempdir().expect("a folder");
        let folder = outer.path().join("keys");
        create_folder(&folder).expect("created");
        (outer, folder)
    }

    fn set_mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
    }

    fn refusal(folder: &Path) -> String {
        let error = Keys::load_or_create(folder, &SystemEntropy);
        error.expect_err("refused").to_string()
    }

    #[test]
    fn keys_are_created_once_and_private() {
        let (_outer, folder) = folder();
        let first = Keys::load_or_create(&folder, &SystemEntropy).expect("created");
        let again = Keys::load_or_create(&folder, &SystemEntropy).expect("loaded");
        assert!(first.same_as(&again));
        assert_ne!(first.portal.jwks(), first.staff.jwks());
        for file in fs::read_dir(&folder).expect("readable") {
            let meta = file.expect("an entry").metadata().expect("its data");
            assert_eq!(meta.permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        let (_outer, folder) = folder();
        Keys::load_or_create(&folder, &SystemEntropy).expect("created");
        set_mode(&folder.join("staff-0001.pem"), 0o640);
        let error = refusal(&folder);
        assert!(error.contains("chmod 600"), "{error}");
    }

    #[test]
    fn a_folder_that_others_can_use_is_refused() {
        let (_outer, folder) = folder();
        Keys::load_or_create(&folder, &SystemEntropy).expect("created");
        for mode in [0o770, 0o704, 0o702, 0o777, 0o755] {
            set_mode(&folder, mode);
            let error = refusal(&folder);
            assert!(error.contains("chmod 700"), "{mode:o}: {error}");
        }
        for mode in [0o700, 0o750, 0o500] {
            set_mode(&folder, mode);
            assert!(Keys::load(&folder).is_ok(), "{mode:o}");
        }
        set_mode(&folder, 0o700);
    }

    #[test]
    fn files_are_sorted_by_their_number() {
        let (_outer, folder) = folder();
        for number in [10_000, 9_999, 2] {
            write(&folder, Realm::Portal, number, &SystemEntropy).expect("written");
        }
        fs::write(folder.join("portal-0003.pem.bak"), "x").expect("written");
        let files = list(&folder, Realm::Portal).expect("listed");
        let numbers: Vec<u32> = files.iter().map(|file| file.number).collect();
        assert_eq!(numbers, [2, 9_999, 10_000]);
        let taken = write(&folder, Realm::Portal, 2, &SystemEntropy);
        assert!(matches!(taken, Err(KeyError::Taken(_))));
        assert!(matches!(
            Keys::load(&folder),
            Err(KeyError::None(Realm::Staff, _))
        ));
    }
}
