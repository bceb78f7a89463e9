//! Messages, operations, and how many there may be.

use end_to_end::{
    Persona, Realm, World, cast, id, on_both,
    patience::until,
    socket::{Heard, Socket},
};
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::{CHANGED, VIEWER};

async fn reply(persona: &Persona, world: &World, body: &str) {
    let input = json!({"input": {"id": id::ticket(world.cast.mias), "body": body}});
    persona.done("mutation ($input: TicketReplyInput!) { ticketReply(input: $input) { errors { code } } }", input).await;
    world.drain().await;
}

on_both! {
    /// What the protocol does not know ends the socket, before and after the
    /// acknowledgement, without a word of a parser.
    async fn what_is_no_message_ends_the_socket(world) {
        let address = world.serve().await;
        let anonymous = world.anonymous(Realm::Portal);
        for bad in [
            "", "{", "null", "[]", "\"ping\"", "{}", r#"{"type":1}"#, r#"{"type":"next","id":"1","payload":{}}"#,
            r#"{"type":"start","id":"1","payload":{"query":"{ __typename }"}}"#, r#"{"type":"ping","payload":[]}"#,
            r#"{"type":"subscribe","payload":{"query":"{ __typename }"}}"#, r#"{"type":"complete"}"#,
            r#"{"type":"subscribe","id":"","payload":{"query":"{ __typename }"}}"#,
            r#"{"type":"subscribe","id":"1","payload":{}}"#, r#"{"type":"subscribe","id":"1"}"#,
            &format!(r#"{{"type":"{}"}}"#, "x".repeat(1_000)),
        ] {
            let invalid = Heard::Closed(4400, "Invalid message".into());
            let mut socket = Socket::of(&address, &anonymous).await;
            socket.send(Message::text(bad)).await;
            assert_eq!(socket.hear().await, invalid, "{bad}");
            let mut socket = Socket::open(&address, &anonymous).await;
            socket.send(Message::text(bad)).await;
            assert_eq!(socket.hear().await, invalid, "{bad}");
        }
        let binary = Heard::Closed(4400, "Messages must be text".into());
        let mut socket = Socket::of(&address, &anonymous).await;
        socket.send(Message::binary(br#"{"type":"ping"}"#.to_vec())).await;
        assert_eq!(socket.hear().await, binary);
    }
}

on_both! {
    /// 64 KiB fit into a message, and not a byte more.
    async fn a_message_has_64_kib_at_most(world) {
        let address = world.serve().await;
        let anonymous = world.anonymous(Realm::Portal);
        let message = |bytes: usize| {
            let empty = json!({"type": "ping", "payload": {"a": ""}}).to_string();
            json!({"type": "ping", "payload": {"a": "x".repeat(bytes - empty.len())}}).to_string()
        };
        let mut socket = Socket::of(&address, &anonymous).await;
        socket.send(Message::text(message(64 * 1024))).await;
        assert_eq!(socket.message().await, json!({"type": "pong"}));
        socket.send(Message::text(message(64 * 1024 + 1))).await;
        assert_eq!(socket.closed().await, 1009);
        let mut socket = Socket::open(&address, &anonymous).await;
        socket.send(Message::text("x".repeat(1024 * 1024))).await;
        assert_eq!(socket.closed().await, 1009);
    }
}

on_both! {
    /// Pings are answered at any time, with what they carried.
    async fn pings_are_answered(world) {
        let address = world.serve().await;
        let mut socket = Socket::open(&address, &world.anonymous(Realm::Portal)).await;
        for payload in [json!({"a": 1}), json!({})] {
            socket.say(json!({"type": "ping", "payload": payload})).await;
            assert_eq!(socket.message().await, json!({"type": "pong", "payload": payload}));
        }
        socket.introduce(None).await;
        assert_eq!(socket.message().await, json!({"type": "connection_ack"}));
        socket.say(json!({"type": "ping"})).await;
        assert_eq!(socket.message().await, json!({"type": "pong"}));
        socket.say(json!({"type": "pong", "payload": {"unasked": true}})).await;
        socket.send(Message::Ping(vec![1, 2, 3].into())).await;
        socket.ask("1", "{ __typename }").await;
        assert_eq!(socket.next("1").await, json!({"__typename": "Query"}));
        assert_eq!(socket.message().await, json!({"type": "complete", "id": "1"}));
    }
}

on_both! {
    /// Queries and mutations are answered and completed; their ids can be used again.
    async fn queries_and_mutations_run_and_complete(world) {
        let address = world.serve().await;
        let mia = world.client("mia@alder.example").await;
        let mut socket = Socket::of(&address, &mia).await;
        for _ in 0..3 {
            socket.ask("1", VIEWER).await;
            assert_eq!(socket.next("1").await, json!({"viewer": {"name": "Mia"}}));
            assert_eq!(socket.message().await, json!({"type": "complete", "id": "1"}));
        }
        let open = "mutation ($input: TicketOpenInput!) { ticketOpen(input: $input) { ticket { reference } errors { code } } }";
        socket.ask_with("2", open, json!({"input": {"subject": "By socket", "description": "x"}})).await;
        assert_eq!(socket.next("2").await, json!({"ticketOpen": {"ticket": {"reference": cast::new_reference(1)}, "errors": []}}));
        assert_eq!(socket.message().await, json!({"type": "complete", "id": "2"}));
        // What fails within is an answer, not an error of the operation.
        socket.ask("3", &format!("{{ viewer {{ name }} ticket(id: \"{}\") {{ id }} }}", id::no_ticket())).await;
        let message = socket.message().await;
        assert_eq!(message["type"], "next", "{message}");
        assert_eq!(message["payload"]["errors"][0]["extensions"]["code"], "NOT_FOUND");
        assert_eq!(message["payload"]["data"]["viewer"]["name"], "Mia");
        assert_eq!(socket.message().await, json!({"type": "complete", "id": "3"}));
    }
}

on_both! {
    /// An id that is live cannot be taken a second time.
    async fn a_live_id_is_taken(world) {
        let address = world.serve().await;
        let mia = world.client("mia@alder.example").await;
        let mut socket = Socket::of(&address, &mia).await;
        socket.ask("a", CHANGED).await;
        socket.ask("a", VIEWER).await;
        assert_eq!(socket.hear().await, Heard::Closed(4409, "Subscriber for a already exists".into()));
        let long = "ä".repeat(64);
        let mut socket = Socket::of(&address, &mia).await;
        socket.ask(&long, CHANGED).await;
        socket.ask(&long, CHANGED).await;
        assert_eq!(socket.closed().await, 4409);
        until("both have ended", async || world.hub.listeners() == 0).await;
    }
}

on_both! {
    /// A cancelled operation is silent at once; its id is free, and the others go on.
    async fn complete_cancels(world) {
        let address = world.serve().await;
        let mia = world.client("mia@alder.example").await;
        let owner = world.staff("owner@glass.example").await;
        let mut socket = Socket::of(&address, &mia).await;
        socket.ask("stays", CHANGED).await;
        socket.ask("goes", CHANGED).await;
        until("two listen", async || world.hub.listeners() == 2).await;
        reply(&owner, &world, "One").await;
        let mut told = [socket.message().await["id"].clone(), socket.message().await["id"].clone()];
        told.sort_by_key(ToString::to_string);
        assert_eq!(told, ["goes", "stays"]);
        socket.say(json!({"type": "complete", "id": "goes"})).await;
        // To cancel what is not there is no mistake: it may just have ended.
        socket.say(json!({"type": "complete", "id": "never"})).await;
        until("one listens", async || world.hub.listeners() == 1).await;
        for body in ["Two", "Three"] {
            reply(&owner, &world, body).await;
            socket.next("stays").await;
        }
        socket.ask("goes", VIEWER).await;
        socket.next("goes").await;
        assert_eq!(socket.message().await, json!({"type": "complete", "id": "goes"}));
    }
}

on_both! {
    /// Twenty operations at a time; one more is refused, and the rest go on.
    async fn twenty_operations_run_on_a_socket(world) {
        let address = world.serve().await;
        let mia = world.client("mia@alder.example").await;
        let owner = world.staff("owner@glass.example").await;
        let mut socket = Socket::of(&address, &mia).await;
        for number in 0..20 {
            socket.ask(&number.to_string(), CHANGED).await;
        }
        until("twenty listen", async || world.hub.listeners() == 20).await;
        for id in ["one", "more"] {
            socket.ask(id, VIEWER).await;
            assert_eq!(socket.refusal(id).await, "BAD_REQUEST");
        }
        reply(&owner, &world, "To all").await;
        for _ in 0..20 {
            assert_eq!(socket.message().await["type"], "next");
        }
        socket.say(json!({"type": "complete", "id": "7"})).await;
        until("nineteen listen", async || world.hub.listeners() == 19).await;
        socket.ask("one", VIEWER).await;
        assert_eq!(socket.next("one").await, json!({"viewer": {"name": "Mia"}}));
    }
}
