//! Forms of categories (TK-7): publishing them, answering them, and who learns of
//! what.

mod answering;
mod publishing;

use end_to_end::Persona;
use serde_json::{Value, json};

const PUBLISH: &str = "mutation ($input: TicketFormPublishInput!) { ticketFormPublish(input: $input) { \
     form { version fields { key visible } } errors { code message field path } } }";

/// The whole of a form, as clients can ask for it.
const ASKED: &str = "category version fields { key label help kind required editable options { key label } \
     maxLength minimum maximum decimals fewest most }";

/// A text in one language.
fn text(text: &str) -> Value {
    json!([{"locale": "en", "text": text}])
}

/// A field that clients see and answer.
fn open(key: &str, kind: &str) -> Value {
    json!({"key": key, "labels": text(key), "kind": kind, "visible": true, "editable": true})
}

/// A field for the team alone.
fn internal(key: &str) -> Value {
    json!({"key": key, "labels": text("CANARY"), "kind": "TEXT"})
}

/// The same with more said.
fn with(field: Value, more: Value) -> Value {
    let (Value::Object(mut field), Value::Object(more)) = (field, more) else {
        panic!("two objects");
    };
    field.extend(more);
    Value::Object(field)
}

/// What `ticketFormPublish` answers.
async fn publish(by: &Persona, category: &str, based_on: i64, fields: Value) -> Value {
    let input = json!({"category": category, "basedOn": based_on, "fields": fields});
    by.done(PUBLISH, json!({ "input": input })).await["ticketFormPublish"].clone()
}

/// Publishes, and expects the version.
async fn published(by: &Persona, category: &str, based_on: i64, fields: Value) {
    let answer = publish(by, category, based_on, fields).await;
    assert_eq!(answer["errors"], json!([]), "{answer}");
    assert_eq!(answer["form"]["version"], based_on + 1);
}

/// The form of a category, as somebody sees it.
async fn form(by: &Persona, category: &str) -> Value {
    let query = format!("{{ ticketForm(category: \"{category}\") {{ {ASKED} }} }}");
    by.read(&query).await["ticketForm"].clone()
}

/// What `ticketOpen` answers.
async fn open_with(by: &Persona, input: Value) -> Value {
    let document = "mutation ($input: TicketOpenInput!) { ticketOpen(input: $input) { \
         ticket { id answers { key text } } errors { code message field key } } }";
    let input = with(json!({"subject": "Xylophone", "description": "x"}), input);
    by.done(document, json!({ "input": input })).await["ticketOpen"].clone()
}

/// What `ticketAnswersUpdate` answers.
async fn update(by: &Persona, ticket: &str, answers: Value) -> Value {
    let document = "mutation ($input: TicketAnswersUpdateInput!) { ticketAnswersUpdate(input: $input) { \
         ticket { updatedAt answers { key text } } errors { code field key } } }";
    let input = json!({"id": ticket, "answers": answers});
    by.done(document, json!({ "input": input })).await["ticketAnswersUpdate"].clone()
}

/// Codes of errors with the keys of their fields.
fn codes(payload: &Value) -> Vec<(String, String)> {
    let errors = payload["errors"].as_array().expect("errors");
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    errors
        .iter()
        .map(|error| (text(&error["key"]), text(&error["code"])))
        .collect()
}

fn told(codes: &[(&str, &str)]) -> Vec<(String, String)> {
    codes
        .iter()
        .map(|(key, code)| ((*key).to_owned(), (*code).to_owned()))
        .collect()
}
