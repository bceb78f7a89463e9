//! Why a socket ends, in the close codes of `graphql-transport-ws`.
//!
//! Reasons are constant: a close frame holds 123 bytes of text, and what a
//! parser says is not for the peer. The one that names an id cuts it short.

use std::borrow::Cow;

use axum::{
    Error,
    extract::ws::{CloseFrame, close_code},
};

/// The most that a close frame has room for.
const REASON_BYTES: usize = 123;

/// Why a socket ends.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The peer has gone, or does not listen: there is nobody to tell.
    Gone,
    /// What the peer is told.
    Close(u16, Cow<'static, str>),
}

impl End {
    pub(super) const SUBPROTOCOL: Self = Self::close(4406, "Subprotocol not acceptable");
    pub(super) const INIT_TIMEOUT: Self = Self::close(4408, "Connection initialisation timeout");
    pub(super) const SECOND_INIT: Self = Self::close(4429, "Too many initialisation requests");
    pub(super) const UNAUTHORIZED: Self = Self::close(4401, "Unauthorized");
    pub(super) const FORBIDDEN: Self = Self::close(4403, "Forbidden");
    pub(super) const TOO_MANY_SOCKETS: Self = Self::close(4403, "Too many sockets");
    pub(super) const INVALID: Self = Self::close(4400, "Invalid message");
    pub(super) const BINARY: Self = Self::close(4400, "Messages must be text");
    const TOO_LARGE: Self = Self::close(close_code::SIZE, "The message is too large");
    const MALFORMED: Self = Self::close(close_code::PROTOCOL, "Protocol error");
    /// Clients take this one as a reason to try again.
    pub(super) const UNAVAILABLE: Self = Self::close(close_code::AGAIN, "Try again later");

    const fn close(code: u16, reason: &'static str) -> Self {
        Self::Close(code, Cow::Borrowed(reason))
    }

    /// An operation of that id is live already.
    pub(super) fn duplicate(id: &str) -> Self {
        let (before, after) = ("Subscriber for ", " already exists");
        let id = &id[..id.floor_char_boundary(REASON_BYTES - before.len() - after.len())];
        Self::Close(4409, format!("{before}{id}{after}").into())
    }

    /// What came was no frame that we take.
    pub(super) fn unreadable(error: &Error) -> Self {
        // The library's error can only be told by its text from here; the
        // end-to-end test of large messages holds it in place.
        if error.to_string().starts_with("Space limit exceeded") {
            Self::TOO_LARGE
        } else {
            Self::MALFORMED
        }
    }

    /// The frame that tells the peer, if there is one to tell.
    pub(super) fn frame(self) -> Option<CloseFrame> {
        match self {
            Self::Gone => None,
            Self::Close(code, reason) => Some(CloseFrame {
                code,
                reason: reason.as_ref().into(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(end: End) -> String {
        end.frame().expect("a frame").reason.to_string()
    }

    #[test]
    fn a_duplicate_is_named() {
        assert_eq!(
            reason(End::duplicate("a1")),
            "Subscriber for a1 already exists"
        );
    }

    #[test]
    fn a_long_id_is_cut_between_characters() {
        for id in [
            "a".repeat(128),
            "ä".repeat(64),
            "🎫".repeat(32),
            format!("a{}", "🎫".repeat(31)),
        ] {
            let reason = reason(End::duplicate(&id));
            assert!(reason.len() <= REASON_BYTES, "{reason}");
            assert!(reason.len() > REASON_BYTES - 4, "{reason}");
            assert!(reason.ends_with(" already exists"), "{reason}");
        }
    }

    #[test]
    fn other_errors_of_the_library_are_protocol_errors() {
        let error = Error::new(std::io::Error::other("Space"));
        assert_eq!(End::unreadable(&error), End::MALFORMED);
    }
}
