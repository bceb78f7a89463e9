//! One of the cast, sending GraphQL requests to the real router.

use std::net::{IpAddr, SocketAddr};

use axum::{Router, body::Body, extract::ConnectInfo};
use http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::PASSWORD;

/// Whose endpoint a request goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Realm {
    /// `/graphql`
    Portal,
    /// `/staff/graphql`
    Staff,
}

impl Realm {
    /// The path of the endpoint.
    pub fn path(self) -> &'static str {
        match self {
            Self::Portal => "/graphql",
            Self::Staff => "/staff/graphql",
        }
    }
}

/// Somebody who sends requests.
#[derive(Clone)]
pub struct Persona {
    router: Router,
    /// Which endpoint they use.
    pub realm: Realm,
    /// Their access token, if they are signed in.
    pub token: Option<String>,
    /// Where their requests come from; nowhere unless told.
    address: Option<IpAddr>,
    /// What else their requests say.
    headers: Vec<(&'static str, String)>,
}

/// The sign-in that every test uses.
pub const SIGN_IN: &str = "mutation ($input: SignInInput!) { signIn(input: $input) { \
     session { accessToken refreshToken expiresAt } errors { code message field } } }";

impl Persona {
    /// Somebody without a token.
    pub fn anonymous(router: Router, realm: Realm) -> Self {
        Self {
            router,
            realm,
            token: None,
            address: None,
            headers: Vec::new(),
        }
    }

    /// The same person, whose requests carry one more header.
    pub fn saying(&self, name: &'static str, value: impl Into<String>) -> Self {
        let mut person = self.clone();
        person.headers.push((name, value.into()));
        person
    }

    /// The same person in a browser: they hold this cookie instead of a token,
    /// and their page sends the header that only pages of ours can send.
    pub fn holding(&self, cookie: &str) -> Self {
        let browser = Self {
            token: None,
            ..self.clone()
        };
        browser
            .saying("cookie", cookie)
            .saying("x-vitrine-request", "1")
    }

    /// The same person, sending from this address.
    pub fn from_address(&self, address: &str) -> Self {
        Self {
            address: Some(address.parse().expect("an address")),
            ..self.clone()
        }
    }

    /// Somebody with a token of the cast's password.
    pub async fn sign_in(router: Router, realm: Realm, workspace: &str, email: &str) -> Self {
        let anonymous = Self::anonymous(router, realm);
        let input =
            json!({ "input": { "workspace": workspace, "email": email, "password": PASSWORD } });
        let answer = anonymous.ask(SIGN_IN, input).await;
        let token = answer["data"]["signIn"]["session"]["accessToken"].as_str();
        let token = Some(
            token
                .unwrap_or_else(|| panic!("{email}: {answer}"))
                .to_owned(),
        );
        Self { token, ..anonymous }
    }

    /// The same person at the other endpoint, with the same token.
    pub fn at(&self, realm: Realm) -> Self {
        Self {
            realm,
            ..self.clone()
        }
    }

    /// The same person with the access token of a session's JSON.
    pub fn with(&self, session: &Value) -> Self {
        let token = session["accessToken"].as_str().map(str::to_owned);
        Self {
            token,
            ..self.clone()
        }
    }

    /// Sends a document; answers the JSON.
    pub async fn ask(&self, query: &str, variables: Value) -> Value {
        let (_, text) = self
            .raw(json!({ "query": query, "variables": variables }))
            .await;
        serde_json::from_str(&text).unwrap_or_else(|_| panic!("no JSON: {text}"))
    }

    /// Sends a document without variables and expects data without errors.
    pub async fn read(&self, query: &str) -> Value {
        self.done(query, json!({})).await
    }

    /// Sends a document and expects data without errors.
    pub async fn done(&self, query: &str, variables: Value) -> Value {
        let answer = self.ask(query, variables).await;
        assert!(answer.get("errors").is_none(), "{query}: {answer}");
        answer["data"].clone()
    }

    /// Sends a mutation by its name and the members of its input, and expects it
    /// to be done.
    pub async fn act(&self, mutation: &str, input: &str) -> Value {
        let document = format!(
            "mutation {{ {mutation}(input: {{ {input} }}) {{ errors {{ code message field }} }} }}"
        );
        let answer = self.read(&document).await;
        assert_eq!(
            answer[mutation]["errors"],
            json!([]),
            "{document}: {answer}"
        );
        answer
    }

    /// Sends a document and expects one refusal; answers its code.
    pub async fn code(&self, query: &str, variables: Value) -> String {
        let answer = self.ask(query, variables).await;
        let code = answer["errors"][0]["extensions"]["code"].as_str();
        code.unwrap_or_else(|| panic!("no refusal: {query}: {answer}"))
            .to_owned()
    }

    /// Sends a body as it is; answers status and text.
    pub async fn raw(&self, body: Value) -> (StatusCode, String) {
        let mut request =
            Request::post(self.realm.path()).header(header::CONTENT_TYPE, "application/json");
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let response = self
            .send(
                request
                    .body(Body::from(body.to_string()))
                    .expect("a request"),
            )
            .await;
        let status = response.status();
        (status, text(response).await)
    }

    /// Sends any request to the router.
    pub async fn send(&self, mut request: Request<Body>) -> Response<Body> {
        if let Some(address) = self.address {
            let peer = ConnectInfo(SocketAddr::new(address, 4711));
            request.extensions_mut().insert(peer);
        }
        for (name, value) in &self.headers {
            let value = value.parse().expect("a header");
            request.headers_mut().append(*name, value);
        }
        self.router
            .clone()
            .oneshot(request)
            .await
            .expect("the router answers")
    }
}

/// The body of a response as text.
pub async fn text(response: Response<Body>) -> String {
    let bytes = response
        .into_body()
        .collect()
        .await
        .expect("a whole body")
        .to_bytes();
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}
