//! What a stock GraphQL server gets wrong, and ours must not: ten faults, each
//! with the requests that show it. Two of them let one anonymous request stop
//! the process, so these tests begin where a test process would die.

mod documents;
mod requests;
mod secrets;
mod sockets;

use end_to_end::World;
use futures_util::{SinkExt, StreamExt};
use http::header;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest},
};

use crate::http::{BOTH, body, empty, get, post, send, tell};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Opens a socket of this subprotocol, from a page of this origin.
async fn open(address: &str, protocol: &str, origin: Option<&str>) -> Result<Socket, Error> {
    let mut request = format!("ws://{address}/graphql").into_client_request()?;
    request.headers_mut().insert(
        "sec-websocket-protocol",
        protocol.parse().expect("a header"),
    );
    if let Some(origin) = origin {
        request
            .headers_mut()
            .insert("origin", origin.parse().expect("a header"));
    }
    connect_async(request).await.map(|(socket, _)| socket)
}

/// A socket on which operations can be started.
async fn welcomed(address: &str) -> Socket {
    let mut socket = open(address, "graphql-transport-ws", None)
        .await
        .expect("a socket");
    say(&mut socket, &json!({"type": "connection_init"})).await;
    assert_eq!(hear(&mut socket).await["type"], "connection_ack");
    socket
}

async fn say(socket: &mut Socket, message: &Value) {
    socket
        .send(Message::Text(message.to_string().into()))
        .await
        .expect("sent");
}

/// The next message; of a close frame, its code and reason.
async fn hear(socket: &mut Socket) -> Value {
    loop {
        match socket
            .next()
            .await
            .expect("an open socket")
            .expect("a message")
        {
            Message::Text(text) => return serde_json::from_str(&text).expect("JSON"),
            Message::Close(frame) => {
                let frame = frame.expect("a reason");
                return json!({"code": u16::from(frame.code), "reason": frame.reason.as_str()});
            }
            _ => {}
        }
    }
}

async fn subscribe(socket: &mut Socket, id: &str, query: &str) -> Value {
    say(
        socket,
        &json!({"type": "subscribe", "id": id, "payload": {"query": query}}),
    )
    .await;
    hear(socket).await
}

/// Sends a document in each way there is; answers the code of each refusal.
async fn every_way(world: &World, address: &str, document: &str) -> Vec<(String, String)> {
    let mut codes = Vec::new();
    for realm in BOTH {
        let envelope = json!({"query": document});
        let by_post = tell(world, &world.anonymous(realm), &envelope).await;
        let stream = post(realm).header(header::ACCEPT, "text/event-stream");
        let by_stream = send(&world.router, body(stream, envelope.to_string())).await;
        let by_get = send(&world.router, empty(get(realm, &[("query", document)]))).await;
        for (way, answer) in [("POST", by_post), ("SSE", by_stream), ("GET", by_get)] {
            assert!(answer.json().get("data").is_none(), "{}", answer.text);
            codes.push((format!("{way} {realm:?}"), answer.code()));
        }
    }
    let mut socket = welcomed(address).await;
    let refused = subscribe(&mut socket, "1", document).await;
    assert_eq!(refused["type"], "error", "{refused}");
    codes.push((
        "socket".to_owned(),
        refused["payload"][0]["extensions"]["code"]
            .as_str()
            .unwrap_or("none")
            .to_owned(),
    ));
    let alive = subscribe(&mut socket, "2", "{ __typename }").await;
    assert_eq!(alive["payload"]["data"]["__typename"], "Query");
    codes
}

async fn refused_every_way(world: &World, address: &str, document: &str, code: &str) {
    for (way, found) in every_way(world, address, document).await {
        assert_eq!(found, code, "{way}: {document:.80}");
    }
}
