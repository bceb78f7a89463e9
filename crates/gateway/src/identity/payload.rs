//! What the mutations of a session answer.

use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};

use crate::payload::payload;

/// A pair of tokens. They are secrets: keep them out of logs and addresses.
#[derive(SimpleObject)]
pub(crate) struct Session {
    /// Goes into the header `Authorization: Bearer …` of each request.
    pub(crate) access_token: String,
    /// Buys the next pair through `sessionRefresh`, once. Using it twice ends
    /// the session.
    pub(crate) refresh_token: String,
    /// When the access token ends.
    pub(crate) expires_at: DateTime<Utc>,
}

impl From<::identity::NewSession> for Session {
    fn from(new: ::identity::NewSession) -> Self {
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
        /// Whether the session has ended; it always has.
        signed_out: bool,
    }
    /// Why nobody was signed out.
    SignOutError;
    /// What can go wrong in `signOut`.
    SignOutErrorCode {
        /// Nobody is signed in.
        NotSignedIn,
    }
}
