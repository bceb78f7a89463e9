//! Changing what one wrote: by whom, until when, and what becomes of the former
//! words.

use chrono::TimeDelta;
use end_to_end::{Persona, id, on_both};
use serde_json::{Value, json};

use super::{act, done, facts, faulted, refused, say, told};

const ENTRY: &str = "query ($id: ID!) { node(id: $id) { ... on TimelineEntry { body editedAt } } }";
const CHANGE: &str =
    "query ($id: ID!) { node(id: $id) { ... on TimelineEntry { mine editableUntil } } }";
const VERSIONS: &str = "query ($id: ID!) { node(id: $id) { ... on TimelineEntry { body editedAt versions { body writtenAt replacedAt } } } }";

async fn entry(persona: &Persona, query: &str, id: &Value) -> Value {
    persona.done(query, json!({"id": id})).await["node"].clone()
}

/// Whether an entry is one's own, and until when it can be changed.
async fn change(persona: &Persona, id: &Value) -> Value {
    let found = entry(persona, CHANGE, id).await;
    json!([found["mine"], found["editableUntil"]])
}

async fn found(persona: &Persona, word: &str) -> usize {
    let query = format!("{{ tickets(filter: {{text: \"{word}\"}}) {{ nodes {{ id }} }} }}");
    let nodes = persona.read(&query).await["tickets"]["nodes"].clone();
    nodes.as_array().expect("nodes").len()
}

on_both! {
    /// Fifteen minutes, and not a second more. Everybody sees that it was
    /// changed, staff alone what it said.
    async fn words_change_for_fifteen_minutes(world) {
        let (mia, ada) = (world.client("mia@alder.example").await, world.client("ada@alder.example").await);
        let owner = world.staff("owner@glass.example").await;
        let ticket = json!(id::ticket(world.cast.mias));
        let reply = say(&mia, "ticketReply", &ticket, "It is the first floor.").await;
        assert_eq!(entry(&mia, ENTRY, &reply).await["editedAt"], Value::Null);
        world.later(TimeDelta::minutes(5));
        let before = facts(&world, 0).await.len();
        let edited = done(&mia, "ticketEntryEdit", "ticket { updatedAt } entry { body editedAt }", json!({"id": reply, "body": "It is the second floor."})).await;
        assert_eq!(edited["entry"]["body"], "It is the second floor.");
        assert_eq!(edited["entry"]["editedAt"], edited["ticket"]["updatedAt"]);
        assert_eq!(facts(&world, before).await, [told("ticket.entryEdited", "client")]);
        for somebody in [&mia, &ada] {
            assert_eq!(entry(somebody, ENTRY, &reply).await, edited["entry"]);
        }
        assert_eq!(change(&ada, &reply).await, json!([false, null]));
        let kept = entry(&owner, VERSIONS, &reply).await;
        assert_eq!(kept["versions"][0]["body"], "It is the first floor.");
        assert_eq!(kept["versions"][0]["replacedAt"], kept["editedAt"]);
        // The same words again are no change.
        let again = done(&mia, "ticketEntryEdit", "entry { editedAt }", json!({"id": reply, "body": " It is the second floor. "})).await;
        assert_eq!(again["entry"]["editedAt"], edited["entry"]["editedAt"]);
        world.later(TimeDelta::minutes(10));
        // Their tokens have ended meanwhile.
        let (mia, owner) = (world.client("mia@alder.example").await, world.staff("owner@glass.example").await);
        done(&mia, "ticketEntryEdit", "", json!({"id": reply, "body": "It is both floors."})).await;
        assert_eq!(change(&mia, &reply).await, json!([true, "2027-01-15T08:15:00+00:00"]));
        world.later(TimeDelta::seconds(1));
        assert_eq!(change(&mia, &reply).await, json!([true, null]));
        let late = refused(&mia, "ticketEntryEdit", json!({"id": reply, "body": "It is no floor."})).await;
        assert_eq!(late, told("TOO_LATE", "id"));
        let kept = entry(&owner, VERSIONS, &reply).await;
        let bodies: Vec<_> = kept["versions"].as_array().expect("versions").iter().map(|one| one["body"].clone()).collect();
        assert_eq!(bodies, ["It is the first floor.", "It is the second floor."]);
        assert_eq!(kept["versions"][0]["replacedAt"], kept["versions"][1]["writtenAt"]);
    }
}

on_both! {
    /// A note changes for the team, and nothing that clients see moves.
    async fn a_note_changes_unseen(world) {
        let mia = world.client("mia@alder.example").await;
        let owner = world.staff("owner@glass.example").await;
        let ticket = json!(id::ticket(world.cast.mias));
        let seen = "query ($id: ID!) { ticket(id: $id) { updatedAt timeline { nodes { id body editedAt } } } }";
        let before = mia.done(seen, json!({"id": ticket})).await;
        let note = say(&owner, "ticketNote", &ticket, "CANARY one").await;
        world.later(TimeDelta::minutes(1));
        let sent = facts(&world, 0).await.len();
        let edited = done(&owner, "ticketEntryEdit", "entry { body kind }", json!({"id": note, "body": "CANARY two"})).await;
        assert_eq!(edited["entry"], json!({"body": "CANARY two", "kind": "NOTE"}));
        assert_eq!(facts(&world, sent).await, [told("ticket.entryEdited", "internal")]);
        assert_eq!(mia.done(seen, json!({"id": ticket})).await, before);
        assert_eq!(faulted(&mia, "ticketEntryEdit", json!({"id": note, "body": "x"})).await, "NOT_FOUND");
    }
}

on_both! {
    /// What others wrote, what is no message, and what is closed stays.
    async fn only_ones_own_words_change(world) {
        let (mia, noah) = (world.client("mia@alder.example").await, world.client("noah@alder.example").await);
        let (owner, manager) = (world.staff("owner@glass.example").await, world.staff("manager@glass.example").await);
        let ticket = json!(id::ticket(world.cast.mias));
        let input = |entry: &Value| json!({"id": entry, "body": "x"});
        let theirs = say(&owner, "ticketReply", &ticket, "Ours.").await;
        let mine = say(&mia, "ticketReply", &ticket, "Mine.").await;
        for (persona, entry, code) in [
            (&mia, &theirs, "FORBIDDEN"), (&manager, &theirs, "FORBIDDEN"), (&owner, &mine, "FORBIDDEN"), (&noah, &mine, "NOT_FOUND"),
        ] {
            assert_eq!(faulted(persona, "ticketEntryEdit", input(entry)).await, code);
        }
        for (body, code) in [(" ".to_owned(), "REQUIRED"), ("x".repeat(20_001), "TOO_LONG"), ("a\u{0}".to_owned(), "INVALID_CHARACTERS")] {
            assert_eq!(refused(&mia, "ticketEntryEdit", json!({"id": mine, "body": body})).await, told(code, "body"));
        }
        let resolved = done(&owner, "ticketResolve", "ticket { timeline(first: 100) { nodes { id kind } } }", json!({"id": ticket, "resolution": "Done."})).await;
        let entries = resolved["ticket"]["timeline"]["nodes"].as_array().expect("entries").clone();
        let resolution = entries.iter().find(|entry| entry["kind"] == "RESOLUTION").expect("a resolution");
        assert_eq!(refused(&owner, "ticketEntryEdit", input(&resolution["id"])).await, told("NOT_EDITABLE", "id"));
        for (persona, entry, expected) in [
            (&mia, &theirs, json!([false, null])), (&manager, &theirs, json!([false, null])), (&owner, &resolution["id"], json!([true, null])),
            (&owner, &theirs, json!([true, "2027-01-15T08:15:00+00:00"])),
        ] {
            assert_eq!(change(persona, entry).await, expected);
        }
        done(&mia, "ticketAccept", "", json!({"id": ticket})).await;
        assert_eq!(refused(&mia, "ticketEntryEdit", input(&mine)).await, told("TICKET_CLOSED", "id"));
        assert_eq!(refused(&owner, "ticketEntryEdit", input(&theirs)).await, told("TICKET_CLOSED", "id"));
        // It does not look at the ticket.
        assert_eq!(change(&mia, &mine).await, json!([true, "2027-01-15T08:15:00+00:00"]));
    }
}

on_both! {
    /// The former words are found no more, by nobody; the new ones are.
    async fn former_words_are_not_found(world) {
        let mia = world.client("mia@alder.example").await;
        let owner = world.staff("owner@glass.example").await;
        let ticket = json!(id::ticket(world.cast.mias));
        let reply = say(&mia, "ticketReply", &ticket, "Quetzalcoatl").await;
        assert_eq!((found(&mia, "quetzalcoatl").await, found(&owner, "quetzalcoatl").await), (1, 1));
        done(&mia, "ticketEntryEdit", "", json!({"id": reply, "body": "Huitzilopochtli"})).await;
        assert_eq!((found(&mia, "quetzalcoatl").await, found(&owner, "quetzalcoatl").await), (0, 0));
        assert_eq!((found(&mia, "huitzilopochtli").await, found(&owner, "huitzilopochtli").await), (1, 1));
    }
}

on_both! {
    /// Many changes at once: each is one after the other, none is lost, and there
    /// are no more of them than there may be.
    async fn changes_at_once_come_one_after_the_other(world) {
        let mia = world.client("mia@alder.example").await;
        let owner = world.staff("owner@glass.example").await;
        let reply = say(&mia, "ticketReply", &json!(id::ticket(world.cast.mias)), "Word 0").await;
        let at_once = (1..=4).map(|round| {
            let (mia, input) = (mia.clone(), json!({"id": reply, "body": format!("Word {round}")}));
            tokio::spawn(async move { act(&mia, "ticketEntryEdit", "", input).await["errors"].clone() })
        });
        for change in at_once.collect::<Vec<_>>() {
            assert_eq!(change.await.expect("no panic"), json!([]));
        }
        let kept = entry(&owner, VERSIONS, &reply).await;
        let mut words: Vec<String> = kept["versions"].as_array().expect("versions").iter().map(|one| one["body"].to_string()).collect();
        assert_eq!(words[0], "\"Word 0\"");
        words.push(kept["body"].to_string());
        words.sort();
        assert_eq!(words, ["\"Word 0\"", "\"Word 1\"", "\"Word 2\"", "\"Word 3\"", "\"Word 4\""]);
        for round in 5..=20 {
            done(&mia, "ticketEntryEdit", "", json!({"id": reply, "body": format!("Word {round}")})).await;
        }
        let more = refused(&mia, "ticketEntryEdit", json!({"id": reply, "body": "Word 21"})).await;
        assert_eq!(more, told("TOO_MANY_EDITS", "id"));
        assert_eq!(entry(&mia, ENTRY, &reply).await["body"], "Word 20");
    }
}
