//! What timelines can do besides growing: words that change for some minutes,
//! colleagues who are named, tickets that are merged, texts that are kept.
//!
//! | file | what it holds |
//! |---|---|
//! | `canned.rs` | canned replies, and what fills them |
//! | `editing.rs` | changing what one wrote |
//! | `mentions.rs` | colleagues who are named in notes |
//! | `merging.rs` | merging tickets: what is told, who follows |
//! | `crossing.rs` | merges at once, and what is refused |

mod canned;
mod crossing;
mod editing;
mod mentions;
mod merging;

use end_to_end::{Persona, World};
use serde_json::{Value, json};

use crate::outbox::rows;

/// Sends a mutation; answers its payload.
async fn act(persona: &Persona, mutation: &str, fields: &str, input: Value) -> Value {
    let document = document(mutation, fields);
    persona.done(&document, json!({"input": input})).await[mutation].clone()
}

fn document(mutation: &str, fields: &str) -> String {
    let ty = format!("{}{}", mutation[..1].to_uppercase(), &mutation[1..]);
    format!(
        "mutation ($input: {ty}Input!) {{ {mutation}(input: $input) {{ {fields} errors {{ code message field }} }} }}"
    )
}

/// Sends a mutation that must be done.
async fn done(persona: &Persona, mutation: &str, fields: &str, input: Value) -> Value {
    let payload = act(persona, mutation, fields, input).await;
    assert_eq!(payload["errors"], json!([]), "{mutation}");
    payload
}

/// Sends a mutation that must be refused as a payload; answers code and field.
async fn refused(persona: &Persona, mutation: &str, input: Value) -> (String, String) {
    let payload = act(persona, mutation, "", input).await;
    let error = &payload["errors"][0];
    let text = |name: &str| error[name].as_str().unwrap_or_default().to_owned();
    (text("code"), text("field"))
}

/// Sends a mutation that must be refused as a whole; answers the code.
async fn faulted(persona: &Persona, mutation: &str, input: Value) -> String {
    let document = document(mutation, "");
    persona.code(&document, json!({"input": input})).await
}

fn told(code: &str, field: &str) -> (String, String) {
    (code.to_owned(), field.to_owned())
}

/// Opens a ticket; answers its global id.
async fn open(persona: &Persona, subject: &str) -> Value {
    let input = json!({"subject": subject, "description": "A story."});
    done(persona, "ticketOpen", "ticket { id }", input).await["ticket"]["id"].clone()
}

/// Writes a reply; answers the global id of its entry.
async fn say(persona: &Persona, mutation: &str, ticket: &Value, body: &str) -> Value {
    let input = json!({"id": ticket, "body": body});
    done(persona, mutation, "entry { id }", input).await["entry"]["id"].clone()
}

/// The kinds and audiences of the facts from the `from`th on.
async fn facts(world: &World, from: usize) -> Vec<(String, String)> {
    let select = "SELECT kind, audience FROM outbox ORDER BY position";
    let found = rows(&world.store, select).await;
    let text = |row: &sea_orm::QueryResult, column| row.try_get("", column).expect("text");
    let fact = |row| (text(row, "kind"), text(row, "audience"));
    found.iter().skip(from).map(fact).collect()
}
