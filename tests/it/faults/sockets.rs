//! Sockets: the worst of them here, the protocol in `sockets/`.

use http::StatusCode;
use serde_json::json;
use tokio_tungstenite::tungstenite::Error;

use super::{hear, open, say, subscribe, welcomed};
use crate::http::alone;

/// Fault 8: a socket takes any page, any message and any protocol, and ends in
/// ways that the protocol does not know. (`live/` has the rest.)
#[test]
fn a_socket_is_no_way_around() {
    alone(async |world| {
        let address = world.serve().await;
        let modern = "graphql-transport-ws";
        for (origin, passes) in [
            (None, true),
            (Some("https://portal.example"), true),
            (Some("https://evil.example"), false),
            (Some("null"), false),
        ] {
            match open(&address, modern, origin).await {
                Ok(_) => assert!(passes, "{origin:?}"),
                Err(Error::Http(answer)) => assert_eq!(
                    (answer.status(), passes),
                    (StatusCode::FORBIDDEN, false),
                    "{origin:?}"
                ),
                Err(error) => panic!("{error}"),
            }
        }
        assert!(
            open(&address, "graphql-ws", None).await.is_err(),
            "the legacy protocol"
        );
        for (messages, code) in [
            (
                vec![
                    json!({"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }"}}),
                ],
                4401,
            ),
            (
                vec![
                    json!({"type": "connection_init", "payload": {"authorization": "Bearer nonsense"}}),
                ],
                4403,
            ),
            (vec![json!({"type": "x".repeat(200)})], 4400),
            (vec![json!([])], 4400),
            (
                vec![
                    json!({"type": "connection_init"}),
                    json!({"type": "connection_init"}),
                ],
                4429,
            ),
        ] {
            let mut socket = open(&address, modern, None).await.expect("a socket");
            for message in &messages {
                say(&mut socket, message).await;
            }
            let mut end = hear(&mut socket).await;
            if end["type"] == "connection_ack" {
                end = hear(&mut socket).await;
            }
            assert_eq!(end["code"], code, "{messages:?}");
            assert!(
                end["reason"]
                    .as_str()
                    .is_some_and(|reason| reason.len() < 60 && !reason.contains("xxx")),
                "{end}"
            );
        }
        let mut socket = welcomed(&address).await;
        let wrong = subscribe(&mut socket, "1", "{ nothing }").await;
        assert_eq!(
            (&wrong["type"], &wrong["payload"][0]["extensions"]["code"]),
            (&json!("error"), &json!("GRAPHQL_VALIDATION_FAILED"))
        );
        let staff = subscribe(&mut socket, "2", "{ staffMembers { name } }").await;
        assert_eq!(staff["type"], "error");
    });
}
