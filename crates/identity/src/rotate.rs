//! The next key of both realms, and the end of those that nobody needs.

use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use kernel::Entropy;

use crate::{
    Realm,
    key_files::{self, KeyError, KeyFile},
    keys::KNOWN_AFTER,
};

/// How long a key verifies after the next one began to sign. Access tokens live
/// for minutes; a day leaves room for clocks, caches and second thoughts.
const KEPT: TimeDelta = TimeDelta::days(1);

/// What a rotation did.
#[derive(Debug, Default)]
pub struct Rotation {
    /// The new keys; they sign once they are a minute old.
    pub written: Vec<PathBuf>,
    /// The keys that were replaced more than a day ago.
    pub removed: Vec<PathBuf>,
}

/// Writes the next key of both realms, and removes those that were replaced
/// more than a day ago. No session ends by it.
pub fn rotate(
    folder: &Path,
    now: DateTime<Utc>,
    entropy: &dyn Entropy,
) -> Result<Rotation, KeyError> {
    key_files::create_folder(folder)?;
    key_files::refuse_open(folder)?;
    let mut rotation = Rotation::default();
    for realm in [Realm::Portal, Realm::Staff] {
        let files = key_files::list(folder, realm)?;
        let next = files.last().map_or(0, |file| file.number) + 1;
        let written = key_files::write(folder, realm, next, entropy)?;
        rotation.written.push(written);
        for old in replaced(&files, now) {
            key_files::remove(&old.path)?;
            rotation.removed.push(old.path.clone());
        }
    }
    Ok(rotation)
}

/// The files up to the last one whose successor has signed for long enough.
fn replaced(files: &[KeyFile], now: DateTime<Utc>) -> &[KeyFile] {
    let mut successors = files.iter().skip(1);
    let signed = |file: &KeyFile| file.since + KNOWN_AFTER + KEPT <= now;
    let count = successors.rposition(signed).map_or(0, |place| place + 1);
    &files[..count]
}

#[cfg(test)]
mod tests {
    use kernel::SeededEntropy;

    use super::*;
    use crate::{KeyState, Keys, Tokens};

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).expect("in range")
    }

    /// Makes the file of this number as old as if it was written then.
    fn written(folder: &Path, number: u32, at: DateTime<Utc>) {
        for realm in ["portal", "staff"] {
            let path = folder.join(format!("{realm}-{number:04}.pem"));
            let file = std::fs::File::options().append(true).open(path);
            let file = file.expect("a key");
            file.set_modified(at.into()).expect("set");
        }
    }

    fn states(folder: &Path, now: DateTime<Utc>) -> Vec<KeyState> {
        let keys = Keys::load(folder).expect("loaded");
        let told = keys.portal.states(now);
        told.into_iter().map(|(_, _, state)| state).collect()
    }

    #[test]
    fn a_new_key_waits_until_everybody_knows_it() {
        use KeyState::{Signs, Verifies, Waits};
        let outer = tempfile::tempdir().expect("a folder");
        let folder = &outer.path().join("keys");
        let entropy = SeededEntropy::new(1);
        let tokens = Tokens::new(Keys::load_or_create(folder, &entropy).expect("created"));
        written(folder, 1, now());
        assert_eq!(states(folder, now()), [Signs], "the first at once");
        let user = uuid::Uuid::from_u128(1);
        let sign = |at| tokens.sign(Realm::Portal, user, user.into(), at).0;
        let before = sign(now());

        let rotation = rotate(folder, now(), &entropy).expect("rotated");
        assert_eq!((rotation.written.len(), rotation.removed.len()), (2, 0));
        written(folder, 2, now());
        assert!(tokens.replace(Keys::load(folder).expect("loaded")));
        assert!(!tokens.replace(Keys::load(folder).expect("loaded")));
        let late = now() + TimeDelta::seconds(59);
        assert_eq!(states(folder, late), [Signs, Waits]);
        assert_eq!(
            states(folder, late + TimeDelta::seconds(1)),
            [Verifies, Signs]
        );
        let after = sign(late + TimeDelta::seconds(1));
        assert_ne!(before.split('.').next(), after.split('.').next());
        for token in [&before, &after] {
            let claims = tokens.verify(Realm::Portal, token, late);
            assert!(claims.is_ok());
        }
    }

    #[test]
    fn what_was_replaced_a_day_ago_goes() {
        let outer = tempfile::tempdir().expect("a folder");
        let folder = &outer.path().join("keys");
        let entropy = SeededEntropy::new(1);
        Keys::load_or_create(folder, &entropy).expect("created");
        written(folder, 1, now());
        rotate(folder, now(), &entropy).expect("rotated");
        written(folder, 2, now());
        let day = now() + TimeDelta::days(1) + TimeDelta::seconds(59);
        let rotation = rotate(folder, day, &entropy).expect("rotated");
        assert_eq!(rotation.removed.len(), 0);
        written(folder, 3, day);
        let rotation = rotate(folder, day + TimeDelta::seconds(1), &entropy).expect("rotated");
        let names: Vec<_> = rotation
            .removed
            .iter()
            .filter_map(|path| path.file_name())
            .collect();
        assert_eq!(names, ["portal-0001.pem", "staff-0001.pem"]);
        let left = key_files::list(folder, Realm::Staff).expect("listed");
        let numbers: Vec<u32> = left.iter().map(|file| file.number).collect();
        assert_eq!(numbers, [2, 3, 4]);
    }
}
