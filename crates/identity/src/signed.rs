//! What is signed: tokens of several kinds, and one way to make and to read them.
//!
//! Each kind has a type and an audience of its own in each realm, so that no token
//! is good as one of another kind. All say which session asks, and nothing about
//! rights.

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, Header, Validation};
use kernel::SessionId;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{BadToken, Realm, Tokens};

/// How far a token may seem to come from the future: clocks differ.
const SKEW: TimeDelta = TimeDelta::seconds(60);
pub(crate) const ISSUER: &str = "vitrine";

/// What tells a kind of token from the others.
pub(crate) struct Form {
    /// Its type, in the header.
    pub(crate) typ: &'static str,
    /// Whom it is for.
    pub(crate) audience: String,
    /// How long it is good for.
    pub(crate) life: TimeDelta,
    /// Its bytes at most; more is not even looked at.
    pub(crate) bytes: usize,
}

/// What a token says: the same for all kinds, and `more` of its own.
#[derive(Serialize, Deserialize)]
pub(crate) struct Said<T> {
    iss: String,
    aud: String,
    pub(crate) sub: Uuid,
    pub(crate) sid: Uuid,
    iat: i64,
    /// Ours have none; one that lies in the future would not be ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nbf: Option<i64>,
    pub(crate) exp: i64,
    #[serde(flatten)]
    pub(crate) more: T,
}

/// For kinds that say no more.
#[derive(Serialize, Deserialize)]
pub(crate) struct NoMore {}

impl Tokens {
    /// A token for a session, and when it ends.
    pub(crate) fn sign_as<T: Serialize>(
        &self,
        realm: Realm,
        form: &Form,
        (user, session): (Uuid, SessionId),
        more: T,
        now: DateTime<Utc>,
    ) -> (String, DateTime<Utc>) {
        let expires_at = now + form.life;
        let said = Said {
            iss: ISSUER.to_owned(),
            aud: form.audience.clone(),
            sub: user,
            sid: session.0,
            iat: now.timestamp(),
            nbf: None,
            exp: expires_at.timestamp(),
            more,
        };
        let keys = self.keys();
        let key = keys.of(realm).signer(now);
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(form.typ.to_owned());
        header.kid = Some(key.kid.clone());
        let token = jsonwebtoken::encode(&header, &said, &key.encoding)
            .expect("claims of text and numbers can be signed");
        let expires_at = DateTime::from_timestamp(said.exp, 0).unwrap_or(expires_at);
        (token, expires_at)
    }

    /// What the token says, if this realm signed it in this form and it is in force.
    pub(crate) fn verify_as<T: DeserializeOwned>(
        &self,
        realm: Realm,
        form: &Form,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<Said<T>, BadToken> {
        if token.len() > form.bytes {
            return Err(BadToken);
        }
        let header = jsonwebtoken::decode_header(token).map_err(|_| BadToken)?;
        let kid = header.kid.as_deref().ok_or(BadToken)?;
        if header.alg != Algorithm::EdDSA || header.typ.as_deref() != Some(form.typ) {
            return Err(BadToken);
        }
        let keys = self.keys();
        let key = keys.of(realm).find(kid).ok_or(BadToken)?;
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_audience(&[&form.audience]);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "aud", "iss", "sub"]);
        // The library would read the machine's clock; ours comes from outside.
        validation.validate_exp = false;
        let said = jsonwebtoken::decode::<Said<T>>(token, &key.decoding, &validation)
            .map_err(|_| BadToken)?
            .claims;
        let life = said.exp.checked_sub(said.iat);
        let lives = life.is_some_and(|life| life <= form.life.num_seconds());
        let latest = (now + SKEW).timestamp();
        let from_now = said.iat <= latest && said.nbf.is_none_or(|nbf| nbf <= latest);
        if now.timestamp() < said.exp && lives && from_now {
            Ok(said)
        } else {
            Err(BadToken)
        }
    }
}
