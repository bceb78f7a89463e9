//! Requests that are none, or that another site can send.

use axum::body::{Body, Bytes};
use end_to_end::{PASSWORD, Realm};
use futures_util::stream;
use http::{Method, Request, StatusCode, header};
use serde_json::json;

use crate::http::{BOTH, JSON, alone, body, empty, get, post, send, tell};

/// Fault 4: bodies are read without end, chunked ones even past a limit.
#[test]
fn a_body_has_an_end() {
    alone(async |world| {
        let mut envelope = "{\"query\":\"{ __typename }\"}".to_owned();
        envelope.push_str(&" ".repeat(128 * 1024 - envelope.len()));
        assert_eq!(
            send(&world.router, body(post(Realm::Portal), envelope.clone()))
                .await
                .status,
            StatusCode::OK
        );
        envelope.push(' ');
        let endless =
            stream::repeat_with(|| Ok::<_, std::io::Error>(Bytes::from(vec![b' '; 16 * 1024])));
        for realm in BOTH {
            let chunked = Body::from_stream(endless.clone());
            for request in [
                body(post(realm), envelope.clone()),
                body(post(realm), chunked),
            ] {
                let answer = send(&world.router, request).await;
                assert_eq!(
                    (answer.status, answer.code().as_str()),
                    (StatusCode::PAYLOAD_TOO_LARGE, "BAD_REQUEST")
                );
            }
        }
        let broken = stream::iter([
            Ok(Bytes::from("{")),
            Err(std::io::Error::other("src/secret.rs")),
        ]);
        let answer = send(
            &world.router,
            body(post(Realm::Portal), Body::from_stream(broken)),
        )
        .await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::BAD_REQUEST, "BAD_REQUEST")
        );
    });
}

/// Fault 5: any content type is taken for JSON, any method for a request, and
/// a mutation by GET is carried out.
#[test]
fn only_requests_that_no_other_site_can_send_are_taken() {
    alone(async |world| {
        let envelope = "{\"query\":\"{ __typename }\"}";
        for realm in BOTH {
            for content_type in [
                "",
                "text/plain",
                "text/plain; a=application/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/xml",
                "application/graphql",
                "application/graphql-response+json",
                "application/jsonp",
                "text/plain, application/json",
            ] {
                let mut request = Request::post(realm.path()).header("x-vitrine-request", "1");
                if !content_type.is_empty() {
                    request = request.header(header::CONTENT_TYPE, content_type);
                }
                let answer = send(&world.router, body(request, envelope)).await;
                assert_eq!(
                    (answer.status, answer.code().as_str()),
                    (StatusCode::UNSUPPORTED_MEDIA_TYPE, "BAD_REQUEST"),
                    "{content_type}"
                );
            }
            for method in [
                Method::PUT,
                Method::DELETE,
                Method::TRACE,
                Method::PATCH,
                Method::HEAD,
                Method::CONNECT,
            ] {
                let request = Request::builder()
                    .method(method.clone())
                    .uri(realm.path())
                    .header(header::CONTENT_TYPE, JSON);
                let answer = send(&world.router, body(request, envelope)).await;
                assert_eq!(
                    (answer.status, answer.header("allow")),
                    (StatusCode::METHOD_NOT_ALLOWED, "GET, POST"),
                    "{method}"
                );
            }
            let document = format!(
                "mutation {{ signIn(input: {{workspace: \"glass\", email: \"mia@alder.example\", password: \"{PASSWORD}\"}}) {{ session {{ accessToken }} }} }}"
            );
            for accept in [
                JSON,
                "application/graphql-response+json",
                "text/event-stream",
            ] {
                let answer = send(
                    &world.router,
                    empty(get(realm, &[("query", &document)]).header(header::ACCEPT, accept)),
                )
                .await;
                assert_eq!(
                    (answer.status, answer.header("allow")),
                    (StatusCode::METHOD_NOT_ALLOWED, "GET, POST")
                );
                assert!(
                    answer.json().get("data").is_none() && !answer.text.contains("accessToken"),
                    "{}",
                    answer.text
                );
            }
            let chosen = [
                (
                    "query",
                    "query A { __typename } mutation B { signOut { signedOut } }",
                ),
                ("operationName", "B"),
            ];
            assert_eq!(
                send(&world.router, empty(get(realm, &chosen))).await.status,
                StatusCode::METHOD_NOT_ALLOWED
            );
        }
    });
}

/// Fault 6: what cannot be read is answered with the `Debug` text of Rust
/// errors. `send` looks for such words in every answer.
#[test]
fn what_cannot_be_read_is_told_in_words() {
    alone(async |world| {
        for bad in [
            "",
            " ",
            "{",
            "}",
            "null",
            "1",
            "\"a\"",
            "{\"query\"",
            "{\"query\":}",
            "{\"query\":1}",
            "{\"query\":\"{ __typename }\"} x",
            "\u{feff}{}",
            "{\"query\":\"{ __typename }\",\"variables\":\"{}\"}",
            "{\"query\":\"{ __typename }\",\"operationName\":1}",
            "{\"query\":\"\\u12\"}",
            "{'query':''}",
        ] {
            let answer = send(&world.router, body(post(Realm::Portal), bad)).await;
            assert_eq!(
                (answer.status, answer.code().as_str()),
                (StatusCode::BAD_REQUEST, "BAD_REQUEST"),
                "{bad}"
            );
            assert!(
                answer.json()["errors"][0]["message"]
                    .as_str()
                    .is_some_and(|text| text.ends_with('.')),
                "{}",
                answer.text
            );
        }
        let answer = send(
            &world.router,
            body(post(Realm::Portal), vec![b'{', 0xFF, 0xFE]),
        )
        .await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::BAD_REQUEST, "BAD_REQUEST")
        );
        for (document, code) in [
            ("{ a(", "GRAPHQL_PARSE_FAILED"),
            ("{ a(b: 1e999) }", "GRAPHQL_PARSE_FAILED"),
            ("query", "GRAPHQL_PARSE_FAILED"),
            ("\u{1}", "GRAPHQL_PARSE_FAILED"),
            (
                "{ ticket(id: {a: [1, \"b\", null, X]}) { id } }",
                "GRAPHQL_VALIDATION_FAILED",
            ),
            ("{ ticket }", "GRAPHQL_VALIDATION_FAILED"),
        ] {
            let answer = tell(
                &world,
                &world.anonymous(Realm::Portal),
                &json!({"query": document}),
            )
            .await;
            assert_eq!(answer.code(), code, "{document}: {}", answer.text);
        }
    });
}
