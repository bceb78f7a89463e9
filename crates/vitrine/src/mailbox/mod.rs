//! The page that shows the mails of demo and development: a list, and one of
//! them at a time. Not served in production; who asks for it by another name
//! than this machine's is refused, so that no page of a stranger's can have a
//! browser read it.

mod files;
mod pages;

use std::path::PathBuf;

use axum::{
    Router,
    extract::{Path, Request, State},
    middleware::{self, Next},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
        X_FRAME_OPTIONS,
    },
};

/// For our own pages: nothing but their style, and the frame of a mail.
const OURS: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; \
                    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// For a mail: nothing but its style, and a world of its own.
const A_MAILS: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; \
                       form-action 'none'; frame-ancestors 'self'; sandbox";

/// The pages over a folder of mails.
pub(crate) fn routes(folder: PathBuf) -> Router {
    Router::new()
        .route("/mail", get(list))
        .route("/mail/{name}", get(one))
        .route("/mail/{name}/html", get(html))
        .with_state(folder)
        .layer(middleware::from_fn(from_this_machine))
}

async fn list(State(folder): State<PathBuf>) -> Response {
    let found = tokio::task::spawn_blocking(move || files::list(&folder)).await;
    answer(found.map(|mails| pages::list(&mails)).ok(), OURS, "DENY")
}

async fn one(State(folder): State<PathBuf>, Path(name): Path<String>) -> Response {
    let found = read(folder, name).await;
    answer(found.map(|mail| pages::one(&mail)), OURS, "DENY")
}

async fn html(State(folder): State<PathBuf>, Path(name): Path<String>) -> Response {
    let found = read(folder, name).await;
    answer(found.map(|mail| mail.html), A_MAILS, "SAMEORIGIN")
}

async fn read(folder: PathBuf, name: String) -> Option<files::Found> {
    let found = tokio::task::spawn_blocking(move || files::read(&folder, &name)).await;
    found.ok().flatten()
}

fn answer(page: Option<String>, policy: &'static str, frames: &'static str) -> Response {
    let mut response = match page {
        Some(page) => Html(page).into_response(),
        None => (StatusCode::NOT_FOUND, "There is no such mail.\n").into_response(),
    };
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, policy),
        (X_FRAME_OPTIONS, frames),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        let value = HeaderValue::from_static(value);
        response.headers_mut().insert(name, value);
    }
    response
}

async fn from_this_machine(request: Request, next: Next) -> Response {
    if is_this_machine(request.headers()) {
        return next.run(request).await;
    }
    (StatusCode::FORBIDDEN, "Ask for 127.0.0.1.\n").into_response()
}

fn is_this_machine(headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let host = host.unwrap_or_default();
    // A port is digits behind the last colon that is outside of brackets.
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    let name = name.trim_start_matches('[').trim_end_matches(']');
    let ip = name.parse::<std::net::IpAddr>();
    name.eq_ignore_ascii_case("localhost") || ip.is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests;
