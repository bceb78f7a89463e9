//! Headers that every answer carries, and what happens when a handler panics.

use axum::Router;
use http::{
    HeaderName, HeaderValue, Method,
    header::{
        AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY,
        X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
    },
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    cors::{AllowOrigin, CorsLayer},
    set_header::SetResponseHeaderLayer,
};

/// Lays the headers over all routes.
pub(super) fn on_every_answer(router: Router, allowed_origins: &[String]) -> Router {
    let unless_set = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    router
        .layer(unless_set(CACHE_CONTROL, "no-store"))
        .layer(unless_set(
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'",
        ))
        .layer(unless_set(REFERRER_POLICY, "no-referrer"))
        .layer(unless_set(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(unless_set(X_FRAME_OPTIONS, "DENY"))
        .layer(cors(allowed_origins))
        .layer(CatchPanicLayer::new())
}

/// Browsers on the listed origins may call us; no other may. Credentials are
/// never allowed: who asks is said by a header, not by a cookie.
fn cors(allowed_origins: &[String]) -> CorsLayer {
    let origins: Vec<HeaderValue> = allowed_origins
        .iter()
        .filter_map(|origin| origin.parse().ok())
        .collect();
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([
            AUTHORIZATION,
            CONTENT_TYPE,
            HeaderName::from_static("x-vitrine-request"),
        ])
}
