//! What the mutations of a session answer.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};

use crate::{context::Asked, cookie::Change, payload::payload};

/// A session to hold: a pair of tokens or, for a browser that asked with the
/// header `X-Vitrine-Session: cookie`, a cookie that came with the answer. The
/// tokens are secrets: keep them out of logs and addresses.
#[derive(SimpleObject)]
pub(crate) struct Session {
    /// Goes into the header `Authorization: Bearer …` of each request; none
    /// where the session is held as a cookie.
    pub(crate) access_token: Option<String>,
    /// Buys the next pair through `sessionRefresh`, once. Using it twice ends
    /// the session. None where the session is held as a cookie.
    pub(crate) refresh_token: Option<String>,
    /// When the access token ends; where the session is held as a cookie, when
    /// the session ends however often it is used.
    pub(crate) expires_at: DateTime<Utc>,
}

impl Session {
    /// What is answered of a new session. Its cookie, if it has one, goes into
    /// the response's header and nowhere else.
    pub(crate) fn of(asked: &Asked, new: ::identity::NewSession) -> Self {
        if let Some(secret) = new.cookie {
            asked.cookie.set(Change::Hold(secret));
        }
        Self {
            access_token: new.access_token,
            refresh_token: new.refresh_token,
            expires_at: new.expires_at,
        }
    }
}

payload! {
    /// What `signIn` and `otpSignIn` answer.
    SignInPayload {
        /// The new session; none when there are errors.
        session: Session,
    }
    /// Why nobody was signed in.
    SignInError;
    /// What can go wrong in `signIn` and `otpSignIn`.
    SignInErrorCode {
        /// No account matches. Workspace, address, password, code and standing are one answer.
        InvalidCredentials,
        /// Too many tries for this address or from this network. Try again
        /// later, or have a link or a code mailed.
        TooManyAttempts,
        /// Too many sign-ins are under way; try again in some seconds.
        TooBusy,
    }
}

payload! {
    /// What `sessionRefresh` answers.
    SessionRefreshPayload {
        /// The session with its next pair of tokens; none when there are errors.
        session: Session,
    }
    /// Why the session was not refreshed.
    SessionRefreshError;
    /// What can go wrong in `sessionRefresh`.
    SessionRefreshErrorCode {
        /// Unknown, expired or already used, or the session has ended: sign in again.
        InvalidRefreshToken,
    }
}

payload! {
    /// What `signOut` answers.
    SignOutPayload {
        /// Whether a session has ended; none when there are errors.
        signed_out: bool,
    }
    /// Why nobody was signed out.
    SignOutError;
    /// What can go wrong in `signOut`.
    SignOutErrorCode {
        /// Nobody is signed in, and no refresh token of a session was given.
        NotSignedIn,
    }
}

payload! {
    /// What `signOutEverywhere` answers.
    SignOutEverywherePayload {
        /// Whether all sessions have ended; they always have.
        signed_out: bool,
    }
    /// Why nobody was signed out.
    SignOutEverywhereError;
    /// What can go wrong in `signOutEverywhere`.
    SignOutEverywhereErrorCode {
        /// Nobody is signed in.
        NotSignedIn,
    }
}

payload! {
    /// What `sessionRevoke` answers.
    SessionRevokePayload {
        /// Whether the session has ended by this; none when there are errors.
        revoked: bool,
    }
    /// Why no session was ended.
    SessionRevokeError;
    /// What can go wrong in `sessionRevoke`.
    SessionRevokeErrorCode {
        /// The session has ended already, by somebody else or by time.
        AlreadyEnded,
    }
}
