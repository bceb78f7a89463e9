//! How mail leaves: which facts ask for some, and what carries it.

use std::{path::PathBuf, sync::Arc};

use gateway::Services;
use kernel::{SystemClock, SystemEntropy};
use notifications::{Bell, Channel, Correspondence, Dispatch, Folder, Mailing, Sender, Smtp};
use store::{Fact, Store};
use worker::{Reacting, Reaction};

use crate::{correspondence::Letters, settings::Settings};

/// The reaction that queues the mails that facts ask for.
pub struct Mails(pub Mailing);

impl Reaction for Mails {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn react<'a>(&'a self, fact: &'a Fact) -> Reacting<'a> {
        Box::pin(async move { self.0.react(fact).await.map_err(|fault| fault.to_string()) })
    }
}

/// Where mails go in demo and development.
pub(crate) fn folder(settings: &Settings) -> PathBuf {
    settings.data_dir.join("mail")
}

/// What carries mails: the server that is set, else a folder where nobody else
/// can reach us, else nothing.
fn channel(settings: &Settings, among_us: bool) -> Result<Option<Arc<dyn Channel>>, String> {
    let from = &settings.mail.from;
    if let Some(server) = &settings.mail.smtp {
        let smtp = Smtp::new(server.clone(), from)
            .map_err(|error| format!("VITRINE_SMTP_URL: {error}"))?;
        return Ok(Some(Arc::new(smtp)));
    }
    if among_us {
        let folder = Folder::new(folder(settings), from)
            .ok_or_else(|| format!("VITRINE_MAIL_FROM: `{from}` is no address"))?;
        return Ok(Some(Arc::new(folder)));
    }
    Ok(None)
}

/// Starts the sender, if there is something to send with; answers it with the
/// reaction that fills the queue.
pub(crate) fn start(
    settings: &Settings,
    services: &Services,
    store: &Store,
    among_us: bool,
) -> Result<(Mails, Option<Sender>), String> {
    let bell = Bell::default();
    let letters = Letters::new(
        services,
        store.clone(),
        Arc::new(SystemClock),
        Arc::new(SystemEntropy),
        settings.public_url.clone().unwrap_or_default(),
    );
    let correspondence: Arc<dyn Correspondence> = Arc::new(letters);
    let channel = channel(settings, among_us)?;
    if channel.is_none() {
        tracing::warn!("no mail server is set: mails wait; set VITRINE_SMTP_URL");
    }
    let here = |url: &str| url.starts_with("http:");
    if settings.mail.smtp.is_some() && settings.public_url.as_deref().is_some_and(here) {
        tracing::warn!("links in mails lead to this machine alone; set VITRINE_PUBLIC_URL");
    }
    let sender = channel.map(|channel| {
        let dispatch = Dispatch {
            store: store.clone(),
            clock: Arc::new(SystemClock),
            correspondence: correspondence.clone(),
            channel,
            time_out: Dispatch::TIME_OUT,
        };
        Sender::start(dispatch, bell.clone())
    });
    let mailing = Mailing {
        store: store.clone(),
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        correspondence,
        bell,
    };
    Ok((Mails(mailing), sender))
}
