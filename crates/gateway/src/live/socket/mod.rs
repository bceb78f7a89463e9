//! `graphql-transport-ws`, and no other subprotocol.
//!
//! One task per socket reads and writes; each operation is a task of its own
//! that hands its messages over. So a peer that does not read stops its own
//! operations, and when the socket ends they end with it.
//!
//! | file | what it holds |
//! |---|---|
//! | `line.rs` | the wire: messages in and out, each within its time |
//! | `message.rs`, `object.rs` | what is said, and how it is read |
//! | `operations.rs`, `operation.rs` | what is live on a socket |
//! | `end.rs` | close codes |

mod end;
mod line;
mod message;
mod object;
mod operation;
mod operations;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use ::identity::Origin;
use axum::{
    extract::ws::{WebSocket, WebSocketUpgrade},
    response::Response,
};
use http::{HeaderMap, StatusCode, header::ORIGIN};
use tokio::time::{Interval, MissedTickBehavior, interval, timeout};

use self::{
    end::End,
    line::Line,
    message::{Credentials, Incoming, Outgoing},
    operations::Operations,
};
use super::{
    origin,
    refused::refused,
    rights,
    seats::{Kind, Seat},
};
use crate::{
    caller::{Caller, Proof},
    context::Asked,
    cookie,
    engine::Engine,
    limits,
    refusal::Refusal,
};

const SUBPROTOCOL: &str = "graphql-transport-ws";
/// What is read from the connection at once. The library takes 128 KiB for
/// each socket if it is not told otherwise.
const READ_BYTES: usize = 8 * 1024;

/// Opens a socket, unless a page of somebody else asks.
pub(crate) fn upgrade(
    engine: Arc<Engine>,
    allowed: &[String],
    upgrade: WebSocketUpgrade,
    headers: &HeaderMap,
    origin: Origin,
) -> Response {
    if !origin::permitted(headers, allowed) {
        return refused(StatusCode::FORBIDDEN, Refusal::Forbidden);
    }
    // Every browser says which page asks; what does not say so is none, and
    // has no cookie to be known by.
    let by_page = headers.contains_key(ORIGIN);
    let cookie = cookie::read(engine.realm, headers).filter(|_| by_page);
    let knock = Knock {
        origin: Arc::new(origin),
        cookie,
    };
    upgrade
        .protocols([SUBPROTOCOL])
        .read_buffer_size(READ_BYTES)
        .max_message_size(limits::SOCKET_MESSAGE_BYTES)
        .max_frame_size(limits::SOCKET_MESSAGE_BYTES)
        .on_upgrade(|socket| serve(engine, socket, knock))
}

/// What is known of whoever asked for the socket.
struct Knock {
    origin: Arc<Origin>,
    /// The cookie that came along; it counts if the holder says so.
    cookie: Option<String>,
}

impl Knock {
    /// By what the holder wants to be known; none when there is no cookie to be
    /// known by.
    fn proof(self, said: Credentials) -> Option<Proof> {
        match said {
            Credentials {
                token: Some(token), ..
            } => Some(Proof::Token(token)),
            Credentials { cookie: true, .. } => self.cookie.map(Proof::Cookie),
            Credentials { .. } => Some(Proof::Nothing),
        }
    }
}

async fn serve(engine: Arc<Engine>, socket: WebSocket, knock: Knock) {
    let mut line = Line::new(socket);
    let end = match welcome(&engine, &mut line, knock).await {
        Ok(guest) => attend(engine, &mut line, guest).await,
        Err(end) => end,
    };
    line.hang_up(end).await;
}

/// Whoever holds the socket.
struct Guest {
    asked: Arc<Asked>,
    _seat: Seat,
}

/// Learns who it is, and says that they may ask.
async fn welcome(engine: &Engine, line: &mut Line, knock: Knock) -> Result<Guest, End> {
    if !line.is_ours() {
        return Err(End::SUBPROTOCOL);
    }
    let said = match timeout(limits::SOCKET_INIT, introduced(line)).await {
        Ok(credentials) => credentials?,
        Err(_elapsed) => return Err(End::INIT_TIMEOUT),
    };
    let origin = knock.origin.clone();
    let proof = knock.proof(said).ok_or(End::FORBIDDEN)?;
    let introduced = proof != Proof::Nothing;
    let asked = engine
        .asked(&Caller { proof, origin })
        .await
        .map_err(|_| End::UNAVAILABLE)?;
    // On HTTP a worthless token counts as none. A socket lasts: its holder must
    // not go on for minutes without knowing that nobody is signed in.
    if introduced && asked.viewer().is_none() {
        return Err(End::FORBIDDEN);
    }
    let seats = &engine.services.hub.seats;
    let seat = seats
        .take(Kind::Socket, asked.bearer.as_ref())
        .ok_or(End::TOO_MANY_SOCKETS)?;
    line.say(&Outgoing::ConnectionAck).await?;
    Ok(Guest { asked, _seat: seat })
}

/// Waits for `connection_init`.
async fn introduced(line: &mut Line) -> Result<Credentials, End> {
    loop {
        match line.hear().await? {
            Incoming::ConnectionInit(credentials) => return Ok(credentials),
            Incoming::Subscribe(..) => return Err(End::UNAUTHORIZED),
            Incoming::Ping(payload) => line.say(&Outgoing::Pong { payload }).await?,
            Incoming::Pong | Incoming::Complete(_) => {}
        }
    }
}

/// Serves the guest for as long as they may be served. Operations, what they
/// have not delivered yet, and the seat are gone before the peer is told.
async fn attend(engine: Arc<Engine>, line: &mut Line, guest: Guest) -> End {
    let mut operations = Operations::new(engine, guest.asked.clone());
    tokio::select! {
        // First, so that nothing is delivered once the rights are known to be gone.
        biased;
        () = rights::over(guest.asked.clone()) => End::FORBIDDEN,
        end = converse(line, &mut operations) => end,
    }
}

async fn converse(line: &mut Line, operations: &mut Operations) -> End {
    let mut pings = pings();
    loop {
        let outcome = tokio::select! {
            heard = line.hear() => match heard {
                Ok(message) => react(line, operations, message).await,
                Err(end) => Err(end),
            },
            text = operations.next() => match text {
                Ok(text) => line.send(text).await,
                Err(end) => Err(end),
            },
            _ = pings.tick() => line.ping().await,
        };
        if let Err(end) = outcome {
            return end;
        }
    }
}

async fn react(line: &mut Line, operations: &mut Operations, message: Incoming) -> Result<(), End> {
    match message {
        Incoming::ConnectionInit(_) => Err(End::SECOND_INIT),
        Incoming::Ping(payload) => line.say(&Outgoing::Pong { payload }).await,
        Incoming::Pong => Ok(()),
        Incoming::Subscribe(id, envelope) => match operations.start(id, *envelope)? {
            Some(refused) => line.send(refused).await,
            None => Ok(()),
        },
        Incoming::Complete(id) => {
            operations.cancel(&id);
            Ok(())
        }
    }
}

fn pings() -> Interval {
    let mut pings = interval(limits::SOCKET_PING);
    pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
    // The first tick of an interval comes at once.
    pings.reset();
    pings
}
