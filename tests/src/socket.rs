//! A small client of `graphql-transport-ws`. It says whatever it is told to,
//! wrong things included, and hears everything.

use base64::{Engine, engine::general_purpose::STANDARD};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{Message, protocol::Role},
};

use crate::{Persona, patience::soon};

/// The one subprotocol.
pub const PROTOCOL: (&str, &str) = ("sec-websocket-protocol", "graphql-transport-ws");

/// An open socket.
pub struct Socket {
    stream: WebSocketStream<TcpStream>,
    /// The subprotocol that the server chose, if any.
    pub protocol: Option<String>,
}

/// What came over a socket.
#[derive(Clone, Debug, PartialEq)]
pub enum Heard {
    /// A message.
    Message(Value),
    /// The server closed it, with this code and reason.
    Closed(u16, String),
    /// The connection ended without a word.
    Gone,
}

impl Socket {
    /// Asks for a socket with these headers; answers the HTTP status when there
    /// is none. Written by hand, since libraries refuse to ask wrongly.
    pub async fn knock(address: &str, path: &str, headers: &[(&str, &str)]) -> Result<Self, u16> {
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        let key = STANDARD.encode([7; 16]);
        let mut request = format!(
            "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: {key}\r\n"
        );
        for (name, value) in headers {
            request += &format!("{name}: {value}\r\n");
        }
        request += "\r\n";
        stream.write_all(request.as_bytes()).await.expect("sent");
        let head = soon("an answer to the handshake", head(&mut stream)).await;
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
        match status.expect("a status line") {
            101 => Ok(Self {
                stream: WebSocketStream::from_raw_socket(stream, Role::Client, None).await,
                protocol: header(&head, PROTOCOL.0),
            }),
            status => Err(status),
        }
    }

    /// A socket at the endpoint of the persona, not yet introduced.
    pub async fn open(address: &str, persona: &Persona) -> Self {
        Self::knock(address, persona.realm.path(), &[PROTOCOL])
            .await
            .expect("a socket")
    }

    /// A socket whose holder is introduced.
    pub async fn of(address: &str, persona: &Persona) -> Self {
        let mut socket = Self::open(address, persona).await;
        socket.introduce(persona.token.as_deref()).await;
        let ack = socket.hear().await;
        assert_eq!(ack, Heard::Message(json!({"type": "connection_ack"})));
        socket
    }

    /// Says who holds the socket.
    pub async fn introduce(&mut self, token: Option<&str>) {
        let payload = match token {
            Some(token) => json!({"authorization": format!("Bearer {token}")}),
            None => json!({}),
        };
        self.say(json!({"type": "connection_init", "payload": payload}))
            .await;
    }

    /// Starts an operation.
    pub async fn ask(&mut self, id: &str, query: &str) {
        self.ask_with(id, query, json!({})).await;
    }

    /// Starts an operation with variables.
    pub async fn ask_with(&mut self, id: &str, query: &str, variables: Value) {
        let payload = json!({"query": query, "variables": variables});
        self.say(json!({"type": "subscribe", "id": id, "payload": payload}))
            .await;
    }

    /// Sends a message of the protocol.
    pub async fn say(&mut self, message: Value) {
        self.send(Message::text(message.to_string())).await;
    }

    /// Sends anything at all.
    pub async fn send(&mut self, message: Message) {
        self.stream.send(message).await.expect("sent");
    }

    /// What comes next.
    pub async fn hear(&mut self) -> Heard {
        loop {
            match soon("a message", self.stream.next()).await {
                Some(Ok(Message::Text(text))) => {
                    let message = serde_json::from_str(text.as_str());
                    return Heard::Message(message.expect("JSON"));
                }
                Some(Ok(Message::Close(Some(frame)))) => {
                    return Heard::Closed(frame.code.into(), frame.reason.to_string());
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                _ => return Heard::Gone,
            }
        }
    }

    /// The message that comes next.
    pub async fn message(&mut self) -> Value {
        match self.hear().await {
            Heard::Message(message) => message,
            other => panic!("no message: {other:?}"),
        }
    }

    /// The data that comes next, which must be for this operation.
    pub async fn next(&mut self, id: &str) -> Value {
        let message = self.message().await;
        assert_eq!(
            (&message["type"], &message["id"]),
            (&json!("next"), &json!(id)),
            "{message}"
        );
        let payload = &message["payload"];
        assert!(payload.get("errors").is_none(), "{message}");
        payload["data"].clone()
    }

    /// The code of the first error that comes next for this operation, which
    /// has not been executed.
    pub async fn refusal(&mut self, id: &str) -> String {
        let message = self.message().await;
        assert_eq!(
            (&message["type"], &message["id"]),
            (&json!("error"), &json!(id)),
            "{message}"
        );
        let code = message["payload"][0]["extensions"]["code"].as_str();
        code.unwrap_or_else(|| panic!("no code: {message}"))
            .to_owned()
    }

    /// The code with which the server closes the socket now.
    pub async fn closed(&mut self) -> u16 {
        match self.hear().await {
            Heard::Closed(code, _) => code,
            other => panic!("not closed: {other:?}"),
        }
    }

    /// That the connection is over, after a close frame.
    pub async fn over(mut self) {
        assert_eq!(self.hear().await, Heard::Gone);
    }
}

/// Everything up to the empty line, and not a byte of what follows.
async fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("a whole head"));
    }
    String::from_utf8(head).expect("UTF-8")
}

fn header(head: &str, name: &str) -> Option<String> {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    let found = lines.find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.to_owned())
}
