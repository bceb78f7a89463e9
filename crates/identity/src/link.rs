//! Addresses that are a right for minutes: to upload one file, or to read it.
//!
//! A link names a record and the session that it was given to, and nothing of
//! what that session may do: whoever honours it asks the database, so that a
//! right that is withdrawn takes its links along. Links are signed with the keys
//! of the realm, under types and audiences of their own, and are no access tokens.

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, Header, Validation};
use kernel::SessionId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{BadToken, Realm, Tokens};

const ISSUER: &str = "vitrine";
/// Bytes of a link at most; ours have some 400.
const BYTES: usize = 1_024;
/// How far a link may seem to come from the future: clocks differ.
const SKEW: TimeDelta = TimeDelta::seconds(60);

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

    fn typ(self) -> &'static str {
        match self {
            Self::Upload => "upload+jwt",
            Self::File => "file+jwt",
        }
    }

    fn audience(self, realm: Realm) -> String {
        let name = match self {
            Self::Upload => "upload",
            Self::File => "file",
        };
        format!("{}/{name}", realm.name())
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

#[derive(Serialize, Deserialize)]
struct LinkClaims {
    iss: String,
    aud: String,
    sub: Uuid,
    sid: Uuid,
    rec: Uuid,
    iat: i64,
    exp: i64,
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
        let claims = LinkClaims {
            iss: ISSUER.to_owned(),
            aud: what.audience(realm),
            sub: link.user,
            sid: link.session.0,
            rec: link.record,
            iat: now.timestamp(),
            exp: (now + what.life()).timestamp(),
        };
        let keys = self.keys();
        let key = keys.of(realm).signer(now);
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(what.typ().to_owned());
        header.kid = Some(key.kid.clone());
        let text = jsonwebtoken::encode(&header, &claims, &key.encoding)
            .expect("claims of text and numbers can be signed");
        (text, DateTime::from_timestamp(claims.exp, 0).unwrap_or(now))
    }

    /// What a link says, if this realm signed it for this use and it is in force.
    pub fn verify_link(
        &self,
        realm: Realm,
        what: LinkUse,
        text: &str,
        now: DateTime<Utc>,
    ) -> Result<Link, BadToken> {
        if text.len() > BYTES {
            return Err(BadToken);
        }
        let header = jsonwebtoken::decode_header(text).map_err(|_| BadToken)?;
        let kid = header.kid.as_deref().ok_or(BadToken)?;
        if header.alg != Algorithm::EdDSA || header.typ.as_deref() != Some(what.typ()) {
            return Err(BadToken);
        }
        let keys = self.keys();
        let key = keys.of(realm).find(kid).ok_or(BadToken)?;
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_audience(&[what.audience(realm)]);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
        // The library would read the machine's clock; ours comes from outside.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<LinkClaims>(text, &key.decoding, &validation)
            .map_err(|_| BadToken)?
            .claims;
        let life = claims.exp.checked_sub(claims.iat).ok_or(BadToken)?;
        let from_now = claims.iat <= (now + SKEW).timestamp();
        if now.timestamp() < claims.exp && life <= what.life().num_seconds() && from_now {
            Ok(Link {
                session: SessionId(claims.sid),
                user: claims.sub,
                record: claims.rec,
            })
        } else {
            Err(BadToken)
        }
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
