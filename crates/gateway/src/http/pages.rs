//! Health, keys, and `GraphiQL` for demo and development.

use ::identity::Realm;
use async_graphql::http::GraphiQLSource;
use axum::{
    Json, Router,
    extract::State,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use http::{
    StatusCode,
    header::{CONTENT_SECURITY_POLICY, HeaderValue},
};

use super::Face;
use crate::services::Services;

/// `/healthz` says that the process lives, `/readyz` that it can answer.
pub(super) fn health(services: &Services) -> Router {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .with_state(services.clone())
}

async fn ready(State(services): State<Services>) -> (StatusCode, &'static str) {
    match services.store.ping().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(_) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database does not answer\n",
        ),
    }
}

/// The public halves of the realm's signing keys.
pub(super) async fn jwks(State(face): State<Face>) -> Json<serde_json::Value> {
    Json(face.engine.services.jwks(face.engine.realm))
}

/// An editor for queries, which loads its own code from a public host.
pub(super) async fn graphiql(State(face): State<Face>) -> Response {
    let endpoint = match face.engine.realm {
        Realm::Portal => "/graphql",
        Realm::Staff => "/staff/graphql",
    };
    let page = GraphiQLSource::build()
        .endpoint(endpoint)
        .subscription_endpoint(endpoint)
        .finish();
    let mut response = Html(page).into_response();
    // Looser than elsewhere, since the page is made of somebody else's scripts;
    // it is not served in production.
    let policy = HeaderValue::from_static("frame-ancestors 'none'");
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, policy);
    response
}
