//! The settings of files: where they are kept, and how large they may be.

use std::path::{Path, PathBuf};

use super::{BadSetting, address::is_fit};
use documents::{BadPlace, Files, Limits, S3};

/// Mebibytes of the largest file that can be set.
const MOST: u64 = 1_024;
const MIB: u64 = 1_024 * 1_024;

/// Where files are kept, and how large they may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileSettings {
    pub(crate) place: Place,
    pub(crate) limits: Limits,
}

/// Where files are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Folder(PathBuf),
    Bucket(S3),
}

/// The settings as they are written; all may be absent.
#[derive(Default)]
pub(super) struct WrittenFiles {
    pub(super) place: Option<String>,
    pub(super) endpoint: Option<String>,
    pub(super) region: Option<String>,
    pub(super) key: Option<String>,
    pub(super) secret: Option<String>,
    pub(super) limit: Option<String>,
}

impl FileSettings {
    pub(super) fn check(written: &WrittenFiles, data_dir: &Path) -> Result<Self, BadSetting> {
        let limits = limits(written.limit.as_deref())?;
        let place = match written.place.as_deref().map(str::trim) {
            Some(text) if text.contains("://") => {
                let bucket = text.strip_prefix("s3://").unwrap_or_default();
                let fit =
                    |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c);
                if bucket.is_empty() || !bucket.chars().all(fit) {
                    let text = format!(
                        "VITRINE_FILES: `{text}` is neither a folder nor a bucket, such as s3://vitrine"
                    );
                    return Err(BadSetting(text));
                }
                Place::Bucket(s3(bucket, written)?)
            }
            other => {
                for (name, set) in [
                    ("VITRINE_FILES_ENDPOINT", &written.endpoint),
                    ("VITRINE_FILES_REGION", &written.region),
                    ("VITRINE_FILES_KEY", &written.key),
                    ("VITRINE_FILES_SECRET", &written.secret),
                ] {
                    if set.is_some() {
                        let text = format!("{name}: is for VITRINE_FILES=s3://…");
                        return Err(BadSetting(text));
                    }
                }
                let folder = other.filter(|folder| !folder.is_empty());
                Place::Folder(folder.map_or_else(|| data_dir.join("files"), PathBuf::from))
            }
        };
        Ok(Self { place, limits })
    }

    /// The files of this installation; a folder is created, for its owner alone.
    pub(crate) fn open(&self) -> Result<Files, String> {
        let opened: Result<Files, BadPlace> = match &self.place {
            Place::Folder(folder) => {
                crate::serve::create_private_folder(folder)
                    .map_err(|error| format!("VITRINE_FILES: {}: {error}", folder.display()))?;
                Files::folder(folder, self.limits)
            }
            Place::Bucket(s3) => Files::s3(s3, self.limits),
        };
        opened.map_err(|error| format!("VITRINE_FILES: {error}"))
    }
}

fn limits(written: Option<&str>) -> Result<Limits, BadSetting> {
    let Some(written) = written else {
        return Ok(Limits::default());
    };
    let number = written.trim().parse().ok();
    match number.filter(|number| (1..=MOST).contains(number)) {
        Some(number) => Ok(Limits {
            size: number * MIB,
            ..Limits::default()
        }),
        None => Err(BadSetting(format!(
            "VITRINE_FILE_LIMIT: `{written}` is no number of mebibytes from 1 to {MOST}"
        ))),
    }
}

fn s3(bucket: &str, written: &WrittenFiles) -> Result<S3, BadSetting> {
    let need = |name: &str, value: &Option<String>| {
        let missing = || BadSetting(format!("{name}: VITRINE_FILES needs it for a bucket"));
        let value = value.clone().filter(|value| !value.is_empty());
        value.ok_or_else(missing)
    };
    let endpoint = need("VITRINE_FILES_ENDPOINT", &written.endpoint)?;
    if !is_fit(&endpoint) {
        // Not its text: it may hold a password.
        let text = "VITRINE_FILES_ENDPOINT: is no address such as https://s3.example; http is for this machine alone".to_owned();
        return Err(BadSetting(text));
    }
    Ok(S3 {
        bucket: bucket.to_owned(),
        endpoint: endpoint.trim_end_matches('/').to_owned(),
        region: written
            .region
            .clone()
            .unwrap_or_else(|| "us-east-1".to_owned()),
        key: need("VITRINE_FILES_KEY", &written.key)?,
        secret: need("VITRINE_FILES_SECRET", &written.secret)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(pairs: &[(&str, &str)]) -> Result<FileSettings, String> {
        let get = |name: &str| {
            let found = pairs.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let written = WrittenFiles {
            place: get("place"),
            endpoint: get("endpoint"),
            region: get("region"),
            key: get("key"),
            secret: get("secret"),
            limit: get("limit"),
        };
        let checked = FileSettings::check(&written, Path::new("data"));
        checked.map_err(|error| error.to_string())
    }

    #[test]
    fn files_lie_in_the_data_folder_unless_somebody_says() {
        let usual = written(&[]).expect("usual");
        assert_eq!(usual.place, Place::Folder(PathBuf::from("data/files")));
        assert_eq!(usual.limits.size, 25 * MIB);
        let other = written(&[("place", "/srv/files"), ("limit", "100")]).expect("other");
        assert_eq!(other.place, Place::Folder(PathBuf::from("/srv/files")));
        assert_eq!(other.limits.size, 100 * MIB);
    }

    #[test]
    fn a_bucket_needs_its_keys_and_tls() {
        let bucket = ("place", "s3://vitrine");
        let (key, secret) = (("key", "k"), ("secret", "hidden"));
        let there = ("endpoint", "https://s3.example/");
        let whole = written(&[bucket, there, key, secret]).expect("whole");
        assert!(!format!("{whole:?}").contains("hidden"), "{whole:?}");
        let Place::Bucket(s3) = whole.place else {
            panic!("no bucket");
        };
        assert_eq!(
            (s3.endpoint.as_str(), s3.region.as_str()),
            ("https://s3.example", "us-east-1")
        );
        let here = ("endpoint", "http://127.0.0.1:9000");
        assert!(written(&[bucket, here, key, secret]).is_ok());
        for (pairs, name) in [
            (&[bucket, key, secret][..], "VITRINE_FILES_ENDPOINT"),
            (&[bucket, there, secret], "VITRINE_FILES_KEY"),
            (&[bucket, there, key], "VITRINE_FILES_SECRET"),
            (
                &[bucket, ("endpoint", "http://s3.example"), key, secret],
                "VITRINE_FILES_ENDPOINT",
            ),
            (
                &[
                    bucket,
                    ("endpoint", "https://u:hidden@s3.example"),
                    key,
                    secret,
                ],
                "VITRINE_FILES_ENDPOINT",
            ),
            (&[("place", "s3://")], "VITRINE_FILES"),
            (
                &[("place", "s3://a/b"), there, key, secret],
                "VITRINE_FILES",
            ),
            (&[("place", "https://s3.example")], "VITRINE_FILES"),
            (&[key], "VITRINE_FILES_KEY"),
            (&[("limit", "0")], "VITRINE_FILE_LIMIT"),
            (&[("limit", "25 MiB")], "VITRINE_FILE_LIMIT"),
            (&[("limit", "9999")], "VITRINE_FILE_LIMIT"),
        ] {
            let error = written(pairs).expect_err(name);
            assert!(
                error.starts_with(&format!("{name}:")) && !error.contains("hidden"),
                "{error}"
            );
        }
    }
}
