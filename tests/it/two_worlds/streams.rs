//! What live streams deliver: the same in both worlds.

use std::time::Duration;

use chrono::TimeDelta;
use end_to_end::{Persona, World, id, world};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest};

/// What a client's live streams deliver while staff work, internal work included
/// in the second world.
pub(super) async fn events(world: &World, internal: bool) -> Vec<Value> {
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
            let answer = format!(
                "mutation {{ ticketAnswersUpdate(input: {{id: \"{mias}\", answers: [{{key: \"cost\", text: \"CANARY {round}\"}}]}}) {{ errors {{ code }} }} }}"
            );
            owner.read(&answer).await;
            let hidden = id::ticket(world.cast.hidden);
            owner.read(&format!("mutation {{ ticketReply(input: {{id: \"{hidden}\", body: \"CANARY\"}}) {{ errors {{ code }} }} }}")).await;
            world.drain().await;
        }
        world.entropy.reseed(5_000 + round);
        let said = owner.read(&format!("mutation {{ ticketReply(input: {{id: \"{mias}\", body: \"Round {round}\"}}) {{ entry {{ id }} }} }}")).await;
        world.drain().await;
        // One from each of the two streams.
        delivered.extend(streams.take(2).await);
        if internal {
            world.entropy.reseed(4_500 + round);
            let merge = "mutation { ticketOpen(input: {company: \"ALDER\", subject: \"CANARY\", description: \"x\", answers: [{key: \"risk\", text: \"x\"}]}) { ticket { id } } }";
            let merge = merge.replace("ALDER", &id::company(world.cast.alder));
            let twin = owner.read(&merge).await["ticketOpen"]["ticket"]["id"].clone();
            owner.read(&format!("mutation {{ ticketMerge(input: {{id: {twin}, into: \"{mias}\"}}) {{ errors {{ code }} }} }}")).await;
            world.drain().await;
        }
        world.entropy.reseed(6_000 + round);
        let entry = &said["ticketReply"]["entry"]["id"];
        owner.read(&format!("mutation {{ ticketEntryEdit(input: {{id: {entry}, body: \"Round {round}, again\"}}) {{ errors {{ code }} }} }}")).await;
        world.drain().await;
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
            ("timeline", format!("subscription {{ ticketTimeline(id: \"{mias}\") {{ id kind body editedAt author {{ name }} }} }}")),
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
