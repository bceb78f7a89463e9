//! Routes: where each face of the gateway is served.
//!
//! | file | what it holds |
//! |---|---|
//! | `request.rs` | from an HTTP request to an envelope; cross-site requests |
//! | `media.rs` | which media type the caller takes |
//! | `respond.rs` | the specification's status codes |
//! | `graphql.rs` | the handler that joins them |
//! | `exports.rs` | fetching an export |
//! | `pages.rs` | health, keys, `GraphiQL` |
//! | `files.rs` | uploads, and files for reading |
//! | `unsubscribe.rs` | no more ticket mails, at the address in one |
//! | `headers.rs` | headers that every answer carries |
//! | `proof.rs` | by what a request wants to be known: token or cookie |
//! | `origin.rs`, `proxies.rs` | where a request comes from, and which proxies are believed |

mod exports;
mod files;
mod graphql;
mod headers;
mod media;
mod origin;
mod pages;
mod proof;
mod proxies;
mod request;
mod respond;
mod unsubscribe;

use std::sync::Arc;

use axum::{
    Router,
    routing::{any, get},
};

pub use self::{proxies::TrustedProxies, unsubscribe::address as unsubscribe_address};
use crate::{engine::Engine, services::Services};

/// Which faces a listener serves, and how.
#[derive(Clone, Debug)]
pub struct Faces {
    /// `/graphql`, for clients.
    pub portal: bool,
    /// `/staff/graphql`, for the team.
    pub staff: bool,
    /// Whether `GraphiQL` is served; for demo and development only.
    pub graphiql: bool,
    /// Origins besides its own that browsers may call from.
    pub allowed_origins: Vec<String>,
    /// The proxies whose word on the caller's address counts.
    pub trusted_proxies: TrustedProxies,
}

/// What the GraphQL handlers share.
#[derive(Clone)]
pub(crate) struct Face {
    pub(crate) engine: Arc<Engine>,
    pub(crate) allowed_origins: Arc<Vec<String>>,
    pub(crate) trusted_proxies: Arc<TrustedProxies>,
    pub(crate) graphiql: bool,
}

/// The routes of one listener.
pub fn router(services: &Services, faces: &Faces) -> Router {
    let allowed_origins = Arc::new(faces.allowed_origins.clone());
    let trusted_proxies = Arc::new(faces.trusted_proxies.clone());
    let face = |engine: Engine| Face {
        engine: Arc::new(engine),
        allowed_origins: allowed_origins.clone(),
        trusted_proxies: trusted_proxies.clone(),
        graphiql: faces.graphiql,
    };
    let mut router = Router::new().merge(pages::health(services));
    if faces.portal {
        let face = face(Engine::portal(services.clone()));
        router = router.merge(routes("", face));
    }
    if faces.staff {
        let face = face(Engine::staff(services.clone()));
        router = router.merge(routes("/staff", face));
    }
    headers::on_every_answer(router, &faces.allowed_origins)
}

fn routes(prefix: &str, face: Face) -> Router {
    let mut routes = Router::new()
        .route(&format!("{prefix}/graphql"), any(graphql::serve))
        .route(&format!("{prefix}/exports/{{token}}"), get(exports::serve))
        .route(&format!("{prefix}/.well-known/jwks.json"), get(pages::jwks))
        .merge(files::routes(prefix))
        .merge(unsubscribe::routes(prefix));
    if face.graphiql {
        routes = routes.route(&format!("{prefix}/graphiql"), get(pages::graphiql));
    }
    routes.with_state(face)
}
