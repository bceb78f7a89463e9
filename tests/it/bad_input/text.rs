//! Text: NUL, halves of characters, too much and too little of it.

use end_to_end::{Realm, on_both};
use http::{Request, StatusCode, header};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{OPEN, People, give, places::places};
use crate::http::{alone, body, empty, get, post, send, tell};

on_both! {
    /// PostgreSQL cannot store a NUL, and nobody can use one.
    async fn a_nul_is_refused_wherever_text_goes(world) {
        let people = People::of(&world).await;
        let before = people.everything().await;
        let mut others = Vec::new();
        for place in places(&world) {
            for text in ["\0", "a\0b"] {
                let answer = give(&world, &people, &place, json!(text)).await;
                if answer.code() != place.refusal {
                    others.push(format!("{}: {}", place.name, answer.text));
                }
            }
        }
        assert!(others.is_empty(), "{others:#?}");
        let timeline = "query ($after: String) { tickets { nodes { timeline(after: $after) { nodes { id } } } } }";
        let answer = tell(&world, &people.client, &json!({"query": timeline, "variables": {"after": "\0"}})).await;
        assert_eq!(answer.code(), "BAD_USER_INPUT");
        let named = tell(&world, &people.client, &json!({"query": "{ __typename }", "operationName": "\0"})).await;
        assert_eq!(named.code(), "BAD_REQUEST");
        let document = tell(&world, &people.client, &json!({"query": "{ __typename \0 }"})).await;
        assert_eq!(document.code(), "GRAPHQL_PARSE_FAILED");
        let escaped = tell(&world, &people.client, &json!({"query": "{ branding(workspace: \"\\u0000\") { name } }"})).await;
        assert_eq!(escaped.json(), json!({"data": {"branding": null}}));
        let by_get = send(&world.router, empty(get(Realm::Portal, &[("query", "{ a\0 }")]))).await;
        assert_eq!(by_get.code(), "GRAPHQL_PARSE_FAILED");
        assert_eq!(people.everything().await, before);
    }
}

on_both! {
    async fn long_text_is_refused_wherever_text_goes(world) {
        let people = People::of(&world).await;
        let before = people.everything().await;
        let text = json!("x".repeat(100_000));
        let mut others = Vec::new();
        for place in places(&world) {
            let answer = give(&world, &people, &place, text.clone()).await;
            if (answer.status, answer.code().as_str()) != (StatusCode::OK, place.too_long) {
                others.push(format!("{}: {:.300}", place.name, answer.text));
            }
        }
        assert!(others.is_empty(), "{others:#?}");
        assert_eq!(people.everything().await, before);
    }
}

on_both! {
    /// Any text that people write survives; too much of it, and none, are refused.
    async fn text_survives_within_its_bounds(world) {
        let people = People::of(&world).await;
        for text in ["🎫🔥 família 👩‍👩‍👧‍👦", "تذكرة جديدة \u{202e}abc", "הטלפון לא עובד", "日本語のチケット", "a\u{301} é ß İ", "' OR 1=1; --", "<script>alert(1)</script>", "\\u0000 %00 \\", "\u{feff}x\u{fffd}\u{10ffff}"] {
            let opened = people.client.done(OPEN, json!({"value": text})).await;
            assert_eq!(opened["ticketOpen"]["ticket"], json!({"subject": text, "description": text}));
        }
        let escaped = "mutation { ticketOpen(input: {subject: \"\\uD83C\\uDFAB \\u{1F525} \\u00e9\", description: \"x\"}) { ticket { subject } errors { code } } }";
        assert_eq!(people.client.read(escaped).await["ticketOpen"]["ticket"]["subject"], "🎫 🔥 é");
        let raw = format!("{{\"query\":{},\"variables\":{{\"value\":\"\\ud83c\\udfab\"}}}}", json!(OPEN));
        let request = post(Realm::Portal).header(header::AUTHORIZATION, format!("Bearer {}", people.client.token.clone().expect("signed in")));
        let answer = send(&world.router, body(request, raw)).await;
        assert_eq!(answer.json()["data"]["ticketOpen"]["ticket"]["subject"], "🎫");

        let before = people.everything().await;
        for (text, code) in [("", "REQUIRED"), (" \u{a0}\u{2003}\n", "REQUIRED"), ("\u{200b}\u{202e}", "REQUIRED"), (&"x".repeat(201), "TOO_LONG"), (&"x".repeat(100_000), "TOO_LONG"), ("a\u{7}", "INVALID_CHARACTERS"), ("a\u{9b}31m", "INVALID_CHARACTERS"), ("a\nb", "INVALID_CHARACTERS")] {
            let answer = tell(&world, &people.client, &json!({"query": OPEN, "variables": {"value": text}})).await;
            assert_eq!((answer.status, answer.code().as_str()), (StatusCode::OK, code), "{text:.20}");
        }
        for text in ["x".repeat(1_000_000), "é".repeat(100_000)] {
            let answer = tell(&world, &people.client, &json!({"query": OPEN, "variables": {"value": text}})).await;
            assert_eq!((answer.status, answer.code().as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "BAD_REQUEST"));
        }
        for half in ["\\ud800", "\\udc00x", "\\ud83cx\\udfab", "\\ud83c\\u0041", "\\uZZZZ"] {
            let json = format!("{{\"query\":{},\"variables\":{{\"value\":\"{half}\"}}}}", json!(OPEN));
            let answer = send(&world.router, body(post(Realm::Portal), json)).await;
            assert_eq!((answer.status, answer.code().as_str()), (StatusCode::BAD_REQUEST, "BAD_REQUEST"), "{half}");
            let literal = format!("mutation {{ ticketOpen(input: {{subject: \"{half}\", description: \"x\"}}) {{ errors {{ code }} }} }}");
            assert_eq!(tell(&world, &people.client, &json!({"query": literal})).await.code(), "GRAPHQL_PARSE_FAILED", "{half}");
        }
        let braced = "mutation { ticketOpen(input: {subject: \"\\u{D800}\", description: \"x\"}) { errors { code } } }";
        assert_eq!(tell(&world, &people.client, &json!({"query": braced})).await.code(), "GRAPHQL_PARSE_FAILED");
        assert_eq!(people.everything().await, before);
    }
}

/// What no header can hold, and what no text can be made of.
#[test]
fn headers_that_are_no_text_are_refused_or_ignored() {
    alone(async |world| {
        let query = [("query", "{ __typename }")];
        for (name, status) in [
            ("authorization", 200),
            ("accept", 406),
            ("origin", 200),
            ("x-vitrine-request", 200),
            ("content-type", 200),
        ] {
            let request = get(Realm::Portal, &query).header(
                name,
                http::HeaderValue::from_bytes(b"Bearer \xff\xfe").expect("a header"),
            );
            assert_eq!(
                send(&world.router, empty(request)).await.status.as_u16(),
                status,
                "{name}"
            );
        }
        let lossy = send(
            &world.router,
            empty(
                Request::get("/graphql?query=%ff%00%&variables=%").header("x-vitrine-request", "1"),
            ),
        )
        .await;
        assert_eq!(
            (lossy.status, lossy.code().as_str()),
            (StatusCode::BAD_REQUEST, "BAD_REQUEST")
        );
        let address = world.serve().await;
        for bad in [
            "Authorization: Bearer a\0b",
            "X-\0: a",
            "Content-Length: -1",
            "Content-Length: 1\r\nContent-Length: 2",
        ] {
            let request = format!("POST /graphql HTTP/1.1\r\nHost: {address}\r\n{bad}\r\n\r\n");
            let answer = by_hand(&address, &request).await;
            assert!(
                answer.starts_with("HTTP/1.1 400 Bad Request\r\n"),
                "{bad:?}: {answer}"
            );
        }
        let long = format!(
            "GET /graphql?query={} HTTP/1.1\r\nHost: {address}\r\n\r\n",
            "x".repeat(65_536)
        );
        let answer = by_hand(&address, &long).await;
        assert!(
            answer.starts_with("HTTP/1.1 414 URI Too Long\r\n"),
            "{answer}"
        );
    });
}

/// Sends what no client library would, and reads until the end.
async fn by_hand(address: &str, request: &str) -> String {
    let mut line = TcpStream::connect(address).await.expect("a connection");
    line.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    line.read_to_string(&mut answer).await.expect("an answer");
    answer
}
