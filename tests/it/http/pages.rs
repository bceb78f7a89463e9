//! The pages beside GraphQL, and which listener has which.

use end_to_end::on_both;
use gateway::{Faces, Services, ServicesConfig};
use http::{Request, StatusCode};
use identity::Passwords;
use serde_json::json;
use tower::ServiceExt;

use super::{JSON, alone, empty, send};

on_both! {
    async fn health_is_told_apart_from_readiness(world) {
        let page = async |path: &str| send(&world.router, empty(Request::get(path))).await;
        for (path, text) in [("/healthz", "ok\n"), ("/readyz", "ready\n")] {
            let answer = page(path).await;
            assert_eq!((answer.status, answer.text.as_str()), (StatusCode::OK, text));
            let post = send(&world.router, empty(Request::post(path))).await;
            assert_eq!((post.status, post.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET,HEAD"));
        }
        world.store.close().await.expect("closed");
        assert_eq!(page("/healthz").await.status, StatusCode::OK);
        let unready = page("/readyz").await;
        assert_eq!((unready.status, unready.text.as_str()), (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"));
    }
}

/// Each realm has its own keys, and shows the public half alone.
#[test]
fn the_keys_of_the_realms_differ() {
    alone(async |world| {
        let keys = async |path: &str| {
            let answer = send(&world.router, empty(Request::get(path))).await;
            assert_eq!(answer.header("content-type"), JSON);
            let keys = answer.json()["keys"].as_array().cloned().expect("keys");
            assert!(!keys.is_empty());
            for key in &keys {
                assert_eq!(
                    (&key["kty"], &key["crv"], &key["alg"], &key["use"]),
                    (
                        &json!("OKP"),
                        &json!("Ed25519"),
                        &json!("EdDSA"),
                        &json!("sig")
                    )
                );
                assert!(key.get("d").is_none(), "a private half");
            }
            keys
        };
        let portal = keys("/.well-known/jwks.json").await;
        for key in keys("/staff/.well-known/jwks.json").await {
            assert!(
                portal
                    .iter()
                    .all(|other| other["kid"] != key["kid"] && other["x"] != key["x"])
            );
        }
    });
}

/// A listener has the faces that it is told to have, and no page besides.
#[test]
fn a_listener_serves_its_faces_alone() {
    alone(async |world| {
        let services = Services::new(ServicesConfig {
            store: world.store.clone(),
            clock: world.clock.clone(),
            entropy: world.entropy.clone(),
            passwords: Passwords::cheap(world.entropy.as_ref()),
            tokens: world.tokens.clone(),
            files: world.files.clone(),
            hub: world.hub.clone(),
            sign_up: identity::SignUpPolicy::Closed,
        });
        let portal = ["/graphql", "/.well-known/jwks.json", "/graphiql"];
        let staff = [
            "/staff/graphql",
            "/staff/.well-known/jwks.json",
            "/staff/graphiql",
        ];
        for (faces, graphiql) in [
            ((true, true), false),
            ((true, false), true),
            ((false, true), true),
            ((false, true), false),
            ((false, false), true),
        ] {
            let faces = Faces {
                trusted_proxies: gateway::TrustedProxies::default(),
                portal: faces.0,
                staff: faces.1,
                graphiql,
                allowed_origins: Vec::new(),
            };
            let router = gateway::router(&services, &faces);
            for (path, face) in portal
                .iter()
                .map(|path| (path, faces.portal))
                .chain(staff.iter().map(|path| (path, faces.staff)))
            {
                let answer = router
                    .clone()
                    .oneshot(empty(Request::get(*path)))
                    .await
                    .expect("an answer");
                let there = face && (graphiql || !path.ends_with("graphiql"));
                assert_eq!(
                    answer.status() != StatusCode::NOT_FOUND,
                    there,
                    "{path}: {faces:?}"
                );
            }
            assert_eq!(
                send(&router, empty(Request::get("/nowhere"))).await.status,
                StatusCode::NOT_FOUND
            );
            assert_eq!(
                send(&router, empty(Request::get("/healthz"))).await.status,
                StatusCode::OK
            );
        }
    });
}
