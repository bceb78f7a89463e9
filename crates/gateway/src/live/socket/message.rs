//! The messages of `graphql-transport-ws`.
//!
//! A message is read twice, for its type and for what that type has: nothing
//! is gathered in between, so 64 KiB of text never become a tree of megabytes.

use async_graphql::ServerError;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::object::Object;
use crate::{answer::Answer, engine::Envelope};

/// Bytes of an operation's id. Clients use UUIDs or counters.
const ID_BYTES: usize = 128;
/// Bytes of a ping whose payload is sent back.
const ECHO_BYTES: usize = 1024;

/// What a client says.
pub(super) enum Incoming {
    ConnectionInit(Credentials),
    Ping(Option<Map<String, Value>>),
    Pong,
    Subscribe(String, Box<Envelope>),
    Complete(String),
}

/// By what the payload of `connection_init` wants its sender to be known.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Credentials {
    /// What is there but could not be a token is an empty one, which is worthless.
    pub(super) token: Option<String>,
    /// Whether the cookie that came with the handshake counts.
    pub(super) cookie: bool,
}

#[derive(Deserialize)]
struct Kind {
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
struct Init {
    #[serde(default)]
    payload: Option<Object<InitPayload>>,
}

#[derive(Deserialize)]
struct InitPayload {
    #[serde(default)]
    authorization: Option<Value>,
    #[serde(default, rename = "Authorization")]
    capitalised: Option<Value>,
    #[serde(default, rename = "accessToken")]
    access_token: Option<Value>,
    #[serde(default)]
    cookie: Option<Value>,
}

#[derive(Deserialize)]
struct Payload {
    #[serde(default)]
    payload: Option<Map<String, Value>>,
}

#[derive(Deserialize)]
struct Subscribe {
    id: String,
    payload: Object<Envelope>,
}

#[derive(Deserialize)]
struct Complete {
    id: String,
}

impl Incoming {
    /// None for whatever the protocol does not know.
    pub(super) fn parse(text: &str) -> Option<Self> {
        match read::<Kind>(text)?.kind.as_str() {
            "connection_init" => Some(Self::ConnectionInit(read::<Init>(text)?.credentials())),
            "ping" => {
                let payload = read::<Payload>(text)?.payload;
                Some(Self::Ping(payload.filter(|_| text.len() <= ECHO_BYTES)))
            }
            "pong" => read::<Payload>(text).map(|_| Self::Pong),
            "subscribe" => {
                let Subscribe {
                    id,
                    payload: Object(envelope),
                } = read(text)?;
                let asks = envelope.query.is_some() || envelope.extensions.is_some();
                asks.then_some(Self::Subscribe(good_id(id)?, Box::new(envelope)))
            }
            "complete" => Some(Self::Complete(good_id(read::<Complete>(text)?.id)?)),
            _ => None,
        }
    }
}

fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Option<T> {
    serde_json::from_str::<Object<T>>(text)
        .ok()
        .map(|Object(message)| message)
}

fn good_id(id: String) -> Option<String> {
    (!id.is_empty() && id.len() <= ID_BYTES).then_some(id)
}

impl Init {
    fn credentials(self) -> Credentials {
        let Some(Object(payload)) = self.payload else {
            return Credentials::default();
        };
        let header = [payload.authorization, payload.capitalised]
            .into_iter()
            .find_map(text_of);
        let header = header.map(|header| bearer(&header).unwrap_or_default().to_owned());
        Credentials {
            token: header.or_else(|| text_of(payload.access_token)),
            cookie: payload.cookie == Some(Value::Bool(true)),
        }
    }
}

/// None for what means "none" to the clients that write it.
fn text_of(value: Option<Value>) -> Option<String> {
    match value? {
        Value::Null => None,
        Value::String(text) => (!text.is_empty()).then_some(text),
        _ => Some(String::new()),
    }
}

fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// What we say.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Outgoing<'a> {
    ConnectionAck,
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Map<String, Value>>,
    },
    Next {
        id: &'a str,
        payload: &'a Answer,
    },
    Error {
        id: &'a str,
        payload: &'a [ServerError],
    },
    Complete {
        id: &'a str,
    },
}

impl Outgoing<'_> {
    /// The text of the message.
    pub(super) fn text(&self) -> String {
        // Only a map with keys that are no texts could fail, and there is none.
        serde_json::to_string(self).unwrap_or_default()
    }
}
