//! What a stranger may learn: members of the schema, and passwords by guessing.

use end_to_end::{PASSWORD, Realm, World, sdl::Sdl};
use serde_json::json;

use super::{subscribe, welcomed};
use crate::http::{BOTH, alone, tell};

async fn error(world: &World, realm: Realm, document: &str) -> String {
    let answer = tell(world, &world.anonymous(realm), &json!({"query": document})).await;
    assert!(
        answer.json().get("data").is_none(),
        "{document}: {}",
        answer.text
    );
    answer.text
}

/// Fault 3: what is hidden from introspection resolves nevertheless, and "Did
/// you mean" tells its name to whoever comes near.
#[test]
fn hidden_members_neither_resolve_nor_get_suggested() {
    alone(async |world| {
        // What is hidden fails as what never was, but for the name.
        for (hidden, never) in [
            ("{ HERE { name } }", ("staffMembers", "staffMemberz")),
            (
                "mutation { HERE(input: {id: \"\", body: \"\"}) { errors { code } } }",
                ("ticketNote", "ticketNota"),
            ),
            (
                "{ tickets { nodes { HERE } } }",
                ("visibility", "visibilite"),
            ),
            (
                "{ tickets { nodes { HERE { name } } } }",
                ("assignee", "assignea"),
            ),
            (
                "{ __typename ... on HERE { name } }",
                ("StaffMember", "StaffMembar"),
            ),
            (
                "query ($v: HERE) { __typename }",
                ("TicketNoteInput", "TicketNoteInpux"),
            ),
            (
                "mutation { ticketOpen(input: {subject: \"x\", description: \"x\", HERE: \"x\"}) { errors { code } } }",
                ("company", "companx"),
            ),
        ] {
            let (there, nowhere) = never;
            let told = error(&world, Realm::Portal, &hidden.replace("HERE", there)).await;
            let known = error(&world, Realm::Portal, &hidden.replace("HERE", nowhere)).await;
            assert_eq!(told.replace(there, "HERE"), known.replace(nowhere, "HERE"));
        }
        // `send` looks for suggestions in every answer; here are the near misses.
        for realm in BOTH {
            let sdl = if realm == Realm::Portal {
                Sdl::portal()
            } else {
                Sdl::full()
            };
            for name in sdl.names("Query") {
                error(&world, realm, &format!("{{ {name}x }}")).await;
            }
            for field in sdl.names("Ticket") {
                error(
                    &world,
                    realm,
                    &format!("{{ tickets {{ nodes {{ {field}x }} }} }}"),
                )
                .await;
            }
            for near in [
                "{ tickets(firsd: 1) { nodes { id } } }",
                "{ tickets(orderBy: {field: OPENED_AR}) { nodes { id } } }",
                "{ tickets(filter: {statux: OPEN}) { nodes { id } } }",
                "{ __typename ... on Tickez { id } }",
                "{ tickets @skib(if: true) { nodes { id } } }",
                "{ tickets { nodes { ...Row } } } fragment Rows on Ticket { id }",
                "query ($v: TicketFiltar) { __typename }",
                "{ tickets @skip(iff: true) { nodes { id } } }",
            ] {
                error(&world, realm, near).await;
            }
        }
    });
}

/// Aliases multiply guesses: a request holds one sign-in, however it is written.
#[test]
fn a_request_is_one_sign_in() {
    alone(async |world| {
        let address = world.serve().await;
        let guess = |alias: &str| {
            format!(
                "{alias} signIn(input: {{workspace: \"glass\", email: \"mia@alder.example\", password: \"{PASSWORD}\"}}) {{ session {{ expiresAt }} }}"
            )
        };
        let two = format!("{} {}", guess("a:"), guess("b:"));
        for document in [
            format!("mutation {{ {two} }}"),
            format!(
                "mutation {{ {} ...F }} fragment F on Mutation {{ {} }}",
                guess(""),
                guess("b:")
            ),
            format!(
                "mutation {{ ...F ...G }} fragment F on Mutation {{ {} }} fragment G on Mutation {{ {} }}",
                guess("a:"),
                guess("b:")
            ),
            format!(
                "mutation {{ ... {{ {} }} ... on Mutation {{ {} }} }}",
                guess("a:"),
                guess("b:")
            ),
            format!("mutation A {{ {} }} mutation B {{ {two} }}", guess("")),
        ] {
            for realm in BOTH {
                for name in ["A", "B"]
                    .iter()
                    .filter(|_| document.starts_with("mutation A"))
                    .copied()
                    .map(Some)
                    .chain([None])
                {
                    let answer = tell(
                        &world,
                        &world.anonymous(realm),
                        &json!({"query": document, "operationName": name}),
                    )
                    .await;
                    assert_eq!(answer.code(), "BAD_REQUEST", "{document}");
                    assert!(answer.json().get("data").is_none());
                }
            }
            let mut socket = welcomed(&address).await;
            let refused = subscribe(&mut socket, "1", &document).await;
            assert_eq!(
                (
                    &refused["type"],
                    &refused["payload"][0]["extensions"]["code"]
                ),
                (&json!("error"), &json!("BAD_REQUEST"))
            );
        }
        let one = tell(
            &world,
            &world.anonymous(Realm::Portal),
            &json!({"query": format!("mutation {{ {} }}", guess("a:"))}),
        )
        .await;
        assert!(one.text.contains("expiresAt"), "{}", one.text);
    });
}

/// The portal's schema is for everybody to read, the team's for the team.
#[test]
fn introspection_is_for_those_whom_the_schema_serves() {
    alone(async |world| {
        let owner = world.staff("owner@glass.example").await;
        let client = world.client("mia@alder.example").await.at(Realm::Staff);
        for document in [
            "{ __schema { types { name } } }",
            "{ __type(name: \"Ticket\") { name } }",
            "{ ... { x: __schema { types { name } } } }",
        ] {
            for (by, allowed) in [
                (world.anonymous(Realm::Portal), true),
                (owner.clone(), true),
                (world.anonymous(Realm::Staff), false),
                (client.clone(), false),
            ] {
                let answer = tell(&world, &by, &json!({"query": document})).await;
                assert_eq!(
                    answer.text.contains("\"Ticket\""),
                    allowed,
                    "{:?} {document}: {}",
                    by.realm,
                    answer.text
                );
            }
        }
    });
}
