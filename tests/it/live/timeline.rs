//! Words that change and tickets that are merged, as they are delivered.

use end_to_end::{Persona, World, id, on_both};
use serde_json::{Value, json};

use super::{follow, somebody};

async fn act(persona: &Persona, mutation: &str) -> Value {
    let answer = persona.read(&format!("mutation {{ {mutation} }}")).await;
    assert!(answer.to_string().contains("\"errors\":[]"), "{answer}");
    answer
}

async fn say(world: &World, persona: &Persona, verb: &str, body: &str) -> Value {
    let ticket = id::ticket(world.cast.mias);
    let said = act(persona, &format!("{verb}(input: {{id: \"{ticket}\", body: \"{body}\"}}) {{ entry {{ id }} errors {{ code }} }}")).await;
    said[verb]["entry"]["id"].clone()
}

on_both! {
    /// An entry whose words change comes again, to those who see it; a note to
    /// the team alone, and who is named in it is told of elsewhere.
    async fn changed_words_are_delivered(world) {
        let address = world.serve().await;
        let owner = world.staff("owner@glass.example").await;
        let timeline = format!("subscription {{ ticketTimeline(id: \"{}\") {{ kind body editedAt }} }}", id::ticket(world.cast.mias));
        let mut sockets = Vec::new();
        for email in ["mia@alder.example", "manager@glass.example"] {
            let persona = somebody(&world, email).await;
            sockets.push(follow(&world, &address, &persona, &timeline).await);
        }
        let note = say(&world, &owner, "ticketNote", "CANARY").await;
        let reply = say(&world, &owner, "ticketReply", "Soon.").await;
        let member = id::staff(world.cast.member);
        act(&owner, &format!("ticketEntryEdit(input: {{id: {note}, body: \"CANARY, again\"}}) {{ errors {{ code }} }}")).await;
        act(&owner, &format!("ticketNote(input: {{id: \"{}\", body: \"Look.\", mentions: [\"{member}\"]}}) {{ errors {{ code }} }}", id::ticket(world.cast.mias))).await;
        act(&owner, &format!("ticketEntryEdit(input: {{id: {reply}, body: \"Today.\"}}) {{ errors {{ code }} }}")).await;
        world.drain().await;
        let said: [(bool, &str, &str, bool); 5] = [
            (false, "NOTE", "CANARY, again", true),
            (true, "REPLY", "Today.", true),
            (false, "NOTE", "CANARY, again", true),
            (false, "NOTE", "Look.", false),
            (true, "REPLY", "Today.", true),
        ];
        for (place, socket) in sockets.iter_mut().enumerate() {
            // Each delivery is read at its own moment: the first ones have the new words, too.
            for (_, kind, body, edited) in said.iter().filter(|(shown, ..)| *shown || place == 1) {
                let entry = socket.next("1").await["ticketTimeline"].clone();
                assert_eq!((&entry["kind"], &entry["body"], entry["editedAt"].is_string()), (&json!(kind), &json!(body), *edited), "{place}");
            }
        }
    }
}

on_both! {
    /// Both tickets of a merge are told of, to those who see them; one that
    /// clients do not see is not even an empty event.
    async fn a_merge_is_told_at_both_ends(world) {
        let address = world.serve().await;
        let manager = world.staff("manager@glass.example").await;
        let changed = "subscription { ticketChanged { subject status } }";
        let mut dan = follow(&world, &address, &somebody(&world, "dan@dogwood.example").await, changed).await;
        let mut dina = follow(&world, &address, &somebody(&world, "dina@dogwood.example").await, changed).await;
        let mut ada = follow(&world, &address, &somebody(&world, "ada@alder.example").await, changed).await;
        let (own, shared) = (id::ticket(world.cast.sharers.dans_own), id::ticket(world.cast.sharers.dans));
        let (hidden, mias) = (id::ticket(world.cast.hidden), id::ticket(world.cast.mias));
        act(&manager, &format!("ticketMerge(input: {{id: \"{hidden}\", into: \"{mias}\"}}) {{ errors {{ code }} }}")).await;
        act(&manager, &format!("ticketMerge(input: {{id: \"{own}\", into: \"{shared}\"}}) {{ errors {{ code }} }}")).await;
        act(&manager, &format!("ticketReply(input: {{id: \"{mias}\", body: \"x\"}}) {{ errors {{ code }} }}")).await;
        world.drain().await;
        let told = |subject: &str, status: &str| json!({"ticketChanged": {"subject": subject, "status": status}});
        assert_eq!(dan.next("1").await, told("Dan shares this with nobody", "CLOSED"));
        assert_eq!(dan.next("1").await, told("Dan shares this with Dina", "OPEN"));
        assert_eq!(dina.next("1").await, told("Dan shares this with Dina", "OPEN"));
        assert_eq!(ada.next("1").await, told("The printer on floor 2 is silent", "IN_PROGRESS"));
        // Shown at last, it is news at the other end as well.
        act(&manager, &format!("ticketSetVisibility(input: {{id: \"{hidden}\", visibility: CLIENT_VISIBLE, reason: \"x\"}}) {{ errors {{ code }} }}")).await;
        world.drain().await;
        ada.next("1").await;
        assert_eq!(ada.next("1").await, told("The printer on floor 2 is silent", "IN_PROGRESS"));
    }
}
