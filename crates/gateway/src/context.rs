//! Who asks, for resolvers.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

use ::identity::{Origin, Realm};
use ::tickets::StatusLabels;
use async_graphql::{Context, Result};
use chrono::{DateTime, Utc};
use store::Work;
use visibility::{Cx, Viewer};

use crate::{
    batch::Batches, cookie::Slot, limits::Limits, refusal::Refusal, services::Services,
    session::Bearer,
};

/// One asking: a request, or one delivery of a live stream. Nodes hold the
/// asking that they were read for, so that whatever hangs below them is read
/// with the same rights at the same instant.
pub(crate) struct Asked {
    pub(crate) services: Services,
    pub(crate) realm: Realm,
    pub(crate) bearer: Option<Bearer>,
    /// What the response tells the browser about its cookie.
    pub(crate) cookie: Slot,
    /// Whether the request came with a cookie of the realm, good or not.
    pub(crate) by_cookie: bool,
    viewer: Option<Arc<Viewer>>,
    /// Where the request came from.
    pub(crate) origin: Arc<Origin>,
    pub(crate) now: DateTime<Utc>,
    /// When the work on it began, to measure how long it takes.
    pub(crate) begun: Instant,
    /// What statuses are called.
    pub(crate) status_labels: Batches<(), (), Arc<StatusLabels>>,
    /// Bytes of prose that this answer holds so far.
    prose: AtomicUsize,
}

impl Asked {
    /// What the paths of this realm begin with.
    pub(crate) fn prefix(&self) -> &'static str {
        match self.realm {
            Realm::Portal => "",
            Realm::Staff => "/staff",
        }
    }

    pub(crate) fn new(
        services: Services,
        realm: Realm,
        who: Option<(Bearer, Arc<Viewer>)>,
        origin: Arc<Origin>,
    ) -> Self {
        let now = services.clock.now();
        let (bearer, viewer) = who.unzip();
        Self {
            services,
            realm,
            bearer,
            cookie: Slot::default(),
            by_cookie: false,
            viewer,
            origin,
            now,
            begun: Instant::now(),
            status_labels: Batches::default(),
            prose: AtomicUsize::new(0),
        }
    }

    /// The asking of somebody who is written to and holds no token.
    pub(crate) fn as_recipient(
        services: Services,
        realm: Realm,
        viewer: Option<Arc<Viewer>>,
    ) -> Self {
        Self {
            viewer,
            ..Self::new(services, realm, None, Arc::default())
        }
    }

    /// The same asking later, with the rights of that moment; none when they
    /// are gone.
    pub(crate) async fn again(&self) -> Result<Option<Self>, kernel::Fault> {
        let Some(bearer) = &self.bearer else {
            return Ok(None);
        };
        let viewer = self.services.viewer(bearer).await?;
        Ok(viewer.map(|viewer| {
            Self::new(
                self.services.clone(),
                self.realm,
                Some((bearer.clone(), viewer)),
                self.origin.clone(),
            )
        }))
    }

    pub(crate) fn viewer(&self) -> Option<&Viewer> {
        self.viewer.as_deref()
    }

    pub(crate) fn work(&self) -> Work<'_> {
        self.services.work_at(self.now)
    }

    /// Counts prose that goes into the answer; refused when it grows too large.
    pub(crate) fn count_prose(&self, bytes: usize) -> Result<(), Refusal> {
        let limit = match self.realm {
            Realm::Portal => Limits::PORTAL.prose,
            Realm::Staff => Limits::STAFF.prose,
        };
        let before = self.prose.fetch_add(bytes, Ordering::Relaxed);
        if before.saturating_add(bytes) > limit {
            return Err(Refusal::Answer(limit));
        }
        Ok(())
    }

    /// The context of domain calls; refused for whoever is not signed in.
    pub(crate) fn cx(&self) -> Result<Cx<'_>, Refusal> {
        let viewer = self.viewer().ok_or(Refusal::Unauthenticated)?;
        Ok(Cx::new(viewer, &self.work()))
    }
}

/// Finds the asking in a resolver's context.
pub(crate) trait Asking {
    /// Who asks.
    fn asked(&self) -> Result<&Arc<Asked>>;
    /// The context of domain calls; refused for whoever is not signed in.
    fn cx(&self) -> Result<Cx<'_>>;
}

impl Asking for Context<'_> {
    fn asked(&self) -> Result<&Arc<Asked>> {
        self.data::<Arc<Asked>>()
            .map_err(|_| Refusal::Internal.into())
    }

    fn cx(&self) -> Result<Cx<'_>> {
        Ok(self.asked()?.cx()?)
    }
}
