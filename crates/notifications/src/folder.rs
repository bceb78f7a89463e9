//! A folder as a channel, for demo and development: each mail is a file.

use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use lettre::Address;

use crate::{
    Boxed, Channel, Message, Refused,
    compose::{Transfer, compose},
};

/// Writes each mail to a file of its own, `<queued at>-<id>.eml`, for its owner
/// alone: it may hold a token. Sent again, a mail replaces itself.
pub struct Folder {
    path: PathBuf,
    from: Address,
}

impl Folder {
    /// The folder at `path`, which is created with the first mail. None when
    /// `from` is no address.
    pub fn new(path: PathBuf, from: &str) -> Option<Self> {
        let from = from.parse().ok()?;
        Some(Self { path, from })
    }
}

impl Channel for Folder {
    fn send<'a>(&'a self, message: &'a Message) -> Boxed<'a, Result<(), Refused>> {
        Box::pin(async move {
            let mail = compose(message, &self.from, Transfer::Readable)?.formatted();
            let folder = self.path.clone();
            let name = format!(
                "{}-{}.eml",
                message.at.format("%Y%m%dT%H%M%S%.6fZ"),
                message.id
            );
            let written = tokio::task::spawn_blocking(move || write(&folder, &name, &mail)).await;
            let trouble = match written {
                Ok(Ok(())) => return Ok(()),
                Ok(Err(error)) => error.kind().to_string(),
                Err(_) => "it panicked".to_owned(),
            };
            Err(Refused::for_now(format!(
                "the mail folder cannot be written: {trouble}"
            )))
        })
    }
}

/// All of it or nothing: a reader never meets half a mail.
fn write(folder: &Path, name: &str, mail: &[u8]) -> io::Result<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    let unfinished = folder.join(format!(".{name}"));
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&unfinished)?;
    file.write_all(mail)?;
    file.sync_all()?;
    fs::rename(unfinished, folder.join(name))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;

    fn message() -> Message {
        Message {
            id: Uuid::from_u128(7).into(),
            at: DateTime::from_timestamp(1_800_000_000, 0).expect("in range"),
            to: "mia@alder.example".to_owned(),
            to_name: None,
            from_name: "Glass".to_owned(),
            subject: "Grüße".to_owned(),
            text: "https://portal.example/#token=abc\n".to_owned(),
            html: "<p>x</p>".to_owned(),
            thread: None,
            unsubscribe: None,
        }
    }

    #[tokio::test]
    async fn a_mail_is_one_file_for_its_owner_alone() {
        let parent = tempfile::tempdir().expect("a folder");
        let path = parent.path().join("mail");
        let folder = Folder::new(path.clone(), "vitrine@localhost").expect("an address");
        folder.send(&message()).await.expect("written");
        folder.send(&message()).await.expect("written again");
        let files: Vec<_> = fs::read_dir(&path)
            .expect("the folder")
            .map(|file| file.expect("a file").path())
            .collect();
        let name = "20270115T080000.000000Z-00000000-0000-0000-0000-000000000007.eml";
        assert_eq!(files, [path.join(name)]);
        let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode(&path), mode(&files[0])), (0o700, 0o600));
        let mail = fs::read_to_string(&files[0]).expect("UTF-8");
        assert!(
            mail.contains("\r\nhttps://portal.example/#token=abc\r\n"),
            "{mail}"
        );
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_delays() {
        let parent = tempfile::NamedTempFile::new().expect("a file");
        let folder = Folder::new(parent.path().join("mail"), "vitrine@localhost");
        let folder = folder.expect("an address");
        let refused = folder.send(&message()).await.expect_err("no folder");
        assert!(!refused.permanent, "{refused}");
    }
}
