//! Kills, stops and double starts.

use std::time::Duration;

use end_to_end::{
    Database, Kind, Realm, World, cast, on_both,
    patience::{until, until_within},
    socket::{PROTOCOL, Socket},
};
use identity::Passwords;
use kernel::{Clock, Entropy, SeededEntropy, SystemClock, SystemEntropy};
use serde_json::json;
use store::{Options, Outbox, OutboxState, Store, Work};
use tokio::time::sleep;

use super::{
    ledger::balance,
    server::{Server, free_port},
    writers::{Caller, Writers},
};

const VIEWER: &str = "{ viewer { name } }";
const DONE: OutboxState = OutboxState {
    waiting: 0,
    dead: 0,
};
/// The claims of those who were killed run out after 30 seconds.
const CLAIMS: Duration = Duration::from_mins(1);

/// A moment within so many milliseconds.
fn moment(chance: &SeededEntropy, within: u64) -> Duration {
    let mut bytes = [0; 8];
    chance.fill(&mut bytes);
    Duration::from_millis(u64::from_le_bytes(bytes) % within)
}

/// A server on the world's database, with its keys beside it.
fn serve(world: &World, port: u16) -> Server {
    let folder = world.database.folder.path().join("data");
    Server::start(&world.database.url, &folder, port)
}

async fn drained(store: &Store) {
    let outbox = Outbox::of(store);
    until_within(CLAIMS, "everything is delivered", async || {
        outbox.state().await.expect("readable") == DONE
    })
    .await;
}

on_both! {
    /// `kill -9` between any two moments loses no acknowledged write, leaves
    /// nothing half written, and no event undelivered after the restart.
    async fn kills_lose_nothing_that_was_acknowledged(world) {
        let chance = SeededEntropy::new(9);
        let port = free_port();
        let mut server = serve(&world, port);
        server.ready().await;
        let writers = Writers::start(&server.address).await;
        let mia = Caller::sign_in(&server.address, Realm::Portal, "mia@alder.example").await;
        for kill in 0..8 {
            let before = writers.count();
            if kill % 4 == 3 {
                // Not even ready yet.
                sleep(moment(&chance, 150)).await;
            } else {
                server.ready().await;
                until("somebody writes", async || writers.count() > before).await;
                sleep(moment(&chance, 900)).await;
            }
            server.kill().await;
            server = serve(&world, port);
        }
        server.ready().await;
        let known = writers.stop().await;
        assert!(known.tickets.len() > 20 && known.words.len() > 20, "little was written");
        // The keys outlived it all, and with them the sessions.
        let answer = mia.ask(VIEWER, json!({})).await.expect("an answer");
        assert_eq!(answer, json!({"data": {"viewer": {"name": "Mia"}}}));
        server.kill().await;
        let mut server = serve(&world, port);
        server.ready().await;
        drained(&world.store).await;
        balance(&world.store, &known).await;
        assert!(server.stop().await.success());
    }
}

on_both! {
    /// A polite stop finishes what it has begun, though people go on writing
    /// and listening, and says that all went well.
    async fn a_polite_stop_loses_nothing(world) {
        let port = free_port();
        let mut server = serve(&world, port);
        server.ready().await;
        let mut socket = Socket::knock(&server.address, "/graphql", &[PROTOCOL]).await.expect("a socket");
        socket.introduce(None).await;
        socket.message().await;
        let writers = Writers::start(&server.address).await;
        until("much is written", async || writers.count() > 100).await;
        assert_eq!(server.stop().await.code(), Some(0));
        let known = writers.stop().await;
        balance(&world.store, &known).await;
        let mut server = serve(&world, port);
        server.ready().await;
        drained(&world.store).await;
        assert_eq!(server.stop().await.code(), Some(0));
        balance(&world.store, &known).await;
    }
}

/// Kills the first start of an installation at one moment after the other; then
/// one may go on, and must come up.
async fn kill_first_starts(kind: Kind) {
    for millis in (0..120).step_by(8) {
        let database = Database::create(kind).await;
        let folder = database.folder.path().join("data");
        let first = Server::start(&database.url, &folder, free_port());
        sleep(Duration::from_millis(millis)).await;
        first.kill().await;
        let mut second = Server::start(&database.url, &folder, free_port());
        second.ready().await;
        // At once, though it has hardly begun: whoever is ready can be stopped.
        let status = second.stop().await;
        assert!(status.success(), "{status} after a kill at {millis} ms");
        database.handle().remove().await;
    }
}

#[tokio::test]
async fn a_kill_during_the_first_start_is_no_harm_on_sqlite() {
    kill_first_starts(Kind::Sqlite).await;
}

#[tokio::test]
async fn a_kill_during_the_first_start_is_no_harm_on_postgres() {
    kill_first_starts(Kind::Postgres).await;
}

/// Two servers that start at once on one empty database, and share their keys.
async fn start_two(kind: Kind) {
    let database = Database::create(kind).await;
    let folder = database.folder.path().join("data");
    let mut servers = [(); 2].map(|()| Server::start(&database.url, &folder, free_port()));
    for server in &mut servers {
        server.ready().await;
    }
    let store = Store::open(&database.url, Options::default())
        .await
        .expect("opened");
    assert_eq!(
        migrations::pending(store.connection())
            .await
            .expect("readable"),
        0
    );
    let work = Work {
        store: &store,
        now: SystemClock.now(),
        entropy: &SystemEntropy,
    };
    cast::move_in(&work, &Passwords::cheap(&SystemEntropy)).await;

    // Signed in at one, they are known at the other; what is written here is read there.
    let [one, two] = servers.each_ref().map(|server| server.address.clone());
    let mia = Caller::sign_in(&one, Realm::Portal, "mia@alder.example").await;
    let open = "mutation { ticketOpen(input: {subject: \"Between two\", description: \"x\"}) { ticket { reference } } }";
    let opened = mia.ask(open, json!({})).await.expect("an answer");
    assert_eq!(
        opened["data"]["ticketOpen"]["ticket"]["reference"],
        cast::new_reference(1)
    );
    let list =
        "{ tickets(first: 1, orderBy: {field: REFERENCE, direction: DESC}) { nodes { subject } } }";
    let found = mia
        .at(&two, Realm::Portal)
        .ask(list, json!({}))
        .await
        .expect("an answer");
    assert_eq!(
        found["data"]["tickets"]["nodes"][0]["subject"],
        "Between two"
    );

    // Both write at once, and both deliver.
    let writers = [Writers::start(&one).await, Writers::start(&two).await];
    until("both are busy", async || {
        writers.iter().all(|writers| writers.count() > 50)
    })
    .await;
    let [one, two] = writers;
    let known = [one.stop().await, two.stop().await];
    assert!(known.iter().all(|known| known.tickets.len() > 5));
    drained(&store).await;
    for server in servers {
        assert!(server.stop().await.success());
    }
    store.close().await.expect("closed");
    database.handle().remove().await;
}

#[tokio::test]
async fn two_servers_start_at_once_on_postgres() {
    start_two(Kind::Postgres).await;
}

#[tokio::test]
async fn two_servers_start_at_once_on_sqlite() {
    for _ in 0..10 {
        let database = Database::create(Kind::Sqlite).await;
        let folder = database.folder.path().join("data");
        let mut servers = [(); 2].map(|()| Server::start(&database.url, &folder, free_port()));
        for server in &mut servers {
            server.ready().await;
        }
    }
}
