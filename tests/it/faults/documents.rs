//! Documents that ask for more than anybody needs.

use end_to_end::Realm;
use http::StatusCode;
use serde_json::{Value, json};

use super::refused_every_way;
use crate::http::{BOTH, alone, body, post, send, tell};

/// Fault 1: one request of 4 kB nests a literal so deep that the parser's stack
/// overflows, which ends the process.
#[test]
fn deep_literals_leave_the_server_alive() {
    alone(async |world| {
        let address = world.serve().await;
        let lists = format!("{}{}", "[".repeat(2_000), "]".repeat(2_000));
        let objects = format!("{}0{}", "{a:".repeat(2_000), "}".repeat(2_000));
        for deep in [lists, objects] {
            for document in [
                format!("{{ tickets(first: {deep}) {{ nodes {{ id }} }} }}"),
                format!("{{ __typename @skip(if: {deep}) }}"),
                format!("query ($v: Int = {deep}) {{ __typename }}"),
                format!("subscription ($v: ID = {deep}) {{ ticketChanged(id: $v) {{ id }} }}"),
            ] {
                refused_every_way(&world, &address, &document, "LIMIT_EXCEEDED").await;
            }
        }
        let selections = format!("{}a{}", "{a".repeat(2_000), "}".repeat(2_000));
        refused_every_way(&world, &address, &selections, "LIMIT_EXCEEDED").await;
        let alive = tell(
            &world,
            &world.anonymous(Realm::Portal),
            &json!({"query": "{ __typename }"}),
        )
        .await;
        assert_eq!(alive.status, StatusCode::OK);
    });
}

/// Fragments that each spread the next so many times, so many levels deep.
fn bomb(width: usize, levels: usize) -> String {
    let fragments: String = (0..levels)
        .map(|level| {
            format!(
                "fragment F{level} on Query {{ {} }} ",
                format!("...F{} ", level + 1).repeat(width)
            )
        })
        .collect();
    format!("{{ ...F0 }} {fragments} fragment F{levels} on Query {{ __typename }}")
}

/// Fault 2: a kilobyte of fragments that spread each other keeps a processor
/// busy for half a minute, limits of the library or not.
#[test]
fn fragment_bombs_are_refused() {
    alone(async |world| {
        let address = world.serve().await;
        for document in [bomb(2, 24), bomb(2, 18), bomb(10, 9), bomb(40, 3)] {
            refused_every_way(&world, &address, &document, "LIMIT_EXCEEDED").await;
        }
        let circle = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }";
        refused_every_way(&world, &address, circle, "LIMIT_EXCEEDED").await;
    });
}

/// Fault 7: batches, aliases, operations, root fields, directives and lists of
/// errors have no bound.
#[test]
fn nothing_is_without_bound() {
    alone(async |world| {
        for batch in [
            "[]",
            "[{\"query\":\"{ __typename }\"}]",
            "[{\"query\":\"{ __typename }\"},{\"query\":\"{ __typename }\"}]",
            " \n[{}]",
        ] {
            for realm in BOTH {
                let answer = send(&world.router, body(post(realm), batch)).await;
                assert_eq!(
                    (answer.status, answer.code().as_str()),
                    (StatusCode::BAD_REQUEST, "BAD_REQUEST"),
                    "{batch}"
                );
            }
        }
        let address = world.serve().await;
        let each =
            |count: usize, text: fn(usize) -> String| (0..count).map(text).collect::<String>();
        for (limit, document) in [
            (
                "aliases",
                format!(
                    "{{ tickets {{ {} }} }}",
                    each(31, |n| format!("a{n}: __typename "))
                ),
            ),
            (
                "rootFields",
                format!("{{ {} }}", each(21, |_| "__typename ".to_owned())),
            ),
            (
                "operations",
                each(6, |n| format!("query Q{n} {{ __typename }} ")),
            ),
            (
                "directives",
                format!(
                    "{{ __typename {} }}",
                    each(21, |_| "@skip(if: false) ".to_owned())
                ),
            ),
        ] {
            let answer = tell(
                &world,
                &world.anonymous(Realm::Portal),
                &json!({"query": document}),
            )
            .await;
            assert_eq!(
                answer.json()["errors"][0]["extensions"]["limit"],
                limit,
                "{}",
                answer.text
            );
            refused_every_way(&world, &address, &document, "LIMIT_EXCEEDED").await;
        }
        // Twenty errors or more.
        for wrong in [
            format!("{{ tickets {{ {} }} }}", each(200, |n| format!("x{n} "))),
            format!(
                "{{ {} }}",
                each(20, |n| format!("a{n}: viewer(x: 1) {{ y }} "))
            ),
            format!(
                "{{ {} }}",
                each(20, |n| format!("a{n}: ticket(id: \"\") {{ id }} "))
            ),
        ] {
            for realm in BOTH {
                let answer = tell(&world, &world.anonymous(realm), &json!({"query": wrong})).await;
                assert_eq!(answer.json()["errors"].as_array().map(Vec::len), Some(20));
                assert!(answer.text.len() < 10_000, "{} bytes", answer.text.len());
            }
        }
        let long = "x".repeat(15_000);
        let repeated = format!(
            "{{ {} }} fragment F on Query {{ {long} }}",
            "...F ".repeat(20)
        );
        let answer = tell(
            &world,
            &world.anonymous(Realm::Portal),
            &json!({"query": repeated}),
        )
        .await;
        assert!(answer.text.len() < 20_000, "{} bytes", answer.text.len());
    });
}

/// Fault 9: an integer out of range fails while it is executed, without a code.
#[test]
fn integers_out_of_range_have_a_code() {
    alone(async |world| {
        let mia = world.client("mia@alder.example").await;
        for number in [
            "2147483648",
            "-2147483649",
            "9223372036854775808",
            "1e10",
            "1.5",
            "99999999999999999999999999",
        ] {
            let literal =
                json!({"query": format!("{{ tickets(first: {number}) {{ nodes {{ id }} }} }}")});
            let value: Value = serde_json::from_str(number).expect("a number");
            let variable = json!({"query": "query ($n: Int) { tickets(first: $n) { nodes { id } } }", "variables": {"n": value}});
            let default = json!({"query": format!("query ($n: Int = {number}) {{ tickets(first: $n) {{ nodes {{ id }} }} }}")});
            for envelope in [literal, variable, default] {
                let answer = tell(&world, &mia, &envelope).await;
                assert_eq!(answer.status, StatusCode::OK);
                assert_eq!(
                    (answer.code().as_str(), answer.json().get("data")),
                    ("GRAPHQL_VALIDATION_FAILED", None),
                    "{envelope}: {}",
                    answer.text
                );
            }
        }
    });
}

/// Fault 10: directives are counted for each field alone, and elsewhere not at all.
#[test]
fn directives_are_counted_wherever_they_stand() {
    alone(async |world| {
        let many = |count: usize| "@skip(if: false) ".repeat(count);
        for document in [
            format!("query {} {{ __typename }}", many(21)),
            format!("query ($v: Int {}) {{ __typename }}", many(21)),
            format!("{{ __typename {} }}", many(21)),
            format!("{{ ... {} {{ __typename }} }}", many(21)),
            format!(
                "{{ ...F {} }} fragment F on Query {{ __typename }}",
                many(21)
            ),
            format!(
                "{{ ...F }} fragment F on Query {} {{ __typename }}",
                many(21)
            ),
            format!(
                "query {0} {{ a: __typename {0} ... {0} {{ ...F {0} }} }} fragment F on Query {0} {{ b: __typename {0} }}",
                many(4)
            ),
        ] {
            for realm in BOTH {
                let answer =
                    tell(&world, &world.anonymous(realm), &json!({"query": document})).await;
                assert_eq!(
                    (
                        answer.code().as_str(),
                        &answer.json()["errors"][0]["extensions"]["limit"]
                    ),
                    ("LIMIT_EXCEEDED", &json!("directives")),
                    "{document}"
                );
            }
        }
    });
}
