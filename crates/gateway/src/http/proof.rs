//! By what a request wants to be known, and how a session that it opens is to
//! be held.

use ::identity::Realm;
use http::{HeaderMap, header::AUTHORIZATION};

use super::{media::Media, request::token};
use crate::{caller::Proof, cookie, refusal::Refusal};

/// The header without which a browser's cookie counts for nothing: pages of
/// other sites cannot send it.
const REQUEST: &str = "x-vitrine-request";
/// The header that asks for a cookie instead of tokens.
const SESSION: &str = "x-vitrine-session";

/// The token or, without any `Authorization`, the cookie of the realm. A cookie
/// without the header that only pages of ours can send is refused.
pub(super) fn proof(realm: Realm, headers: &HeaderMap) -> Result<Proof, Refusal> {
    if headers.contains_key(AUTHORIZATION) {
        let token = token(headers).map(str::to_owned);
        return Ok(token.map_or(Proof::Nothing, Proof::Token));
    }
    match cookie::read(realm, headers) {
        None => Ok(Proof::Nothing),
        Some(secret) if headers.contains_key(REQUEST) => Ok(Proof::Cookie(secret)),
        Some(_) => {
            let message = "A request with a session cookie needs the header `X-Vitrine-Request`, against cross-site requests.";
            Err(Refusal::BadRequest(message.into()))
        }
    }
}

/// Whether a session that this request opens is to be held as a cookie.
pub(super) fn wants_cookie(headers: &HeaderMap, media: Media) -> Result<bool, Refusal> {
    let Some(wish) = headers.get(SESSION) else {
        return Ok(false);
    };
    if wish != "cookie" {
        let message = "The header `X-Vitrine-Session` can only be `cookie`.";
        return Err(Refusal::BadRequest(message.into()));
    }
    if media == Media::Events {
        // Its headers are sent before anything is executed.
        let message = "A stream of events cannot set a cookie.";
        return Err(Refusal::BadRequest(message.into()));
    }
    Ok(true)
}
