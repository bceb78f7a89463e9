//! Statuses and media types of answers.

use end_to_end::{Realm, id, on_both};
use http::{Request, StatusCode, header};
use serde_json::json;

use super::{JSON, alone, body, post, send, tell};

const GRAPHQL: &str = "application/graphql-response+json";

on_both! {
    /// The status tells of the request with the new media type, and with the
    /// old one only whether it was a request at all.
    async fn the_media_type_decides_the_status(world) {
        let mia = world.client("mia@alder.example").await;
        let unknown = id::no_ticket();
        for (envelope, json_status, graphql_status, data) in [
            (json!({"query": "{ viewer { name } }"}), 200, 200, true),
            (json!({"query": "query ($id: ID!) { ticket(id: $id) { id } }", "variables": {"id": unknown}}), 200, 200, true),
            (json!({"query": "query ($id: ID!) { ticket(id: $id) { id } }"}), 200, 400, false),
            (json!({"query": "query ($n: Int) { tickets(first: $n) { nodes { id } } }", "variables": {"n": "x"}}), 200, 400, false),
            (json!({"query": "{"}), 200, 400, false),
            (json!({"query": "{ nothing }"}), 200, 400, false),
            (json!({"query": format!("{{ {} }}", "viewer { name } ".repeat(21))}), 200, 400, false),
            (json!({"query": "query A { __typename } query B { __typename }"}), 200, 400, false),
            (json!({"query": "query A { __typename }", "operationName": "B"}), 200, 400, false),
            (json!({"query": ""}), 200, 400, false),
            (json!({}), 400, 400, false),
            (json!({"query": null}), 400, 400, false),
            (json!({"query": 1}), 400, 400, false),
            (json!({"query": "{ __typename }", "variables": 1}), 400, 400, false),
            (json!({"query": "{ __typename }", "extensions": []}), 400, 400, false),
        ] {
            for (accept, expected) in [(JSON, json_status), (GRAPHQL, graphql_status)] {
                let token = mia.token.clone().expect("signed in");
                let request = post(Realm::Portal).header(header::ACCEPT, accept).header(header::AUTHORIZATION, format!("Bearer {token}"));
                let answer = send(&world.router, body(request, envelope.to_string())).await;
                assert_eq!(answer.status.as_u16(), expected, "{accept} {envelope}: {}", answer.text);
                assert_eq!(answer.header("content-type"), format!("{accept}; charset=utf-8"));
                assert_eq!(answer.json().get("data").is_some(), data, "{envelope}: {}", answer.text);
            }
        }
    }
}

#[test]
fn the_media_type_is_the_callers_choice() {
    alone(async |world| {
        for (accept, expected) in [
            (None, JSON),
            (Some("*/*"), JSON),
            (Some("application/*"), JSON),
            (Some(JSON), JSON),
            (Some(GRAPHQL), GRAPHQL),
            (
                Some("text/html, application/json;q=0.5, application/graphql-response+json"),
                GRAPHQL,
            ),
            (Some("application/json; charset=utf-8"), JSON),
            (Some("text/event-stream"), "text/event-stream"),
        ] {
            let mut request = post(Realm::Portal);
            if let Some(accept) = accept {
                request = request.header(header::ACCEPT, accept);
            }
            let answer = send(
                &world.router,
                body(request, "{\"query\":\"{ __typename }\"}"),
            )
            .await;
            assert_eq!(answer.status, StatusCode::OK);
            assert_eq!(
                answer.header("content-type"),
                format!("{expected}; charset=utf-8")
            );
            assert!(
                answer
                    .text
                    .contains("{\"data\":{\"__typename\":\"Query\"}}"),
                "{}",
                answer.text
            );
        }
        for accept in ["image/png", "application/json;q=0", "text/html"] {
            let request = post(Realm::Portal).header(header::ACCEPT, accept);
            let answer = send(
                &world.router,
                body(request, "{\"query\":\"{ __typename }\"}"),
            )
            .await;
            assert_eq!(answer.status, StatusCode::NOT_ACCEPTABLE, "{accept}");
        }
        let latin = Request::post("/graphql")
            .header(header::CONTENT_TYPE, "application/json; charset=latin1");
        let answer = send(&world.router, body(latin, "{\"query\":\"{ __typename }\"}")).await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        let stream = "subscription { ticketChanged { id } }";
        let answer = tell(
            &world,
            &world.anonymous(Realm::Portal),
            &json!({"query": stream}),
        )
        .await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::BAD_REQUEST, "BAD_REQUEST")
        );
    });
}
