//! The status codes and media types of the GraphQL-over-HTTP specification.

use axum::{body::Body, response::Response};
use http::{
    HeaderValue, StatusCode,
    header::{ALLOW, CONTENT_TYPE},
};

use super::media::Media;
use crate::{answer::Answer, refusal::Refusal};

/// Writes what the engine answered.
pub(super) fn answer(media: Media, answer: &Answer) -> Response {
    if let Some(refusal) = &answer.refusal {
        return refused(media, refusal.clone());
    }
    // "Well-formed" is enough for 200 in plain JSON; older clients expect it.
    let status = if media != Media::Json && answer.is_request_error() {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::OK
    };
    write(status, media, answer)
}

/// Writes why the engine was not asked, or could not answer.
pub(super) fn refused(media: Media, refusal: Refusal) -> Response {
    let status = match (&refusal, media) {
        (Refusal::Unavailable | Refusal::TimedOut, _) => StatusCode::SERVICE_UNAVAILABLE,
        (Refusal::Internal, _) => StatusCode::INTERNAL_SERVER_ERROR,
        // The document was understood as a request, and found wanting.
        (
            Refusal::Syntax(_)
            | Refusal::Unfit(_)
            | Refusal::Validation
            | Refusal::Variable(_)
            | Refusal::Limit(_)
            | Refusal::Cost(_)
            | Refusal::PersistedQueryNotFound,
            Media::Json,
        ) => StatusCode::OK,
        _ => StatusCode::BAD_REQUEST,
    };
    with_status(status, media, refusal)
}

/// Writes a refusal under a status of the transport's own.
pub(super) fn with_status(status: StatusCode, media: Media, refusal: Refusal) -> Response {
    let mut response = write(status, media, &refusal.into());
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response
            .headers_mut()
            .insert(ALLOW, HeaderValue::from_static("GET, POST"));
    }
    response
}

fn write(status: StatusCode, media: Media, answer: &Answer) -> Response {
    // A refusal is never an event: there is no stream yet.
    let media = if media == Media::Events {
        Media::Json
    } else {
        media
    };
    let mut response = Response::new(Body::from(answer.json()));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(media.content_type()));
    response
}
