//! What counts as a message, and what does not.

use serde_json::json;

use super::message::{Credentials, Incoming, Outgoing};
use crate::{answer::Answer, refusal::Refusal};

fn parse(message: &serde_json::Value) -> Option<Incoming> {
    Incoming::parse(&message.to_string())
}

fn credentials(payload: &serde_json::Value) -> Option<String> {
    match parse(&json!({ "type": "connection_init", "payload": payload })) {
        Some(Incoming::ConnectionInit(Credentials { token, .. })) => token,
        _ => panic!("no init: {payload}"),
    }
}

#[test]
fn each_message_of_the_protocol_is_read() {
    assert!(matches!(
        parse(&json!({ "type": "connection_init" })),
        Some(Incoming::ConnectionInit(Credentials {
            token: None,
            cookie: false
        }))
    ));
    assert!(matches!(
        parse(&json!({ "type": "ping" })),
        Some(Incoming::Ping(None))
    ));
    assert!(matches!(
        parse(&json!({ "type": "pong", "payload": { "a": 1 } })),
        Some(Incoming::Pong)
    ));
    let complete = parse(&json!({ "type": "complete", "id": "7" }));
    assert!(matches!(complete, Some(Incoming::Complete(id)) if id == "7"));
    let subscribe = parse(&json!({
        "id": "7",
        "type": "subscribe",
        "payload": { "query": "{ a }", "operationName": null, "variables": { "b": 1 }, "extra": 1 },
    }));
    let Some(Incoming::Subscribe(id, envelope)) = subscribe else {
        panic!("no subscribe");
    };
    assert_eq!(
        (id.as_str(), envelope.query.as_deref()),
        ("7", Some("{ a }"))
    );
    assert!(
        envelope
            .variables
            .is_some_and(|variables| variables.len() == 1)
    );
}

#[test]
fn what_the_protocol_does_not_know_is_no_message() {
    for bad in [
        "",
        "{",
        "null",
        "[]",
        r#"["ping"]"#,
        r#"{"type":1}"#,
        r#"{"type":"ping","type":"pong"}"#,
        r#"{"type":"ping"} {"type":"ping"}"#,
        r#"{"type":"Ping"}"#,
        r#"{"type":"ping","payload":[]}"#,
        r#"{"type":"next","id":"1","payload":{}}"#,
        r#"{"type":"start","id":"1","payload":{"query":"{a}"}}"#,
        r#"{"type":"connection_init","payload":["a"]}"#,
        r#"{"type":"connection_init","payload":1}"#,
    ] {
        assert!(Incoming::parse(bad).is_none(), "{bad}");
    }
}

#[test]
fn an_operation_needs_an_id_and_something_to_ask() {
    for bad in [
        r#"{"type":"complete"}"#,
        r#"{"type":"complete","id":1}"#,
        r#"{"type":"complete","id":""}"#,
        r#"{"type":"subscribe","payload":{"query":"{a}"}}"#,
        r#"{"type":"subscribe","id":null,"payload":{"query":"{a}"}}"#,
        r#"{"type":"subscribe","id":"1"}"#,
        r#"{"type":"subscribe","id":"1","payload":null}"#,
        r#"{"type":"subscribe","id":"1","payload":{}}"#,
        r#"{"type":"subscribe","id":"1","payload":["{a}"]}"#,
        r#"{"type":"subscribe","id":"1","payload":{"query":1}}"#,
        r#"{"type":"subscribe","id":"1","payload":{"query":"{a}","query":"{b}"}}"#,
        r#"{"type":"subscribe","id":"1","payload":{"query":"{a}","variables":[]}}"#,
    ] {
        assert!(Incoming::parse(bad).is_none(), "{bad}");
    }
}

#[test]
fn an_id_has_at_most_128_bytes() {
    let complete = |id: String| parse(&json!({ "type": "complete", "id": id }));
    assert!(complete("ä".repeat(64)).is_some());
    assert!(complete("ä".repeat(64) + "a").is_none());
}

#[test]
fn a_token_is_found_wherever_clients_put_it() {
    let token = Some("abc".to_owned());
    assert_eq!(
        credentials(&json!({ "authorization": "Bearer abc" })),
        token
    );
    assert_eq!(
        credentials(&json!({ "Authorization": "bearer  abc " })),
        token
    );
    assert_eq!(
        credentials(&json!({ "accessToken": "abc", "authorization": null })),
        token
    );
    assert_eq!(
        credentials(&json!({ "authorization": "Bearer abc", "accessToken": "x" })),
        token
    );
}

#[test]
fn what_could_not_be_a_token_is_not_taken_for_none() {
    let worthless = Some(String::new());
    assert_eq!(credentials(&json!({ "authorization": "abc" })), worthless);
    assert_eq!(
        credentials(&json!({ "authorization": "Basic abc" })),
        worthless
    );
    assert_eq!(
        credentials(&json!({ "authorization": "Bearer " })),
        worthless
    );
    assert_eq!(credentials(&json!({ "accessToken": 1 })), worthless);
    for none in [
        json!(null),
        json!({}),
        json!({ "authorization": null }),
        json!({ "accessToken": "" }),
    ] {
        assert_eq!(credentials(&none), None, "{none}");
    }
}

#[test]
fn a_cookie_counts_when_it_is_said_to() {
    let cookie = |payload: serde_json::Value| {
        let init = json!({ "type": "connection_init", "payload": payload });
        matches!(parse(&init), Some(Incoming::ConnectionInit(said)) if said.cookie)
    };
    assert!(cookie(json!({ "cookie": true })));
    for payload in [
        json!({}),
        json!({ "cookie": false }),
        json!({ "cookie": "true" }),
        json!({ "cookie": 1 }),
        json!({ "Cookie": true }),
    ] {
        assert!(!cookie(payload.clone()), "{payload}");
    }
}

#[test]
fn only_a_small_ping_is_sent_back() {
    let ping =
        |bytes| match parse(&json!({ "type": "ping", "payload": { "a": "b".repeat(bytes) } })) {
            Some(Incoming::Ping(payload)) => payload,
            _ => panic!("no ping"),
        };
    let payload = ping(3);
    assert_eq!(
        Outgoing::Pong { payload }.text(),
        r#"{"type":"pong","payload":{"a":"bbb"}}"#
    );
    let payload = ping(2000);
    assert_eq!(Outgoing::Pong { payload }.text(), r#"{"type":"pong"}"#);
}

#[test]
fn errors_are_a_list_and_answers_are_whole() {
    let answer = Answer::from(Refusal::Forbidden);
    let error = Outgoing::Error {
        id: "1",
        payload: answer.errors(),
    }
    .text();
    assert!(
        error.starts_with(r#"{"type":"error","id":"1","payload":[{"message":"#),
        "{error}"
    );
    let next = Outgoing::Next {
        id: "1",
        payload: &answer,
    }
    .text();
    assert!(
        next.starts_with(r#"{"type":"next","id":"1","payload":{"errors":["#),
        "{next}"
    );
    assert_eq!(
        Outgoing::ConnectionAck.text(),
        r#"{"type":"connection_ack"}"#
    );
    assert_eq!(
        Outgoing::Complete { id: "1" }.text(),
        r#"{"type":"complete","id":"1"}"#
    );
}
