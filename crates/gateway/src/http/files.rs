//! Files over HTTP: an upload by PUT, a file by GET or HEAD, each at an address
//! that is signed, good for minutes, and worth what its session may do right now.
//!
//! An address that is worth nothing answers as one that never was, whatever the
//! reason: another realm's, expired, used, of a session that has ended, of a
//! record that is not seen any more.

use ::documents::{Announced, Content, FileId, ReceiveError};
use ::identity::LinkUse;
use ::tickets::{Attachment, ContentError};
use axum::{
    Router,
    body::Body,
    extract::{Path, Request, State, rejection::PathRejection},
    response::Response,
    routing::{get, put},
};
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{
        CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
        RETRY_AFTER,
    },
};
use kernel::Fault;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use visibility::{Cx, Viewer};

use super::Face;
use crate::{refusal::Refusal, session::Bearer};

/// The routes of files of one face.
pub(super) fn routes(prefix: &str) -> Router<Face> {
    Router::new()
        .route(&format!("{prefix}/files/uploads/{{token}}"), put(upload))
        .route(&format!("{prefix}/files/{{token}}"), get(download))
}

/// The token of an address; what is no text is no token.
type Token = Result<Path<String>, PathRejection>;

/// Whoever the address was given to, if they are still in force, and the file.
async fn opened(
    face: &Face,
    what: LinkUse,
    token: &Token,
) -> Result<(std::sync::Arc<Viewer>, FileId), Fault> {
    let Ok(Path(token)) = token else {
        return Err(Fault::NotFound);
    };
    let engine = &face.engine;
    let now = engine.services.clock.now();
    let link = engine
        .services
        .tokens
        .verify_link(engine.realm, what, token, now);
    let link = link.map_err(|_| Fault::NotFound)?;
    let bearer = Bearer {
        realm: engine.realm,
        session: link.session,
        user: link.user,
        expires: now.timestamp(),
    };
    // Not what is believed for seconds: the address lives for minutes already.
    let viewer = engine.services.fresh_viewer(&bearer).await?;
    let viewer = viewer.ok_or(Fault::NotFound)?;
    Ok((viewer, FileId(link.record)))
}

async fn upload(State(face): State<Face>, token: Token, request: Request) -> Response {
    let (viewer, id) = match opened(&face, LinkUse::Upload, &token).await {
        Ok(opened) => opened,
        Err(fault) => return failed(&fault),
    };
    let services = &face.engine.services;
    let (parts, body) = request.into_parts();
    let announced = Announced {
        content_type: text(&parts.headers, &CONTENT_TYPE),
        length: text(&parts.headers, &CONTENT_LENGTH).and_then(|length| length.parse().ok()),
    };
    let cx = Cx::new(&viewer, &services.work());
    let received = ::documents::receive(
        &cx,
        &services.store,
        &services.clock,
        &services.files,
        (id, announced),
        body.into_data_stream(),
    );
    let (status, code, message) = match received.await {
        Ok(()) => {
            let mut done = Response::new(Body::empty());
            *done.status_mut() = StatusCode::NO_CONTENT;
            return done;
        }
        Err(ReceiveError::Fault(fault)) => return failed(&fault),
        Err(ReceiveError::TooShort) => (
            StatusCode::BAD_REQUEST,
            "FILE_TOO_SHORT",
            "There were fewer bytes than were declared.",
        ),
        Err(ReceiveError::TooLong) => (
            StatusCode::PAYLOAD_TOO_LARGE,
            "FILE_TOO_LONG",
            "There were more bytes than were declared.",
        ),
        Err(ReceiveError::WrongType) => (
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "WRONG_TYPE",
            "The content is not of the declared type.",
        ),
        Err(ReceiveError::BrokenOff) => (
            StatusCode::BAD_REQUEST,
            "BROKEN_OFF",
            "The upload broke off.",
        ),
        Err(ReceiveError::Busy) => {
            let message = "Too many uploads are under way. Try again in a moment.";
            let mut busy = said(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", message);
            let headers = busy.headers_mut();
            headers.insert(RETRY_AFTER, HeaderValue::from_static("5"));
            return busy;
        }
        Err(ReceiveError::Store) => return unavailable(),
    };
    said(status, code, message)
}

async fn download(State(face): State<Face>, token: Token) -> Response {
    let (viewer, id) = match opened(&face, LinkUse::File, &token).await {
        Ok(opened) => opened,
        Err(fault) => return failed(&fault),
    };
    let services = &face.engine.services;
    let cx = Cx::new(&viewer, &services.work());
    match ::tickets::attachment_content(&cx, &services.files, id).await {
        Ok((attachment, content)) => handed_out(&attachment, content),
        Err(ContentError::Fault(fault)) => failed(&fault),
        Err(ContentError::Unreadable(_)) => unavailable(),
    }
}

/// The file, for saving: nothing of it runs or shows here.
fn handed_out(attachment: &Attachment, content: Content) -> Response {
    let mut response = Response::new(Body::from_stream(content.bytes));
    let text = |text: &str| HeaderValue::from_str(text);
    let octets = HeaderValue::from_static("application/octet-stream");
    let plain = HeaderValue::from_static("attachment");
    let headers = response.headers_mut();
    headers.insert(CONTENT_LENGTH, content.size.into());
    headers.insert(
        CONTENT_TYPE,
        text(&attachment.content_type).unwrap_or(octets),
    );
    headers.insert(
        CONTENT_DISPOSITION,
        text(&as_attachment(&attachment.file_name)).unwrap_or(plain),
    );
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(
        CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox"),
    );
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    );
    response
}

/// RFC 8187's `attr-char`.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

/// "Save as" (RFC 6266): the name in ASCII for old readers, and in full.
fn as_attachment(name: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || "._- ()".contains(c);
    let plain: String = name
        .chars()
        .map(|c| if fits(c) { c } else { '_' })
        .collect();
    let full = utf8_percent_encode(name, VALUE);
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{full}")
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// A fault, as the API says it; whatever is not allowed is not there.
fn failed(fault: &Fault) -> Response {
    match Refusal::from(fault) {
        Refusal::NotFound | Refusal::Forbidden => {
            said(StatusCode::NOT_FOUND, "NOT_FOUND", "There is nothing here.")
        }
        Refusal::Unavailable => unavailable(),
        _ => said(
            StatusCode::INTERNAL_SERVER_ERROR,
            "INTERNAL",
            "Something went wrong on our side.",
        ),
    }
}

fn unavailable() -> Response {
    let message = "The service is not available right now. Try again later.";
    said(StatusCode::SERVICE_UNAVAILABLE, "UNAVAILABLE", message)
}

fn said(status: StatusCode, code: &str, message: &str) -> Response {
    let body = serde_json::json!({ "code": code, "message": message });
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, json);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_in_ascii_and_in_full() {
        for (name, header) in [
            (
                "a b.png",
                "attachment; filename=\"a b.png\"; filename*=UTF-8''a%20b.png",
            ),
            (
                "Grüße.txt",
                "attachment; filename=\"Gr__e.txt\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe.txt",
            ),
            (
                "a';x.pdf",
                "attachment; filename=\"a__x.pdf\"; filename*=UTF-8''a%27%3Bx.pdf",
            ),
            (
                "a\"b\r\nc",
                "attachment; filename=\"a_b__c\"; filename*=UTF-8''a%22b%0D%0Ac",
            ),
        ] {
            assert_eq!(as_attachment(name), header);
            assert!(HeaderValue::from_str(&as_attachment(name)).is_ok());
        }
    }
}
