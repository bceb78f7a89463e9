//! Each persona gets the events of their scope, and no other: not even an
//! empty one.

use end_to_end::{Realm, World, events::Events, id, on_both, persona::text, socket::Socket};
use serde_json::{Value, json};
use tickets::TicketId;

use super::{
    BEAS, CHANGED, HIDDEN, MIAS, NOAHS, OTHERS, assign, change_rights, flag, follow, listening,
    note, reply, somebody,
};

/// Who is told of what, in order. `zoe` has no tickets section.
fn told() -> Vec<(&'static str, Vec<&'static str>)> {
    let all = vec![MIAS, MIAS, HIDDEN, NOAHS, BEAS];
    vec![
        ("mia@alder.example", vec![MIAS]),
        ("noah@alder.example", vec![NOAHS]),
        ("ada@alder.example", vec![MIAS, NOAHS]),
        ("zoe@alder.example", vec![]),
        ("bea@birch.example", vec![BEAS]),
        ("ben@birch.example", vec![BEAS]),
        ("carl@cedar.example", vec![OTHERS]),
        ("owner@glass.example", all.clone()),
        ("admin@glass.example", all.clone()),
        ("manager@glass.example", all),
        // Sees what is assigned to them.
        ("member@glass.example", vec![MIAS, MIAS]),
        ("owner@other.example", vec![OTHERS]),
    ]
}

async fn work_on_everything(world: &World) {
    let owner = somebody(world, "owner@glass.example").await;
    let stranger = somebody(world, "owner@other.example").await;
    let cast = &world.cast;
    reply(&owner, cast.mias, "Found it.").await;
    note(&owner, cast.mias, "CANARY").await;
    reply(&owner, cast.hidden, "CANARY").await;
    reply(&owner, cast.noahs, "It is on its way.").await;
    reply(&owner, cast.beas, "Next week.").await;
    reply(&stranger, cast.others, "Done.").await;
    world.drain().await;
}

on_both! {
    /// `ticketChanged` of everything, by everybody at once.
    async fn each_persona_gets_the_events_of_their_scope(world) {
        let address = world.serve().await;
        let mut sockets = Vec::new();
        for (email, expected) in told() {
            let persona = somebody(&world, email).await;
            sockets.push((email, follow(&world, &address, &persona, CHANGED).await, expected));
        }
        // What one round delivers too much, the next finds in its way.
        for _ in 0..2 {
            work_on_everything(&world).await;
            for (email, socket, expected) in &mut sockets {
                for subject in expected.iter() {
                    assert_eq!(socket.next("1").await, json!({"ticketChanged": {"subject": subject}}), "{email}");
                }
            }
        }
        // Zoe was told nothing, though she listened.
        let zoe = somebody(&world, "zoe@alder.example").await;
        change_rights(&world, "UPDATE client_users SET sections = '[\"tickets\"]' WHERE email = 'zoe@alder.example'").await;
        zoe.read("mutation { ticketOpen(input: {subject: \"For zoe\", description: \"x\"}) { errors { code } } }").await;
        world.drain().await;
        for (email, socket, _) in &mut sockets {
            if ["zoe@", "ada@", "owner@glass", "admin@", "manager@"].iter().any(|told| email.starts_with(told)) {
                assert_eq!(socket.next("1").await, json!({"ticketChanged": {"subject": "For zoe"}}), "{email}");
            }
        }
    }
}

/// Both subscriptions, to one ticket.
fn of_one(ticket: &str) -> [String; 2] {
    [
        format!("subscription {{ ticketChanged(id: \"{ticket}\") {{ subject }} }}"),
        format!("subscription {{ ticketTimeline(id: \"{ticket}\") {{ kind body }} }}"),
    ]
}

on_both! {
    /// One ticket, by those who may see it. What happens to others is not theirs.
    async fn one_ticket_is_followed_by_those_who_see_it(world) {
        let address = world.serve().await;
        let owner = world.staff("owner@glass.example").await;
        let mut sockets = Vec::new();
        for email in ["mia@alder.example", "ada@alder.example", "manager@glass.example", "member@glass.example"] {
            let persona = somebody(&world, email).await;
            let [changed, timeline] = of_one(&id::ticket(world.cast.mias));
            sockets.push((email, follow(&world, &address, &persona, &changed).await, follow(&world, &address, &persona, &timeline).await));
        }
        for round in ["One", "Two"] {
            work_on_everything(&world).await;
            reply(&owner, world.cast.mias, round).await;
            world.drain().await;
            for (email, changed, timeline) in &mut sockets {
                let staff = email.ends_with("glass.example");
                for _ in 0..if staff { 3 } else { 2 } {
                    assert_eq!(changed.next("1").await["ticketChanged"]["subject"], MIAS, "{email}");
                }
                let mut entries = vec![("REPLY", "Found it."), ("REPLY", round)];
                if staff {
                    entries.insert(1, ("NOTE", "CANARY"));
                }
                for (kind, body) in entries {
                    assert_eq!(timeline.next("1").await, json!({"ticketTimeline": {"kind": kind, "body": body}}), "{email}");
                }
            }
        }
    }
}

/// What a socket is told instead of a subscription, without the id.
async fn refused(socket: &mut Socket, query: &str) -> Value {
    socket.ask("1", query).await;
    let refused = socket.message().await;
    let complete = if refused["type"] == "next" {
        socket.message().await
    } else {
        Value::Null
    };
    json!([refused, complete])
}

on_both! {
    /// What lies outside the scope is refused, to the byte, as what never was.
    async fn nobody_follows_what_they_cannot_see(world) {
        let address = world.serve().await;
        let cast = &world.cast;
        let outside: [(&str, &[TicketId]); 8] = [
            ("mia@alder.example", &[cast.noahs, cast.hidden, cast.beas, cast.others]),
            ("noah@alder.example", &[cast.mias, cast.hidden, cast.beas]),
            ("ada@alder.example", &[cast.hidden, cast.beas, cast.others]),
            ("zoe@alder.example", &[cast.mias, cast.noahs]),
            ("bea@birch.example", &[cast.mias, cast.noahs, cast.hidden]),
            ("carl@cedar.example", &[cast.mias, cast.beas]),
            ("owner@other.example", &[cast.mias, cast.hidden, cast.beas]),
            ("member@glass.example", &[cast.noahs, cast.hidden, cast.beas, cast.others]),
        ];
        for (email, tickets) in outside {
            let persona = somebody(&world, email).await;
            let mut socket = Socket::of(&address, &persona).await;
            for (place, absent) in of_one(&id::no_ticket()).iter().enumerate() {
                let nothing = refused(&mut socket, absent).await;
                assert!(nothing.to_string().contains("\"NOT_FOUND\""), "{email}: {nothing}");
                for ticket in tickets {
                    let query = &of_one(&id::ticket(*ticket))[place];
                    assert_eq!(refused(&mut socket, query).await, nothing, "{email}: {query}");
                    let events = Events::ask(&persona, query).await;
                    let missing = Events::ask(&persona, absent).await;
                    assert_eq!(events.status(), missing.status());
                    assert_eq!(text(events).await, text(missing).await, "{email}: {query}");
                }
            }
        }
        assert_eq!(world.hub.listeners(), 0);
    }
}

on_both! {
    /// Whoever is not signed in, or signed in at the other realm, follows nothing.
    async fn those_who_are_not_signed_in_follow_nothing(world) {
        let address = world.serve().await;
        let ticket = id::ticket(world.cast.mias);
        let [changed, timeline] = of_one(&ticket);
        let stranger = world.staff("owner@glass.example").await.at(Realm::Portal);
        for realm in [Realm::Portal, Realm::Staff] {
            let anonymous = world.anonymous(realm);
            let mut socket = Socket::of(&address, &anonymous).await;
            for query in [CHANGED, &changed, &timeline] {
                let told = refused(&mut socket, query).await.to_string();
                assert!(told.contains("\"UNAUTHENTICATED\""), "{told}");
                for persona in [&anonymous, &stranger] {
                    let told = text(Events::ask(persona, query).await).await;
                    assert!(told.contains("\"UNAUTHENTICATED\""), "{told}");
                }
            }
        }
        assert_eq!(world.hub.listeners(), 0);
    }
}

on_both! {
    /// Notes, assignments and whatever is internal move nothing on a client's
    /// side: the next that they hear of is the next that they may hear of.
    async fn what_is_internal_is_not_even_an_empty_event(world) {
        let address = world.serve().await;
        let owner = world.staff("owner@glass.example").await;
        let mias = world.cast.mias;
        let whole = "subscription { ticketChanged { id subject status updatedAt timeline(first: 100) { nodes { id body } } } }";
        let timeline = format!("subscription {{ ticketTimeline(id: \"{}\") {{ id body }} }}", id::ticket(mias));
        let mut sockets = Vec::new();
        for email in ["mia@alder.example", "ada@alder.example"] {
            let client = world.client(email).await;
            sockets.push(follow(&world, &address, &client, whole).await);
            sockets.push(follow(&world, &address, &client, &timeline).await);
        }
        let mut events = Events::of(&world.client("ada@alder.example").await, whole).await;
        let manager = world.staff("manager@glass.example").await;
        let mut team = follow(&world, &address, &manager, CHANGED).await;
        listening(&world, 6).await;

        note(&owner, mias, "CANARY").await;
        assign(&owner, mias, Some(world.cast.manager)).await;
        assign(&owner, mias, None).await;
        note(&owner, world.cast.hidden, "CANARY").await;
        reply(&owner, world.cast.hidden, "CANARY").await;
        assign(&owner, world.cast.hidden, None).await;
        let open = format!(
            "mutation {{ ticketOpen(input: {{ subject: \"CANARY\", description: \"x\", company: \"{}\" }}) {{ errors {{ code }} }} }}",
            id::company(world.cast.alder)
        );
        owner.read(&open).await;
        world.drain().await;
        for subject in [MIAS, MIAS, MIAS, HIDDEN, HIDDEN, HIDDEN, "CANARY"] {
            assert_eq!(team.next("1").await["ticketChanged"]["subject"], subject);
        }
        reply(&owner, mias, "Something to read.").await;
        world.drain().await;
        for socket in &mut sockets {
            let told = socket.next("1").await.to_string();
            assert!(told.contains("Something to read.") && !told.contains("CANARY"), "{told}");
        }
        let told = events.next().await.to_string();
        assert!(told.contains("Something to read.") && !told.contains("CANARY"), "{told}");

        // An internal ticket is told of when it becomes visible, from then on.
        flag(&owner, world.cast.hidden, "CLIENT_VISIBLE").await;
        world.drain().await;
        assert_eq!(events.next().await["ticketChanged"]["subject"], HIDDEN);
    }
}
