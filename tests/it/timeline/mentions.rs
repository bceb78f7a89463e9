//! Colleagues who are named in notes.

use chrono::TimeDelta;
use end_to_end::{Persona, id, on_both};
use serde_json::{Value, json};

use super::{act, done, facts, refused, told};

async fn named(persona: &Persona, arguments: &str) -> Value {
    let query = format!(
        "{{ mentionsOfMe{arguments} {{ nodes {{ mentionedAt entry {{ body mentions {{ name }} }} ticket {{ reference subject }} }} pageInfo {{ hasNextPage endCursor }} }} }}"
    );
    persona.read(&query).await["mentionsOfMe"].clone()
}

fn bodies(page: &Value) -> Vec<&str> {
    let nodes = page["nodes"].as_array().expect("nodes");
    let bodies = nodes.iter().map(|node| node["entry"]["body"].as_str());
    bodies.map(|body| body.expect("a body")).collect()
}

on_both! {
    /// Who is named finds the note, as long as they may read it; whoever names
    /// themselves is told nothing.
    async fn a_colleague_is_named_in_a_note(world) {
        let (owner, member) = (world.staff("owner@glass.example").await, world.staff("member@glass.example").await);
        let (mias, noahs) = (id::ticket(world.cast.mias), id::ticket(world.cast.noahs));
        let (me, other) = (id::staff(world.cast.owner), id::staff(world.cast.member));
        let before = facts(&world, 0).await.len();
        let said = done(&owner, "ticketNote", "entry { mentions { name } }", json!({"id": mias, "body": "One", "mentions": [other, me, other]})).await;
        let mut names: Vec<_> = said["entry"]["mentions"].as_array().expect("names").iter().map(|one| one["name"].to_string()).collect();
        names.sort();
        assert_eq!(names, ["\"Member\"", "\"Owner\""]);
        assert_eq!(facts(&world, before).await, [told("ticket.noted", "internal"), told("ticket.mentioned", "internal")]);
        world.later(TimeDelta::minutes(1));
        done(&owner, "ticketNote", "", json!({"id": mias, "body": "Two", "mentions": [other]})).await;
        done(&owner, "ticketNote", "", json!({"id": noahs, "body": "Three", "mentions": [me]})).await;
        done(&owner, "ticketNote", "", json!({"id": mias, "body": "Four"})).await;
        let page = named(&member, "").await;
        assert_eq!(bodies(&page), ["Two", "One"]);
        assert_eq!(page["nodes"][0]["ticket"]["subject"], "The printer on floor 2 is silent");
        let first = named(&member, "(first: 1)").await;
        assert_eq!((bodies(&first), &first["pageInfo"]["hasNextPage"]), (vec!["Two"], &json!(true)));
        let cursor = first["pageInfo"]["endCursor"].as_str().expect("a cursor");
        let rest = named(&member, &format!("(first: 1, after: \"{cursor}\")")).await;
        assert_eq!((bodies(&rest), &rest["pageInfo"]["hasNextPage"]), (vec!["One"], &json!(false)));
        assert_eq!(bodies(&named(&owner, "").await), ["Three", "One"]);
        // What the member may not read any more is not theirs to find.
        done(&owner, "ticketAssign", "", json!({"id": mias, "assignee": null})).await;
        assert_eq!(named(&member, "").await["nodes"], json!([]));
    }
}

on_both! {
    /// Nobody is named who could not read it, and then nothing is written.
    async fn who_cannot_read_it_is_not_named(world) {
        let owner = world.staff("owner@glass.example").await;
        let (mias, noahs) = (id::ticket(world.cast.mias), id::ticket(world.cast.noahs));
        let (manager, member) = (id::staff(world.cast.manager), id::staff(world.cast.member));
        done(&owner, "staffUpdate", "", json!({"id": manager, "active": false})).await;
        let before = facts(&world, 0).await.len();
        let many: Vec<String> = (0..21).map(|one| id::staff(uuid::Uuid::from_u128(one).into())).collect();
        for (ticket, mentions, code) in [
            (&noahs, json!([member]), "MENTION_CANNOT_SEE"),
            (&mias, json!([member, manager]), "UNKNOWN_MENTION"),
            (&mias, json!([id::user(world.cast.mia)]), "UNKNOWN_MENTION"),
            (&mias, json!(many), "TOO_MANY_MENTIONS"),
        ] {
            let input = json!({"id": ticket, "body": "CANARY", "mentions": mentions});
            assert_eq!(refused(&owner, "ticketNote", input).await, told(code, "mentions"));
        }
        assert!(facts(&world, before).await.is_empty());
        let read = "query ($id: ID!) { ticket(id: $id) { timeline { nodes { mentions { name } } } } }";
        let seen = owner.done(read, json!({"id": noahs})).await;
        assert_eq!(seen["ticket"]["timeline"]["nodes"], json!([]));
        let fine = act(&owner, "ticketNote", "", json!({"id": noahs, "body": "Fine.", "mentions": []})).await;
        assert_eq!(fine["errors"], json!([]));
    }
}
