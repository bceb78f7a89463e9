//! Signing keys: Ed25519, a set per realm. One signs, all verify.
//!
//! A key's id is a digest of its public half. A new key signs only once every
//! process has had the time to read it (`key_files.rs`), so that no token is
//! worthless anywhere.

use std::path::Path;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey};
use jsonwebtoken::{DecodingKey, EncodingKey};
use kernel::Entropy;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    Realm,
    key_files::{self, KeyError},
};

/// How old a key must be to sign. Processes read the folder more often.
pub(crate) const KNOWN_AFTER: TimeDelta = TimeDelta::seconds(60);

/// The keys of both realms.
#[derive(Debug)]
pub struct Keys {
    /// The portal realm's.
    pub portal: RealmKeys,
    /// The staff realm's.
    pub staff: RealmKeys,
}

/// The keys of one realm; never empty.
#[derive(Debug)]
pub struct RealmKeys {
    oldest: Key,
    /// From older to newer.
    newer: Vec<Key>,
}

pub(crate) struct Key {
    pub(crate) kid: String,
    pub(crate) encoding: EncodingKey,
    pub(crate) decoding: DecodingKey,
    public: String,
    since: DateTime<Utc>,
}

/// What a key does at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyState {
    /// It will sign, once it is old enough.
    Waits,
    /// It signs, and verifies what it signed.
    Signs,
    /// It verifies what it signed before.
    Verifies,
}

impl std::fmt::Debug for Key {
    /// The private half is nobody's to print.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.kid)
    }
}

impl Keys {
    /// Loads the keys in `folder`, creating what is missing.
    pub fn load_or_create(folder: &Path, entropy: &dyn Entropy) -> Result<Self, KeyError> {
        key_files::create_folder(folder)?;
        for realm in [Realm::Portal, Realm::Staff] {
            key_files::create_first(folder, realm, entropy)?;
        }
        Self::load(folder)
    }

    /// Loads the keys in `folder`; a realm without any is an error.
    pub fn load(folder: &Path) -> Result<Self, KeyError> {
        key_files::refuse_open(folder)?;
        Ok(Self {
            portal: RealmKeys::load(folder, Realm::Portal)?,
            staff: RealmKeys::load(folder, Realm::Staff)?,
        })
    }

    /// Keys that are only in memory; for tests.
    pub fn in_memory(entropy: &dyn Entropy) -> Self {
        let keys = || RealmKeys {
            oldest: Key::of(&draw(entropy), DateTime::UNIX_EPOCH),
            newer: Vec::new(),
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

    /// Whether these are the same keys.
    pub(crate) fn same_as(&self, other: &Self) -> bool {
        [Realm::Portal, Realm::Staff]
            .into_iter()
            .all(|realm| self.of(realm).kids().eq(other.of(realm).kids()))
    }
}

impl RealmKeys {
    fn load(folder: &Path, realm: Realm) -> Result<Self, KeyError> {
        let files = key_files::list(folder, realm)?;
        let mut keys = files
            .iter()
            .map(|file| Ok(Key::of(&key_files::read(&file.path)?, file.since)))
            .collect::<Result<Vec<_>, KeyError>>()?
            .into_iter();
        let oldest = keys
            .next()
            .ok_or_else(|| KeyError::None(realm, folder.to_owned()))?;
        Ok(Self {
            oldest,
            newer: keys.collect(),
        })
    }

    /// The newest key that everybody knows. While there is none, the oldest:
    /// it is the one that has been known longest.
    pub(crate) fn signer(&self, now: DateTime<Utc>) -> &Key {
        let known = |key: &&Key| key.since + KNOWN_AFTER <= now;
        self.newer.iter().rev().find(known).unwrap_or(&self.oldest)
    }

    pub(crate) fn find(&self, kid: &str) -> Option<&Key> {
        self.all().find(|key| key.kid == kid)
    }

    /// What each key does, from older to newer: its id, when it was written,
    /// its state.
    pub fn states(&self, now: DateTime<Utc>) -> Vec<(String, DateTime<Utc>, KeyState)> {
        let signer = &self.signer(now).kid;
        let mut state = KeyState::Verifies;
        let tell = |key: &Key| {
            if key.kid == *signer {
                state = KeyState::Signs;
            } else if state == KeyState::Signs {
                state = KeyState::Waits;
            }
            (key.kid.clone(), key.since, state)
        };
        self.all().map(tell).collect()
    }

    fn all(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.oldest).chain(&self.newer)
    }

    fn kids(&self) -> impl Iterator<Item = &str> {
        self.all().map(|key| key.kid.as_str())
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
    fn of(key: &SigningKey, since: DateTime<Utc>) -> Self {
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
            since,
        }
    }
}

pub(crate) fn draw(entropy: &dyn Entropy) -> SigningKey {
    let mut seed = [0; 32];
    entropy.fill(&mut seed);
    SigningKey::from_bytes(&seed)
}
