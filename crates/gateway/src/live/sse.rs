//! Server-sent events, in the distinct connections mode of `graphql-sse`: one
//! response for each operation.
//!
//! The library's own events cannot say `complete` with empty data, which is
//! what browsers need in order to notice it; so the few lines of framing are
//! written here.

use std::{convert::Infallible, sync::Arc, time::Duration};

use async_graphql::parser::types::OperationType;
use axum::{body::Body, response::Response};
use bytes::Bytes;
use futures_util::{
    Stream, StreamExt,
    stream::{self, BoxStream},
};
use http::{HeaderName, HeaderValue, StatusCode, header::CONTENT_TYPE};
use tokio::time::timeout;

use super::{
    answers::answers,
    refused::refused,
    rights,
    seats::{Kind, Seat},
};
use crate::{
    answer::Answer,
    context::Asked,
    engine::{Engine, Prepared},
    refusal::Refusal,
};

/// Time without an event after which a comment is sent: proxies cut what is
/// silent, and writing is how we learn that the reader has gone.
const KEEP_ALIVE: Duration = Duration::from_secs(12);

const COMMENT: Bytes = Bytes::from_static(b":\n\n");
const COMPLETE: Bytes = Bytes::from_static(b"event: complete\ndata: \n\n");

/// Answers an operation as a stream of events.
pub(crate) fn sse(engine: Arc<Engine>, asked: Arc<Asked>, prepared: Prepared) -> Response {
    if prepared.kind != OperationType::Subscription {
        // Over as soon as it is answered, like any other request.
        let answers = answers(engine, asked, prepared);
        return events(Events::new(answers, None));
    }
    let seats = &engine.services.hub.seats;
    let Some(seat) = seats.take(Kind::Stream, asked.bearer.as_ref()) else {
        let message = "Too many streams are open.";
        return refused(
            StatusCode::TOO_MANY_REQUESTS,
            Refusal::BadRequest(message.into()),
        );
    };
    // A resolver may wait for something else than facts: the end of the rights
    // does not wait for it.
    let over = Box::pin(rights::over(asked.clone()));
    let answers = answers(engine, asked.clone(), prepared).take_until(over);
    events(Events::new(
        answers.boxed(),
        Some(Lease { asked, _seat: seat }),
    ))
}

/// A response that lasts. Nothing is read ahead of the reader: an event is
/// made, with the rights of that moment, when there is room to send it.
fn events(events: Events) -> Response {
    let mut response = Response::new(Body::from_stream(events.stream(KEEP_ALIVE)));
    let headers = response.headers_mut();
    let events = HeaderValue::from_static("text/event-stream; charset=utf-8");
    headers.insert(CONTENT_TYPE, events);
    // Proxies that gather answers before they pass them on must not do so here.
    let unbuffered = HeaderName::from_static("x-accel-buffering");
    headers.insert(unbuffered, HeaderValue::from_static("no"));
    response
}

/// What a subscription holds for as long as it lasts.
struct Lease {
    asked: Arc<Asked>,
    _seat: Seat,
}

struct Events {
    answers: BoxStream<'static, Answer>,
    lease: Option<Lease>,
}

impl Events {
    fn new(answers: BoxStream<'static, Answer>, lease: Option<Lease>) -> Self {
        Self { answers, lease }
    }

    /// A comment at once, so that the reader knows that the stream is open,
    /// then the events, and comments where there are none for some time.
    fn stream(
        self,
        silence: Duration,
    ) -> impl Stream<Item = Result<Bytes, Infallible>> + Send + 'static {
        let events = stream::unfold(Some(self), move |events| async move {
            let mut events = events?;
            match timeout(silence, events.answers.next()).await {
                Err(_silent) => Some((COMMENT, Some(events))),
                Ok(Some(answer)) => Some((next(&answer), Some(events))),
                Ok(None) => events.last().await.map(|last| (last, None)),
            }
        });
        stream::once(async { COMMENT }).chain(events).map(Ok)
    }

    /// Nothing when the rights or the token ended: a stream that breaks off is
    /// opened anew, with a new token if there is one; a complete one is not.
    async fn last(self) -> Option<Bytes> {
        match self.lease {
            Some(lease) if !rights::still_held(&lease.asked).await => None,
            _ => Some(COMPLETE),
        }
    }
}

/// JSON has no line breaks of its own, so it is one line of data.
fn next(answer: &Answer) -> Bytes {
    let json = answer.json();
    let mut event = Vec::with_capacity(json.len() + 32);
    event.extend_from_slice(b"event: next\ndata: ");
    event.extend_from_slice(&json);
    event.extend_from_slice(b"\n\n");
    event.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bad(message: &'static str) -> Answer {
        Refusal::BadRequest(message.into()).into()
    }

    async fn text(answers: Vec<Answer>) -> Vec<String> {
        let events = Events::new(stream::iter(answers).boxed(), None);
        let pieces = events
            .stream(KEEP_ALIVE)
            .map(|Ok(bytes)| String::from_utf8_lossy(&bytes).into_owned());
        pieces.collect().await
    }

    #[tokio::test]
    async fn answers_become_events_and_the_last_says_complete() {
        let pieces = text(vec![bad("one"), bad("two")]).await;
        let [open, one, two, complete] = pieces.as_slice() else {
            panic!("{pieces:?}");
        };
        assert_eq!(open, ":\n\n");
        assert!(
            one.starts_with("event: next\ndata: {\"errors\":[{\"message\":\"one\""),
            "{one}"
        );
        assert!(two.contains("\"two\""), "{two}");
        assert_eq!(complete, "event: complete\ndata: \n\n");
    }

    #[tokio::test]
    async fn a_line_break_in_an_answer_does_not_break_the_event() {
        let pieces = text(vec![bad("a\n\r\nevent: complete")]).await;
        assert_eq!(pieces[1].matches('\n').count(), 3, "{}", pieces[1]);
        assert!(!pieces[1].contains('\r'), "{}", pieces[1]);
    }

    #[tokio::test]
    async fn silence_is_filled_with_comments() {
        let events = Events::new(stream::pending().boxed(), None);
        let pieces: Vec<_> = events
            .stream(Duration::ZERO)
            .take(3)
            .map(|Ok(bytes)| bytes)
            .collect()
            .await;
        assert_eq!(pieces, [COMMENT, COMMENT, COMMENT]);
    }
}
