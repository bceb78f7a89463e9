//! From an HTTP request to an envelope.
//!
//! A request from another site must not be able to ride on a browser: a POST
//! must say that it carries JSON, a GET must carry a header of its own. Neither
//! can be done across sites without the browser asking us first.

use axum::{body::Body, extract::Query};
use http::{
    HeaderMap, Method, StatusCode, Uri,
    header::{AUTHORIZATION, CONTENT_TYPE},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::time::timeout;

use crate::{engine::Envelope, limits, refusal::Refusal};

/// Why a request did not become an envelope: the status and the error.
#[derive(Debug)]
pub(super) struct Unreadable(pub(super) StatusCode, pub(super) Refusal);

impl Unreadable {
    fn bad(status: StatusCode, message: &'static str) -> Self {
        Self(status, Refusal::BadRequest(message.into()))
    }
}

/// Reads the envelope of a GET or POST.
pub(super) async fn read(
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: Body,
) -> Result<Envelope, Unreadable> {
    match *method {
        Method::GET => from_query(uri, headers),
        Method::POST => from_body(headers, body).await,
        _ => Err(Unreadable::bad(
            StatusCode::METHOD_NOT_ALLOWED,
            "Use GET or POST.",
        )),
    }
}

/// The token of an `Authorization: Bearer` header.
pub(super) fn token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn from_body(headers: &HeaderMap, body: Body) -> Result<Envelope, Unreadable> {
    if !is_json(headers) {
        let message = "The header `Content-Type` must be `application/json`.";
        return Err(Unreadable::bad(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    let whole = Limited::new(body, limits::BODY_BYTES).collect();
    let body = timeout(limits::BODY, whole)
        .await
        .map_err(|_elapsed| {
            Unreadable::bad(StatusCode::REQUEST_TIMEOUT, "The body took too long.")
        })?
        .map_err(|error| {
            if error.is::<LengthLimitError>() {
                Unreadable::bad(
                    StatusCode::PAYLOAD_TOO_LARGE,
                    "The body is larger than 128 KiB.",
                )
            } else {
                Unreadable::bad(StatusCode::BAD_REQUEST, "The body ended early.")
            }
        })?;
    parse(&body.to_bytes())
}

/// Reads an envelope from JSON; also for sockets.
fn parse(bytes: &[u8]) -> Result<Envelope, Unreadable> {
    let bad = |message| Unreadable::bad(StatusCode::BAD_REQUEST, message);
    match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'[') => Err(bad("Batches are not supported: send one request at a time.")),
        Some(b'{') => serde_json::from_slice(bytes).map_err(|error| {
            if error.is_data() {
                bad("`query` and `operationName` must be text, `variables` and `extensions` objects, each at most once.")
            } else {
                bad("The body is not valid JSON.")
            }
        }),
        _ => Err(bad("The body must be a JSON object.")),
    }
}

fn from_query(uri: &Uri, headers: &HeaderMap) -> Result<Envelope, Unreadable> {
    let bad = |message| Unreadable::bad(StatusCode::BAD_REQUEST, message);
    if !headers.contains_key("x-vitrine-request")
        && !headers.contains_key(AUTHORIZATION)
        && !is_json(headers)
    {
        return Err(bad(
            "A GET needs the header `X-Vitrine-Request` or `Authorization`, against cross-site requests.",
        ));
    }
    let Query(pairs) = Query::<Vec<(String, String)>>::try_from_uri(uri)
        .map_err(|_| bad("The address is malformed."))?;
    let mut envelope = Envelope::default();
    for (name, value) in pairs {
        let twice = match name.as_str() {
            "query" => envelope.query.replace(value).is_some(),
            "operationName" if value.is_empty() => false,
            "operationName" => envelope.operation_name.replace(value).is_some(),
            "variables" => {
                let map = serde_json::from_str(&value)
                    .map_err(|_| bad("`variables` must be a JSON object."))?;
                std::mem::replace(&mut envelope.variables, map).is_some()
            }
            "extensions" => {
                let map = serde_json::from_str(&value)
                    .map_err(|_| bad("`extensions` must be a JSON object."))?;
                std::mem::replace(&mut envelope.extensions, map).is_some()
            }
            _ => false,
        };
        if twice {
            return Err(bad("A parameter is given twice."));
        }
    }
    Ok(envelope)
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
    else {
        return false;
    };
    let mut parts = value.split(';').map(str::trim);
    let json = parts
        .next()
        .is_some_and(|media| media.eq_ignore_ascii_case("application/json"));
    // JSON is UTF-8; a body that claims another character set is not ours to guess.
    let utf8 = |part: &str| match part.to_ascii_lowercase().strip_prefix("charset=") {
        Some(charset) => matches!(charset.trim_matches('"'), "utf-8" | "utf8"),
        None => true,
    };
    json && parts.all(utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &'static str, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().expect("a header"));
        headers
    }

    #[test]
    fn only_json_passes_as_json() {
        for good in [
            "application/json",
            "Application/JSON; charset=UTF-8",
            "application/json;charset=\"utf-8\"",
        ] {
            assert!(is_json(&headers("content-type", good)), "{good}");
        }
        for bad in [
            "text/plain",
            "application/jsonx",
            "application/json; charset=latin1",
            "multipart/form-data",
            "",
        ] {
            assert!(!is_json(&headers("content-type", bad)), "{bad}");
        }
    }

    #[test]
    fn a_bearer_token_is_found_and_nothing_else() {
        assert_eq!(token(&headers("authorization", "Bearer abc")), Some("abc"));
        assert_eq!(token(&headers("authorization", "bearer abc")), Some("abc"));
        assert_eq!(token(&headers("authorization", "Basic abc")), None);
        assert_eq!(token(&HeaderMap::new()), None);
    }

    #[test]
    fn a_body_must_be_one_object() {
        for bad in [
            "",
            "[]",
            "1",
            "{",
            "{\"query\":1}",
            "{\"variables\":[]}",
            "{\"query\":\"a\",\"query\":\"b\"}",
            "{\"query\":\"\\ud800\"}",
        ] {
            assert!(parse(bad.as_bytes()).is_err(), "{bad}");
        }
        assert!(parse(b" {\"query\":\"{ a }\",\"variables\":null,\"extra\":1}").is_ok());
    }
}
