//! Signing keys on disk: Ed25519, a set per realm, newest signs, all verify.
//!
//! They are created on first start, readable by the owner alone. A key's id is
//! a digest of its public half.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ed25519_dalek::{
    SigningKey,
    pkcs8::{DecodePrivateKey, EncodePrivateKey, spki::der::pem::LineEnding},
};
use jsonwebtoken::{DecodingKey, EncodingKey};
use kernel::Entropy;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::Realm;

/// The keys of both realms.
pub struct Keys {
    /// The portal realm's.
    pub portal: RealmKeys,
    /// The staff realm's.
    pub staff: RealmKeys,
}

/// The keys of one realm; never empty.
pub struct RealmKeys {
    newest: Key,
    older: Vec<Key>,
}

pub(crate) struct Key {
    pub(crate) kid: String,
    pub(crate) encoding: EncodingKey,
    pub(crate) decoding: DecodingKey,
    public: String,
}

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
}

impl Keys {
    /// Loads the keys in `folder`, creating what is missing.
    pub fn load_or_create(folder: &Path, entropy: &dyn Entropy) -> Result<Self, KeyError> {
        create_private_folder(folder)?;
        Ok(Self {
            portal: RealmKeys::load_or_create(folder, Realm::Portal, entropy)?,
            staff: RealmKeys::load_or_create(folder, Realm::Staff, entropy)?,
        })
    }

    /// Keys that are only in memory; for tests.
    pub fn in_memory(entropy: &dyn Entropy) -> Self {
        let keys = || RealmKeys {
            newest: Key::of(&draw(entropy)),
            older: Vec::new(),
        };
        Self {
            portal: keys(),
            staff: keys(),
        }
    }

    /// The keys of one realm.
    pub fn of(&self, realm: Realm) -> &RealmKeys {
        match realm {
            Realm::Portal => &self.portal,
            Realm::Staff => &self.staff,
        }
    }
}

impl RealmKeys {
    fn load_or_create(
        folder: &Path,
        realm: Realm,
        entropy: &dyn Entropy,
    ) -> Result<Self, KeyError> {
        let mut files = key_files(folder, realm)?;
        if files.is_empty() {
            files.push(write_key(folder, realm, entropy)?);
        }
        // The names carry a running number, so the last one is the newest.
        files.sort();
        let mut keys = files
            .iter()
            .map(|file| read_key(file))
            .collect::<Result<Vec<_>, _>>()?;
        let newest = keys
            .pop()
            .ok_or_else(|| KeyError::Malformed(folder.to_owned()))?;
        Ok(Self {
            newest,
            older: keys,
        })
    }

    pub(crate) fn newest(&self) -> &Key {
        &self.newest
    }

    pub(crate) fn find(&self, kid: &str) -> Option<&Key> {
        self.all().find(|key| key.kid == kid)
    }

    fn all(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.newest).chain(&self.older)
    }

    /// The public halves as a JSON Web Key Set (RFC 7517, RFC 8037).
    pub fn jwks(&self) -> Value {
        let keys: Vec<Value> = self
            .all()
            .map(|key| json!({"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": key.kid, "x": key.public}))
            .collect();
        json!({ "keys": keys })
    }
}

impl Key {
    fn of(key: &SigningKey) -> Self {
        let public = key.verifying_key();
        let digest = Sha256::digest(public.as_bytes());
        let der = key
            .to_pkcs8_der()
            .expect("an Ed25519 key has a PKCS#8 form");
        Self {
            kid: URL_SAFE_NO_PAD.encode(&digest[..12]),
            encoding: EncodingKey::from_ed_der(der.as_bytes()),
            decoding: DecodingKey::from_ed_der(public.as_bytes()),
            public: URL_SAFE_NO_PAD.encode(public.as_bytes()),
        }
    }
}

fn draw(entropy: &dyn Entropy) -> SigningKey {
    let mut seed = [0; 32];
    entropy.fill(&mut seed);
    SigningKey::from_bytes(&seed)
}

fn key_files(folder: &Path, realm: Realm) -> Result<Vec<PathBuf>, KeyError> {
    let prefix = format!("{}-", realm.name());
    let entries = fs::read_dir(folder).map_err(|source| KeyError::Io {
        path: folder.to_owned(),
        source,
    })?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry
            .map_err(|source| KeyError::Io {
                path: folder.to_owned(),
                source,
            })?
            .path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if name.starts_with(&prefix) && path.extension().is_some_and(|ending| ending == "pem") {
            files.push(path);
        }
    }
    Ok(files)
}

fn write_key(folder: &Path, realm: Realm, entropy: &dyn Entropy) -> Result<PathBuf, KeyError> {
    let path = folder.join(format!("{}-0001.pem", realm.name()));
    let pem = draw(entropy)
        .to_pkcs8_pem(LineEnding::LF)
        .map_err(|_| KeyError::Malformed(path.clone()))?;
    let io = |source| KeyError::Io {
        path: path.clone(),
        source,
    };
    // Written aside and moved into place: a crash leaves no half key, and two
    // processes that start at once agree on one (the link fails for the second).
    let draft = folder.join(format!(".{}-{}.draft", realm.name(), std::process::id()));
    let mut file = private_file().open(&draft).map_err(io)?;
    file.write_all(pem.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(io)?;
    let linked = fs::hard_link(&draft, &path);
    fs::remove_file(&draft).map_err(io)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(io(error)),
        _ => Ok(path),
    }
}

fn read_key(path: &Path) -> Result<Key, KeyError> {
    refuse_exposed(path)?;
    let pem = fs::read_to_string(path).map_err(|source| KeyError::Io {
        path: path.to_owned(),
        source,
    })?;
    let key = SigningKey::from_pkcs8_pem(&pem).map_err(|_| KeyError::Malformed(path.to_owned()))?;
    Ok(Key::of(&key))
}

#[cfg(unix)]
fn create_private_folder(folder: &Path) -> Result<(), KeyError> {
    use std::os::unix::fs::DirBuilderExt;
    let created = fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder);
    created.map_err(|source| KeyError::Io {
        path: folder.to_owned(),
        source,
    })
}

#[cfg(unix)]
fn private_file() -> fs::OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true).mode(0o600);
    options
}

#[cfg(unix)]
fn refuse_exposed(path: &Path) -> Result<(), KeyError> {
    use std::os::unix::fs::PermissionsExt;
    let meta = fs::metadata(path).map_err(|source| KeyError::Io {
        path: path.to_owned(),
        source,
    })?;
    let others = 0o077;
    if meta.permissions().mode() & others == 0 {
        Ok(())
    } else {
        Err(KeyError::Exposed(path.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use kernel::SystemEntropy;

    use super::*;

    #[test]
    fn keys_are_created_once_and_private() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path().join("keys");
        let first = Keys::load_or_create(&folder, &SystemEntropy).expect("created");
        let again = Keys::load_or_create(&folder, &SystemEntropy).expect("loaded");
        assert_eq!(first.portal.newest.kid, again.portal.newest.kid);
        assert_ne!(first.portal.newest.kid, first.staff.newest.kid);
        for file in fs::read_dir(&folder).expect("readable") {
            let mode = file
                .expect("an entry")
                .metadata()
                .expect("its data")
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        Keys::load_or_create(folder.path(), &SystemEntropy).expect("created");
        let file = folder.path().join("staff-0001.pem");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("set");
        let error = Keys::load_or_create(folder.path(), &SystemEntropy)
            .err()
            .expect("refused");
        assert!(error.to_string().contains("chmod 600"), "{error}");
    }
}
