//! An answer on its way out: what the schema said, and whether it ever ran.

use async_graphql::Response;
use serde::Serialize;

use crate::refusal::Refusal;

/// A sealed response: every error has a code, and no text of a cause.
pub(crate) struct Answer {
    response: Response,
    /// Whether execution began. The specification asks for another status and
    /// no `data` when it did not.
    pub(crate) executed: bool,
    /// Set when the transport should say why in its own terms.
    pub(crate) refusal: Option<Refusal>,
}

impl Answer {
    pub(crate) fn sealed(response: Response) -> Self {
        // Whatever fails before execution fails as a whole, with no path.
        let request_error = response.data == async_graphql::Value::Null
            && !response.errors.is_empty()
            && response.errors.iter().all(|error| error.path.is_empty());
        Self {
            executed: !request_error,
            refusal: None,
            response,
        }
    }

    /// Whether the answer holds errors alone.
    pub(crate) fn is_request_error(&self) -> bool {
        !self.executed
    }

    /// The errors, for transports that send them without data.
    pub(crate) fn errors(&self) -> &[async_graphql::ServerError] {
        &self.response.errors
    }

    /// The text of the answer.
    pub(crate) fn json(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        Self {
            response: refusal.response(),
            executed: false,
            refusal: Some(refusal),
        }
    }
}

impl Serialize for Answer {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Errors<'a> {
            errors: &'a [async_graphql::ServerError],
        }
        if self.executed {
            self.response.serialize(serializer)
        } else {
            Errors {
                errors: &self.response.errors,
            }
            .serialize(serializer)
        }
    }
}
