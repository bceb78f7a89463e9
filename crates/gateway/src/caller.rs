//! What a request says of who sends it, before any of it is believed.

use std::sync::Arc;

use ::identity::Origin;

/// Who sends a request, by their own account and as the transport sees them.
#[derive(Clone, Default)]
pub(crate) struct Caller {
    pub(crate) proof: Proof,
    pub(crate) origin: Arc<Origin>,
}

/// By what the caller wants to be known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Proof {
    /// By nothing: somebody who is not signed in.
    #[default]
    Nothing,
    /// By an access token.
    Token(String),
    /// By the secret in a cookie of the realm.
    Cookie(String),
}
