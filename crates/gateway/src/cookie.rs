//! The cookie of a browser's session: its name, how it is read and set.
//!
//! `__Host-` has the browser refuse it unless it came over a secure connection
//! from this very host, so that no neighbour can plant one. Each realm has a
//! name of its own: a cookie of one is worthless in the other.

use std::sync::{Mutex, PoisonError};

use ::identity::{Realm, SESSION_LIFE, is_cookie};
use http::{HeaderMap, HeaderValue, header::COOKIE};

/// What a response tells the browser to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// Hold this secret for as long as a session may last.
    Hold(String),
    /// Forget whatever is held.
    Forget,
}

impl Change {
    /// The value of `Set-Cookie`; none if the secret were no header's text.
    pub(crate) fn header(&self, realm: Realm) -> Option<HeaderValue> {
        let name = name(realm);
        let (secret, seconds) = match self {
            Self::Hold(secret) => (secret.as_str(), SESSION_LIFE.num_seconds()),
            Self::Forget => ("", 0),
        };
        let text = format!(
            "{name}={secret}; Path=/; Max-Age={seconds}; HttpOnly; Secure; SameSite=Strict"
        );
        HeaderValue::try_from(text).ok()
    }
}

/// What resolvers leave for the response of their request. The last word counts.
#[derive(Default)]
pub(crate) struct Slot(Mutex<Option<Change>>);

impl Slot {
    pub(crate) fn set(&self, change: Change) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(change);
    }

    pub(crate) fn take(&self) -> Option<Change> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// The name of the realm's cookie.
fn name(realm: Realm) -> &'static str {
    match realm {
        Realm::Portal => "__Host-vitrine-portal",
        Realm::Staff => "__Host-vitrine-staff",
    }
}

/// The secret in the realm's cookie. What is there twice, or could not be one
/// of ours, is none: somebody else wrote it.
pub(crate) fn read(realm: Realm, headers: &HeaderMap) -> Option<String> {
    let name = name(realm);
    let lines = headers.get_all(COOKIE).iter();
    let pairs = lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    let mut ours = pairs.filter(|(key, _)| *key == name);
    match (ours.next(), ours.next()) {
        (Some((_, secret)), None) if is_cookie(secret) => Some(secret.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    fn found(lines: &[&str]) -> bool {
        let mut headers = HeaderMap::new();
        for line in lines {
            let line = line.replace("OURS", "__Host-vitrine-portal");
            headers.append(
                COOKIE,
                line.replace("SECRET", SECRET).parse().expect("a header"),
            );
        }
        read(Realm::Portal, &headers).is_some_and(|secret| secret == SECRET)
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        for lines in [
            vec!["OURS=SECRET"],
            vec!["a=b; OURS=SECRET;c"],
            vec!["a=b", " OURS=SECRET "],
        ] {
            assert!(found(&lines), "{lines:?}");
        }
    }

    #[test]
    fn what_is_doubtful_is_no_cookie() {
        for lines in [
            vec![],
            vec!["OURS="],
            vec!["OURS=short"],
            vec!["OURS=SECRETSECRET"],
            vec!["OURS=\"SECRET\""],
            vec!["ours=SECRET"],
            vec!["__host-vitrine-portal=SECRET"],
            vec!["__Host-vitrine-staff=SECRET"],
            vec!["OURS=SECRET; OURS=SECRET"],
            vec!["OURS=SECRET; OURS=x"],
            vec!["OURS=SECRET", "OURS=SECRET"],
            vec!["OURS=!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],
        ] {
            assert!(!found(&lines), "{lines:?}");
        }
        let long = format!("OURS={}", "A".repeat(100_000));
        assert!(!found(&[&long]));
    }

    #[test]
    fn a_cookie_is_for_this_host_alone_and_no_script() {
        let text = |change: Change| {
            let header = change.header(Realm::Staff).expect("a header");
            header.to_str().expect("text").to_owned()
        };
        assert_eq!(
            text(Change::Hold(SECRET.to_owned())),
            format!(
                "__Host-vitrine-staff={SECRET}; Path=/; Max-Age=2592000; HttpOnly; Secure; SameSite=Strict"
            )
        );
        assert_eq!(
            text(Change::Forget),
            "__Host-vitrine-staff=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Strict"
        );
    }
}
