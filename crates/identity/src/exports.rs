//! Addresses of exports: signed, good for minutes, in the realm that made them.
//!
//! Such an address holds a token of a kind of its own, which is worth nothing as
//! an access token, nor the other way round. It says which session asked, and
//! what for; rights are read when it is used.

use chrono::{DateTime, TimeDelta, Utc};
use kernel::SessionId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{BadToken, Realm, Tokens, signed::Form};

/// How long the address of an export is good for.
pub const EXPORT_LIFE: TimeDelta = TimeDelta::minutes(5);
const TYPE: &str = "export+jwt";
/// Bytes of a token at most; more is not even looked at.
const BYTES: usize = 8_192;

/// What the address of an export says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportClaims {
    /// The user who asked.
    pub sub: Uuid,
    /// Their session.
    pub sid: Uuid,
    /// What for, as whoever signed it wrote it.
    pub what: String,
    /// When it ends, in seconds since 1970.
    pub exp: i64,
}

/// What it is for, as a token says it.
#[derive(Serialize, Deserialize)]
struct For {
    what: String,
}

fn form(realm: Realm) -> Form {
    Form {
        typ: TYPE,
        audience: format!("{}-exports", realm.name()),
        life: EXPORT_LIFE,
        bytes: BYTES,
    }
}

impl Tokens {
    /// The token of an address, and when it ends.
    pub fn sign_export(
        &self,
        realm: Realm,
        who: (Uuid, SessionId),
        what: String,
        now: DateTime<Utc>,
    ) -> (String, DateTime<Utc>) {
        self.sign_as(realm, &form(realm), who, For { what }, now)
    }

    /// What the token says, if this realm signed it and it is in force.
    pub fn verify_export(
        &self,
        realm: Realm,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<ExportClaims, BadToken> {
        let said = self.verify_as::<For>(realm, &form(realm), token, now)?;
        Ok(ExportClaims {
            sub: said.sub,
            sid: said.sid,
            what: said.more.what,
            exp: said.exp,
        })
    }
}

#[cfg(test)]
mod tests {
    use kernel::SeededEntropy;

    use super::*;
    use crate::Keys;

    #[test]
    fn an_address_is_good_for_minutes_and_for_nothing_else() {
        let now = DateTime::from_timestamp(1_800_000_000, 0).expect("in range");
        let tokens = Tokens::new(Keys::in_memory(&SeededEntropy::new(1)));
        let (user, session) = (Uuid::from_u128(1), SessionId(Uuid::from_u128(2)));
        let (token, ends) =
            tokens.sign_export(Realm::Portal, (user, session), "all".to_owned(), now);
        let claims = tokens.verify_export(Realm::Portal, &token, now);
        let claims = claims.expect("good");
        assert_eq!((claims.sub, claims.sid), (user, session.0));
        assert_eq!(claims.what, "all");
        let last = ends - TimeDelta::seconds(1);
        assert!(tokens.verify_export(Realm::Portal, &token, last).is_ok());
        for (realm, at) in [
            (Realm::Portal, ends),
            (Realm::Portal, now - TimeDelta::hours(1)),
            (Realm::Staff, now),
        ] {
            assert_eq!(tokens.verify_export(realm, &token, at), Err(BadToken));
        }
        assert_eq!(tokens.verify(Realm::Portal, &token, now), Err(BadToken));
        let (access, _) = tokens.sign(Realm::Portal, user, session, now);
        let verified = tokens.verify_export(Realm::Portal, &access, now);
        assert_eq!(verified, Err(BadToken));
        let stranger = Tokens::new(Keys::in_memory(&SeededEntropy::new(2)));
        let verified = stranger.verify_export(Realm::Portal, &token, now);
        assert_eq!(verified, Err(BadToken));
        let cut = &token[..token.len() - 2];
        for text in ["", ".", "..", cut, &"A".repeat(1 << 20)] {
            let verified = tokens.verify_export(Realm::Portal, text, now);
            assert_eq!(verified, Err(BadToken), "{text:.20}");
        }
    }
}
