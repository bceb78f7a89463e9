//! From the handshake to the acknowledgement.

use end_to_end::{
    Persona, Realm, World, on_both,
    socket::{Heard, PROTOCOL, Socket},
};
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::{CHANGED, VIEWER};

on_both! {
    /// The one subprotocol, and no other: not the legacy one, not none.
    async fn the_subprotocol_is_required(world) {
        let address = world.serve().await;
        for path in ["/graphql", "/staff/graphql"] {
            for offered in [None, Some("graphql-ws"), Some("GRAPHQL-TRANSPORT-WS"), Some("chat, graphql-ws")] {
                let headers: Vec<_> = offered.map(|protocol| (PROTOCOL.0, protocol)).into_iter().collect();
                let mut socket = Socket::knock(&address, path, &headers).await.expect("a socket");
                assert_eq!(socket.protocol, None, "{offered:?}");
                assert_eq!(socket.closed().await, 4406, "{offered:?}");
            }
            let several = [(PROTOCOL.0, "graphql-ws, graphql-transport-ws")];
            let mut socket = Socket::knock(&address, path, &several).await.expect("a socket");
            assert_eq!(socket.protocol.as_deref(), Some(PROTOCOL.1));
            socket.introduce(None).await;
            assert_eq!(socket.message().await, json!({"type": "connection_ack"}));
        }
    }
}

on_both! {
    /// A page of somebody else opens no socket; ours, and those listed, do.
    async fn foreign_pages_open_no_socket(world) {
        let address = world.serve().await;
        let port = address.rsplit(':').next().expect("a port");
        for path in ["/graphql", "/staff/graphql"] {
            for foreign in [
                "https://evil.example", "http://portal.example", "https://portal.example:8443", "null", "",
                "https://portal.example.evil.example", "http://127.0.0.1", "file://",
            ] {
                let refused = Socket::knock(&address, path, &[PROTOCOL, ("origin", foreign)]).await;
                assert_eq!(refused.err(), Some(403), "{path} from {foreign}");
            }
            let twice = [PROTOCOL, ("origin", "https://portal.example"), ("origin", "https://evil.example")];
            assert_eq!(Socket::knock(&address, path, &twice).await.err(), Some(403));
            for ours in ["https://portal.example".to_owned(), format!("http://127.0.0.1:{port}")] {
                let opened = Socket::knock(&address, path, &[PROTOCOL, ("origin", &ours)]).await;
                let mut socket = opened.expect("a socket");
                socket.introduce(None).await;
                assert_eq!(socket.message().await, json!({"type": "connection_ack"}), "{ours}");
            }
        }
    }
}

on_both! {
    /// Who does not say who they are within three seconds is shown out.
    async fn an_introduction_is_awaited_for_three_seconds(world) {
        let address = world.serve().await;
        let anonymous = world.anonymous(Realm::Portal);
        let mut silent = Socket::open(&address, &anonymous).await;
        // To chat is not to introduce oneself.
        let mut chatty = Socket::open(&address, &anonymous).await;
        for _ in 0..3 {
            chatty.say(json!({"type": "ping"})).await;
            assert_eq!(chatty.message().await, json!({"type": "pong"}));
        }
        chatty.say(json!({"type": "pong"})).await;
        chatty.say(json!({"type": "complete", "id": "1"})).await;
        assert_eq!(silent.closed().await, 4408);
        assert_eq!(chatty.closed().await, 4408);
    }
}

on_both! {
    /// Who introduces themselves twice is shown out, acknowledged or not.
    async fn one_introduction_is_enough(world) {
        let address = world.serve().await;
        let mia = world.client("mia@alder.example").await;
        let mut socket = Socket::of(&address, &mia).await;
        socket.introduce(mia.token.as_deref()).await;
        assert_eq!(socket.closed().await, 4429);
        let mut hasty = Socket::open(&address, &mia).await;
        hasty.introduce(mia.token.as_deref()).await;
        hasty.introduce(mia.token.as_deref()).await;
        assert_eq!(hasty.message().await, json!({"type": "connection_ack"}));
        assert_eq!(hasty.closed().await, 4429);
    }
}

on_both! {
    /// Nothing is executed for whoever has not said who they are.
    async fn nothing_runs_before_the_introduction(world) {
        let address = world.serve().await;
        let mia = world.client("mia@alder.example").await;
        for query in [VIEWER, CHANGED, "{ __typename }"] {
            let mut socket = Socket::open(&address, &mia).await;
            socket.ask("1", query).await;
            assert_eq!(socket.hear().await, Heard::Closed(4401, "Unauthorized".into()));
        }
    }
}

async fn init(world: &World, address: &str, payload: serde_json::Value) -> Heard {
    let mut socket = Socket::open(address, &world.anonymous(Realm::Portal)).await;
    socket
        .say(json!({"type": "connection_init", "payload": payload}))
        .await;
    socket.hear().await
}

on_both! {
    /// A token that is worthless is no token at all: other than over HTTP, its
    /// holder would not notice for minutes.
    async fn a_worthless_token_opens_nothing(world) {
        let address = world.serve().await;
        let ack = Heard::Message(json!({"type": "connection_ack"}));
        let closed = Heard::Closed(4403, "Forbidden".into());
        let mia = world.client("mia@alder.example").await.token.expect("signed in");
        let staff = world.staff("owner@glass.example").await.token.expect("signed in");
        let mut forged = mia.clone();
        forged.truncate(mia.len() - 4);
        for token in ["", "x", "null", &forged, &staff] {
            assert_eq!(init(&world, &address, json!({"authorization": format!("Bearer {token}")})).await, closed, "{token}");
        }
        assert_eq!(init(&world, &address, json!({"authorization": mia})).await, closed);
        assert_eq!(init(&world, &address, json!({"authorization": [mia]})).await, closed);
        assert_eq!(init(&world, &address, json!({"authorization": format!("Bearer {mia}")})).await, ack);
        assert_eq!(init(&world, &address, json!({"accessToken": mia})).await, ack);
        assert_eq!(init(&world, &address, json!({})).await, ack);
        world.later(chrono::TimeDelta::minutes(10));
        assert_eq!(init(&world, &address, json!({"accessToken": mia})).await, closed);
    }
}

on_both! {
    /// Five sockets of one user, whoever holds them, and one more when one has gone.
    async fn a_user_has_five_sockets(world) {
        let address = world.serve().await;
        let mia = world.client("mia@alder.example").await;
        let elsewhere = world.client("mia@alder.example").await;
        let mut held = Vec::new();
        for persona in [&mia, &elsewhere, &mia, &elsewhere, &mia] {
            held.push(Socket::of(&address, persona).await);
        }
        let sixth = async |persona: &Persona| {
            let mut socket = Socket::open(&address, persona).await;
            socket.introduce(persona.token.as_deref()).await;
            socket.hear().await
        };
        let full = Heard::Closed(4403, "Too many sockets".into());
        assert_eq!(sixth(&mia).await, full);
        assert_eq!(sixth(&elsewhere).await, full);
        // Nobody else is in the way, nor are those that there are.
        let noah = world.client("noah@alder.example").await;
        held.push(Socket::of(&address, &noah).await);
        held[0].ask("1", VIEWER).await;
        assert_eq!(held[0].next("1").await, json!({"viewer": {"name": "Mia"}}));
        held.remove(1).send(Message::Close(None)).await;
        end_to_end::patience::until("a seat is free", async || {
            sixth(&mia).await == Heard::Message(json!({"type": "connection_ack"}))
        }).await;
    }
}
