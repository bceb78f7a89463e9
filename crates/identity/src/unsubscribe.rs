//! Addresses at which somebody has no more ticket mails, without signing in.
//!
//! Such a token does nothing else, is of no session, and is good for long: it
//! stands in a mail that people keep. It is signed with the keys of the realm,
//! under a type and an audience of its own, and ends with the key.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::{SessionId, WorkspaceId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{BadToken, Realm, Tokens, signed::Form};

/// How long such an address is good.
const LIFE: TimeDelta = TimeDelta::days(90);
/// Bytes of a token at most; ours have some 400.
const BYTES: usize = 1_024;

/// Who wants no more ticket mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsubscribe {
    /// The workspace that writes.
    pub workspace: WorkspaceId,
    /// The user of the realm.
    pub user: Uuid,
}

/// The workspace, as a token says it.
#[derive(Serialize, Deserialize)]
struct Writes {
    wsp: Uuid,
}

fn form(realm: Realm) -> Form {
    Form {
        typ: "unsubscribe+jwt",
        audience: format!("{}/unsubscribe", realm.name()),
        life: LIFE,
        bytes: BYTES,
    }
}

impl Tokens {
    /// The token of a mail that was queued at `at`: the same over all attempts.
    pub fn sign_unsubscribe(&self, realm: Realm, who: Unsubscribe, at: DateTime<Utc>) -> String {
        let session = SessionId(Uuid::nil());
        let more = Writes {
            wsp: who.workspace.0,
        };
        self.sign_as(realm, &form(realm), (who.user, session), more, at)
            .0
    }

    /// Who it is, if this realm signed the token for this and it is in force.
    pub fn verify_unsubscribe(
        &self,
        realm: Realm,
        text: &str,
        now: DateTime<Utc>,
    ) -> Result<Unsubscribe, BadToken> {
        let said = self.verify_as::<Writes>(realm, &form(realm), text, now)?;
        Ok(Unsubscribe {
            workspace: said.more.wsp.into(),
            user: said.sub,
        })
    }
}

#[cfg(test)]
mod tests {
    use kernel::SeededEntropy;

    use super::*;
    use crate::{Keys, Link, LinkUse};

    #[test]
    fn a_token_is_good_for_one_thing_in_one_realm_for_three_months() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).expect("in range");
        let tokens = Tokens::new(Keys::in_memory(&SeededEntropy::new(1)));
        let who = Unsubscribe {
            workspace: Uuid::from_u128(1).into(),
            user: Uuid::from_u128(2),
        };
        let text = tokens.sign_unsubscribe(Realm::Portal, who, now);
        assert_eq!(tokens.sign_unsubscribe(Realm::Portal, who, now), text);
        let last = now + LIFE - TimeDelta::seconds(1);
        let verify = |realm, text: &str, at| tokens.verify_unsubscribe(realm, text, at);
        assert_eq!(verify(Realm::Portal, &text, last), Ok(who));
        assert_eq!(verify(Realm::Portal, &text, now + LIFE), Err(BadToken));
        assert_eq!(verify(Realm::Staff, &text, now), Err(BadToken));
        // Neither is good as the other.
        assert_eq!(tokens.verify(Realm::Portal, &text, now), Err(BadToken));
        let file = LinkUse::File;
        let read = tokens.verify_link(Realm::Portal, file, &text, now);
        assert_eq!(read, Err(BadToken));
        let link = Link {
            session: SessionId(Uuid::nil()),
            user: who.user,
            record: Uuid::nil(),
        };
        let (link, _) = tokens.sign_link(Realm::Portal, file, link, now);
        let (access, _) = tokens.sign(Realm::Portal, who.user, Uuid::nil().into(), now);
        for other in ["", "..", &link, &access, &"A".repeat(1 << 20)] {
            assert_eq!(verify(Realm::Portal, other, now), Err(BadToken));
        }
    }
}
