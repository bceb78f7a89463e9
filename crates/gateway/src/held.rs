//! From a cookie to a session.
//!
//! Which session a cookie stands for never changes, so it is kept for a while.
//! Whether that session is live, and what it may, is asked as for a token.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use ::identity::{CookieSession, Realm, USE_NOTED, cookie_digest, note_use, session_of_cookie};
use chrono::{DateTime, Utc};
use kernel::Fault;
use moka::sync::Cache;
use tokio::time::timeout;

use crate::{services::Services, session::Bearer};

/// How long a cookie is known without asking the database.
const KNOWN: Duration = Duration::from_mins(1);
/// How long a request waits until its use is noted; the next minute tries again.
const PATIENCE: Duration = Duration::from_secs(2);
/// Cookies known at most; some hundred bytes each.
const KEPT: u64 = 10_000;

/// The sessions of the cookies that came of late.
#[derive(Clone)]
pub(crate) struct Cookies(Cache<(Realm, String), Arc<Held>>);

/// A session that a browser holds as a cookie.
pub(crate) struct Held {
    realm: Realm,
    session: CookieSession,
    /// The last use that was noted, in microseconds since 1970.
    used: AtomicI64,
}

impl Cookies {
    pub(crate) fn new() -> Self {
        let cache = Cache::builder().max_capacity(KEPT).time_to_live(KNOWN);
        Self(cache.build())
    }
}

impl Held {
    fn new(realm: Realm, session: CookieSession) -> Self {
        let used = AtomicI64::new(session.last_used_at.timestamp_micros());
        Self {
            realm,
            session,
            used,
        }
    }

    fn lasts(&self, now: DateTime<Utc>) -> bool {
        let used = DateTime::from_timestamp_micros(self.used.load(Ordering::Relaxed));
        used.is_some_and(|used| self.session.lasts(used, now))
    }

    /// Who holds it. There is no token that would end before the session.
    pub(crate) fn bearer(&self) -> Bearer {
        Bearer {
            realm: self.realm,
            session: self.session.session,
            user: self.session.user,
            expires: self.session.expires_at.timestamp(),
        }
    }

    /// Whether a use at this instant is worth noting; of many at once, to one.
    fn notes(&self, now: DateTime<Utc>) -> bool {
        let now = now.timestamp_micros();
        let used = self.used.load(Ordering::Relaxed);
        let old = USE_NOTED.num_microseconds().unwrap_or(i64::MAX);
        now.saturating_sub(used) >= old
            && self
                .used
                .compare_exchange(used, now, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
    }
}

impl Services {
    /// The session of a cookie, if there is one and it lasts.
    pub(crate) async fn held(
        &self,
        realm: Realm,
        cookie: &str,
    ) -> Result<Option<Arc<Held>>, Fault> {
        let now = self.clock.now();
        let key = (realm, cookie_digest(cookie));
        // One that seems to have lain idle may have been used elsewhere.
        if let Some(held) = self.cookies.0.get(&key).filter(|held| held.lasts(now)) {
            return Ok(Some(held));
        }
        let found = session_of_cookie(&self.work_at(now), realm, &key.1).await?;
        let held = found.map(|session| Arc::new(Held::new(realm, session)));
        match &held {
            Some(held) => self.cookies.0.insert(key, held.clone()),
            None => self.cookies.0.invalidate(&key),
        }
        Ok(held)
    }

    /// Notes that the session is in use, once a minute. To fail at that is no
    /// reason to refuse the request, or to let it wait.
    pub(crate) async fn note_use(&self, held: &Held) {
        let now = self.clock.now();
        if !held.notes(now) {
            return;
        }
        let work = self.work_at(now);
        let noting = note_use(&work, held.realm, held.session.session);
        match timeout(PATIENCE, noting).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "the use of a session could not be noted"),
            Err(_elapsed) => tracing::warn!("noting the use of a session took too long"),
        }
    }
}
