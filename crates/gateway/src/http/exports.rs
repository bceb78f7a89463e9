//! Fetching an export: a list as one file, streamed page by page.
//!
//! The address is the right to it, for minutes, and as long as the session that
//! asked is in force. A worthless address, one that has ended, one of the other
//! realm and one whose session has ended are one answer. Nothing is held between
//! two pages, and the viewer is read for each: when the rights end in between,
//! the answer breaks off, which whoever fetches it can see.

use std::{io, sync::Arc, time::Instant};

use axum::{
    body::Body,
    extract::{Path, State},
    response::Response,
};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::{
    HeaderValue, StatusCode,
    header::{CONTENT_DISPOSITION, CONTENT_TYPE},
};
use tokio::time::timeout;

use super::{Face, media::Media, respond::with_status};
use crate::{
    context::Asked, limits, refusal::Refusal, services::Services, session::Bearer, tickets::Export,
};

const CSV: HeaderValue = HeaderValue::from_static("text/csv; charset=utf-8");

/// `GET /exports/<token>`.
pub(super) async fn serve(State(face): State<Face>, Path(token): Path<String>) -> Response {
    match begin(&face, &token).await {
        Ok(response) => response,
        Err(refusal) => {
            let status = match refusal {
                Refusal::Unavailable | Refusal::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
                Refusal::Internal => StatusCode::INTERNAL_SERVER_ERROR,
                _ => StatusCode::NOT_FOUND,
            };
            with_status(status, Media::Json, refusal)
        }
    }
}

async fn begin(face: &Face, token: &str) -> Result<Response, Refusal> {
    let engine = &face.engine;
    let (services, realm) = (&engine.services, engine.realm);
    let now = services.clock.now();
    let claims = services.tokens.verify_export(realm, token, now);
    let claims = claims.map_err(|_| Refusal::NotFound)?;
    let bearer = Bearer {
        realm,
        session: kernel::SessionId(claims.sid),
        user: claims.sub,
        expires: claims.exp,
    };
    let mut under_way = UnderWay {
        services: services.clone(),
        bearer,
        export: Export::of(&claims.what)?,
        until: Instant::now() + limits::EXPORT,
    };
    // The first page is read before anything is said, so that a failure has a status.
    let first = under_way.next().await?.unwrap_or_default();
    let rest = stream::try_unfold(under_way, |mut under_way| async move {
        let next = under_way.next().await;
        let next = next.map_err(|refusal| broken_off(&refusal))?;
        Ok(next.map(|page| (page, under_way)))
    });
    let body = stream::once(async { Ok::<_, io::Error>(first) }).chain(rest);
    let mut response = Response::new(Body::from_stream(body));
    let name = format!(
        "attachment; filename=\"tickets-{}.csv\"",
        now.format("%Y-%m-%d")
    );
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, CSV);
    if let Ok(name) = HeaderValue::from_str(&name) {
        headers.insert(CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

/// Why the answer ends before its end; nobody reads it.
fn broken_off(refusal: &Refusal) -> io::Error {
    tracing::debug!(code = refusal.code(), "an export broke off");
    io::Error::other(refusal.code())
}

/// An export that somebody is fetching.
struct UnderWay {
    services: Services,
    bearer: Bearer,
    export: Export,
    until: Instant,
}

impl UnderWay {
    async fn next(&mut self) -> Result<Option<Bytes>, Refusal> {
        if self.export.is_over() {
            return Ok(None);
        }
        if Instant::now() > self.until {
            return Err(Refusal::TimedOut);
        }
        let viewer = self.services.fresh_viewer(&self.bearer).await;
        let viewer = viewer.map_err(|fault| Refusal::from(&fault))?;
        let viewer = viewer.ok_or(Refusal::NotFound)?;
        let asked = Asked::new(
            self.services.clone(),
            self.bearer.realm,
            Some((self.bearer.clone(), viewer)),
            Arc::default(),
        );
        let page = timeout(limits::EXECUTION, self.export.next(&asked)).await;
        let page = page.map_err(|_elapsed| Refusal::TimedOut)??;
        Ok(Some(Bytes::from(page)))
    }
}
