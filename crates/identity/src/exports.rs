//! Addresses of exports: signed, good for minutes, in the realm that made them.
//!
//! Such an address holds a token of a kind of its own, which is worth nothing as
//! an access token, nor the other way round. It says which session asked, and
//! what for; rights are read when it is used.

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, Header, Validation};
use kernel::SessionId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{BadToken, Realm, Tokens};

/// How long the address of an export is good for.
pub const EXPORT_LIFE: TimeDelta = TimeDelta::minutes(5);
/// How far a token may seem to come from the future: clocks differ.
const SKEW: TimeDelta = TimeDelta::seconds(60);
const ISSUER: &str = "vitrine";
const TYPE: &str = "export+jwt";
/// Bytes of a token at most; more is not even looked at.
const BYTES: usize = 8_192;

/// What the address of an export says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportClaims {
    iss: String,
    aud: String,
    /// The user who asked.
    pub sub: Uuid,
    /// Their session.
    pub sid: Uuid,
    /// What for, as whoever signed it wrote it.
    pub what: String,
    iat: i64,
    /// When it ends, in seconds since 1970.
    pub exp: i64,
}

fn audience(realm: Realm) -> String {
    format!("{}-exports", realm.name())
}

impl Tokens {
    /// The token of an address, and when it ends.
    pub fn sign_export(
        &self,
        realm: Realm,
        (user, session): (Uuid, SessionId),
        what: String,
        now: DateTime<Utc>,
    ) -> (String, DateTime<Utc>) {
        let exp = (now + EXPORT_LIFE).timestamp();
        let claims = ExportClaims {
            iss: ISSUER.to_owned(),
            aud: audience(realm),
            sub: user,
            sid: session.0,
            what,
            iat: now.timestamp(),
            exp,
        };
        let keys = self.keys();
        let key = keys.of(realm).signer(now);
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.to_owned());
        header.kid = Some(key.kid.clone());
        let token = jsonwebtoken::encode(&header, &claims, &key.encoding)
            .expect("claims of text and numbers can be signed");
        (token, DateTime::from_timestamp(exp, 0).unwrap_or(now))
    }

    /// What the token says, if this realm signed it and it is in force.
    pub fn verify_export(
        &self,
        realm: Realm,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<ExportClaims, BadToken> {
        if token.len() > BYTES {
            return Err(BadToken);
        }
        let header = jsonwebtoken::decode_header(token).map_err(|_| BadToken)?;
        let kid = header.kid.as_deref().ok_or(BadToken)?;
        if header.alg != Algorithm::EdDSA || header.typ.as_deref() != Some(TYPE) {
            return Err(BadToken);
        }
        let keys = self.keys();
        let key = keys.of(realm).find(kid).ok_or(BadToken)?;
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_audience(&[audience(realm)]);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
        // The library would read the machine's clock; ours comes from outside.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<ExportClaims>(token, &key.decoding, &validation)
            .map_err(|_| BadToken)?
            .claims;
        let life = claims.exp.checked_sub(claims.iat);
        let lives = life.is_some_and(|life| life <= EXPORT_LIFE.num_seconds());
        let from_now = claims.iat <= (now + SKEW).timestamp();
        if now.timestamp() < claims.exp && lives && from_now {
            Ok(claims)
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
