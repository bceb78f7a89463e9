//! From a session to a viewer.
//!
//! The viewer is read from the database and kept for seconds at most. A change
//! of rights in this process drops it at once, through the store's commit
//! hook, before the command that made the change has answered.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use ::identity::{Claims, Realm, event};
use kernel::{Fault, SessionId};
use moka::sync::Cache;
use store::Fact;
use uuid::Uuid;
use visibility::Viewer;

use crate::services::Services;

/// How long a viewer is believed without asking the database; only changes
/// made by another process can hide behind it.
const BELIEVED: Duration = Duration::from_secs(2);
/// Viewers kept at most; a few hundred bytes each.
const KEPT: u64 = 10_000;

/// The viewers of live sessions.
#[derive(Clone)]
pub(crate) struct Sessions {
    cache: Cache<(Realm, Uuid), Arc<Viewer>>,
    /// Counts the changes, so that a read that began before one is not kept after it.
    changes: Arc<AtomicU64>,
}

/// A session whose token or cookie was in order when it came.
#[derive(Clone, Debug)]
pub(crate) struct Bearer {
    pub(crate) realm: Realm,
    pub(crate) session: SessionId,
    pub(crate) user: Uuid,
    /// When the token ends, or the session of a cookie, in seconds since 1970.
    pub(crate) expires: i64,
}

impl Bearer {
    pub(crate) fn of(realm: Realm, claims: &Claims) -> Self {
        Self {
            realm,
            session: SessionId(claims.sid),
            user: claims.sub,
            expires: claims.exp,
        }
    }
}

impl Sessions {
    pub(crate) fn new() -> Self {
        Self {
            cache: Cache::builder()
                .max_capacity(KEPT)
                .time_to_live(BELIEVED)
                .build(),
            changes: Arc::default(),
        }
    }

    /// Forgets whom these facts concern.
    pub(crate) fn drop_changed(&self, facts: &[Fact]) {
        self.changes.fetch_add(1, Ordering::SeqCst);
        for fact in facts {
            let subject = fact.subject;
            match fact.kind.as_ref() {
                event::SESSION_ENDED => {
                    self.cache.invalidate(&(Realm::Portal, subject));
                    self.cache.invalidate(&(Realm::Staff, subject));
                }
                event::USER_SIGNED_OUT => self.drop_user(subject),
                // Rare enough to forget everybody, which holds at once.
                kind if event::changes_rights(kind) => self.cache.invalidate_all(),
                _ => {}
            }
        }
    }
}

impl Sessions {
    fn drop_user(&self, user: Uuid) {
        for (key, viewer) in &self.cache {
            let theirs = match viewer.as_ref() {
                Viewer::Client(client) => client.user.0 == user,
                Viewer::Staff(staff) => staff.user.0 == user,
            };
            if theirs {
                self.cache.invalidate(key.as_ref());
            }
        }
    }
}

impl Services {
    /// The viewer of a live session, or none when it has ended.
    pub(crate) async fn viewer(&self, bearer: &Bearer) -> Result<Option<Arc<Viewer>>, Fault> {
        let key = (bearer.realm, bearer.session.0);
        if let Some(viewer) = self.sessions.cache.get(&key) {
            return Ok(Some(viewer));
        }
        self.fresh_viewer(bearer).await
    }

    /// The same, from the database whatever the cache holds.
    pub(crate) async fn fresh_viewer(&self, bearer: &Bearer) -> Result<Option<Arc<Viewer>>, Fault> {
        let key = (bearer.realm, bearer.session.0);
        let before = self.sessions.changes.load(Ordering::SeqCst);
        let work = self.work();
        let found = ::identity::viewer_of(&work, bearer.realm, bearer.session, bearer.user).await?;
        let viewer = found.map(Arc::new);
        match &viewer {
            Some(viewer) => self.sessions.cache.insert(key, viewer.clone()),
            None => self.sessions.cache.invalidate(&key),
        }
        // After the insert, so that no change can slip in between.
        if self.sessions.changes.load(Ordering::SeqCst) != before {
            self.sessions.cache.invalidate(&key);
        }
        Ok(viewer)
    }
}
