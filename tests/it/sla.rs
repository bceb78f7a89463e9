//! Service levels: what was promised, what is due, what was missed, and who is
//! shown the time that is left.

mod breaches;
mod clocks;
mod escalations;
mod promises;

use chrono::{DateTime, TimeDelta, Utc};
use end_to_end::{Persona, World, id, world};
use serde_json::{Value, json};
use tickets::TicketId;

/// An instant so many minutes after the beginning, as the API says it.
fn minutes(count: i64) -> DateTime<Utc> {
    world::beginning() + TimeDelta::minutes(count)
}

/// The instant that a JSON value tells; none for null.
fn instant(value: &Value) -> Option<DateTime<Utc>> {
    Some(value.as_str()?.parse().expect("an instant"))
}

/// What staff see of a ticket's clock.
async fn sla(staff: &Persona, ticket: TicketId) -> Value {
    let query = "query ($id: ID!) { ticket(id: $id) { priority contract { reference } sla { responseDue resolutionDue state pausedAt \
                 responseBreachedAt resolutionBreachedAt } } }";
    let variables = json!({"id": id::ticket(ticket)});
    staff.done(query, variables).await["ticket"].clone()
}

/// Opens a ticket; answers its global id.
async fn open(persona: &Persona) -> String {
    let document =
        "mutation { ticketOpen(input: {subject: \"x\", description: \"x\"}) { ticket { id } } }";
    let answer = persona.read(document).await;
    let id = answer["ticketOpen"]["ticket"]["id"].as_str();
    id.expect("an id").to_owned()
}

/// What staff see of the clock of a ticket with a global id.
async fn clock(world: &World, ticket: &str) -> Value {
    let owner = world.staff("owner@glass.example").await;
    let query =
        format!("{{ ticket(id: \"{ticket}\") {{ sla {{ responseDue resolutionDue state }} }} }}");
    owner.read(&query).await["ticket"]["sla"].clone()
}
