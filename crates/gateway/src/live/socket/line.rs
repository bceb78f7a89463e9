//! The wire of one socket: whole messages in and out, each within its time.

use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use bytes::Bytes;
use tokio::time::{Instant, timeout};

use super::{
    SUBPROTOCOL,
    end::End,
    message::{Incoming, Outgoing},
};
use crate::limits;

/// Time in which the peer must take a message. Until then operations wait, and
/// hold what they have to say in memory.
const SEND: Duration = Duration::from_secs(10);
/// Time in which the peer may answer a close frame.
const LINGER: Duration = Duration::from_secs(2);

/// The wire of one socket.
pub(super) struct Line {
    socket: WebSocket,
    heard: Instant,
    readable: bool,
}

impl Line {
    pub(super) fn new(socket: WebSocket) -> Self {
        Self {
            socket,
            heard: Instant::now(),
            readable: true,
        }
    }

    /// Whether the peer and we agreed on what to speak.
    pub(super) fn is_ours(&self) -> bool {
        self.socket
            .protocol()
            .is_some_and(|protocol| protocol == SUBPROTOCOL)
    }

    /// The next message. Loses nothing when it is dropped before.
    pub(super) async fn hear(&mut self) -> Result<Incoming, End> {
        loop {
            let message = match self.socket.recv().await {
                None => return Err(End::Gone),
                Some(Ok(message)) => message,
                Some(Err(error)) => {
                    self.readable = false;
                    return Err(End::unreadable(&error));
                }
            };
            self.heard = Instant::now();
            match message {
                Message::Text(text) => return Incoming::parse(&text).ok_or(End::INVALID),
                Message::Binary(_) => return Err(End::BINARY),
                Message::Close(_) => return Err(End::Gone),
                // The library answers pings by itself.
                Message::Ping(_) | Message::Pong(_) => {}
            }
        }
    }

    pub(super) async fn say(&mut self, message: &Outgoing<'_>) -> Result<(), End> {
        self.send(message.text()).await
    }

    /// Sends the text of a message.
    pub(super) async fn send(&mut self, text: String) -> Result<(), End> {
        self.write(Message::Text(text.into())).await
    }

    /// Asks for a sign of life, unless two such questions had no answer.
    pub(super) async fn ping(&mut self) -> Result<(), End> {
        if self.heard.elapsed() >= limits::SOCKET_PING * 2 {
            return Err(End::Gone);
        }
        self.write(Message::Ping(Bytes::new())).await
    }

    async fn write(&mut self, message: Message) -> Result<(), End> {
        match timeout(SEND, self.socket.send(message)).await {
            Ok(Ok(())) => Ok(()),
            // A peer that does not read would not read why either.
            Ok(Err(_)) | Err(_) => Err(End::Gone),
        }
    }

    /// Tells the peer why, and waits a little for the answer: to drop the
    /// connection while the peer still sends would take away the close frame
    /// with it.
    pub(super) async fn hang_up(mut self, end: End) {
        let farewell = async {
            if let Some(frame) = end.frame() {
                let said = self.socket.send(Message::Close(Some(frame))).await;
                if said.is_ok() && !self.readable {
                    // Frames can no longer be told apart, so no answer can be seen.
                    std::future::pending::<()>().await;
                }
            }
            while let Some(Ok(_)) = self.socket.recv().await {}
        };
        // Either way it is over.
        let _ = timeout(LINGER, farewell).await;
    }
}
