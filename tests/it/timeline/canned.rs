//! Canned replies: kept by the team, found by words, filled with what the client
//! may read.

use end_to_end::{Persona, Realm, id, on_both};
use serde_json::{Value, json};

use super::{done, faulted, refused, told};

const BODY: &str = "Dear {{client.name}}, about {{ticket.reference}} ({{ ticket.subject }}): done.";

async fn keep(persona: &Persona, title: &str, rest: Value) -> Value {
    let mut input = json!({"title": title, "body": BODY, "language": "en"});
    input
        .as_object_mut()
        .expect("an object")
        .extend(rest.as_object().expect("an object").clone());
    done(persona, "cannedReplyCreate", "cannedReply { id }", input).await["cannedReply"]["id"]
        .clone()
}

async fn titles(persona: &Persona, arguments: &str) -> Vec<String> {
    let query = format!("{{ cannedReplies{arguments} {{ nodes {{ title }} }} }}");
    let nodes = persona.read(&query).await["cannedReplies"]["nodes"].clone();
    let title = |node: &Value| node["title"].as_str().expect("a title").to_owned();
    nodes.as_array().expect("nodes").iter().map(title).collect()
}

async fn preview(persona: &Persona, reply: &Value, ticket: &str) -> Value {
    let query = "query ($id: ID!, $ticket: ID!) { cannedReplyPreview(id: $id, ticket: $ticket) { body unfilled } }";
    let variables = json!({"id": reply, "ticket": ticket});
    persona.done(query, variables).await["cannedReplyPreview"].clone()
}

on_both! {
    /// Filled as the ticket's requester would read it, and where they would read
    /// nothing, with nothing.
    async fn a_text_is_filled_with_what_the_client_reads(world) {
        let (manager, member) = (world.staff("manager@glass.example").await, world.staff("member@glass.example").await);
        let reply = keep(&manager, "Done", json!({})).await;
        let mias = id::ticket(world.cast.mias);
        let reference = manager.done("query ($id: ID!) { ticket(id: $id) { reference } }", json!({"id": mias})).await["ticket"]["reference"].clone();
        let filled = format!("Dear Mia, about {} (The printer on floor 2 is silent): done.", reference.as_str().expect("a reference"));
        assert_eq!(preview(&member, &reply, &mias).await, json!({"body": filled, "unfilled": []}));
        let nothing = json!({"body": BODY, "unfilled": ["client.name", "ticket.reference", "ticket.subject"]});
        assert_eq!(preview(&manager, &reply, &id::ticket(world.cast.hidden)).await, nothing);
        let ada = world.client("ada@alder.example").await;
        let disable = "mutation ($input: UserStandingInput!) { userDisable(input: $input) { errors { code } } }";
        ada.done(disable, json!({"input": {"id": id::user(world.cast.mia)}})).await;
        assert_eq!(preview(&manager, &reply, &mias).await, nothing);
        let query = "query ($id: ID!, $ticket: ID!) { cannedReplyPreview(id: $id, ticket: $ticket) { body } }";
        let others = json!({"id": reply, "ticket": id::ticket(world.cast.noahs)});
        assert_eq!(member.code(query, others).await, "NOT_FOUND");
    }
}

on_both! {
    /// The team's own, created, changed and deleted by those who may, each with
    /// an entry in the trail.
    async fn a_team_keeps_its_texts(world) {
        let manager = world.staff("manager@glass.example").await;
        let reply = keep(&manager, "Done", json!({"category": "hardware"})).await;
        let fields = "cannedReply { title body language category }";
        let changed = done(&manager, "cannedReplyUpdate", fields, json!({"id": reply, "body": "Gruezi {{client.name}}", "language": "de-CH", "category": null})).await;
        assert_eq!(changed["cannedReply"], json!({"title": "Done", "body": "Gruezi {{client.name}}", "language": "de", "category": null}));
        for (input, code, field) in [
            (json!({"id": reply}), "NOTHING_TO_CHANGE", ""),
            (json!({"id": reply, "title": "Done"}), "NOTHING_TO_CHANGE", ""),
            (json!({"id": reply, "title": " "}), "REQUIRED", "title"),
            (json!({"id": reply, "body": "{{ticket.assignee}}"}), "UNKNOWN_PLACEHOLDER", "body"),
            (json!({"id": reply, "body": "{{client.name"}), "UNKNOWN_PLACEHOLDER", "body"),
            (json!({"id": reply, "language": "tlh"}), "UNKNOWN_LANGUAGE", "language"),
            (json!({"id": reply, "category": "nonsense"}), "UNKNOWN_CATEGORY", "category"),
        ] {
            assert_eq!(refused(&manager, "cannedReplyUpdate", input).await, told(code, field), "{code}");
        }
        let new = json!({"title": "x", "body": "{{ticket.notes}}", "language": "en"});
        assert_eq!(refused(&manager, "cannedReplyCreate", new).await, told("UNKNOWN_PLACEHOLDER", "body"));
        let member = world.staff("member@glass.example").await;
        assert_eq!(titles(&member, "").await, ["Done"]);
        assert_eq!(faulted(&member, "cannedReplyDelete", json!({"id": reply})).await, "FORBIDDEN");
        let stranger = world.sign_in(Realm::Staff, "other", "owner@other.example").await;
        assert_eq!(titles(&stranger, "").await, [""; 0]);
        assert_eq!(faulted(&stranger, "cannedReplyDelete", json!({"id": reply})).await, "NOT_FOUND");
        assert_eq!(faulted(&stranger, "cannedReplyUpdate", json!({"id": reply, "title": "x"})).await, "NOT_FOUND");
        let deleted = done(&manager, "cannedReplyDelete", "deleted", json!({"id": reply})).await;
        assert_eq!(deleted["deleted"], true);
        assert_eq!(faulted(&manager, "cannedReplyDelete", json!({"id": reply})).await, "NOT_FOUND");
        let owner = world.staff("owner@glass.example").await;
        for kind in ["created", "changed", "deleted"] {
            let all: Value = owner.read(&format!("{{ audit(kind: \"cannedReply.{kind}\") {{ nodes {{ subjectKind subject }} }} }}")).await;
            assert_eq!(all["audit"]["nodes"], json!([{"subjectKind": "CANNED_REPLY", "subject": reply}]), "{kind}");
        }
    }
}

on_both! {
    /// By language, by category with those for all, by words, and in pages.
    async fn texts_are_found(world) {
        let manager = world.staff("manager@glass.example").await;
        keep(&manager, "Sent", json!({"body": "It was sent."})).await;
        keep(&manager, "Créme", json!({"category": "hardware"})).await;
        keep(&manager, "Danke", json!({"language": "de", "category": "general", "body": "Vielen Dank, {{client.name}}."})).await;
        for (arguments, expected) in [
            ("", &["Danke", "Créme", "Sent"][..]),
            ("(filter: {language: \"en\"})", &["Créme", "Sent"]),
            ("(filter: {category: \"hardware\"})", &["Créme", "Sent"]),
            ("(filter: {text: \"creme\"})", &["Créme"]),
            ("(filter: {text: \"it was sen\"})", &["Sent"]),
            ("(filter: {text: \"dank\", language: \"de\"})", &["Danke"]),
            ("(filter: {text: \"%\"})", &[]),
            ("(filter: {text: \"nowhere\"})", &[]),
        ] {
            let mut found = titles(&manager, arguments).await;
            let mut expected: Vec<_> = expected.iter().map(|title| (*title).to_owned()).collect();
            // Created at one instant, they stand in an order of chance.
            found.sort();
            expected.sort();
            assert_eq!(found, expected, "{arguments}");
        }
        let first = manager.read("{ cannedReplies(first: 2) { nodes { title } pageInfo { hasNextPage endCursor } } }").await["cannedReplies"].clone();
        assert_eq!(first["pageInfo"]["hasNextPage"], true);
        let cursor = first["pageInfo"]["endCursor"].as_str().expect("a cursor");
        let rest = titles(&manager, &format!("(first: 2, after: \"{cursor}\")")).await;
        assert_eq!(rest.len(), 1);
        assert!(!first["nodes"].to_string().contains(&rest[0]), "{first}");
    }
}
