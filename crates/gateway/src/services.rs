//! What every request shares. One per process.

use std::sync::Arc;

use ::documents::Files;
use ::identity::{Passwords, Realm, SignUpPolicy, Tokens};
use kernel::{Clock, Entropy};
use store::{Store, Work};

use crate::{held::Cookies, live::Hub, session::Sessions};

/// What the binary (or a test) builds the services from.
pub struct ServicesConfig {
    /// The database.
    pub store: Store,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where ids and secrets come from.
    pub entropy: Arc<dyn Entropy>,
    /// The password pool.
    pub passwords: Passwords,
    /// The signing keys of both realms.
    pub tokens: Tokens,
    /// Where files are kept.
    pub files: Files,
    /// Where live events come from.
    pub hub: Hub,
    /// Who may begin a workspace.
    pub sign_up: SignUpPolicy,
}

/// What every request shares. Cheap to clone.
#[derive(Clone)]
pub struct Services(Arc<Inner>);

/// The shared parts; their fields are the gateway's own.
pub struct Inner {
    pub(crate) store: Store,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) passwords: Passwords,
    pub(crate) tokens: Tokens,
    pub(crate) files: Files,
    pub(crate) hub: Hub,
    pub(crate) sign_up: SignUpPolicy,
    pub(crate) sessions: Sessions,
    pub(crate) cookies: Cookies,
}

impl Services {
    /// Builds the services, and has the store tell the session cache of each
    /// change of rights.
    pub fn new(config: ServicesConfig) -> Self {
        let sessions = Sessions::new();
        let watch = sessions.clone();
        let hub = config.hub.clone();
        config.store.on_commit(Arc::new(move |facts| {
            // Rights first, then streams: whoever is woken must read the new rights.
            watch.drop_changed(facts);
            hub.rights_changed(facts);
        }));
        let ServicesConfig {
            store,
            clock,
            entropy,
            passwords,
            tokens,
            files,
            hub,
            sign_up,
        } = config;
        Self(Arc::new(Inner {
            store,
            clock,
            entropy,
            passwords,
            tokens,
            files,
            hub,
            sign_up,
            sessions,
            cookies: Cookies::new(),
        }))
    }

    /// The work of one request, at the instant of now.
    pub(crate) fn work(&self) -> Work<'_> {
        self.work_at(self.clock.now())
    }

    pub(crate) fn work_at(&self, now: chrono::DateTime<chrono::Utc>) -> Work<'_> {
        Work {
            store: &self.store,
            now,
            entropy: self.entropy.as_ref(),
        }
    }

    /// The public halves of a realm's keys.
    pub(crate) fn jwks(&self, realm: Realm) -> serde_json::Value {
        self.tokens.keys().of(realm).jwks()
    }
}

impl std::ops::Deref for Services {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}
