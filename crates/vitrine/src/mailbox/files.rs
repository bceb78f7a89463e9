//! The mails of a folder, read back.

use std::{fs, path::Path};

use mail_parser::{Address, MessageParser};

/// Mails that the list shows at most.
const LISTED: usize = 200;
/// The longest file that is read.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// A mail of the folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// The name of its file, which names it in addresses too.
    pub(super) name: String,
    pub(super) at: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
}

/// The newest mails, the newest first; none when there is no folder yet.
pub(super) fn list(folder: &Path) -> Vec<Found> {
    let mut names = names(folder);
    // The names begin with the instant.
    names.sort_unstable_by(|one, other| other.cmp(one));
    names.truncate(LISTED);
    let mails = names.into_iter().filter_map(|name| open(folder, name));
    mails.collect()
}

/// The mail of that name, if the folder has it: what is no name of the folder
/// is never made a path.
pub(super) fn read(folder: &Path, name: &str) -> Option<Found> {
    let name = names(folder).into_iter().find(|known| known == name)?;
    open(folder, name)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    names
        .filter(|name| {
            !name.starts_with('.') && Path::new(name).extension() == Some("eml".as_ref())
        })
        .collect()
}

fn open(folder: &Path, name: String) -> Option<Found> {
    let path = folder.join(&name);
    if fs::symlink_metadata(&path).ok()?.len() > MAX_BYTES {
        return None;
    }
    let bytes = fs::read(path).ok()?;
    let mail = MessageParser::default().parse(&bytes)?;
    Some(Found {
        name,
        at: mail.date().map(ToString::to_string).unwrap_or_default(),
        from: people(mail.from()),
        to: people(mail.to()),
        subject: mail.subject().unwrap_or_default().to_owned(),
        text: mail.body_text(0).unwrap_or_default().into_owned(),
        html: mail.body_html(0).unwrap_or_default().into_owned(),
    })
}

fn people(field: Option<&Address<'_>>) -> String {
    let one = |person: &mail_parser::Addr<'_>| {
        let address = person.address().unwrap_or_default();
        match person.name() {
            Some(name) => format!("{name} <{address}>"),
            None => address.to_owned(),
        }
    };
    let all: Vec<String> = field.into_iter().flat_map(Address::iter).map(one).collect();
    all.join(", ")
}
