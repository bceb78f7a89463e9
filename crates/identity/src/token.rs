//! Access tokens: short-lived JWTs, one algorithm, bound to a realm.
//!
//! A token says which session asks and nothing about rights, so there is
//! nothing in it worth forging for those who cannot sign, and nothing that can
//! be out of date.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use kernel::SessionId;
use uuid::Uuid;

use crate::{
    Keys, Realm,
    signed::{Form, NoMore},
};

/// How long an access token is good for.
pub const ACCESS_TOKEN_LIFE: TimeDelta = TimeDelta::minutes(10);
const TYPE: &str = "at+jwt";
/// Bytes of a token at most; ours have some 350. More is not even looked at.
const BYTES: usize = 2_048;

/// What an access token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    /// The user, of the realm that the token is of.
    pub sub: Uuid,
    /// The session.
    pub sid: Uuid,
    /// When it ends, in seconds since 1970.
    pub exp: i64,
}

fn form(realm: Realm) -> Form {
    Form {
        typ: TYPE,
        audience: realm.name().to_owned(),
        life: ACCESS_TOKEN_LIFE,
        bytes: BYTES,
    }
}

/// The token is worthless: forged, expired, of another realm, or no token at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadToken;

/// Signs and verifies access tokens. Cheap to clone.
#[derive(Clone)]
pub struct Tokens {
    keys: Arc<RwLock<Arc<Keys>>>,
}

impl Tokens {
    /// Tokens signed with `keys`.
    pub fn new(keys: Keys) -> Self {
        Self {
            keys: Arc::new(RwLock::new(Arc::new(keys))),
        }
    }

    /// The keys of this moment.
    pub fn keys(&self) -> Arc<Keys> {
        let keys = self.keys.read();
        keys.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Goes on with these keys; answers whether they are others than before.
    pub fn replace(&self, keys: Keys) -> bool {
        let mut held = self.keys.write().unwrap_or_else(PoisonError::into_inner);
        let others = !held.same_as(&keys);
        *held = Arc::new(keys);
        others
    }

    /// A token for a session, and when it ends.
    pub fn sign(
        &self,
        realm: Realm,
        user: Uuid,
        session: SessionId,
        now: DateTime<Utc>,
    ) -> (String, DateTime<Utc>) {
        self.sign_as(realm, &form(realm), (user, session), NoMore {}, now)
    }

    /// What the token says, if this realm signed it and it is in force.
    pub fn verify(
        &self,
        realm: Realm,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<Claims, BadToken> {
        let said = self.verify_as::<NoMore>(realm, &form(realm), token, now)?;
        Ok(Claims {
            sub: said.sub,
            sid: said.sid,
            exp: said.exp,
        })
    }
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    use jsonwebtoken::{Algorithm, EncodingKey, Header};
    use kernel::SeededEntropy;

    use super::*;
    use crate::signed::ISSUER;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).expect("in range")
    }

    fn tokens() -> Tokens {
        Tokens::new(Keys::in_memory(&SeededEntropy::new(1)))
    }

    fn signed(tokens: &Tokens, realm: Realm) -> String {
        tokens
            .sign(
                realm,
                Uuid::from_u128(1),
                SessionId(Uuid::from_u128(2)),
                now(),
            )
            .0
    }

    #[test]
    fn a_token_is_good_in_its_realm_until_it_expires() {
        let tokens = tokens();
        let token = signed(&tokens, Realm::Portal);
        let claims = tokens.verify(Realm::Portal, &token, now()).expect("good");
        assert_eq!(
            (claims.sub, claims.sid),
            (Uuid::from_u128(1), Uuid::from_u128(2))
        );
        assert_eq!(tokens.verify(Realm::Staff, &token, now()), Err(BadToken));
        assert!(
            tokens
                .verify(Realm::Portal, &token, now() + TimeDelta::seconds(599))
                .is_ok()
        );
        assert_eq!(
            tokens.verify(Realm::Portal, &token, now() + TimeDelta::seconds(600)),
            Err(BadToken)
        );
        assert_eq!(
            tokens.verify(Realm::Portal, &token, now() - TimeDelta::hours(1)),
            Err(BadToken)
        );
    }

    /// Signs any claims under any header with the portal's key.
    fn forge(tokens: &Tokens, header: &Header, claims: &serde_json::Value) -> String {
        jsonwebtoken::encode(header, claims, &tokens.keys().portal.signer(now()).encoding)
            .expect("signed")
    }

    #[test]
    fn tokens_with_one_thing_wrong_are_worthless() {
        let tokens = tokens();
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.to_owned());
        header.kid = Some(tokens.keys().portal.signer(now()).kid.clone());
        let good = serde_json::json!({
            "iss": ISSUER, "aud": "portal", "sub": Uuid::from_u128(1), "sid": Uuid::from_u128(2),
            "iat": now().timestamp(), "exp": now().timestamp() + 60,
        });
        let verify = |token: &str| tokens.verify(Realm::Portal, token, now());
        assert!(verify(&forge(&tokens, &header, &good)).is_ok());

        for (claim, value) in [
            ("aud", serde_json::json!("staff")),
            ("aud", serde_json::json!(null)),
            ("iss", serde_json::json!("somebody")),
            ("exp", serde_json::json!(now().timestamp() - 1)),
            ("exp", serde_json::json!(i64::MAX)),
            ("exp", serde_json::json!("never")),
            ("exp", serde_json::json!(null)),
            ("iat", serde_json::json!(now().timestamp() + 3_600)),
            ("iat", serde_json::json!(i64::MIN)),
            ("iat", serde_json::json!(null)),
            ("nbf", serde_json::json!(now().timestamp() + 3_600)),
            ("nbf", serde_json::json!("later")),
            ("sub", serde_json::json!("root")),
        ] {
            let mut claims = good.clone();
            claims[claim] = value.clone();
            assert_eq!(
                verify(&forge(&tokens, &header, &claims)),
                Err(BadToken),
                "{claim} = {value}"
            );
        }
        let mut other = header.clone();
        other.kid = Some("unknown".to_owned());
        assert_eq!(verify(&forge(&tokens, &other, &good)), Err(BadToken));
        other.kid = None;
        assert_eq!(verify(&forge(&tokens, &other, &good)), Err(BadToken));
        other.clone_from(&header);
        other.typ = Some("JWT".to_owned());
        assert_eq!(verify(&forge(&tokens, &other, &good)), Err(BadToken));
        other.clone_from(&header);
        other.alg = Algorithm::HS256;
        // The public half is no secret: a token "signed" with it is anybody's.
        let jwks = tokens.keys().portal.jwks();
        let public = jwks["keys"][0]["x"].as_str().expect("a public half");
        let raw = URL_SAFE_NO_PAD.decode(public).expect("base64");
        for secret in [raw.as_slice(), public.as_bytes()] {
            let secret = EncodingKey::from_secret(secret);
            let token = jsonwebtoken::encode(&other, &good, &secret).expect("signed");
            assert_eq!(verify(&token), Err(BadToken));
        }
        // Another's key, of this realm or the other, under the id of ours.
        let stranger = Keys::in_memory(&SeededEntropy::new(2));
        for key in [&stranger.portal, &tokens.keys().staff] {
            let key = &key.signer(now()).encoding;
            let token = jsonwebtoken::encode(&header, &good, key).expect("signed");
            assert_eq!(verify(&token), Err(BadToken));
        }
        for long in [
            "A".repeat(1 << 20),
            format!("{}.e30.x", "e".repeat(1 << 20)),
        ] {
            assert_eq!(verify(&long), Err(BadToken));
        }
        let none = "eyJhbGciOiJub25lIn0.e30.";
        for text in ["", ".", "..", "a.b.c", none] {
            assert_eq!(verify(text), Err(BadToken), "{text}");
        }
    }
}
