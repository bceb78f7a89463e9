//! A small client of server-sent events.

use axum::body::Body;
use http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tokio::{sync::mpsc, task::JoinSet};

use crate::{Persona, patience::soon};

/// An open stream of events, read all the time as a browser does.
pub struct Events {
    pieces: mpsc::UnboundedReceiver<String>,
    text: String,
    /// Ends with the stream.
    _reader: JoinSet<()>,
}

/// What came over a stream.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// An answer.
    Next(Value),
    /// It ended in good order.
    Complete,
    /// It broke off.
    Gone,
}

impl Events {
    /// Asks for a stream; whatever the server answers.
    pub async fn ask(persona: &Persona, query: &str) -> Response<Body> {
        let mut request = Request::post(persona.realm.path())
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "text/event-stream");
        if let Some(token) = &persona.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let body = Body::from(json!({ "query": query }).to_string());
        persona.send(request.body(body).expect("a request")).await
    }

    /// Opens a stream.
    pub async fn of(persona: &Persona, query: &str) -> Self {
        let response = Self::ask(persona, query).await;
        assert_eq!(response.status(), StatusCode::OK);
        let media = &response.headers()[header::CONTENT_TYPE];
        assert_eq!(media, "text/event-stream; charset=utf-8");
        let (sender, pieces) = mpsc::unbounded_channel();
        let mut reader = JoinSet::new();
        reader.spawn(pass_on(response.into_body(), sender));
        Self {
            pieces,
            text: String::new(),
            _reader: reader,
        }
    }

    /// What comes next, comments aside.
    pub async fn hear(&mut self) -> Event {
        loop {
            while let Some((event, rest)) = self.text.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.text = rest;
                if !event.starts_with(':') {
                    return read(&event);
                }
            }
            match soon("an event", self.pieces.recv()).await {
                Some(piece) => self.text += &piece,
                None => return Event::Gone,
            }
        }
    }

    /// The data that comes next.
    pub async fn next(&mut self) -> Value {
        match self.hear().await {
            Event::Next(answer) if answer.get("errors").is_none() => answer["data"].clone(),
            other => panic!("no data: {other:?}"),
        }
    }
}

async fn pass_on(mut body: Body, sender: mpsc::UnboundedSender<String>) {
    while let Some(frame) = body.frame().await {
        let bytes = frame.expect("a frame").into_data().expect("data");
        let piece = String::from_utf8(bytes.to_vec()).expect("whole characters");
        if sender.send(piece).is_err() {
            return;
        }
    }
}

fn read(event: &str) -> Event {
    let Some((kind, data)) = event.split_once('\n') else {
        panic!("no event: {event}");
    };
    match (kind, data) {
        ("event: complete", "data: ") => Event::Complete,
        ("event: next", data) => {
            let json = data.strip_prefix("data: ").expect("one line of data");
            Event::Next(serde_json::from_str(json).expect("JSON"))
        }
        _ => panic!("no event: {event}"),
    }
}
