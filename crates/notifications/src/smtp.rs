//! A mail server as a channel.
//!
//! Connections are kept for a while, and belong to one message at a time: when
//! the caller stops waiting, the connection goes with the attempt, since nobody
//! knows any more where the dialogue stands.

use std::{
    fs, io,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use lettre::{
    Address,
    transport::smtp::{
        Error,
        authentication::Mechanism,
        client::{AsyncSmtpConnection, Certificate, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::{ClientId, Extension, MailParameter},
    },
};
use tokio::time::timeout;

use crate::{
    Boxed, Channel, Message, Refused, SmtpServer, SmtpTls,
    compose::{Transfer, compose},
};

/// Connections that are kept at most.
const KEPT: usize = 4;
/// How long a connection may have been idle to be used again.
const IDLE: Duration = Duration::from_secs(30);
/// How long a kept connection may take to say that it lives.
const GREETING: Duration = Duration::from_secs(3);
/// The mechanisms that are offered, the safest first.
const MECHANISMS: [Mechanism; 2] = [Mechanism::Plain, Mechanism::Login];

/// Hands mails in at a server.
pub struct Smtp {
    server: SmtpServer,
    from: Address,
    tls: Option<TlsParameters>,
    kept: Mutex<Vec<(AsyncSmtpConnection, Instant)>>,
}

impl Smtp {
    /// The channel to `server`, with `from` as the sender of all mails.
    pub fn new(server: SmtpServer, from: &str) -> Result<Self, String> {
        let from = from
            .parse()
            .map_err(|_| "the sender's address is none".to_owned())?;
        let tls = match server.tls {
            SmtpTls::None => None,
            SmtpTls::Implicit | SmtpTls::Required => Some(encryption(&server)?),
        };
        Ok(Self {
            server,
            from,
            tls,
            kept: Mutex::default(),
        })
    }

    async fn hand_in(&self, message: &Message) -> Result<(), Refused> {
        let mail = compose(message, &self.from, Transfer::Anywhere)?;
        let to = mail.envelope().to().first();
        let to = to.ok_or_else(|| Refused::for_good("the mail has no recipient"))?;
        let mut connection = match self.kept().await {
            Some(connection) => connection,
            None => self.connect().await?,
        };
        talk(&mut connection, &self.from, to, &mail.formatted()).await?;
        let mut kept = self.lock();
        if kept.len() < KEPT {
            kept.push((connection, Instant::now()));
        }
        Ok(())
    }

    /// A kept connection that lives.
    async fn kept(&self) -> Option<AsyncSmtpConnection> {
        loop {
            let (mut connection, since) = self.lock().pop()?;
            let lives = timeout(GREETING, connection.test_connected());
            if since.elapsed() < IDLE && lives.await.is_ok_and(|lives| lives) {
                return Some(connection);
            }
        }
    }

    /// A new connection. What goes wrong here is never the mail's fault.
    async fn connect(&self) -> Result<AsyncSmtpConnection, Refused> {
        let SmtpServer { host, port, .. } = &self.server;
        let name = ClientId::Domain(self.from.domain().to_owned());
        let wrapper = match self.server.tls {
            SmtpTls::Implicit => self.tls.clone(),
            SmtpTls::Required | SmtpTls::None => None,
        };
        let address = (host.as_str(), *port);
        let connecting = AsyncSmtpConnection::connect_tokio1(address, None, &name, wrapper, None);
        let mut connection = connecting.await.map_err(|error| unreachable(&error))?;
        if let (SmtpTls::Required, Some(tls)) = (self.server.tls, &self.tls) {
            if !connection.can_starttls() {
                return Err(Refused::for_now("the mail server offers no encryption"));
            }
            let encrypting = connection.starttls(tls.clone(), &name);
            encrypting.await.map_err(|error| unreachable(&error))?;
        }
        if let Some(credentials) = self.server.credentials() {
            let signing_in = connection.auth(&MECHANISMS, &credentials).await;
            signing_in.map_err(|error| {
                Refused::for_now(format!("the mail server's sign-in failed{}", code(&error)))
            })?;
        }
        Ok(connection)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(AsyncSmtpConnection, Instant)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Channel for Smtp {
    fn send<'a>(&'a self, message: &'a Message) -> Boxed<'a, Result<(), Refused>> {
        Box::pin(self.hand_in(message))
    }
}

fn encryption(server: &SmtpServer) -> Result<TlsParameters, String> {
    let mut tls = TlsParameters::builder(server.host.clone());
    if let Some(file) = &server.authority {
        let trouble = |why: &str| format!("{}: {why}", file.display());
        let pem = fs::read(file).map_err(|error| trouble(&error.to_string()))?;
        let authority = Certificate::from_pem(&pem).map_err(|_| trouble("no PEM certificate"))?;
        tls = tls.add_root_certificate(authority);
    }
    tls.build_rustls()
        .map_err(|_| "TLS cannot be set up for this host".to_owned())
}

/// One message, step by step, so that it is known which one failed.
async fn talk(
    connection: &mut AsyncSmtpConnection,
    from: &Address,
    to: &Address,
    mail: &[u8],
) -> Result<(), Refused> {
    let mut parameters = Vec::new();
    let foreign = |address: &Address| !AsRef::<str>::as_ref(address).is_ascii();
    if foreign(from) || foreign(to) {
        if !connection
            .server_info()
            .supports_feature(Extension::SmtpUtfEight)
        {
            return Err(Refused::for_good(
                "the mail server takes addresses in ASCII alone",
            ));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    let sender = Mail::new(Some(from.clone()), parameters);
    let answer = connection.command(sender).await;
    answer.map_err(|error| failed("the sender", &error))?;
    let answer = connection.command(Rcpt::new(to.clone(), Vec::new())).await;
    answer.map_err(|error| failed("the recipient", &error))?;
    let answer = connection.command(Data).await;
    answer.map_err(|error| failed("the content", &error))?;
    let answer = connection.message(mail).await;
    answer.map_err(|error| failed("the content", &error))?;
    Ok(())
}

fn failed(what: &str, error: &Error) -> Refused {
    if error.status().is_none() {
        return Refused::for_now(format!("the connection to the mail server broke at {what}"));
    }
    let code = code(error);
    // Who must sign in first is a matter of our settings, not of the mail.
    let permanent = error.is_permanent() && !code.starts_with(" (530");
    Refused {
        permanent,
        reason: format!("the mail server refused {what}{code}"),
    }
}

fn unreachable(error: &Error) -> Refused {
    let why = if error.is_tls() || distrusts(error) {
        "the way to the mail server cannot be encrypted"
    } else {
        "the mail server cannot be reached"
    };
    Refused::for_now(format!("{why}{}", code(error)))
}

/// Whether what came back was no encryption that we trust: the library reports
/// it as a broken connection.
fn distrusts(error: &Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return error.kind() == io::ErrorKind::InvalidData;
        }
        cause = error.source();
    }
    false
}

/// The server's code and enhanced code. Not its words: they repeat addresses.
fn code(error: &Error) -> String {
    let Some(code) = error.status() else {
        return String::new();
    };
    let words = std::error::Error::source(error).map(ToString::to_string);
    let enhanced = words.as_deref().and_then(enhanced).unwrap_or_default();
    format!(" ({code}{enhanced})")
}

/// The enhanced code that the words begin with, such as ` 5.1.1` (RFC 3463).
fn enhanced(words: &str) -> Option<String> {
    let first = words.split_whitespace().next()?;
    let parts: Vec<&str> = first.split('.').collect();
    let numbers = parts
        .iter()
        .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    (parts.len() == 3 && numbers).then(|| format!(" {first}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_servers_words_the_code_alone_is_kept() {
        assert_eq!(
            enhanced("5.1.1 <mia@alder.example> is unknown").as_deref(),
            Some(" 5.1.1")
        );
        for words in [
            "",
            "mia@alder.example",
            "5.1",
            "5.1.1.1",
            "5.x.1",
            "5.1.1000 x",
            "5..1",
        ] {
            assert_eq!(enhanced(words), None, "{words}");
        }
    }
}
