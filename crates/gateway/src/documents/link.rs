//! The addresses of files: signed, for minutes, for the session that asked.

use ::identity::{Link, LinkUse};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{context::Asked, refusal::Refusal};

impl Asked {
    /// An address that opens a record to whoever asks, and until when it is good.
    pub(crate) fn link(
        &self,
        what: LinkUse,
        record: Uuid,
    ) -> Result<(String, DateTime<Utc>), Refusal> {
        // A mail's reader has no session: nothing in a mail may open by itself.
        let bearer = self.bearer.as_ref().ok_or(Refusal::Unauthenticated)?;
        let link = Link {
            session: bearer.session,
            user: bearer.user,
            record,
        };
        let tokens = &self.services.tokens;
        let (token, ends) = tokens.sign_link(self.realm, what, link, self.now);
        let folder = match what {
            LinkUse::Upload => "files/uploads",
            LinkUse::File => "files",
        };
        Ok((format!("{}/{folder}/{token}", self.prefix()), ends))
    }
}
