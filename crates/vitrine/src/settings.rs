//! Settings: a file, then the environment over it. A setting that is unknown
//! or malformed is refused at start, by name.
//!
//! `docs/configuration.md` describes each; a test holds the page and this list
//! together.

use std::{
    collections::BTreeMap,
    fmt, fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use gateway::TrustedProxies;
use identity::SignUpPolicy;
use tracing_subscriber::filter::LevelFilter;

mod address;
mod files;
mod mail;

pub(crate) use files::{FileSettings, Place};
pub(crate) use mail::MailSettings;

const PREFIX: &str = "VITRINE_";
/// The environment's name for the file; it cannot be set in the file itself.
const FILE: &str = "VITRINE_CONFIG";

/// The settings of one installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) listen: SocketAddr,
    pub(crate) staff_listen: Option<SocketAddr>,
    pub(crate) database_url: String,
    pub(crate) data_dir: PathBuf,
    pub(crate) allowed_origins: Vec<String>,
    pub(crate) trusted_proxies: TrustedProxies,
    pub(crate) log: String,
    pub(crate) development: bool,
    pub(crate) sign_up: SignUpPolicy,
    /// What links in mails begin with, without a slash at the end; none on a
    /// public address for which nobody has said it.
    pub(crate) public_url: Option<String>,
    pub(crate) mail: MailSettings,
    pub(crate) files: FileSettings,
}

/// Why the settings were refused; the text names the setting.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct BadSetting(String);

impl fmt::Display for BadSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadSetting {}

/// The settings as they are written; all may be absent.
#[derive(Default)]
struct Written {
    listen: Option<String>,
    staff_listen: Option<String>,
    database_url: Option<String>,
    data_dir: Option<String>,
    allowed_origins: Option<String>,
    trusted_proxies: Option<String>,
    log: Option<String>,
    development: Option<String>,
    sign_up: Option<String>,
    public_url: Option<String>,
    smtp_url: Option<String>,
    mail_from: Option<String>,
    files: files::WrittenFiles,
}

impl Settings {
    /// The names of all settings, as the environment spells them.
    #[cfg(test)]
    pub(crate) const NAMES: [&'static str; 19] = [
        "VITRINE_CONFIG",
        "VITRINE_LISTEN",
        "VITRINE_STAFF_LISTEN",
        "VITRINE_DATABASE_URL",
        "VITRINE_DATA_DIR",
        "VITRINE_ALLOWED_ORIGINS",
        "VITRINE_TRUSTED_PROXIES",
        "VITRINE_LOG",
        "VITRINE_DEVELOPMENT",
        "VITRINE_SIGN_UP",
        "VITRINE_PUBLIC_URL",
        "VITRINE_SMTP_URL",
        "VITRINE_MAIL_FROM",
        "VITRINE_FILES",
        "VITRINE_FILES_ENDPOINT",
        "VITRINE_FILES_REGION",
        "VITRINE_FILES_KEY",
        "VITRINE_FILES_SECRET",
        "VITRINE_FILE_LIMIT",
    ];

    /// Reads the environment, and the file that it names. `data_dir` is where
    /// data goes when nobody says.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one reader of the environment"
    )]
    pub(crate) fn read(data_dir: &str) -> Result<Self, BadSetting> {
        let mut ours = Vec::new();
        for (name, value) in std::env::vars_os() {
            // Whatever is not ours may be anything.
            let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)) else {
                continue;
            };
            let value = value.into_string();
            let value = value.map_err(|_| BadSetting(format!("{name}: is not valid UTF-8")))?;
            ours.push((name.to_owned(), value));
        }
        Self::from(ours.into_iter(), data_dir)
    }

    /// Refuses addresses that others than this machine can reach.
    pub(crate) fn refuse_public(&self, reason: &str) -> Result<(), BadSetting> {
        let staff = self
            .staff_listen
            .map(|address| ("VITRINE_STAFF_LISTEN", address));
        for (name, address) in [("VITRINE_LISTEN", self.listen)].into_iter().chain(staff) {
            if !address.ip().is_loopback() {
                let text = format!("{name}: {reason}; listen on 127.0.0.1");
                return Err(BadSetting(text));
            }
        }
        Ok(())
    }

    fn from(
        environment: impl Iterator<Item = (String, String)>,
        data_dir: &str,
    ) -> Result<Self, BadSetting> {
        let mut ours: BTreeMap<String, String> = environment
            .filter(|(name, _)| name.starts_with(PREFIX))
            .collect();
        let mut written = match ours.remove(FILE) {
            Some(path) => from_file(&path)?,
            None => Written::default(),
        };
        for (name, value) in ours {
            let place = written
                .place(&name)
                .ok_or_else(|| BadSetting(format!("{name}: there is no such setting")))?;
            *place = Some(value);
        }
        written.check(data_dir)
    }
}

impl Written {
    fn place(&mut self, name: &str) -> Option<&mut Option<String>> {
        match name.strip_prefix(PREFIX)? {
            "LISTEN" => Some(&mut self.listen),
            "STAFF_LISTEN" => Some(&mut self.staff_listen),
            "DATABASE_URL" => Some(&mut self.database_url),
            "DATA_DIR" => Some(&mut self.data_dir),
            "ALLOWED_ORIGINS" => Some(&mut self.allowed_origins),
            "TRUSTED_PROXIES" => Some(&mut self.trusted_proxies),
            "LOG" => Some(&mut self.log),
            "DEVELOPMENT" => Some(&mut self.development),
            "SIGN_UP" => Some(&mut self.sign_up),
            "PUBLIC_URL" => Some(&mut self.public_url),
            "SMTP_URL" => Some(&mut self.smtp_url),
            "MAIL_FROM" => Some(&mut self.mail_from),
            "FILES" => Some(&mut self.files.place),
            "FILES_ENDPOINT" => Some(&mut self.files.endpoint),
            "FILES_REGION" => Some(&mut self.files.region),
            "FILES_KEY" => Some(&mut self.files.key),
            "FILES_SECRET" => Some(&mut self.files.secret),
            "FILE_LIMIT" => Some(&mut self.files.limit),
            _ => None,
        }
    }

    fn check(self, data_dir: &str) -> Result<Settings, BadSetting> {
        let data_dir = PathBuf::from(self.data_dir.unwrap_or_else(|| data_dir.to_owned()));
        let listen = address("VITRINE_LISTEN", self.listen)?
            .unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080)));
        let staff_listen = address("VITRINE_STAFF_LISTEN", self.staff_listen)?;
        let development = switch("VITRINE_DEVELOPMENT", self.development.as_deref())?;
        let public = |address: SocketAddr| !address.ip().is_loopback();
        if development && (public(listen) || staff_listen.is_some_and(public)) {
            let text = "VITRINE_DEVELOPMENT: not on a public address; listen on 127.0.0.1, or switch it off";
            return Err(BadSetting(text.to_owned()));
        }
        let database_url = match self.database_url {
            Some(url)
                if !["sqlite:", "postgres:", "postgresql:"]
                    .iter()
                    .any(|kind| url.starts_with(kind)) =>
            {
                let text = "VITRINE_DATABASE_URL: must begin with `sqlite:` or `postgres:`";
                return Err(BadSetting(text.to_owned()));
            }
            Some(url) if url.starts_with("sqlite:") && sqlite_file(&url).is_none() => {
                let text = "VITRINE_DATABASE_URL: must name a file, such as sqlite:///var/lib/vitrine/vitrine.db";
                return Err(BadSetting(text.to_owned()));
            }
            Some(url) => url,
            None => format!("sqlite://{}", data_dir.join("vitrine.db").display()),
        };
        let mail = MailSettings::check(self.smtp_url.as_deref(), self.mail_from)?;
        let public_url = mail::public_url(self.public_url.as_deref(), listen, &mail)?;
        let files = FileSettings::check(&self.files, &data_dir)?;
        Ok(Settings {
            listen,
            staff_listen,
            database_url,
            data_dir,
            allowed_origins: origins(self.allowed_origins)?,
            trusted_proxies: proxies(self.trusted_proxies)?,
            log: log(self.log)?,
            development,
            sign_up: sign_up(self.sign_up.as_deref(), development)?,
            public_url,
            mail,
            files,
        })
    }
}

/// Who may begin a workspace: in development anybody, else whoever comes first.
fn sign_up(text: Option<&str>, development: bool) -> Result<SignUpPolicy, BadSetting> {
    match text.map(str::trim) {
        None if development => Ok(SignUpPolicy::Open),
        None | Some("first") => Ok(SignUpPolicy::First),
        Some("open") => Ok(SignUpPolicy::Open),
        Some("closed") => Ok(SignUpPolicy::Closed),
        Some(_) => {
            let text = "VITRINE_SIGN_UP: must be `open`, `first` or `closed`";
            Err(BadSetting(text.to_owned()))
        }
    }
}

/// Reads the file. A value is text, `true` or `false`, or a list of texts.
fn from_file(path: &str) -> Result<Written, BadSetting> {
    let text =
        fs::read_to_string(path).map_err(|error| BadSetting(format!("{FILE}: {path}: {error}")))?;
    let table: toml::Table = text
        .parse()
        .map_err(|error: toml::de::Error| BadSetting(format!("{path}: {}", error.message())))?;
    let mut written = Written::default();
    for (name, value) in table {
        let place = written
            .place(&format!("{PREFIX}{}", name.to_uppercase()))
            .ok_or_else(|| BadSetting(format!("{path}: {name}: there is no such setting")))?;
        let text = as_text(&value)
            .ok_or_else(|| BadSetting(format!("{path}: {name}: must be text, true or false")))?;
        *place = Some(text);
    }
    Ok(written)
}

/// The value as the environment would spell it.
fn as_text(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Boolean(switch) => Some(switch.to_string()),
        toml::Value::Array(items) => {
            let items: Option<Vec<&str>> = items.iter().map(toml::Value::as_str).collect();
            items.map(|items| items.join(","))
        }
        _ => None,
    }
}

fn address(name: &str, value: Option<String>) -> Result<Option<SocketAddr>, BadSetting> {
    let parse = |value: String| {
        let bad = || {
            BadSetting(format!(
                "{name}: `{value}` is not an address with a port, such as 127.0.0.1:8080"
            ))
        };
        value.parse().map_err(|_| bad())
    };
    value.map(parse).transpose()
}

/// The file of an SQLite address; none for other databases, and for one that
/// would be gone with the process.
pub(crate) fn sqlite_file(url: &str) -> Option<&Path> {
    let rest = url.strip_prefix("sqlite:")?;
    let file = rest.strip_prefix("//").unwrap_or(rest);
    let file = file.split('?').next().unwrap_or(file);
    let in_memory = url.contains(":memory:") || url.contains("mode=memory");
    (!file.is_empty() && !in_memory).then_some(Path::new(file))
}

fn log(value: Option<String>) -> Result<String, BadSetting> {
    let value = value.unwrap_or_else(|| "info".to_owned());
    for part in value.split(',') {
        let level = part.rsplit('=').next().unwrap_or(part).trim();
        if level.is_empty() || level.parse::<LevelFilter>().is_err() {
            let text = format!(
                "VITRINE_LOG: `{level}` is no level; use error, warn, info, debug or trace"
            );
            return Err(BadSetting(text));
        }
    }
    Ok(value)
}

fn switch(name: &str, value: Option<&str>) -> Result<bool, BadSetting> {
    match value {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(other) => Err(BadSetting(format!(
            "{name}: `{other}` is neither `true` nor `false`"
        ))),
    }
}

fn origins(value: Option<String>) -> Result<Vec<String>, BadSetting> {
    let value = value.unwrap_or_default();
    let origins = value
        .split(',')
        .map(str::trim)
        .filter(|origin| !origin.is_empty());
    let check = |origin: &str| {
        let host = origin
            .strip_prefix("https://")
            .or_else(|| origin.strip_prefix("http://"));
        // As browsers write it, or it would never match.
        let written = |host: &str| {
            let default = if origin.starts_with("https:") {
                ":443"
            } else {
                ":80"
            };
            !host.is_empty()
                && !host.contains('/')
                && !host.ends_with(default)
                && !host.contains(char::is_uppercase)
        };
        if host.is_some_and(written) {
            Ok(origin.to_owned())
        } else {
            Err(BadSetting(format!(
                "VITRINE_ALLOWED_ORIGINS: `{origin}` is not an origin, such as https://portal.example"
            )))
        }
    };
    origins.map(check).collect()
}

fn proxies(value: Option<String>) -> Result<TrustedProxies, BadSetting> {
    TrustedProxies::parse(&value.unwrap_or_default()).map_err(|entry| {
        BadSetting(format!(
            "VITRINE_TRUSTED_PROXIES: `{entry}` is neither an address nor a network, such as 10.0.0.0/8"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Settings, BadSetting> {
        let pairs = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Settings::from(pairs, "data")
    }

    #[test]
    fn nothing_set_means_an_embedded_database_on_loopback() {
        let settings = read(&[("PATH", "/bin")]).expect("defaults");
        assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(settings.database_url, "sqlite://data/vitrine.db");
        assert!(!settings.development);
    }

    #[test]
    fn a_wrong_setting_is_refused_by_name() {
        for (name, value) in [
            ("VITRINE_LISTEN", "8080"),
            ("VITRINE_STAFF_LISTEN", "localhost"),
            ("VITRINE_DATABASE_URL", "mysql://localhost"),
            ("VITRINE_ALLOWED_ORIGINS", "portal.example"),
            ("VITRINE_DEVELOPMENT", "yes"),
            ("VITRINE_DATABASE_URL", "sqlite::memory:"),
            ("VITRINE_DATABASE_URL", "sqlite:"),
            ("VITRINE_LOG", "loud"),
            ("VITRINE_LOG", "info,,"),
            ("VITRINE_LOG", "gateway=loud"),
            ("VITRINE_ALLOWED_ORIGINS", "https://A.example"),
            ("VITRINE_ALLOWED_ORIGINS", "https://a.example:443"),
            ("VITRINE_TRUSTED_PROXIES", "proxy.example"),
            ("VITRINE_TRUSTED_PROXIES", "10.0.0.0/40"),
            ("VITRINE_LISTNE", "127.0.0.1:1"),
            ("VITRINE_CONFIG", "/nowhere/vitrine.toml"),
            ("VITRINE_PUBLIC_URL", "portal.example"),
            ("VITRINE_PUBLIC_URL", "http://portal.example"),
            ("VITRINE_PUBLIC_URL", "https://portal.example/?x"),
            ("VITRINE_PUBLIC_URL", "https://user@portal.example"),
            ("VITRINE_SMTP_URL", "mail.example"),
            ("VITRINE_SMTP_URL", "smtp://u:p@mail.example?tls=none"),
            ("VITRINE_MAIL_FROM", "Glass <portal@glass.example>"),
            ("VITRINE_MAIL_FROM", "glass"),
            ("VITRINE_FILES", "s3://"),
            ("VITRINE_FILES_KEY", "x"),
            ("VITRINE_FILE_LIMIT", "much"),
        ] {
            let error = read(&[(name, value)]).expect_err(name).to_string();
            assert!(error.starts_with(name), "{error}");
        }
    }

    #[test]
    fn the_file_is_read_and_the_environment_wins() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("vitrine.toml");
        fs::write(
            &file,
            "listen = \"127.0.0.1:1\"\ndata_dir = \"elsewhere\"\n",
        )
        .expect("written");
        let file = file.to_str().expect("a plain path");
        let settings =
            read(&[("VITRINE_CONFIG", file), ("VITRINE_LISTEN", "127.0.0.1:2")]).expect("read");
        assert_eq!(settings.listen.port(), 2);
        assert_eq!(settings.data_dir, PathBuf::from("elsewhere"));
        fs::write(file, "lisen = \"127.0.0.1:1\"\n").expect("written");
        let error = read(&[("VITRINE_CONFIG", file)])
            .expect_err("unknown")
            .to_string();
        assert!(error.contains("lisen"), "{error}");
        let origins = "development = true\nallowed_origins = [\"https://a.example\", \"https://b.example\"]\n";
        fs::write(file, origins).expect("written");
        let settings = read(&[("VITRINE_CONFIG", file)]).expect("read");
        assert!(settings.development);
        assert_eq!(settings.allowed_origins.len(), 2);
        fs::write(file, "listen = 8080\n").expect("written");
        let error = read(&[("VITRINE_CONFIG", file)]).expect_err("a number");
        assert!(error.to_string().contains("listen"), "{error}");
    }

    #[test]
    fn development_is_refused_on_a_public_address() {
        let error = read(&[
            ("VITRINE_DEVELOPMENT", "true"),
            ("VITRINE_LISTEN", "0.0.0.0:80"),
        ])
        .expect_err("public");
        assert!(
            error.to_string().starts_with("VITRINE_DEVELOPMENT"),
            "{error}"
        );
        assert!(read(&[("VITRINE_DEVELOPMENT", "true")]).is_ok());
    }

    #[test]
    fn mail_needs_a_sender_and_an_address_for_links() {
        let smtp = ("VITRINE_SMTP_URL", "smtps://user:SECRET@mail.example");
        let from = ("VITRINE_MAIL_FROM", "portal@glass.example");
        let public = ("VITRINE_LISTEN", "0.0.0.0:80");
        for (pairs, name) in [
            (&[smtp][..], "VITRINE_MAIL_FROM"),
            (&[smtp, from, public], "VITRINE_PUBLIC_URL"),
        ] {
            let error = read(pairs).expect_err(name).to_string();
            assert!(
                error.starts_with(name) && !error.contains("SECRET"),
                "{error}"
            );
        }
        let here = read(&[smtp, from]).expect("on loopback");
        assert_eq!(here.public_url.as_deref(), Some("http://127.0.0.1:8080"));
        assert!(!format!("{here:?}").contains("SECRET"), "{here:?}");
        let url = ("VITRINE_PUBLIC_URL", "https://portal.example/");
        let there = read(&[smtp, from, public, url]).expect("all there is");
        assert_eq!(there.public_url.as_deref(), Some("https://portal.example"));
        assert_eq!(read(&[public]).expect("without mail").public_url, None);
    }

    #[test]
    fn the_manual_describes_every_setting() {
        let manual = include_str!("../../../docs/configuration.md");
        for name in Settings::NAMES {
            assert!(
                manual.contains(&format!("`{name}`")),
                "docs/configuration.md lacks {name}"
            );
        }
    }
}
