//! Who sees which ticket: owner, colleague, admin, other company, other
//! workspace, other realm, nobody.

use end_to_end::{Persona, Realm, id, on_both};
use serde_json::{Value, json};

const TICKETS: &str =
    "{ tickets(first: 20) { nodes { id subject timeline { nodes { id kind body } } } } }";
const TICKET: &str = "query ($id: ID!) { ticket(id: $id) { id subject } }";
const NODE: &str = "query ($id: ID!) { node(id: $id) { id __typename } }";

async fn subjects(persona: &Persona) -> Vec<String> {
    let data = persona.read("{ tickets(first: 100, orderBy: {field: REFERENCE, direction: ASC}) { nodes { subject } } }");
    let data = data.await;
    let nodes = data["tickets"]["nodes"].as_array().expect("nodes").clone();
    nodes
        .iter()
        .map(|node| node["subject"].as_str().expect("a subject").to_owned())
        .collect()
}

const MIAS: &str = "The printer on floor 2 is silent";
const NOAHS: &str = "A new laptop for the new colleague";
const HIDDEN: &str = "CANARY: renewal at risk";
const BEAS: &str = "Birch wants a second line";
/// Those of the companies that share by name: `sharing.rs` says who sees them.
const SHARED: [&str; 5] = [
    "Dan shares this with Dina",
    "Dan shares this with nobody",
    "Emil shares this with Ella",
    "Emil raised this for Ella",
    "Erik keeps this",
];

on_both! {
    /// Each persona's list, in one table.
    async fn the_list_is_the_scope(world) {
        for (email, expected) in [
            ("mia@alder.example", vec![MIAS]),
            ("noah@alder.example", vec![NOAHS]),
            ("ada@alder.example", vec![MIAS, NOAHS]),
            ("zoe@alder.example", vec![]),
            ("bea@birch.example", vec![BEAS]),
            ("ben@birch.example", vec![BEAS]),
        ] {
            assert_eq!(subjects(&world.client(email).await).await, expected, "{email}");
        }
        let all = [MIAS, NOAHS, HIDDEN, BEAS].into_iter().chain(SHARED).collect::<Vec<_>>();
        for (email, expected) in [
            ("owner@glass.example", all.clone()),
            ("manager@glass.example", all),
            ("member@glass.example", vec![MIAS]),
        ] {
            assert_eq!(subjects(&world.staff(email).await).await, expected, "{email}");
        }
    }
}

on_both! {
    /// Whatever lies outside the scope answers, to the byte, as what never was.
    async fn out_of_scope_is_not_there(world) {
        let cast = &world.cast;
        let outside = [
            ("mia@alder.example", vec![cast.noahs, cast.hidden, cast.beas, cast.others]),
            ("noah@alder.example", vec![cast.mias, cast.hidden, cast.beas]),
            ("ada@alder.example", vec![cast.hidden, cast.beas, cast.others]),
            ("zoe@alder.example", vec![cast.mias, cast.noahs]),
            ("bea@birch.example", vec![cast.mias, cast.noahs, cast.hidden]),
        ];
        for (email, tickets) in outside {
            let persona = world.client(email).await;
            for document in [TICKET, NODE] {
                let nothing = persona.raw(json!({"query": document, "variables": {"id": id::no_ticket()}})).await;
                for ticket in &tickets {
                    let variables = json!({"id": id::ticket(*ticket)});
                    let answer = persona.raw(json!({"query": document, "variables": variables})).await;
                    assert_eq!(answer, nothing, "{email}: {document}");
                }
            }
        }
        let carl = world.sign_in(Realm::Portal, "other", "carl@cedar.example").await;
        let nothing = carl.ask(TICKET, json!({"id": id::no_ticket()})).await;
        assert_eq!(carl.ask(TICKET, json!({"id": id::ticket(cast.mias)})).await, nothing);
        assert_eq!(nothing["data"]["ticket"], Value::Null);
        assert_eq!(nothing["errors"][0]["extensions"]["code"], "NOT_FOUND");
    }
}

on_both! {
    /// A token of one realm is worth nothing in the other, whatever it asks for.
    async fn the_other_realms_token_is_worthless(world) {
        let owner = world.staff("owner@glass.example").await.at(Realm::Portal);
        let mia = world.client("mia@alder.example").await.at(Realm::Staff);
        for stranger in [owner, mia] {
            let existing = stranger.ask(TICKET, json!({"id": id::ticket(world.cast.mias)})).await;
            let absent = stranger.ask(TICKET, json!({"id": id::no_ticket()})).await;
            assert_eq!(existing, absent);
            assert_eq!(absent["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
            assert_eq!(absent["data"]["ticket"], Value::Null);
        }
    }
}

on_both! {
    /// A note is in the staff's timeline and in no client's; nor is its id good for anything.
    async fn a_note_does_not_exist_for_clients(world) {
        let staff = world.staff("owner@glass.example").await;
        assert!(staff.read(TICKETS).await.to_string().contains("CANARY"));
        for email in ["mia@alder.example", "ada@alder.example", "noah@alder.example", "bea@birch.example"] {
            let client = world.client(email).await;
            assert!(!client.read(TICKETS).await.to_string().contains("CANARY"), "{email}");
            let note = json!({"id": id::entry(world.cast.note)});
            let nothing = json!({"id": id::no_ticket()});
            assert_eq!(client.ask(NODE, note).await, client.ask(NODE, nothing).await, "{email}");
        }
        let mia = world.client("mia@alder.example").await;
        let reply = mia.done(NODE, json!({"id": id::entry(world.cast.reply)})).await;
        assert_eq!(reply["node"]["__typename"], "TimelineEntry");
    }
}

on_both! {
    /// A child never outlives its parent's flag: the replies of a withdrawn ticket go with it.
    async fn a_withdrawn_ticket_takes_its_timeline_along(world) {
        let mia = world.client("mia@alder.example").await;
        let reply = json!({"id": id::entry(world.cast.reply)});
        assert_eq!(mia.ask(NODE, reply.clone()).await["errors"], Value::Null);
        let owner = world.staff("owner@glass.example").await;
        let input = json!({"input": {"id": id::ticket(world.cast.mias), "visibility": "INTERNAL_ONLY", "reason": "Wrong company"}});
        owner.done(
            "mutation ($input: TicketSetVisibilityInput!) { ticketSetVisibility(input: $input) { errors { code } } }",
            input,
        ).await;
        assert_eq!(mia.code(NODE, reply).await, "NOT_FOUND");
        assert_eq!(subjects(&mia).await, Vec::<String>::new());
    }
}

on_both! {
    /// People and companies are seen by their own, and the team by the team.
    async fn people_are_seen_by_their_own(world) {
        let mia = world.client("mia@alder.example").await;
        let cast = &world.cast;
        for seen in [id::user(cast.noah), id::company(cast.alder)] {
            assert_eq!(mia.ask(NODE, json!({"id": seen})).await["errors"], Value::Null);
        }
        for unseen in [id::user(cast.bea), id::company(cast.birch), id::staff(cast.owner)] {
            assert_eq!(mia.code(NODE, json!({"id": unseen})).await, "NOT_FOUND");
        }
        let owner = world.staff("owner@glass.example").await;
        for seen in [id::user(cast.bea), id::company(cast.birch), id::staff(cast.member)] {
            assert_eq!(owner.ask(NODE, json!({"id": seen})).await["errors"], Value::Null);
        }
        let stranger = world.sign_in(Realm::Staff, "other", "owner@other.example").await;
        for unseen in [id::user(cast.bea), id::company(cast.birch), id::staff(cast.member), id::ticket(cast.mias)] {
            assert_eq!(stranger.code(NODE, json!({"id": unseen})).await, "NOT_FOUND");
        }
    }
}

on_both! {
    /// Filters, orders and cursors move within the scope and never out of it.
    async fn filters_and_orders_stay_in_scope(world) {
        let mia = world.client("mia@alder.example").await;
        for field in ["OPENED_AT", "UPDATED_AT", "REFERENCE"] {
            for direction in ["ASC", "DESC"] {
                for filter in ["{}", "{status: [OPEN, IN_PROGRESS, WAITING, RESOLVED, CLOSED]}", "{category: [\"general\"]}"] {
                    let query = format!(
                        "{{ tickets(filter: {filter}, orderBy: {{field: {field}, direction: {direction}}}) {{ nodes {{ subject }} pageInfo {{ hasNextPage hasPreviousPage }} }} }}"
                    );
                    let data = mia.read(&query).await;
                    let expected = json!({"nodes": [{"subject": MIAS}], "pageInfo": {"hasNextPage": false, "hasPreviousPage": false}});
                    assert_eq!(data["tickets"], expected, "{query}");
                }
            }
        }
        let none = mia.read("{ tickets(filter: {category: [\"hardware\"]}) { nodes { id } } }").await;
        assert_eq!(none["tickets"]["nodes"], json!([]));
    }
}

on_both! {
    /// Paging walks every row once, in every order.
    async fn pages_cover_the_list_once(world) {
        let owner = world.staff("owner@glass.example").await;
        for field in ["OPENED_AT", "UPDATED_AT", "REFERENCE"] {
            for direction in ["ASC", "DESC"] {
                let mut seen = Vec::new();
                let mut after = Value::Null;
                loop {
                    let query = "query ($after: String, $order: TicketOrder) { tickets(first: 1, after: $after, orderBy: $order) { \
                                 nodes { subject } pageInfo { hasNextPage endCursor } } }";
                    let order = json!({"field": field, "direction": direction});
                    let data = owner.done(query, json!({"after": after, "order": order})).await;
                    seen.push(data["tickets"]["nodes"][0]["subject"].as_str().expect("a subject").to_owned());
                    after = data["tickets"]["pageInfo"]["endCursor"].clone();
                    if data["tickets"]["pageInfo"]["hasNextPage"] == false {
                        break;
                    }
                }
                let mut all = seen.clone();
                all.sort();
                all.dedup();
                assert_eq!((seen.len(), all.len()), (9, 9), "{field} {direction}: {seen:?}");
            }
        }
    }
}
