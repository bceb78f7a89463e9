//! What is shared by name is delivered while it is shared, and no longer.

use end_to_end::{Persona, World, events::Events, id, on_both};
use serde_json::json;
use tickets::TicketId;

use super::{CHANGED, change_rights, follow, listening, reply, taken};

const DANS: &str = "Dan shares this with Dina";
const OWN: &str = "Dan shares this with nobody";

async fn name(persona: &Persona, ticket: TicketId, user: kernel::ClientUserId) {
    let input = json!({"input": {"id": id::ticket(ticket), "users": [id::user(user)]}});
    let mutation = "mutation ($input: TicketParticipantsAddInput!) { ticketParticipantsAdd(input: $input) { errors { code } } }";
    let done = persona.done(mutation, input).await;
    assert_eq!(done["ticketParticipantsAdd"]["errors"], json!([]));
}

async fn take_off(persona: &Persona, ticket: TicketId, user: kernel::ClientUserId) {
    let input = json!({"input": {"id": id::ticket(ticket), "user": id::user(user)}});
    let mutation = "mutation ($input: TicketParticipantRemoveInput!) { ticketParticipantRemove(input: $input) { errors { code } } }";
    let done = persona.done(mutation, input).await;
    assert_eq!(done["ticketParticipantRemove"]["errors"], json!([]));
}

/// `dina` over both transports, and what she follows of one ticket.
async fn listen(world: &World, address: &str) -> (end_to_end::socket::Socket, Events) {
    let dina = world.client("dina@dogwood.example").await;
    let socket = follow(world, address, &dina, CHANGED).await;
    let before = world.hub.listeners();
    let events = Events::of(&dina, CHANGED).await;
    listening(world, before + 1).await;
    (socket, events)
}

on_both! {
    /// Being named is news, what happens then too; being taken off ends it,
    /// between commit and delivery as well.
    async fn who_is_named_is_told_until_they_are_taken_off(world) {
        let address = world.serve().await;
        let shared = &world.cast.sharers;
        let owner = world.staff("owner@glass.example").await;
        let dan = world.client("dan@dogwood.example").await;
        let (mut socket, mut events) = listen(&world, &address).await;
        let told = |subject: &str| json!({"ticketChanged": {"subject": subject}});

        reply(&owner, shared.dans, "For both.").await;
        reply(&owner, shared.dans_own, "For Dan alone.").await;
        name(&dan, shared.dans_own, shared.dina).await;
        world.drain().await;
        // The reply to Dan alone is delivered too: at that moment she may read it.
        for subject in [DANS, OWN, OWN] {
            assert_eq!(socket.next("1").await, told(subject));
            assert_eq!(events.next().await, told(subject));
        }

        reply(&owner, shared.dans, "Waits in the outbox.").await;
        take_off(&dan, shared.dans, shared.dina).await;
        reply(&owner, shared.dans, "For Dan alone from now on.").await;
        reply(&owner, shared.dans_own, "For both.").await;
        world.drain().await;
        assert_eq!(socket.next("1").await, told(OWN));
        assert_eq!(events.next().await, told(OWN));
    }
}

on_both! {
    /// A timeline that somebody follows falls silent when they are taken off.
    async fn a_timeline_falls_silent_for_who_is_taken_off(world) {
        let address = world.serve().await;
        let shared = &world.cast.sharers;
        let owner = world.staff("owner@glass.example").await;
        let dan = world.client("dan@dogwood.example").await;
        let dina = world.client("dina@dogwood.example").await;
        let timeline = format!("subscription {{ ticketTimeline(id: \"{}\") {{ body }} }}", id::ticket(shared.dans));
        let mut socket = follow(&world, &address, &dina, &timeline).await;
        reply(&owner, shared.dans, "One").await;
        world.drain().await;
        assert_eq!(socket.next("1").await["ticketTimeline"]["body"], "One");
        take_off(&dan, shared.dans, shared.dina).await;
        reply(&owner, shared.dans, "Two").await;
        reply(&owner, shared.dans_own, "Of another ticket").await;
        world.drain().await;
        taken(&world).await;
        name(&dan, shared.dans, shared.dina).await;
        reply(&owner, shared.dans, "Three").await;
        world.drain().await;
        assert_eq!(socket.next("1").await["ticketTimeline"]["body"], "Three");
    }
}

on_both! {
    /// The company's mode, and what was chosen for a member, are those of the delivery.
    async fn the_mode_is_that_of_the_delivery(world) {
        let address = world.serve().await;
        let shared = &world.cast.sharers;
        let owner = world.staff("owner@glass.example").await;
        let (mut socket, _events) = listen(&world, &address).await;
        let mode = |mode: &str| format!("UPDATE companies SET sharing = '{mode}' WHERE name = 'Dogwood'");
        let chosen = |reach: &str| format!("UPDATE client_users SET reach = {reach} WHERE email = 'dina@dogwood.example'");
        let end = world.client("dina@dogwood.example").await;
        let open = "mutation { ticketOpen(input: {subject: \"Mark\", description: \"x\"}) { errors { code } } }";
        for (statements, expected) in [
            (vec![mode("own")], vec![]),
            (vec![mode("shared")], vec![DANS]),
            (vec![mode("company")], vec![DANS, OWN]),
            (vec![mode("per_member")], vec![]),
            (vec![chosen("'shared'")], vec![DANS]),
            (vec![chosen("'company'")], vec![DANS, OWN]),
            (vec![chosen("NULL")], vec![]),
        ] {
            reply(&owner, shared.dans, "Shared.").await;
            reply(&owner, shared.dans_own, "Not shared.").await;
            for statement in &statements {
                change_rights(&world, statement).await;
            }
            // Hers whatever the mode: what comes before it is all that came.
            end.read(open).await;
            world.drain().await;
            for subject in expected.iter().chain([&"Mark"]) {
                assert_eq!(socket.next("1").await, json!({"ticketChanged": {"subject": subject}}), "{statements:?}");
            }
        }
    }
}
