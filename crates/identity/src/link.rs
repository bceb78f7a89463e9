//! Addresses that are a right for minutes: to upload one file, or to read it.
//!
//! A link names a record and the session that it was given to, and nothing of
//! what that session may do: whoever honours it asks the database, so that a
//! right that is withdrawn takes its links along. Links are signed with the keys
//! of the realm, under types and audiences of their own, and are no access tokens.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::SessionId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{BadToken, Realm, Tokens, signed::Form};

/// Bytes of a link at most; ours have some 400.
const BYTES: usize = 1_024;

/// What a link is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkUse {
    /// To upload a file, once.
    Upload,
    /// To read a file.
    File,
}

impl LinkUse {
    /// How long such a link is good.
    pub fn life(self) -> TimeDelta {
        match self {
            Self::Upload => TimeDelta::minutes(15),
            Self::File => TimeDelta::minutes(5),
        }
    }

    fn form(self, realm: Realm) -> Form {
        let (typ, name) = match self {
            Self::Upload => ("upload+jwt", "upload"),
            Self::File => ("file+jwt", "file"),
        };
        Form {
            typ,
            audience: format!("{}/{name}", realm.name()),
            life: self.life(),
            bytes: BYTES,
        }
    }
}

/// Whom a link was given to, and for which record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The session that asked for it.
    pub session: SessionId,
    /// Whose session that is.
    pub user: Uuid,
    /// The record that it opens.
    pub record: Uuid,
}

/// The record, as a token says it.
#[derive(Serialize, Deserialize)]
struct Opens {
    rec: Uuid,
}

impl Tokens {
    /// A link of the realm, and when it ends.
    pub fn sign_link(
        &self,
        realm: Realm,
        what: LinkUse,
        link: Link,
        now: DateTime<Utc>,
    ) -> (String, DateTime<Utc>) {
        let who = (link.user, link.session);
        let opens = Opens { rec: link.record };
        self.sign_as(realm, &what.form(realm), who, opens, now)
    }

    /// What a link says, if this realm signed it for this use and it is in force.
    pub fn verify_link(
        &self,
        realm: Realm,
        what: LinkUse,
        text: &str,
        now: DateTime<Utc>,
    ) -> Result<Link, BadToken> {
        let said = self.verify_as::<Opens>(realm, &what.form(realm), text, now)?;
        Ok(Link {
            session: SessionId(said.sid),
            user: said.sub,
            record: said.more.rec,
        })
    }
}

#[cfg(test)]
mod tests {
    use kernel::SeededEntropy;

    use super::*;
    use crate::Keys;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).expect("in range")
    }

    #[test]
    fn a_link_is_good_for_one_use_in_one_realm_for_minutes() {
        let tokens = Tokens::new(Keys::in_memory(&SeededEntropy::new(1)));
        let link = Link {
            session: SessionId(Uuid::from_u128(1)),
            user: Uuid::from_u128(2),
            record: Uuid::from_u128(3),
        };
        let (realm, what) = (Realm::Portal, LinkUse::File);
        let (text, ends) = tokens.sign_link(realm, what, link, now());
        assert_eq!(ends - now(), TimeDelta::minutes(5));
        assert_eq!(
            tokens.sign_link(realm, what, link, now()).0,
            text,
            "always the same"
        );
        let verify = |realm, what, text: &str, at| tokens.verify_link(realm, what, text, at);
        assert_eq!(verify(realm, what, &text, now()), Ok(link));
        assert_eq!(
            verify(realm, what, &text, ends - TimeDelta::seconds(1)),
            Ok(link)
        );
        assert_eq!(verify(realm, what, &text, ends), Err(BadToken));
        assert_eq!(
            verify(realm, what, &text, now() - TimeDelta::hours(1)),
            Err(BadToken)
        );
        assert_eq!(verify(realm, LinkUse::Upload, &text, now()), Err(BadToken));
        assert_eq!(verify(Realm::Staff, what, &text, now()), Err(BadToken));
        // Neither is good as the other.
        assert_eq!(tokens.verify(realm, &text, now()), Err(BadToken));
        let (access, _) = tokens.sign(realm, link.user, link.session, now());
        assert_eq!(verify(realm, what, &access, now()), Err(BadToken));
        let stranger = Tokens::new(Keys::in_memory(&SeededEntropy::new(2)));
        let (theirs, _) = stranger.sign_link(realm, what, link, now());
        for bad in [
            "",
            "..",
            &"A".repeat(1 << 20),
            &theirs,
            &text[..text.len() - 2],
        ] {
            assert_eq!(verify(realm, what, bad, now()), Err(BadToken), "{bad:.40}");
        }
    }
}
