//! A lost database.

use end_to_end::{Kind, Realm, World, id, on_both, world};
use http::{Request, StatusCode};
use serde_json::json;

use super::{OPEN, People, give, places::places};
use crate::http::{empty, send, tell};

/// What whoever asks is told while there is no database.
async fn told_without_a_database(world: &World, people: &People) {
    // Those that are asked by nobody follow below.
    let places = places(world);
    for place in places.iter().filter(|place| !place.by_nobody) {
        let answer = give(world, people, place, json!(id::ticket(world.cast.mias))).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE"),
            "{}: {}",
            place.name,
            answer.text
        );
        assert!(answer.json().get("data").is_none(), "{}", answer.text);
    }
    // Nobody's rights have to be read, so that each field fails by itself.
    let nobody = world.anonymous(Realm::Portal);
    for document in [
        "{ branding(workspace: \"glass\") { name } }",
        "mutation { signIn(input: {workspace: \"glass\", email: \"mia@alder.example\", password: \"x\"}) { errors { code } } }",
        "mutation { signOut(input: {refreshToken: \"AAAA\"}) { errors { code } } }",
        "mutation { sessionRefresh(input: {refreshToken: \"AAAA\"}) { errors { code } } }",
    ] {
        let answer = tell(world, &nobody, &json!({"query": document})).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::OK, "UNAVAILABLE"),
            "{document}: {}",
            answer.text
        );
    }
    assert_eq!(
        tell(world, &nobody, &json!({"query": "{ __typename }"}))
            .await
            .code(),
        "none"
    );
    assert_eq!(
        send(&world.router, empty(Request::get("/readyz")))
            .await
            .status,
        StatusCode::SERVICE_UNAVAILABLE
    );
}

on_both! {
    async fn a_closed_database_is_told_as_unavailable(world) {
        let people = People::of(&world).await;
        world.store.close().await.expect("closed");
        told_without_a_database(&world, &people).await;
    }
}

/// PostgreSQL goes away with the database in it.
#[test]
fn a_dropped_database_is_told_as_unavailable() {
    world::run(Kind::Postgres, async |world| {
        let people = People::of(&world).await;
        world.database.handle().remove().await;
        told_without_a_database(&world, &people).await;
    });
}

/// PostgreSQL restarts, or somebody ends our connections: what was under way
/// fails as a whole, and what comes next is served.
#[test]
fn killed_connections_are_replaced() {
    world::run(Kind::Postgres, async |world| {
        let people = People::of(&world).await;
        let mia = &people.client;
        let envelope = json!({"query": OPEN, "variables": {"value": "After the cut"}});
        let mut opened = 0;
        for _ in 0..3 {
            let list = json!({"query": "{ tickets { nodes { id } } }"});
            let many = (0..8).map(|_| tell(&world, mia, &list));
            futures_util::future::join_all(many).await;
            kill_connections(&world).await;
            // Each of the pool's connections may have to find out by itself.
            let mut served = false;
            for _ in 0..16 {
                let answer = tell(&world, mia, &envelope).await;
                served = answer.code() == "none";
                assert!(served || answer.code() == "UNAVAILABLE", "{}", answer.text);
                if served {
                    opened += 1;
                    break;
                }
            }
            assert!(served, "not served again");
        }
        let list = people
            .staff
            .read("{ tickets(first: 100) { nodes { subject } } }")
            .await;
        assert_eq!(
            list.to_string().matches("After the cut").count(),
            opened,
            "{list}"
        );
    });
}

#[expect(
    clippy::disallowed_methods,
    reason = "does to the store's connections what an operator does"
)]
async fn kill_connections(world: &World) {
    use sea_orm::ConnectionTrait;
    let operator = sea_orm::Database::connect(&world.database.url)
        .await
        .expect("a connection");
    let kill = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
    operator.execute_unprepared(kill).await.expect("killed");
    operator.close().await.expect("closed");
}
