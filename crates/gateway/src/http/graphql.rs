//! The one handler of GraphQL over HTTP.

use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use axum::{
    body::Body,
    extract::{FromRequestParts, State, WebSocketUpgrade},
    response::Response,
};
use http::{Method, Request, StatusCode, header::SET_COOKIE};

use super::{
    Face,
    media::Media,
    origin::origin,
    proof::{proof, wants_cookie},
    request::{Unreadable, read},
    respond::{answer, refused, with_status},
};
use crate::{caller::Caller, live, refusal::Refusal};

/// Answers a GET or POST, or opens a socket.
pub(super) async fn serve(State(face): State<Face>, request: Request<Body>) -> Response {
    let (mut parts, body) = request.into_parts();
    let mut origin = origin(&parts, &face.trusted_proxies);
    let engine = &face.engine;
    if parts.method == Method::GET
        && let Ok(upgrade) = WebSocketUpgrade::from_request_parts(&mut parts, &()).await
    {
        let allowed = &face.allowed_origins;
        return live::upgrade(engine.clone(), allowed, upgrade, &parts.headers, origin);
    }
    let Some(media) = Media::wanted(&parts.headers) else {
        let message = "None of the media types in `Accept` can be given.";
        return with_status(
            StatusCode::NOT_ACCEPTABLE,
            Media::Json,
            Refusal::BadRequest(message.into()),
        );
    };
    let proof = match proof(engine.realm, &parts.headers) {
        Ok(proof) => proof,
        Err(refusal) => return with_status(StatusCode::FORBIDDEN, media, refusal),
    };
    origin.cookie = match wants_cookie(&parts.headers, media) {
        Ok(wish) => wish,
        Err(refusal) => return refused(media, refusal),
    };
    let envelope = match read(&parts.method, &parts.uri, &parts.headers, body).await {
        Ok(envelope) => envelope,
        Err(Unreadable(status, refusal)) => return with_status(status, media, refusal),
    };
    let prepared = match engine.prepare(envelope) {
        Ok(prepared) => prepared,
        Err(refusal) => return refused(media, refusal),
    };
    if parts.method == Method::GET && prepared.kind == OperationType::Mutation {
        let message = "A mutation needs POST.";
        return with_status(
            StatusCode::METHOD_NOT_ALLOWED,
            media,
            Refusal::BadRequest(message.into()),
        );
    }
    if prepared.kind == OperationType::Subscription && media != Media::Events {
        let message = "A subscription needs `Accept: text/event-stream`, or a WebSocket.";
        return with_status(
            StatusCode::BAD_REQUEST,
            media,
            Refusal::BadRequest(message.into()),
        );
    }
    let caller = Caller {
        proof,
        origin: Arc::new(origin),
    };
    let asked = match engine.asked(&caller).await {
        Ok(asked) => asked,
        Err(refusal) => return refused(media, refusal),
    };
    if media == Media::Events {
        return live::sse(face.engine, asked, prepared);
    }
    let mut response = answer(media, &engine.execute(asked.clone(), prepared).await);
    let change = asked.cookie.take();
    if let Some(header) = change.and_then(|change| change.header(engine.realm)) {
        response.headers_mut().insert(SET_COOKIE, header);
    }
    response
}
