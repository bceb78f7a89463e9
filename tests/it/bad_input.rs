//! Input that nobody should send: each gets a typed refusal or a stable code,
//! nothing is half written, and nothing of the machine room is told (`send` of
//! `http.rs` looks every answer over).

mod database;
mod lists;
mod places;
mod text;
mod values;

use end_to_end::{Persona, Realm, World};
use http::header;
use serde_json::{Value, json};

use self::places::Place;
use crate::http::{Answer, body, post, send, tell};

/// Sends a value to a place; subscriptions go as events.
async fn give(world: &World, people: &People, place: &Place, value: Value) -> Answer {
    let nobody = world.anonymous(Realm::Portal);
    let by = if place.by_nobody {
        &nobody
    } else if place.by_admin {
        &people.admin
    } else if place.by_client {
        &people.client
    } else {
        &people.staff
    };
    let envelope = json!({"query": place.document(), "variables": {"value": value}});
    if !place.document.starts_with("subscription") {
        return tell(world, by, &envelope).await;
    }
    let token = by.token.clone().expect("signed in");
    let request = post(by.realm)
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::ACCEPT, "text/event-stream");
    let answer = send(&world.router, body(request, envelope.to_string())).await;
    let event = answer
        .text
        .lines()
        .find_map(|line| line.strip_prefix("data: "))
        .unwrap_or(&answer.text);
    let answer = Answer {
        text: event.to_owned(),
        ..answer
    };
    answer.check();
    answer
}

struct People {
    client: Persona,
    admin: Persona,
    staff: Persona,
}

impl People {
    async fn of(world: &World) -> Self {
        Self {
            client: world.client("mia@alder.example").await,
            admin: world.client("ada@alder.example").await,
            staff: world.staff("owner@glass.example").await,
        }
    }

    /// All that a refusal must leave as it is.
    async fn everything(&self) -> [Value; 2] {
        let people = "{ companies(first: 20) { nodes { id name sharing status registrationDomains joinRequests { id } \
                      users(first: 100) { nodes { id name email access sections reach status } } } } \
                      staffMembers { id name email role } workspace { name slug locale timeZone currency portalUrl modules signInMethods } }";
        let tickets = "{ tickets(first: 100) { nodes { id status visibility updatedAt assignee { id } requester { status } timeline(first: 100) { nodes { id } } } } }";
        [
            self.staff.read(tickets).await,
            self.staff.read(people).await,
        ]
    }
}

const OPEN: &str = "mutation ($value: String!) { ticketOpen(input: {subject: $value, description: $value}) { ticket { subject description } errors { code field } } }";
