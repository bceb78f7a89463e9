//! The live operations of one socket.

use std::sync::Arc;

use tokio::{
    sync::mpsc,
    task::{AbortHandle, spawn},
};

use super::{
    end::End,
    operation::{Delivery, Voice, Word, error, run},
};
use crate::{
    context::Asked,
    engine::{Engine, Envelope},
    limits,
    refusal::Refusal,
};

/// Messages that wait for the peer to read. When there are as many, the
/// operations wait.
const WAITING: usize = 8;

/// The live operations of one socket. Dropping it cancels them all.
pub(super) struct Operations {
    engine: Arc<Engine>,
    asked: Arc<Asked>,
    live: Vec<Live>,
    started: u64,
    sender: mpsc::Sender<Delivery>,
    deliveries: mpsc::Receiver<Delivery>,
}

struct Live {
    id: String,
    number: u64,
    task: AbortHandle,
}

impl Drop for Live {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Operations {
    pub(super) fn new(engine: Arc<Engine>, asked: Arc<Asked>) -> Self {
        let (sender, deliveries) = mpsc::channel(WAITING);
        Self {
            engine,
            asked,
            live: Vec::new(),
            started: 0,
            sender,
            deliveries,
        }
    }

    /// Starts an operation. Answers with what to say at once, if there are too
    /// many for one more.
    pub(super) fn start(&mut self, id: String, envelope: Envelope) -> Result<Option<String>, End> {
        if self.live.iter().any(|live| live.id == id) {
            return Err(End::duplicate(&id));
        }
        if self.live.len() >= limits::SOCKET_OPERATIONS {
            let refusal = Refusal::BadRequest("Too many operations run on this socket.".into());
            return Ok(Some(error(&id, &refusal.into())));
        }
        self.started += 1;
        let number = self.started;
        let voice = Voice {
            id: id.clone(),
            number,
            deliveries: self.sender.clone(),
        };
        let running = spawn(run(
            self.engine.clone(),
            self.asked.clone(),
            envelope,
            voice,
        ));
        self.live.push(Live {
            id,
            number,
            task: running.abort_handle(),
        });
        Ok(None)
    }

    /// Cancels an operation. One that has just ended by itself is not live any
    /// more, and that is no mistake of the client's.
    pub(super) fn cancel(&mut self, id: &str) {
        self.live.retain(|live| live.id != id);
    }

    /// The next message of any operation that has not been cancelled. Loses
    /// nothing when it is dropped before.
    pub(super) async fn next(&mut self) -> Result<String, End> {
        loop {
            // There is always one sender: ours.
            let Some(Delivery { number, word }) = self.deliveries.recv().await else {
                return Err(End::Gone);
            };
            let Some(place) = self.live.iter().position(|live| live.number == number) else {
                continue;
            };
            return match word {
                Word::Message(text) => Ok(text),
                Word::Last(text) => {
                    self.live.swap_remove(place);
                    Ok(text)
                }
                Word::Forbidden => Err(End::FORBIDDEN),
            };
        }
    }
}
