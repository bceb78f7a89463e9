//! One operation of a socket, from its document to its last answer.

use std::{panic::AssertUnwindSafe, sync::Arc};

use async_graphql::parser::types::OperationType;
use futures_util::{FutureExt, StreamExt};
use tokio::sync::mpsc;

use super::message::Outgoing;
use crate::{
    answer::Answer,
    context::Asked,
    engine::{Engine, Envelope},
    live::{answers::answers, rights},
    refusal::Refusal,
};

/// What an operation hands to its socket.
pub(super) struct Delivery {
    /// Which operation it is from: ids can be used again, numbers are not.
    pub(super) number: u64,
    pub(super) word: Word,
}

pub(super) enum Word {
    /// More will follow.
    Message(String),
    /// Nothing will follow.
    Last(String),
    /// The rights have ended, and the socket with them.
    Forbidden,
}

/// How an operation speaks. Waits while the socket is busy.
#[derive(Clone)]
pub(super) struct Voice {
    pub(super) id: String,
    pub(super) number: u64,
    pub(super) deliveries: mpsc::Sender<Delivery>,
}

impl Voice {
    async fn next(&self, answer: &Answer) {
        let message = Outgoing::Next {
            id: &self.id,
            payload: answer,
        };
        self.hand(Word::Message(message.text())).await;
    }

    async fn error(&self, answer: &Answer) {
        self.hand(Word::Last(error(&self.id, answer))).await;
    }

    async fn complete(&self) {
        let message = Outgoing::Complete { id: &self.id };
        self.hand(Word::Last(message.text())).await;
    }

    async fn forbidden(&self) {
        self.hand(Word::Forbidden).await;
    }

    async fn hand(&self, word: Word) {
        // An error only says that the socket has ended; so will this task.
        let _ = self
            .deliveries
            .send(Delivery {
                number: self.number,
                word,
            })
            .await;
    }
}

/// The text that ends an operation which was not executed.
pub(super) fn error(id: &str, answer: &Answer) -> String {
    Outgoing::Error {
        id,
        payload: answer.errors(),
    }
    .text()
}

/// Runs an operation to its end. A panic ends the operation, not the socket.
pub(super) async fn run(engine: Arc<Engine>, asked: Arc<Asked>, envelope: Envelope, voice: Voice) {
    let running = AssertUnwindSafe(speak(engine, &asked, envelope, &voice));
    if running.catch_unwind().await.is_err() {
        tracing::error!("an operation of a socket panicked");
        voice.error(&Refusal::Internal.into()).await;
    }
}

async fn speak(engine: Arc<Engine>, asked: &Asked, envelope: Envelope, voice: &Voice) {
    let asked = match rights::renewed(&engine, asked).await {
        Ok(Some(asked)) => asked,
        Ok(None) => return voice.forbidden().await,
        Err(refusal) => return voice.error(&refusal.into()).await,
    };
    let prepared = match engine.prepare(envelope) {
        Ok(prepared) => prepared,
        Err(refusal) => return voice.error(&refusal.into()).await,
    };
    let lasts = prepared.kind == OperationType::Subscription;
    let mut answers = answers(engine, asked.clone(), prepared);
    while let Some(answer) = answers.next().await {
        if answer.is_request_error() {
            return voice.error(&answer).await;
        }
        voice.next(&answer).await;
    }
    // A client does not subscribe again to what was completed in good order.
    if lasts && !rights::still_held(&asked).await {
        return voice.forbidden().await;
    }
    voice.complete().await;
}
