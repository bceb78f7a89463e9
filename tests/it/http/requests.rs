//! GET, persisted queries, and what other sites may send and read.

use end_to_end::{PASSWORD, Realm, on_both, persona};
use http::{Request, StatusCode, header};
use serde_json::json;

use super::{JSON, alone, body, empty, get, plain_get, post, send, tell};

on_both! {
    async fn a_get_carries_everything(world) {
        let document = "query A { __typename } query B($w: String!) { branding(workspace: $w) { name } }";
        let whole = [("query", document), ("operationName", "B"), ("variables", "{\"w\":\"glass\"}"), ("extensions", "{\"own\":1}")];
        let answer = send(&world.router, empty(get(Realm::Portal, &whole))).await;
        assert_eq!(answer.json(), json!({"data": {"branding": {"name": "GLASS"}}}));
        let nulls = [("query", "{ __typename }"), ("operationName", ""), ("variables", "null"), ("extensions", "null"), ("own", "1"), ("own", "2")];
        let answer = send(&world.router, empty(get(Realm::Portal, &nulls))).await;
        assert_eq!(answer.json(), json!({"data": {"__typename": "Query"}}));
        let simple = ("query", "{ __typename }");
        for bad in [
            &[][..], &[("variables", "{}")], &[simple, simple], &[simple, ("variables", "{}"), ("variables", "{}")],
            &[simple, ("operationName", "A"), ("operationName", "B")], &[simple, ("extensions", "{}"), ("extensions", "{}")],
            &[simple, ("variables", "[]")], &[simple, ("variables", "{")], &[simple, ("variables", "1")], &[simple, ("extensions", "[]")],
        ] {
            let answer = send(&world.router, empty(get(Realm::Portal, bad))).await;
            assert_eq!((answer.status, answer.code().as_str()), (StatusCode::BAD_REQUEST, "BAD_REQUEST"), "{bad:?}");
            assert!(answer.json().get("data").is_none());
        }
        let mia = world.client("mia@alder.example").await;
        let signed = plain_get(Realm::Portal, &[("query", "{ viewer { name } }")]).header(header::AUTHORIZATION, format!("Bearer {}", mia.token.expect("signed in")));
        assert_eq!(send(&world.router, empty(signed)).await.json()["data"]["viewer"]["name"], "Mia");
    }
}

/// What another site can have a browser send is not answered.
#[test]
fn a_request_from_another_site_is_refused() {
    alone(async |world| {
        let query = [("query", "{ __typename }")];
        for (name, value, passes) in [
            ("accept", "*/*", false),
            ("origin", "https://evil.example", false),
            ("content-type", "text/plain", false),
            ("x-vitrine-request", "", true),
            ("authorization", "Bearer x", true),
            ("content-type", JSON, true),
        ] {
            let answer = send(
                &world.router,
                empty(plain_get(Realm::Portal, &query).header(name, value)),
            )
            .await;
            assert_eq!(
                answer.status == StatusCode::OK,
                passes,
                "{name}: {value}: {}",
                answer.text
            );
            if !passes {
                assert_eq!(
                    (answer.status, answer.code().as_str()),
                    (StatusCode::BAD_REQUEST, "BAD_REQUEST")
                );
            }
        }
    });
}

/// A browser on a listed origin may read what we answer; on another it may not.
#[test]
fn only_listed_origins_may_read() {
    alone(async |world| {
        let allowed = "access-control-allow-origin";
        for (origin, expected) in [
            ("https://portal.example", "https://portal.example"),
            ("https://evil.example", ""),
            ("null", ""),
        ] {
            let request = post(Realm::Portal).header(header::ORIGIN, origin);
            let answer = send(
                &world.router,
                body(request, "{\"query\":\"{ __typename }\"}"),
            )
            .await;
            assert_eq!(answer.header(allowed), expected);
            let ask = Request::options("/graphql")
                .header(header::ORIGIN, origin)
                .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
                .header(
                    header::ACCESS_CONTROL_REQUEST_HEADERS,
                    "authorization,content-type,x-vitrine-request",
                );
            let preflight = send(&world.router, empty(ask)).await;
            assert_eq!(preflight.status, StatusCode::OK);
            assert_eq!(preflight.header(allowed), expected);
            assert_eq!(preflight.header("access-control-allow-credentials"), "");
            assert_eq!(preflight.header("access-control-allow-methods"), "GET,POST,PUT");
            assert!(
                preflight.header("vary").contains("origin"),
                "{:?}",
                preflight.headers
            );
        }
    });
}

const TYPENAME: (&str, &str) = (
    "{ __typename }",
    "7f56e67dd21ab3f30d1ff8b7bed08893f0a0db86449836189b361dd1e56ddb4b",
);
const VIEWER: (&str, &str) = (
    "{ viewer { name } }",
    "3f9a5fe58741fdcb3ba59d8cc865ce0c081b65bca09f7904bc81277be1bdd3f0",
);

/// A document is known by its digest once it was sent along, at that endpoint.
#[test]
fn a_persisted_query_is_known_where_it_was_registered() {
    alone(async |world| {
        let hashed = |hash: &str| json!({"persistedQuery": {"version": 1, "sha256Hash": hash}});
        let by_get = async |realm, text: Option<&str>, hash: &str| {
            let extensions = hashed(hash).to_string();
            let query = text.map(|text| ("query", text));
            let parameters: Vec<_> = query
                .into_iter()
                .chain([("extensions", extensions.as_str())])
                .collect();
            send(&world.router, empty(get(realm, &parameters))).await
        };
        let by_post = async |realm, text: Option<&str>, hash: &str| {
            tell(
                &world,
                &world.anonymous(realm),
                &json!({"query": text, "extensions": hashed(hash)}),
            )
            .await
        };
        for (here, there) in [(Realm::Portal, Realm::Staff), (Realm::Staff, Realm::Portal)] {
            let (text, hash) = if here == Realm::Portal {
                TYPENAME
            } else {
                VIEWER
            };
            for unknown in [
                by_get(here, None, hash).await,
                by_post(here, None, hash).await,
            ] {
                assert_eq!(unknown.code(), "PERSISTED_QUERY_NOT_FOUND");
                assert_eq!(
                    unknown.json()["errors"][0]["message"],
                    "PersistedQueryNotFound"
                );
            }
            let known = by_get(here, Some(text), hash).await.json();
            assert!(known.get("data").is_some(), "{known}");
            assert_eq!(by_get(here, None, hash).await.json(), known);
            assert_eq!(
                by_post(here, None, &hash.to_uppercase()).await.json(),
                known
            );
            assert_eq!(
                by_get(there, None, hash).await.code(),
                "PERSISTED_QUERY_NOT_FOUND"
            );
            assert_eq!(
                by_post(there, None, hash).await.code(),
                "PERSISTED_QUERY_NOT_FOUND"
            );
            // Forgotten nowhere, so the next round finds the other document unknown there.
        }
        let wrong = [
            by_post(Realm::Portal, Some("{ categories { key } }"), TYPENAME.1).await,
            by_get(Realm::Portal, Some("{ categories { key } }"), TYPENAME.1).await,
            by_post(Realm::Portal, None, "x").await,
            by_post(Realm::Portal, None, &"+f".repeat(32)).await,
            tell(&world, &world.anonymous(Realm::Portal), &json!({"extensions": {"persistedQuery": {"version": 2, "sha256Hash": TYPENAME.1}}})).await,
            tell(&world, &world.anonymous(Realm::Portal), &json!({"extensions": {"persistedQuery": [1, TYPENAME.1]}})).await,
        ];
        for answer in wrong {
            assert_eq!(
                (answer.status, answer.code().as_str()),
                (StatusCode::BAD_REQUEST, "BAD_REQUEST"),
                "{}",
                answer.text
            );
        }
        let input = json!({"input": {"workspace": "glass", "email": "mia@alder.example", "password": PASSWORD}}).to_string();
        let mutation = [("query", persona::SIGN_IN), ("variables", input.as_str())];
        assert_eq!(
            send(&world.router, empty(get(Realm::Portal, &mutation)))
                .await
                .status,
            StatusCode::METHOD_NOT_ALLOWED
        );
    });
}
