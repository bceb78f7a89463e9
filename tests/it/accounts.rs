//! Accounts: who gets one, what opens it, who changes it, and what ends it.
//!
//! | file | what it holds |
//! |---|---|
//! | `onboarding.rs` | a workspace from sign-up to the first ticket |
//! | `staff.rs` | the team: invitations, roles, owners |
//! | `invitations.rs` | client users: invited, mailed, taken, withdrawn |
//! | `inviting_again.rs` | invitations that go out again, counted and to a new address |
//! | `addresses.rs` | whom one may invite, and what that tells about others |
//! | `names.rs` | what is no name, wherever one comes in |
//! | `team.rs` | the people of a company, changed by its admins and by staff |
//! | `behind_the_lock.rs` | rights that are lost before a request's turn comes |
//! | `last_admin.rs` | a company keeps an admin, whoever does what at once |
//! | `listing.rs` | the people of a company, as each may see them |
//! | `aftermath.rs` | what else ends when somebody loses access, rights or address |
//! | `credentials.rs` | forgotten and changed passwords |
//! | `under_way.rs` | sign-ins and changes of password that a reset overtakes |
//! | `codes.rs` | signing in with a mailed code |
//! | `throttle.rs` | too many tries, and who is not kept out by them |
//! | `joining.rs` | asking to join a company by oneself |
//! | `requests.rs` | many requests to join, several of one address, and whose door |
//! | `plans.rs`, `modules.rs` | what a workspace may have, and has switched on |
//! | `audit.rs`, `erasure.rs` | what is kept of it all, and what is not |

use std::collections::BTreeSet;

use end_to_end::{Persona, Realm, World, letterbox, world::PUBLIC_URL};
use notifications::Message;
use sea_orm::{ConnectionTrait, QueryResult};
use serde_json::{Value, json};

use crate::outbox::rows;

mod addresses;
mod aftermath;
mod audit;
mod behind_the_lock;
mod codes;
mod credentials;
mod erasure;
mod invitations;
mod inviting_again;
mod joining;
mod last_admin;
mod listing;
mod modules;
mod names;
mod onboarding;
mod plans;
mod requests;
mod staff;
mod team;
mod throttle;
mod under_way;

/// A password that nobody of the cast has.
const FRESH: &str = "nine green umbrellas";
const WHO: &str = "{ viewer { name } }";

/// Sends a mutation with this input; answers its payload.
async fn act(persona: &Persona, field: &str, fields: &str, input: Value) -> Value {
    let document = mutation(field, fields);
    let data = persona.done(&document, json!({ "input": input })).await;
    data[field].clone()
}

/// How a mutation ends: `ok`, the code of its error, or that of a refusal. A
/// refusal comes without data.
async fn end(persona: &Persona, field: &str, input: Value) -> String {
    let document = mutation(field, "");
    let answer = persona.ask(&document, json!({ "input": input })).await;
    let code = |error: &Value| error.as_str().map(str::to_owned);
    if let Some(code) = code(&answer["errors"][0]["extensions"]["code"]) {
        let data = &answer["data"];
        assert!(data.is_null() || data[field].is_null(), "{answer}");
        return code;
    }
    let errors = &answer["data"][field]["errors"];
    assert!(errors.is_array(), "{document}: {answer}");
    code(&errors[0]["code"]).unwrap_or_else(|| "ok".to_owned())
}

fn mutation(field: &str, fields: &str) -> String {
    let input = match field {
        "userDisable" | "userEnable" => "UserStanding".to_owned(),
        _ => {
            let (first, rest) = field.split_at(1);
            format!("{}{rest}", first.to_uppercase())
        }
    };
    format!(
        "mutation ($input: {input}Input!) {{ {field}(input: $input) {{ {fields} errors {{ code field message }} }} }}"
    )
}

/// The only mail that is waiting.
async fn mail(world: &World) -> Message {
    let mut mails = world.post().await;
    let subjects: Vec<&str> = mails.iter().map(|mail| &*mail.subject).collect();
    assert_eq!(mails.len(), 1, "{subjects:?}");
    mails.remove(0)
}

/// The token in the only mail that is waiting.
async fn token(world: &World) -> String {
    letterbox::token(&mail(world).await)
}

/// Nobody is written to.
async fn silence(world: &World) {
    let subjects: Vec<String> = world
        .post()
        .await
        .into_iter()
        .map(|mail| mail.subject)
        .collect();
    assert!(subjects.is_empty(), "{subjects:?}");
}

/// Where the link of a mail begins, which is never where a request said.
fn links_to(mail: &Message, path: &str) {
    let link = format!("{PUBLIC_URL}{path}#token=");
    assert!(mail.text.contains(&link), "{link}: {}", mail.text);
    let link = link.replace('/', "&#x2f;");
    assert!(
        mail.html.contains(&link) && !mail.html.contains("evil"),
        "{}",
        mail.html
    );
}

/// Tries to sign in; `ok` or the code.
async fn sign_in(persona: &Persona, workspace: &str, email: &str, password: &str) -> String {
    let input = json!({ "workspace": workspace, "email": email, "password": password });
    end(persona, "signIn", input).await
}

/// Somebody who is not signed in, at the portal.
fn visitor(world: &World) -> Persona {
    world.anonymous(Realm::Portal)
}

/// How many rows a select finds.
async fn count(world: &World, select: &str) -> usize {
    rows(&world.store, select).await.len()
}

/// All that commands on accounts change, line by line. Two that are equal have
/// nothing between them.
async fn snapshot(world: &World) -> Vec<String> {
    let mut lines = Vec::new();
    for select in [
        "SELECT email || '/' || name || '/' || access || '/' || status || '/' || CAST(sections AS TEXT) || '/' || COALESCE(reach, '') AS line FROM client_users",
        "SELECT email || '/' || name || '/' || role || '/' || status AS line FROM staff_users",
        "SELECT name || '/' || status || '/' || sharing || '/' || CAST(registration_domains AS TEXT) AS line FROM companies",
        "SELECT slug || '/' || name || '/' || locale || '/' || status AS line FROM workspaces",
        "SELECT email || '/' || status AS line FROM join_requests",
        "SELECT 'sign-up/' || slug AS line FROM sign_ups",
        "SELECT purpose || CASE WHEN used_at IS NULL THEN '/open' ELSE '/used' END AS line FROM client_credentials",
        "SELECT purpose || CASE WHEN used_at IS NULL THEN '/open' ELSE '/used' END AS line FROM staff_credentials",
        "SELECT 'audit/' || kind AS line FROM audit",
        "SELECT 'fact/' || kind AS line FROM outbox",
    ] {
        let found = rows(&world.store, &format!("{select} ORDER BY 1")).await;
        let line = |row: &QueryResult| row.try_get::<String>("", "line").expect("a line");
        lines.extend(found.iter().map(line));
    }
    lines
}

/// Writes what no command writes.
async fn write(world: &World, statement: &str) {
    #[expect(clippy::disallowed_methods, reason = "no command writes this")]
    let done = world.store.connection().execute_unprepared(statement).await;
    assert!(done.expect(statement).rows_affected() > 0, "{statement}");
}

/// Invites somebody to the own company; answers the token of the mail.
async fn invited(world: &World, by: &Persona, email: &str, more: Value) -> String {
    let mut input = json!({ "email": email, "name": "Nia Novak" });
    for (name, value) in more.as_object().into_iter().flatten() {
        input[name] = value.clone();
    }
    assert_eq!(end(by, "userInvite", input).await, "ok");
    token(world).await
}

/// Takes an invitation; answers the person, signed in.
async fn accepted(anybody: &Persona, token: &str) -> Persona {
    let input = json!({ "token": token, "password": FRESH });
    let payload = act(
        anybody,
        "invitationAccept",
        "session { accessToken }",
        input,
    )
    .await;
    assert_eq!(payload["errors"], json!([]));
    anybody.with(&payload["session"])
}

/// The id of a client user by their address, as an admin of the company sees it.
async fn user_id(persona: &Persona, email: &str) -> String {
    let data = persona
        .read("{ company { users(first: 100) { nodes { id email } } } }")
        .await;
    let nodes = data["company"]["users"]["nodes"]
        .as_array()
        .expect("people")
        .clone();
    let one = nodes.iter().find(|node| node["email"] == email);
    one.and_then(|node| node["id"].as_str())
        .expect("somebody of that address")
        .to_owned()
}

/// The kinds of entries that the audit trail has of this workspace.
async fn trail(world: &World) -> BTreeSet<String> {
    let owner = world.staff("owner@glass.example").await;
    let data = owner.read("{ audit(first: 100) { nodes { kind } } }").await;
    let nodes = data["audit"]["nodes"].as_array().expect("entries");
    let kinds = nodes
        .iter()
        .map(|node| node["kind"].as_str().expect("a kind").to_owned());
    kinds.collect()
}
