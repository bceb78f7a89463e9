//! Two worlds: the same world twice, and in the second everything internal is
//! different. Every portal operation, by every client, must answer the same to
//! the byte, and every live stream deliver the same.
//!
//! What a domain adds to the internal side belongs into `upheaval`, what it adds
//! to the portal into `operations`: a walk over the schema fails until it is.
//! The numbers of newly opened tickets are the one documented exception: they
//! come from a series that internal tickets draw from too.

use std::{collections::BTreeSet, time::Duration};

use chrono::TimeDelta;
use end_to_end::{Database, Kind, Persona, Realm, World, cast, id, sdl::Sdl, world};
use futures_util::{SinkExt, StreamExt};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tickets::{
    Participant, Role, Ticket, TicketId,
    provision::{self, History},
};
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};
use visibility::Flag;

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

/// Every portal operation but those of [`sharing`]. `MIAS`, `NOTE` and other words in capitals stand for ids.
fn operations() -> Vec<(&'static str, &'static str)> {
    let mut all = vec![
        (
            "branding",
            "{ branding(workspace: \"glass\") { workspace name locale } }",
        ),
        (
            "viewer",
            "{ viewer { id name email side company { id name kind } } }",
        ),
        (
            "sessions",
            "{ sessions { id createdAt lastUsedAt expiresAt agent network current } }",
        ),
        ("categories", "{ categories { key name } }"),
        (
            "tickets",
            "{ tickets(first: 100) { edges { cursor node { id reference subject description category status openedAt updatedAt \
            resolvedAt closedAt requester { id name email access status lastSignInAt sections reach sessions { id lastUsedAt } } openedBy { id name } participants { id name email access status } company { id name } \
            timeline(first: 100) { edges { cursor } pageInfo { hasNextPage endCursor } nodes { id kind body fromStatus toStatus createdAt author { name side } } } } } \
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }",
        ),
        (
            "tickets",
            "{ tickets(first: 1, orderBy: {field: UPDATED_AT, direction: DESC}) { nodes { id } pageInfo { hasNextPage endCursor } } }",
        ),
        (
            "tickets",
            "{ tickets(orderBy: {field: UPDATED_AT, direction: ASC}) { nodes { id updatedAt } } }",
        ),
        (
            "tickets",
            "{ tickets(orderBy: {field: REFERENCE, direction: ASC}) { edges { cursor } nodes { reference } } }",
        ),
        (
            "tickets",
            "{ tickets(filter: {status: [OPEN]}) { nodes { id } } }",
        ),
        (
            "tickets",
            "{ tickets(filter: {category: [\"general\", \"nonsense\"]}) { nodes { id } } }",
        ),
        (
            "tickets",
            "{ tickets(after: \"nonsense\") { nodes { id } } }",
        ),
        (
            "ticket",
            "{ ticket(id: \"MIAS\") { id status updatedAt timeline(first: 1) { nodes { id } pageInfo { hasNextPage endCursor } } } }",
        ),
        ("ticket", "{ ticket(id: \"HIDDEN\") { id } }"),
        ("node", "{ node(id: \"MIAS\") { __typename id } }"),
        ("node", "{ node(id: \"NOTE\") { __typename id } }"),
        (
            "node",
            "{ node(id: \"REPLY\") { id ... on TimelineEntry { body author { name side } } } }",
        ),
        ("node", "{ node(id: \"STAFF\") { id } }"),
        (
            "node",
            "{ __schema { types { name fields { name } } } __typename }",
        ),
        (
            "ticketAccept",
            "mutation { ticketAccept(input: {id: \"MIAS\"}) { ticket { id } errors { code message field } } }",
        ),
        (
            "ticketReject",
            "mutation { ticketReject(input: {id: \"MIAS\", reason: \"x\"}) { ticket { id } errors { code message field } } }",
        ),
        (
            "ticketReply",
            "mutation { ticketReply(input: {id: \"MIAS\", body: \"Any news?\"}) { ticket { id status updatedAt } entry { id createdAt } errors { code } } }",
        ),
        (
            "ticketReply",
            "mutation { ticketReply(input: {id: \"HIDDEN\", body: \"Any news?\"}) { ticket { id } errors { code } } }",
        ),
        (
            "ticketOpen",
            "mutation { ticketOpen(input: {subject: \"New\", description: \"x\"}) { ticket { id status openedAt category } errors { code } } }",
        ),
        (
            "tickets",
            "{ tickets(first: 100) { nodes { id subject timeline { nodes { id body } } } } }",
        ),
    ];
    all.extend(of_sessions());
    all
}

/// Those that end sessions, last of all.
fn of_sessions() -> Vec<(&'static str, &'static str)> {
    vec![
        (
            "sessionRefresh",
            "mutation { sessionRefresh(input: {refreshToken: \"x\"}) { session { accessToken } errors { code message field } } }",
        ),
        (
            "signIn",
            "mutation { signIn(input: {workspace: \"glass\", email: \"owner@glass.example\", password: \"x\"}) { session { accessToken } errors { code message } } }",
        ),
        (
            "sessionRevoke",
            "mutation { sessionRevoke(input: {id: \"SESSION\"}) { revoked errors { code message field } } }",
        ),
        (
            "signOut",
            "mutation { signOut(input: {refreshToken: \"x\"}) { signedOut errors { code } } }",
        ),
        (
            "signOutEverywhere",
            "mutation { signOutEverywhere { signedOut errors { code } } }",
        ),
    ]
}

/// What is shared by name; it comes first, so that what is read then shows it.
fn sharing() -> Vec<(&'static str, &'static str)> {
    vec![
        (
            "ticketOpen",
            "mutation { ticketOpen(input: {subject: \"New\", description: \"x\", onBehalfOf: \"NOAH\", participants: [\"ADA\"]}) \
            { ticket { id openedBy { name } participants { name } } errors { code message field } } }",
        ),
        (
            "ticketParticipantsAdd",
            "mutation { ticketParticipantsAdd(input: {id: \"MIAS\", users: [\"ADA\"]}) { ticket { id updatedAt participants { id } } errors { code message field } } }",
        ),
        (
            "ticketParticipantsAdd",
            "mutation { ticketParticipantsAdd(input: {id: \"HIDDEN\", users: [\"ADA\"]}) { ticket { id } errors { code message field } } }",
        ),
        (
            "ticketParticipantsAdd",
            "mutation { ticketParticipantsAdd(input: {id: \"SHARED\", users: [\"DORA\", \"STAFF\"]}) { ticket { id } errors { code message field } } }",
        ),
        (
            "ticketParticipantRemove",
            "mutation { ticketParticipantRemove(input: {id: \"MIAS\", user: \"ADA\"}) { ticket { id participants { id } } errors { code message field } } }",
        ),
        (
            "ticketParticipantRemove",
            "mutation { ticketParticipantRemove(input: {id: \"SHARED\", user: \"DINA\"}) { ticket { id participants { id } } errors { code message field } } }",
        ),
    ]
}

/// What one client does, in this order.
fn all_operations() -> impl Iterator<Item = (&'static str, &'static str)> {
    sharing().into_iter().chain(operations())
}

#[test]
fn every_portal_operation_is_replayed() {
    let sdl = Sdl::portal();
    let all: BTreeSet<String> = ["Query", "Mutation"]
        .iter()
        .flat_map(|root| sdl.names(root))
        .collect();
    let replayed: BTreeSet<String> = all_operations()
        .map(|(field, _)| field.to_owned())
        .collect();
    assert_eq!(all, replayed);
    assert_eq!(
        sdl.names("Subscription"),
        ["ticketChanged", "ticketTimeline"],
        "replayed by `events`"
    );
}

/// Changes everything that clients may never learn of, by staff's own commands
/// and behind their back.
async fn upheaval(world: &World) {
    world.later(TimeDelta::minutes(3));
    let owner = world.staff("owner@glass.example").await;
    let mias = id::ticket(world.cast.mias);
    let member = id::staff(world.cast.manager);
    for mutation in [
        format!(
            "ticketNote(input: {{id: \"{mias}\", body: \"CANARY note\"}}) {{ entry {{ id }} }}"
        ),
        format!(
            "ticketAssign(input: {{id: \"{mias}\", assignee: \"{member}\"}}) {{ ticket {{ id }} }}"
        ),
        format!(
            "ticketNote(input: {{id: \"{}\", body: \"CANARY note\"}}) {{ entry {{ id }} }}",
            id::ticket(world.cast.hidden)
        ),
        format!(
            "ticketReply(input: {{id: \"{}\", body: \"CANARY reply\"}}) {{ entry {{ id }} }}",
            id::ticket(world.cast.hidden)
        ),
        format!(
            "ticketResolve(input: {{id: \"{}\", resolution: \"CANARY\"}}) {{ ticket {{ id }} }}",
            id::ticket(world.cast.hidden)
        ),
        format!(
            "ticketOpen(input: {{company: \"{}\", subject: \"CANARY ticket\", description: \"x\"}}) {{ ticket {{ id }} }}",
            id::company(world.cast.alder)
        ),
        format!(
            "ticketParticipantsAdd(input: {{id: \"{}\", users: [\"{}\"]}}) {{ ticket {{ id }} }}",
            id::ticket(world.cast.hidden),
            id::user(world.cast.ada)
        ),
    ] {
        owner.read(&format!("mutation {{ {mutation} }}")).await;
    }
    let stranger = world
        .sign_in(Realm::Staff, "other", "owner@other.example")
        .await;
    stranger.read(&format!("mutation {{ ticketReply(input: {{id: \"{}\", body: \"CANARY\"}}) {{ entry {{ id }} }} }}", id::ticket(world.cast.others))).await;
    more_tickets(world).await;
    mails(world).await;
    for statement in [
        "UPDATE ticket_clocks SET response_due = opened.opened_at, resolution_due = opened.opened_at FROM tickets AS opened WHERE opened.id = ticket_clocks.ticket_id",
        "UPDATE mails SET status = 'dead', attempts = 32, last_error = 'CANARY'",
        "UPDATE staff_users SET email = 'canary-' || email, role = 'owner', locale = 'fr'",
        "UPDATE workspaces SET plan = 'canary', time_zone = 'Asia/Tokyo', currency = 'JPY'",
        "UPDATE client_users SET last_sign_in_at = created_at, password_hash = NULL WHERE email LIKE '%@cedar.example'",
    ] {
        #[expect(
            clippy::disallowed_methods,
            reason = "changes what no command changes yet"
        )]
        world
            .store
            .connection()
            .execute_unprepared(statement)
            .await
            .expect(statement);
    }
}

/// Mails on their way, to clients and about their tickets.
async fn mails(world: &World) {
    let work = world.work();
    for subject in [world.cast.mias, world.cast.beas] {
        let fact = store::Fact {
            id: work.uuid(),
            workspace: world.cast.glass,
            company: None,
            kind: "canary.happened".into(),
            subject: subject.0,
            detail: None,
            audience: store::Audience::Internal,
            at: work.now,
        };
        let mail = |user| notifications::NewMail {
            workspace: world.cast.glass,
            realm: notifications::MailRealm::Portal,
            template: notifications::Template::PasswordReset,
            recipient: notifications::Recipient::Client(user),
            subject: subject.0,
        };
        let mails = [world.cast.mia, world.cast.bea].map(mail);
        let queued = notifications::Queue::add(&work, &fact, mails).await;
        assert_eq!(queued.expect("queued"), 2);
    }
}

/// Tickets that the clients of Alder and Birch may not know of.
async fn more_tickets(world: &World) {
    let work = world.work();
    let tx = work.begin().await.expect("a transaction");
    let mut histories = Vec::new();
    for (workspace, company, flag) in [
        (world.cast.glass, world.cast.alder, Flag::InternalOnly),
        (world.cast.glass, world.cast.birch, Flag::InternalOnly),
        (
            world.cast.glass,
            world.cast.sharers.dogwood,
            Flag::InternalOnly,
        ),
    ] {
        for index in 0..5 {
            let at = work.now - TimeDelta::hours(index);
            let ticket = Ticket {
                id: TicketId::fresh(at, work.entropy),
                workspace_id: workspace,
                company_id: company,
                number: provision::next_numbers(&tx, workspace, 1)
                    .await
                    .expect("a number"),
                subject: "CANARY".to_owned(),
                description: "CANARY".to_owned(),
                category: "general".to_owned(),
                status: tickets::Status::Open,
                flag,
                requester_id: Some(world.cast.mia),
                opened_at: at,
                changed_at: at,
                resolved_at: None,
                closed_at: None,
            };
            let entry = cast::message(
                &ticket,
                0,
                Flag::ClientVisible,
                world.cast.owner,
                "CANARY",
                &work,
            );
            histories.push(History {
                ticket,
                entries: vec![entry],
                assignee: None,
            });
        }
    }
    // To be named on what is internal shows nothing.
    let named = histories.iter().map(|history| Participant {
        ticket_id: history.ticket.id,
        client_user_id: world.cast.sharers.dina,
        workspace_id: history.ticket.workspace_id,
        company_id: history.ticket.company_id,
        role: Role::Opener,
        added_by_client: None,
        added_by_staff: Some(world.cast.owner),
        added_at: work.now,
    });
    let named = named.collect();
    provision::histories(&tx, histories)
        .await
        .expect("histories");
    provision::participants(&tx, named).await.expect("named");
    tx.commit().await.expect("committed");
}

/// Everything that the clients get, as one text.
async fn replay(world: &World) -> String {
    let mut told = String::new();
    for (round, email) in CLIENTS.iter().enumerate() {
        world.entropy.reseed(1_000 + round as u64);
        world.clock.set(world::beginning() + TimeDelta::hours(1));
        let client = world.client(email).await;
        for (_, operation) in all_operations() {
            let document = operation
                .replace("MIAS", &id::ticket(world.cast.mias))
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
            told += &format!(
                "{email} {document}\n{status} {}\n",
                without_new_numbers(&text)
            );
        }
    }
    told
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
                let new = |text: &str| {
                    text.strip_prefix("TKT-")
                        .and_then(|number| number.parse().ok())
                        .is_some_and(|number: i64| number > cast::TICKETS)
                };
                match field {
                    Value::String(text) if name == "reference" && new(text) => {
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

/// What a client's live streams deliver while staff work, internal work included
/// in the second world.
async fn events(world: &World, internal: bool) -> Vec<Value> {
    world.clock.set(world::beginning() + TimeDelta::hours(2));
    world.entropy.reseed(3_000);
    let ada = world.client("ada@alder.example").await;
    // The upheaval changed the team's addresses too.
    let owner = if internal {
        "canary-owner@glass.example"
    } else {
        "owner@glass.example"
    };
    let owner = world.staff(owner).await;
    // What the replay left behind was for streams that nobody had opened yet.
    world.drain().await;
    let mut streams = Streams::open(world, &ada).await;
    let mias = id::ticket(world.cast.mias);
    let mut delivered = Vec::new();
    for round in 0..3_u64 {
        if internal {
            world.entropy.reseed(4_000 + round);
            let note = format!(
                "mutation {{ ticketNote(input: {{id: \"{mias}\", body: \"CANARY\"}}) {{ entry {{ id }} }} }}"
            );
            owner.read(&note).await;
            let assign = format!(
                "mutation {{ ticketAssign(input: {{id: \"{mias}\", assignee: \"{}\"}}) {{ ticket {{ id }} }} }}",
                id::staff(world.cast.member)
            );
            owner.read(&assign).await;
            let hidden = id::ticket(world.cast.hidden);
            owner.read(&format!("mutation {{ ticketReply(input: {{id: \"{hidden}\", body: \"CANARY\"}}) {{ errors {{ code }} }} }}")).await;
            world.drain().await;
        }
        world.entropy.reseed(5_000 + round);
        owner.read(&format!("mutation {{ ticketReply(input: {{id: \"{mias}\", body: \"Round {round}\"}}) {{ entry {{ id }} }} }}")).await;
        world.drain().await;
        // One from each of the two streams.
        delivered.extend(streams.take(2).await);
    }
    streams.silence().await;
    delivered
}

/// Two subscriptions of one client over a real socket.
struct Streams {
    socket: tokio_tungstenite::WebSocketStream<
        tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>,
    >,
}

impl Streams {
    async fn open(world: &World, client: &Persona) -> Self {
        let address = world.serve().await;
        let mut request = format!("ws://{address}/graphql")
            .into_client_request()
            .expect("a request");
        request.headers_mut().insert(
            "sec-websocket-protocol",
            "graphql-transport-ws".parse().expect("a header"),
        );
        let (socket, _) = tokio_tungstenite::connect_async(request)
            .await
            .expect("a socket");
        let mut streams = Self { socket };
        let token = client.token.clone().expect("signed in");
        streams.send(json!({"type": "connection_init", "payload": {"authorization": format!("Bearer {token}")}})).await;
        assert_eq!(
            streams.next().await.expect("an answer")["type"],
            "connection_ack"
        );
        let mias = id::ticket(world.cast.mias);
        for (name, query) in [
            ("changed", "subscription { ticketChanged { id status updatedAt timeline(first: 100) { nodes { id body } } } }".to_owned()),
            ("timeline", format!("subscription {{ ticketTimeline(id: \"{mias}\") {{ id kind body author {{ name }} }} }}")),
        ] {
            streams.send(json!({"id": name, "type": "subscribe", "payload": {"query": query}})).await;
        }
        while world.hub.listeners() < 2 {
            tokio::task::yield_now().await;
        }
        streams
    }

    async fn send(&mut self, message: Value) {
        self.socket
            .send(Message::text(message.to_string()))
            .await
            .expect("sent");
    }

    async fn next(&mut self) -> Option<Value> {
        loop {
            match self.socket.next().await?.ok()? {
                Message::Text(text) => return serde_json::from_str(text.as_str()).ok(),
                Message::Close(_) => return None,
                _ => {}
            }
        }
    }

    /// The next `count` deliveries, sorted.
    async fn take(&mut self, count: usize) -> Vec<Value> {
        let mut taken = Vec::new();
        while taken.len() < count {
            let next = tokio::time::timeout(Duration::from_secs(10), self.next()).await;
            taken.push(
                next.unwrap_or_else(|_| panic!("not delivered in time; so far {taken:?}"))
                    .expect("an open socket"),
            );
        }
        taken.sort_by_key(ToString::to_string);
        taken
    }

    /// Nothing more comes.
    async fn silence(&mut self) {
        let more = tokio::time::timeout(Duration::from_millis(300), self.next()).await;
        assert!(more.is_err(), "something more was delivered: {more:?}");
    }
}

fn compare(kind: Kind) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(async {
        let (one, two) = (World::create(kind).await, World::create(kind).await);
        upheaval(&two).await;
        let (first, second) = (replay(&one).await, replay(&two).await);
        assert!(!first.contains("CANARY"), "a client was told: {first}");
        for (one, two) in first.lines().zip(second.lines()) {
            assert_eq!(one, two);
        }
        assert_eq!(first.lines().count(), second.lines().count());
        let (first, second) = (events(&one, false).await, events(&two, true).await);
        assert_eq!(first, second);
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
