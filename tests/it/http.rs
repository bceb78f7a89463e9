//! GraphQL over HTTP: what a request is answered with, by its method, address,
//! headers and body; and the pages beside it.
//!
//! [`send`] looks at every answer of these files, of `faults.rs` and of
//! `bad_input.rs`: none may lack a header that protects its reader, or hold
//! words of the machine room.

mod audits;
mod negotiation;
mod pages;
mod requests;

use axum::{Router, body::Body};
use end_to_end::{Kind, Persona, Realm, World, persona, world};
use http::{HeaderMap, Request, StatusCode, header, request::Builder};
use serde_json::Value;
use tower::ServiceExt;

pub(crate) const JSON: &str = "application/json";
pub(crate) const BOTH: [Realm; 2] = [Realm::Portal, Realm::Staff];

/// An answer, read to its end.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    /// The code of the first error; of a payload, if the answer has none of its own.
    pub(crate) fn code(&self) -> String {
        let json = self.json();
        let own = json["errors"][0]["extensions"]["code"].as_str();
        let payload = || {
            let fields = json["data"].as_object()?;
            fields
                .values()
                .find_map(|field| field["errors"][0]["code"].as_str())
        };
        own.or_else(payload).unwrap_or("none").to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name).map(|value| value.to_str());
        value.unwrap_or(Ok("")).expect("text")
    }

    /// Nothing in it is for nobody but us, and every error has a code.
    pub(crate) fn check(&self) {
        let inside = [
            "sqlx",
            "SELECT",
            "INSERT",
            "panicked",
            "Err(",
            "Error(",
            "DbErr",
            "src/",
            "constraint",
            "Custom {",
            "Some(",
            "line: ",
            "Did you mean",
        ];
        for word in inside {
            assert!(!self.text.contains(word), "{word} in {}", self.text);
        }
        let Ok(json) = serde_json::from_str::<Value>(&self.text) else {
            return;
        };
        let errors = json["errors"].as_array().map_or(&[][..], Vec::as_slice);
        assert!(errors.len() <= 20, "{} errors", errors.len());
        for error in errors {
            assert!(error["extensions"]["code"].is_string(), "{error}");
        }
    }
}

/// What protects the reader of an answer, whatever the answer is.
const PROTECTION: [(&str, &str); 5] = [
    ("cache-control", "no-store"),
    (
        "content-security-policy",
        "default-src 'none'; frame-ancestors 'none'",
    ),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
];

/// Sends any request, and looks the answer over.
pub(crate) async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.expect("an answer");
    let (status, headers) = (response.status(), response.headers().clone());
    let text = persona::text(response).await;
    let answer = Answer {
        status,
        headers,
        text,
    };
    answer.check();
    for (name, value) in PROTECTION {
        assert_eq!(
            answer.header(name),
            value,
            "{name}: {status} {}",
            answer.text
        );
    }
    answer
}

/// The start of a POST that says that it carries JSON.
pub(crate) fn post(realm: Realm) -> Builder {
    Request::post(realm.path()).header(header::CONTENT_TYPE, JSON)
}

/// The start of a GET with these parameters and the header that a GET needs.
pub(crate) fn get(realm: Realm, parameters: &[(&str, &str)]) -> Builder {
    plain_get(realm, parameters).header("x-vitrine-request", "1")
}

pub(crate) fn plain_get(realm: Realm, parameters: &[(&str, &str)]) -> Builder {
    let base = format!("http://test.example{}", realm.path());
    let url = reqwest::Url::parse_with_params(&base, parameters).expect("an address");
    Request::get(format!(
        "{}?{}",
        url.path(),
        url.query().unwrap_or_default()
    ))
}

pub(crate) fn empty(request: Builder) -> Request<Body> {
    request.body(Body::empty()).expect("a request")
}

pub(crate) fn body(request: Builder, text: impl Into<Body>) -> Request<Body> {
    request.body(text.into()).expect("a request")
}

/// A POST of this JSON by this person.
pub(crate) async fn tell(world: &World, by: &Persona, envelope: &Value) -> Answer {
    let mut request = post(by.realm);
    if let Some(token) = &by.token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    send(&world.router, body(request, envelope.to_string())).await
}

/// Runs a test that is not about the database, so that one kind is enough.
pub(crate) fn alone(test: impl AsyncFnOnce(World)) {
    world::run(Kind::Sqlite, test);
}
