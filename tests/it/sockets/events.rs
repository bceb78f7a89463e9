//! Server-sent events, one response for each operation.

use axum::body::Body;
use end_to_end::{
    Persona, Realm,
    events::{Event, Events},
    on_both,
    patience::until,
    persona::text,
};
use http::{Request, StatusCode, header};
use serde_json::{Value, json};

use super::{CHANGED, VIEWER};

async fn get(persona: &Persona, query: &str, own_header: bool) -> http::Response<Body> {
    let query: String = query.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let mut request = Request::get(format!("{}?query={query}", persona.realm.path()))
        .header(header::ACCEPT, "text/event-stream");
    if let Some(token) = persona.token.as_ref().filter(|_| own_header) {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    persona
        .send(request.body(Body::empty()).expect("a request"))
        .await
}

on_both! {
    /// Any operation: a query is one event and then complete.
    async fn an_answer_is_an_event(world) {
        let mia = world.client("mia@alder.example").await;
        let mut events = Events::of(&mia, VIEWER).await;
        assert_eq!(events.next().await, json!({"viewer": {"name": "Mia"}}));
        assert_eq!(events.hear().await, Event::Complete);
        assert_eq!(events.hear().await, Event::Gone);
        let response = Events::ask(&mia, VIEWER).await;
        let headers = response.headers();
        assert_eq!(headers[header::CONTENT_TYPE], "text/event-stream; charset=utf-8");
        assert_eq!(headers["x-accel-buffering"], "no");
        assert!(headers[header::CACHE_CONTROL].to_str().expect("text").contains("no-store"));
        // Something comes at once, so that the reader knows that it is open.
        assert!(text(response).await.starts_with(":\n\n"));
    }
}

on_both! {
    /// GET subscribes too, but no page of somebody else can make a browser do it.
    async fn a_get_subscribes_and_cannot_be_forged(world) {
        let mia = world.client("mia@alder.example").await;
        let response = get(&mia, VIEWER, true).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert!(text(response).await.contains("\"Mia\""));
        let forged = get(&mia, CHANGED, false).await;
        assert_eq!(forged.status(), StatusCode::BAD_REQUEST);
        let sign_out = get(&mia, "mutation { signOut { signedOut } }", true).await;
        assert_eq!(sign_out.status(), StatusCode::METHOD_NOT_ALLOWED);
    }
}

on_both! {
    /// What is no request is refused as JSON with a status, not as an event.
    async fn request_errors_are_json(world) {
        let anonymous = world.anonymous(Realm::Portal);
        for query in ["{", "", "{ a b", &"[".repeat(500)] {
            let response = Events::ask(&anonymous, query).await;
            assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{query}");
            assert_eq!(response.headers()[header::CONTENT_TYPE], "application/json; charset=utf-8");
            let answer: Value = serde_json::from_str(&text(response).await).expect("JSON");
            assert!(answer["errors"][0]["extensions"]["code"].is_string(), "{answer}");
            assert!(answer.get("data").is_none(), "{answer}");
        }
        // Who asks for JSON gets no stream.
        let (status, answer) = anonymous.raw(json!({"query": CHANGED})).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{answer}");
        assert!(answer.contains("text/event-stream"), "{answer}");
    }
}

on_both! {
    /// Five streams of one user; the sixth is refused until one has gone.
    async fn a_user_has_five_streams(world) {
        let mia = world.client("mia@alder.example").await;
        let noah = world.client("noah@alder.example").await;
        let mut held = Vec::new();
        for _ in 0..5 {
            held.push(Events::of(&mia, CHANGED).await);
        }
        let response = Events::ask(&mia, CHANGED).await;
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/json; charset=utf-8");
        let answer: Value = serde_json::from_str(&text(response).await).expect("JSON");
        assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_REQUEST");
        // Neither others nor what does not last are in the way.
        held.push(Events::of(&noah, CHANGED).await);
        assert_eq!(Events::of(&mia, VIEWER).await.next().await, json!({"viewer": {"name": "Mia"}}));
        held.remove(0);
        until("a seat is free", async || Events::ask(&mia, CHANGED).await.status() == StatusCode::OK).await;
    }
}
