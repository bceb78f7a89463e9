//! A mail server's address, as an operator writes it.

use std::{fmt, path::PathBuf};

use lettre::transport::smtp::authentication::Credentials;
use percent_encoding::percent_decode_str;
use url::{Host, Url};

/// How the way to the server is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpTls {
    /// From the first byte on.
    Implicit,
    /// From `STARTTLS` on; without it nothing is sent.
    Required,
    /// Not at all.
    None,
}

/// Where to hand mails in, and how.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpServer {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) tls: SmtpTls,
    pub(crate) authority: Option<PathBuf>,
    pub(crate) credentials: Option<(String, String)>,
}

impl SmtpServer {
    /// Reads an address such as `smtps://user:password@mail.example:465` or
    /// `smtp://mail.example:587?tls=required`. The error repeats nothing of it.
    pub fn parse(address: &str) -> Result<Self, &'static str> {
        let url =
            Url::parse(address).map_err(|_| "is no address; is its password percent-encoded?")?;
        let host = url.host_str().filter(|host| !host.is_empty());
        let host = host.ok_or("names no host")?.to_owned();
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err("may have nothing behind the port but `?tls=` and `ca=`");
        }
        let (mut wish, mut authority) = (None, None);
        for (name, value) in url.query_pairs() {
            match name.as_ref() {
                "tls" => wish = Some(value.into_owned()),
                "ca" => authority = Some(PathBuf::from(value.into_owned())),
                _ => return Err("knows `tls` and `ca` behind the question mark, nothing else"),
            }
        }
        let (tls, port) = match (url.scheme(), wish.as_deref()) {
            ("smtps", None) => (SmtpTls::Implicit, 465),
            ("smtp", None | Some("required")) => (SmtpTls::Required, 587),
            ("smtp", Some("none")) => (SmtpTls::None, 25),
            ("smtp", Some(_)) => return Err("`tls` must be `required` or `none`"),
            ("smtps", Some(_)) => return Err("`tls` goes with `smtp://`; `smtps://` is encrypted"),
            _ => return Err("must begin with `smtps://` or `smtp://`"),
        };
        let credentials = credentials(&url)?;
        if tls == SmtpTls::None && credentials.is_some() && !is_loopback(&url) {
            return Err("would send its password unencrypted; use `smtps://` or `tls=required`");
        }
        Ok(Self {
            host: host.trim_matches(['[', ']']).to_owned(),
            port: url.port().unwrap_or(port),
            tls,
            authority,
            credentials,
        })
    }

    pub(crate) fn credentials(&self) -> Option<Credentials> {
        let (user, password) = self.credentials.clone()?;
        Some(Credentials::new(user, password))
    }
}

/// Without the password.
impl fmt::Debug for SmtpServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpServer")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .field("authority", &self.authority)
            .field("signs_in", &self.credentials.is_some())
            .finish()
    }
}

fn credentials(url: &Url) -> Result<Option<(String, String)>, &'static str> {
    let decode = |text: &str| {
        let decoded = percent_decode_str(text).decode_utf8();
        decoded
            .map(std::borrow::Cow::into_owned)
            .map_err(|_| "has a user or password that is not UTF-8")
    };
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) => Err("has a password without a user"),
        (_, None) => Err("has a user without a password"),
        (user, Some(password)) => Ok(Some((decode(user)?, decode(password)?))),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        // The parser takes numbers for names in schemes that it does not know.
        Some(Host::Domain(name)) => {
            let ip = name.parse::<std::net::Ipv4Addr>();
            name == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_say_how() {
        for (address, host, port, tls) in [
            (
                "smtps://mail.example",
                "mail.example",
                465,
                SmtpTls::Implicit,
            ),
            (
                "smtps://u:p@mail.example:2465",
                "mail.example",
                2465,
                SmtpTls::Implicit,
            ),
            (
                "smtp://mail.example",
                "mail.example",
                587,
                SmtpTls::Required,
            ),
            (
                "smtp://mail.example:25?tls=required",
                "mail.example",
                25,
                SmtpTls::Required,
            ),
            (
                "smtp://127.0.0.1:1025?tls=none",
                "127.0.0.1",
                1025,
                SmtpTls::None,
            ),
            (
                "smtp://u:p@localhost?tls=none",
                "localhost",
                25,
                SmtpTls::None,
            ),
            ("smtp://u:p@[::1]:25?tls=none", "::1", 25, SmtpTls::None),
        ] {
            let server = SmtpServer::parse(address).expect(address);
            assert_eq!(
                (server.host.as_str(), server.port, server.tls),
                (host, port, tls)
            );
        }
        let server = SmtpServer::parse("smtps://a%40b.example:p%3A%2F@mail.example?ca=/etc/ca.pem");
        let server = server.expect("an address");
        let (user, password) = server.credentials.clone().expect("credentials");
        assert_eq!((user.as_str(), password.as_str()), ("a@b.example", "p:/"));
        assert_eq!(server.authority, Some(PathBuf::from("/etc/ca.pem")));
        assert!(!format!("{server:?}").contains("p:/"), "{server:?}");
    }

    #[test]
    fn what_is_wrong_is_refused_without_being_repeated() {
        for address in [
            "",
            "mail.example:25",
            "http://u:SECRET@mail.example",
            "smtp://",
            "smtp://u:SECRET@mail.example?tls=none",
            "smtp://u:SECRET@mail.example?tls=maybe",
            "smtps://u:SECRET@mail.example?tls=none",
            "smtps://u:SECRET@mail.example/path",
            "smtps://u:SECRET@mail.example?password=SECRET",
            "smtps://u:SECRET@mail.example:99999",
            "smtps://SECRET@mail.example",
            "smtps://:SECRET@mail.example",
            "smtps://u:SEC/RET@mail.example",
        ] {
            let error = SmtpServer::parse(address).expect_err(address);
            assert!(!error.contains("SEC"), "{error}");
        }
    }
}
