//! Two worlds: the same world twice, and in the second everything internal is
//! different. Every portal operation, by every client, must answer the same to
//! the byte, every live stream deliver the same, and every mail to a client say
//! the same.
//!
//! What a domain adds to the internal side belongs into `upheaval.rs`, what it
//! adds to the portal into `operations.rs`: a walk over the schema fails until it
//! is. What is mailed is told in `letters.rs`.
//! The numbers of newly opened tickets are an exception, documented as one: they
//! come from a series that internal tickets draw from too. So is a full plan,
//! which all companies of a workspace share; neither world fills one.

mod letters;
mod operations;
mod streams;
mod upheaval;

use std::collections::BTreeSet;

use chrono::TimeDelta;
use end_to_end::{Database, Kind, World, cast, files, id, sdl::Sdl, world};
use http::{Method, Request};
use serde_json::{Value, json};

use crate::http as transport;

const CLIENTS: [&str; 9] = [
    "mia@alder.example",
    "noah@alder.example",
    "ada@alder.example",
    "zoe@alder.example",
    "bea@birch.example",
    "dan@dogwood.example",
    "dina@dogwood.example",
    "emil@elm.example",
    "ella@elm.example",
];

/// An address that in the second world has an account at a company that no
/// client here knows of.
const ELSEWHERE: &str = "gus@elsewhere.example";
/// One that has an open invitation of that company.
const OPEN: &str = "olaf@elsewhere.example";

#[test]
fn every_portal_operation_is_replayed() {
    let sdl = Sdl::portal();
    let all: BTreeSet<String> = ["Query", "Mutation"]
        .iter()
        .flat_map(|root| sdl.names(root))
        .collect();
    let replayed: BTreeSet<String> = operations::all()
        .map(|(field, _)| field.to_owned())
        .collect();
    assert_eq!(all, replayed);
    assert_eq!(
        sdl.names("Subscription"),
        ["ticketChanged", "ticketTimeline"],
        "replayed by `streams.rs`"
    );
}

/// Everything that the clients get, as one text.
async fn replay(world: &World, resolved: &Resolved) -> String {
    let mut told = String::new();
    for (round, email) in CLIENTS.iter().enumerate() {
        world.entropy.reseed(1_000 + round as u64);
        world.clock.set(world::beginning() + TimeDelta::hours(1));
        let client = world.client(email).await;
        let mut invited = id::no_session();
        let mut uploaded = id::no_session();
        let mut said = id::no_session();
        for (_, operation) in operations::all() {
            let document = operation
                .replace("ELSEWHERE", ELSEWHERE)
                .replace("OWN\"", &format!("{email}\""))
                .replace("\"OPEN\"", &format!("\"{OPEN}\""))
                .replace("ALDER", &id::company(world.cast.alder))
                .replace("INVITED", &invited)
                .replace("UPLOADED", &uploaded)
                .replace("SAID", &said)
                .replace("MIAS", &id::ticket(world.cast.mias))
                .replace("LIFT", &resolved.well)
                .replace("DOOR", &resolved.badly)
                .replace("HIDDEN", &id::ticket(world.cast.hidden))
                .replace("NOTE", &id::entry(world.cast.note))
                .replace("REPLY", &id::entry(world.cast.reply))
                .replace("STAFF", &id::staff(world.cast.owner))
                .replace("SHARED", &id::ticket(world.cast.sharers.dans))
                .replace("NOAH", &id::user(world.cast.noah))
                .replace("DORA", &id::user(world.cast.sharers.dora))
                .replace("DINA", &id::user(world.cast.sharers.dina))
                .replace("ADA", &id::user(world.cast.ada))
                .replace("SESSION", &id::no_session());
            world.later(TimeDelta::seconds(1));
            world.entropy.reseed(2_000 + round as u64);
            let (status, text) = client.raw(json!({"query": document})).await;
            // What is refused for its form compares nothing.
            for refusal in [
                "LIMIT_EXCEEDED",
                "GRAPHQL_PARSE_FAILED",
                "GRAPHQL_VALIDATION_FAILED",
            ] {
                assert!(!text.contains(refusal), "{document}: {text}");
            }
            told += &format!(
                "{email} {document}\n{status} {}\n",
                without_new_numbers(&text)
            );
            if let Some(url) = told_export(&text) {
                let answer =
                    transport::send(&world.router, transport::empty(Request::get(&url))).await;
                told += &format!("{:?}\n{}\n", answer.headers, without_new_rows(&answer.text));
            }
            if let Some(id) = told_entry(&text) {
                said = id;
            }
            if let Some(id) = told_id(&text) {
                invited = id;
            }
            if let Some((id, url)) = told_upload(&text) {
                uploaded = id;
                let (status, said) = files::put(world, &url, "image/png", files::PNG).await;
                told += &format!("{status} {said}\n");
            }
            for url in told_urls(&text) {
                let answer = files::get(world, Method::GET, &url).await;
                told += &format!("{} {:?}\n", answer.status(), answer.headers());
                told += &format!("{:?}\n", files::body(answer).await);
            }
            // One at a time, so that secrets are drawn in one order.
            for mail in letters::post(world, 2_500 + round as u64).await {
                told += &letters::written(&mail);
            }
        }
    }
    told
}

/// The id of whoever was invited just now.
fn told_id(text: &str) -> Option<String> {
    let answer: Value = serde_json::from_str(text).ok()?;
    let id = answer["data"]["userInvite"]["user"]["id"].as_str()?;
    Some(id.to_owned())
}

/// The id of a reply that was written just now.
fn told_entry(text: &str) -> Option<String> {
    let answer: Value = serde_json::from_str(text).ok()?;
    let id = answer["data"]["ticketReply"]["entry"]["id"].as_str()?;
    Some(id.to_owned())
}

/// The address of an export.
fn told_export(text: &str) -> Option<String> {
    let answer: Value = serde_json::from_str(text).ok()?;
    let url = answer["data"]["ticketsExport"]["url"].as_str()?;
    Some(url.to_owned())
}

/// The same file without the numbers of tickets that were opened later.
fn without_new_rows(csv: &str) -> String {
    let line = |line: &str| match line.split_once(',') {
        Some((reference, rest)) if is_new(reference.trim_matches('"')) => format!("NEW,{rest}\n"),
        _ => format!("{line}\n"),
    };
    csv.lines().map(line).collect()
}

/// Whether this is the reference of a ticket that the world did not begin with.
fn is_new(reference: &str) -> bool {
    let number = reference.strip_prefix("TKT-");
    number
        .and_then(|number| number.parse().ok())
        .is_some_and(|number: i64| number > cast::TICKETS)
}

/// The id and the address of an upload that was opened just now.
fn told_upload(text: &str) -> Option<(String, String)> {
    let answer: Value = serde_json::from_str(text).ok()?;
    let upload = &answer["data"]["uploadCreate"]["upload"];
    Some((
        upload["id"].as_str()?.to_owned(),
        upload["url"].as_str()?.to_owned(),
    ))
}

/// The addresses of files in an answer: what they say belongs to it.
fn told_urls(text: &str) -> Vec<String> {
    let urls = text.split("\"/files/").skip(1);
    let urls = urls.filter_map(|rest| rest.split('"').next());
    let read = urls.filter(|token| !token.starts_with("uploads/"));
    read.map(|token| format!("/files/{token}")).collect()
}

/// Takes out the numbers that the world's own tickets do not have: those that
/// were opened later. They stand in references and in the cursors of that order.
fn without_new_numbers(text: &str) -> String {
    let Ok(mut value) = serde_json::from_str::<Value>(text) else {
        return text.to_owned();
    };
    blank(&mut value);
    value.to_string()
}

fn blank(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(blank),
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::String(text) if name == "reference" && is_new(text) => {
                        "TKT-NEW".clone_into(text);
                    }
                    // Eight bytes of a number behind two of a header: 14 letters, unlike any other cursor.
                    Value::String(text) if name == "cursor" && text.len() == 14 => {
                        "NUMBER".clone_into(text);
                    }
                    other => blank(other),
                }
            }
        }
        _ => {}
    }
}

/// Tickets of mia's that wait for her word in both worlds.
struct Resolved {
    /// What she will accept.
    well: String,
    /// What she will reject.
    badly: String,
}

/// Opens a ticket of mia's and resolves it.
async fn resolved(world: &World, subject: &str) -> String {
    let mia = world.client("mia@alder.example").await;
    let opened = mia
        .read(&format!(
            "mutation {{ ticketOpen(input: {{subject: \"{subject}\", description: \"x\"}}) {{ ticket {{ id }} }} }}"
        ))
        .await;
    let id = opened["ticketOpen"]["ticket"]["id"].as_str();
    let id = id.expect("an id").to_owned();
    let owner = world.staff("owner@glass.example").await;
    let resolution = format!("id: \"{id}\", resolution: \"It runs.\"");
    owner.act("ticketResolve", &resolution).await;
    id
}

/// In both worlds resolved tickets close some day, some wait for that, and a status
/// has a word of the team's own.
async fn rest(world: &World) -> Resolved {
    let waiting = Resolved {
        well: resolved(world, "The lift stands").await,
        badly: resolved(world, "The door squeaks").await,
    };
    let owner = world.staff("owner@glass.example").await;
    let noahs = id::ticket(world.cast.noahs);
    for mutation in [
        "workspaceTicketSettingsUpdate(input: {autoCloseDays: 30}) { errors { code } }".to_owned(),
        "workspaceStatusLabelsUpdate(input: {labels: [{status: OPEN, labels: [{locale: \"en\", text: \"Received\"}]}]}) { errors { code } }".to_owned(),
        format!(
            "ticketResolve(input: {{id: \"{noahs}\", resolution: \"Done.\"}}) {{ errors {{ code }} }}"
        ),
    ] {
        owner.read(&format!("mutation {{ {mutation} }}")).await;
    }
    for (company, exposed) in [(world.cast.alder, true), (world.cast.birch, false)] {
        let company = id::company(company);
        let item = format!(
            "mutation {{ configurationItemCreate(input: {{company: \"{company}\", name: \"Printer\", kind: \"Device\", visibility: CLIENT_VISIBLE}}) {{ item {{ id }} }} }}"
        );
        let made = owner.read(&item).await["configurationItemCreate"]["item"]["id"].clone();
        if exposed {
            let mias = id::ticket(world.cast.mias);
            for mutation in [
                format!(
                    "configurationExposureUpdate(input: {{company: \"{company}\", exposed: true}}) {{ errors {{ code }} }}"
                ),
                format!(
                    "ticketItemsUpdate(input: {{id: \"{mias}\", items: [{made}]}}) {{ errors {{ code }} }}"
                ),
            ] {
                owner.read(&format!("mutation {{ {mutation} }}")).await;
            }
        }
    }
    // Told of before the worlds part.
    world.post().await;
    world.later(notifications::QUIET);
    world.post().await;
    world.clock.set(world::beginning());
    waiting
}

fn compare(kind: Kind) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(async {
        let (one, two) = (World::create(kind).await, World::create(kind).await);
        let (waiting, also) = (rest(&one).await, rest(&two).await);
        upheaval::upheaval(&two, &also).await;
        let (first, second) = (replay(&one, &waiting).await, replay(&two, &also).await);
        assert!(!first.contains("CANARY"), "a client was told: {first}");
        for (answer, closed) in [("ticketAccept", "\"20"), ("ticketReject", "null")] {
            let done = format!("\"{answer}\":{{\"errors\":[],\"ticket\":{{\"closedAt\":{closed}");
            assert!(first.contains(&done), "{answer} was never done");
        }
        assert!(
            first.contains("Is there any progress?")
                && first.contains("Plan.png")
                && first.contains("204 No Content null"),
            "no file came or went"
        );
        for address in [ELSEWHERE, OPEN] {
            let invited = format!("to {address} ");
            assert!(first.contains(&invited), "{address} was not mailed");
        }
        for (one, two) in first.lines().zip(second.lines()) {
            assert_eq!(one, two);
        }
        assert_eq!(first.lines().count(), second.lines().count());
        let (first, second) = (
            streams::events(&one, false).await,
            streams::events(&two, true).await,
        );
        assert_eq!(first, second);
        let (first, second) = (
            letters::story(&one, false).await,
            letters::story(&two, true).await,
        );
        assert!(!first.contains("CANARY"), "a client was mailed: {first}");
        for (one, two) in first.lines().zip(second.lines()) {
            assert_eq!(one, two);
        }
        assert_eq!(first.len(), second.len());
        for world in [one, two] {
            let removal: end_to_end::database::Removal = Database::handle(&world.database);
            world.store.close().await.expect("closed");
            removal.remove().await;
        }
    });
}

#[test]
fn clients_cannot_tell_the_worlds_apart_on_sqlite() {
    compare(Kind::Sqlite);
}

#[test]
fn clients_cannot_tell_the_worlds_apart_on_postgres() {
    compare(Kind::Postgres);
}
