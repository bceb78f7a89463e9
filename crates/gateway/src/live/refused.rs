//! What is said instead of opening a socket or a stream.

use axum::{body::Body, response::Response};
use http::{HeaderValue, StatusCode, header::CONTENT_TYPE};

use crate::{answer::Answer, refusal::Refusal};

/// The errors alone, as JSON.
pub(super) fn refused(status: StatusCode, refusal: Refusal) -> Response {
    let mut response = Response::new(Body::from(Answer::from(refusal).json()));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}
