//! Live streams: who is told what, and when they are told nothing more.
//!
//! | file | what it holds |
//! |---|---|
//! | `scope.rs` | each persona gets the events of their scope, and no other |
//! | `rights.rs` | the rights are those of the delivery, not of the subscription |
//! | `ends.rs` | what ends a stream, and what does not |
//! | `npm.rs` | the clients that people use |
//! | `timeline.rs` | words that change, and merges |

use end_to_end::{Persona, Realm, World, id, patience::until, socket::Socket};
use kernel::Clock;
use sea_orm::ConnectionTrait;
use serde_json::json;
use store::{Audience, Fact};
use tickets::TicketId;

mod ends;
mod npm;
mod rights;
mod scope;
mod sharing;
mod timeline;

const MIAS: &str = "The printer on floor 2 is silent";
const NOAHS: &str = "A new laptop for the new colleague";
const HIDDEN: &str = "CANARY: renewal at risk";
const BEAS: &str = "Birch wants a second line";
const OTHERS: &str = "Cedar's own affair";

const CHANGED: &str = "subscription { ticketChanged { subject } }";

/// Somebody of the cast by their address, which says where they belong.
async fn somebody(world: &World, email: &str) -> Persona {
    match email.split_once('@').map(|(_, place)| place) {
        Some("glass.example") => world.staff(email).await,
        Some("other.example") => world.sign_in(Realm::Staff, "other", email).await,
        Some("cedar.example") => world.sign_in(Realm::Portal, "other", email).await,
        _ => world.client(email).await,
    }
}

/// A socket with one subscription of that id, which listens.
async fn follow(world: &World, address: &str, persona: &Persona, query: &str) -> Socket {
    let before = world.hub.listeners();
    let mut socket = Socket::of(address, persona).await;
    socket.ask("1", query).await;
    listening(world, before + 1).await;
    socket
}

/// Waits until that many subscriptions listen.
async fn listening(world: &World, count: usize) {
    until("subscriptions listen", async || {
        world.hub.listeners() == count
    })
    .await;
}

/// Waits until every subscription has taken what was drained, and has therefore
/// decided on all of it but the last fact.
async fn taken(world: &World) {
    until("the facts are taken", async || world.hub.backlog() == 0).await;
}

async fn reply(persona: &Persona, ticket: TicketId, body: &str) {
    let input = json!({"input": {"id": id::ticket(ticket), "body": body}});
    let mutation =
        "mutation ($input: TicketReplyInput!) { ticketReply(input: $input) { errors { code } } }";
    let done = persona.done(mutation, input).await;
    assert_eq!(done["ticketReply"]["errors"], json!([]));
}

async fn note(persona: &Persona, ticket: TicketId, body: &str) {
    let input = json!({"input": {"id": id::ticket(ticket), "body": body}});
    let mutation =
        "mutation ($input: TicketNoteInput!) { ticketNote(input: $input) { errors { code } } }";
    let done = persona.done(mutation, input).await;
    assert_eq!(done["ticketNote"]["errors"], json!([]));
}

async fn assign(persona: &Persona, ticket: TicketId, to: Option<kernel::StaffUserId>) {
    let input = json!({"input": {"id": id::ticket(ticket), "assignee": to.map(id::staff)}});
    let mutation =
        "mutation ($input: TicketAssignInput!) { ticketAssign(input: $input) { errors { code } } }";
    let done = persona.done(mutation, input).await;
    assert_eq!(done["ticketAssign"]["errors"], json!([]));
}

async fn flag(persona: &Persona, ticket: TicketId, visibility: &str) {
    let input =
        json!({"input": {"id": id::ticket(ticket), "visibility": visibility, "reason": "A test."}});
    let mutation = "mutation ($input: TicketSetVisibilityInput!) { ticketSetVisibility(input: $input) { errors { code } } }";
    let done = persona.done(mutation, input).await;
    assert_eq!(done["ticketSetVisibility"]["errors"], json!([]));
}

/// `userDisable` or `userEnable`.
async fn standing(persona: &Persona, verb: &str, user: kernel::ClientUserId) {
    let input = json!({"input": {"id": id::user(user)}});
    let mutation = format!(
        "mutation ($input: UserStandingInput!) {{ {verb}(input: $input) {{ errors {{ code }} }} }}"
    );
    let done = persona.done(&mutation, input).await;
    assert_eq!(done[verb]["errors"], json!([]));
}

/// Changes what no command changes yet, and has all sessions read anew, as the
/// command will.
async fn change_rights(world: &World, statement: &str) {
    #[expect(clippy::disallowed_methods, reason = "no command changes this yet")]
    let done = world.store.connection().execute_unprepared(statement).await;
    assert!(
        done.expect(statement).rows_affected() > 0,
        "{statement}: no such row"
    );
    rights_changed(world).await;
}

/// The fact of any change of somebody's rights.
async fn rights_changed(world: &World) {
    let tx = world.store.begin().await.expect("a transaction");
    tx.record(fact(world, identity::event::CLIENT_USER_CHANGED));
    tx.commit().await.expect("committed");
}

/// A fact about a ticket of mia's, or about nobody in particular.
fn fact(world: &World, kind: &'static str) -> Fact {
    Fact {
        id: world.work().uuid(),
        workspace: world.cast.glass,
        company: Some(world.cast.alder),
        kind: kind.into(),
        subject: world.cast.mias.0,
        detail: None,
        audience: Audience::Client,
        at: world.clock.now(),
    }
}
