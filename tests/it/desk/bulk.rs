//! Many tickets with one request.

use end_to_end::{Persona, World, id, on_both};
use serde_json::{Value, json};

use crate::finding::{Seed, sow};

const UPDATE: &str = "mutation ($input: TicketsUpdateInput!) { ticketsUpdate(input: $input) { \
    outcomes { id ticket { id status priority visibility assignee { name } } errors { code field } } errors { code field } } }";

async fn update(persona: &Persona, input: Value) -> Value {
    persona.done(UPDATE, json!({"input": input})).await["ticketsUpdate"].clone()
}

/// The codes of each ticket.
fn codes(payload: &Value) -> Vec<Vec<String>> {
    let outcomes = payload["outcomes"].as_array().expect("outcomes");
    let code = |error: &Value| error["code"].as_str().expect("a code").to_owned();
    let of = |outcome: &Value| {
        let errors = outcome["errors"].as_array().expect("errors");
        errors.iter().map(code).collect()
    };
    outcomes.iter().map(of).collect()
}

on_both! {
    /// Each ticket goes by itself: what cannot be done is named and stops no other,
    /// and the outcomes come in the order of the ids, each once.
    async fn each_goes_through_its_own_command(world) {
        let cast = &world.cast;
        let manager = world.staff("manager@glass.example").await;
        let [mias, noahs, hidden, others] = [cast.mias, cast.noahs, cast.hidden, cast.others].map(id::ticket);
        let ids = json!([noahs, others, mias, "x", noahs, id::user(cast.mia), hidden]);
        let done = update(&manager, json!({"ids": ids, "assignee": id::staff(cast.manager), "priority": "HIGH", "status": "IN_PROGRESS"})).await;
        assert_eq!(done["errors"], json!([]));
        let order: Vec<&Value> = done["outcomes"].as_array().expect("outcomes").iter().map(|one| &one["id"]).collect();
        assert_eq!(order, [&noahs, &others, &mias, "x", &id::user(cast.mia), &hidden]);
        // Mia's is in progress already; the rest of it is done.
        assert_eq!(codes(&done), [vec![], vec!["NOT_FOUND"], vec!["ILLEGAL_MOVE"], vec!["NOT_FOUND"], vec!["NOT_FOUND"], vec![]]);
        let of_manager = |id: &str, visibility: &str| {
            json!({"id": id, "status": "IN_PROGRESS", "priority": "HIGH", "visibility": visibility, "assignee": {"name": "Manager"}})
        };
        assert_eq!(done["outcomes"][0]["ticket"], of_manager(&noahs, "CLIENT_VISIBLE"));
        assert_eq!(done["outcomes"][1]["ticket"], Value::Null);
        assert_eq!(done["outcomes"][2]["ticket"], of_manager(&mias, "CLIENT_VISIBLE"));
        assert_eq!(done["outcomes"][5]["ticket"], of_manager(&hidden, "INTERNAL_ONLY"));
        // The client sees the move, and nothing of the rest.
        let noah = world.client("noah@alder.example").await;
        let seen = noah.done("query ($id: ID!) { ticket(id: $id) { status timeline { nodes { kind toStatus } } } }", json!({"id": noahs})).await;
        assert_eq!(seen["ticket"], json!({"status": "IN_PROGRESS", "timeline": {"nodes": [{"kind": "STATUS_CHANGE", "toStatus": "IN_PROGRESS"}]}}));

        let again = update(&manager, json!({"ids": [noahs], "priority": "HIGH", "assignee": null, "visibility": "CLIENT_VISIBLE", "reason": "x"})).await;
        assert_eq!(codes(&again), [["UNCHANGED", "UNCHANGED"]]);
        assert_eq!(again["outcomes"][0]["ticket"]["assignee"], Value::Null);
        let bad = update(&manager, json!({"ids": [noahs, hidden], "assignee": id::user(cast.mia), "visibility": "INTERNAL_ONLY"})).await;
        assert_eq!(codes(&bad), [["UNKNOWN_ASSIGNEE", "REQUIRED"], ["UNKNOWN_ASSIGNEE", "REQUIRED"]]);
        assert_eq!(bad["outcomes"][0]["ticket"]["visibility"], "CLIENT_VISIBLE");
        let withdrawn = update(&manager, json!({"ids": [noahs], "visibility": "INTERNAL_ONLY", "reason": "Wrong company"})).await;
        assert_eq!(withdrawn["outcomes"][0]["ticket"]["visibility"], "INTERNAL_ONLY");
        assert_eq!(noah.code("query ($id: ID!) { ticket(id: $id) { id } }", json!({"id": noahs})).await, "NOT_FOUND");
    }
}

on_both! {
    /// Nothing asked for, too much asked for, and rights that are missing.
    async fn what_is_refused_as_a_whole(world) {
        let manager = world.staff("manager@glass.example").await;
        let member = world.staff("member@glass.example").await;
        let mias = id::ticket(world.cast.mias);
        let nothing = update(&manager, json!({"ids": [mias]})).await;
        assert_eq!(nothing, json!({"outcomes": null, "errors": [{"code": "NOTHING_TO_CHANGE", "field": null}]}));
        let none = update(&manager, json!({"ids": [], "priority": "LOW"})).await;
        assert_eq!(none, json!({"outcomes": [], "errors": []}));
        let many = vec![mias.clone(); 101];
        let code = manager.code("mutation ($input: TicketsUpdateInput!) { ticketsUpdate(input: $input) { errors { code } } }", json!({"input": {"ids": many, "priority": "LOW"}})).await;
        assert_eq!(code, "BAD_USER_INPUT");
        for change in [json!({"assignee": null}), json!({"visibility": "INTERNAL_ONLY", "reason": "x"})] {
            let mut input = json!({"ids": [mias], "priority": "LOW"});
            input.as_object_mut().expect("an object").extend(change.as_object().expect("an object").clone());
            assert_eq!(member.code(UPDATE, json!({"input": input})).await, "FORBIDDEN");
        }
        // A member reaches what is assigned to them.
        let of_member = update(&member, json!({"ids": [mias, id::ticket(world.cast.noahs)], "priority": "LOW"})).await;
        assert_eq!(codes(&of_member), [vec![], vec!["NOT_FOUND"]]);
        let mia = world.client("mia@alder.example").await;
        assert_eq!(mia.code(UPDATE, json!({"input": {"ids": [mias], "priority": "LOW"}})).await, "GRAPHQL_VALIDATION_FAILED");
    }
}

async fn many(world: &World, tickets: i64) -> Vec<String> {
    let beginning = end_to_end::world::beginning();
    let seeds = (0..tickets).map(|n| Seed::of_birch(world, &format!("Toner {n}"), beginning));
    let ids = sow(world, seeds.collect()).await;
    ids.into_iter().map(id::ticket).collect()
}

on_both! {
    /// A hundred tickets pass in one request, and a document costs by their number;
    /// what the answer holds of them is read together.
    async fn it_costs_by_its_ids(world) {
        let owner = world.staff("owner@glass.example").await;
        let ids = many(&world, 100).await;
        let done = update(&owner, json!({"ids": ids, "priority": "HIGH"})).await;
        assert!(codes(&done).iter().all(Vec::is_empty) && codes(&done).len() == 100);
        let cost = async |ids: &[String], fields: &str| {
            let query = format!("mutation ($ids: [ID!]!) {{ ticketsUpdate(input: {{ids: $ids, priority: HIGH}}) {{ outcomes {{ ticket {{ {fields} }} errors {{ code }} }} }} }}");
            world.statements(owner.done(&query, json!({"ids": ids}))).await.0
        };
        cost(&ids[..1], "id").await;
        let bare = [cost(&ids[..1], "id").await, cost(&ids[..5], "id").await];
        let rich = "id assignee { name } company { name } requester { name } priority";
        let full = [cost(&ids[..1], rich).await, cost(&ids[..5], rich).await];
        assert_eq!(full[0] - bare[0], full[1] - bare[1]);
        // A page of timelines for each of them is too much.
        let dear = "mutation ($ids: [ID!]!) { ticketsUpdate(input: {ids: $ids, priority: LOW}) { outcomes { ticket { timeline(first: 100) { nodes { id kind createdAt visibility author { name } } } } } } }";
        assert_eq!(owner.code(dear, json!({"ids": ids})).await, "LIMIT_EXCEEDED");
        let kept = owner.done("query ($id: ID!) { ticket(id: $id) { priority } }", json!({"id": ids[0]})).await;
        assert_eq!(kept["ticket"]["priority"], "HIGH", "nothing of it was done");
    }
}
