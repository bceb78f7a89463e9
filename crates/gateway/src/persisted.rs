//! Documents by their digest: parsed once, and known again when a client sends
//! the digest alone (automatic persisted queries).

use std::{panic::catch_unwind, sync::Arc};

use async_graphql::parser::{parse_query, types::ExecutableDocument};
use moka::sync::Cache;
use sha2::{Digest as _, Sha256};

use crate::{
    document::{measure, scan, spelled},
    limits::{self, Limits},
    refusal::Refusal,
    shape::mark,
};

type Digest = [u8; 32];

/// A document that passed the gates.
pub(crate) struct Known {
    pub(crate) document: ExecutableDocument,
    bytes: usize,
}

/// The documents known to one face of the gateway, bounded in bytes.
pub(crate) struct Documents {
    limits: &'static Limits,
    cache: Cache<Digest, Arc<Known>>,
}

impl Documents {
    pub(crate) fn new(limits: &'static Limits) -> Self {
        let cache = Cache::builder()
            // A parsed document takes some eighty times the room of its text.
            .weigher(|_, known: &Arc<Known>| u32::try_from(known.bytes * 80).unwrap_or(u32::MAX))
            .max_capacity(limits::PERSISTED_BYTES as u64)
            .build();
        Self { limits, cache }
    }

    /// The document of this text, through all gates.
    pub(crate) fn parse(&self, text: &str) -> Result<Arc<Known>, Refusal> {
        // Before the digest: a text that is too long is not worth one.
        if text.len() > self.limits.document_bytes {
            scan(text, self.limits).map_err(Refusal::Limit)?;
        }
        let digest: Digest = Sha256::digest(text.as_bytes()).into();
        if let Some(known) = self.cache.get(&digest) {
            return Ok(known);
        }
        let spelled = spelled(text);
        scan(&spelled, self.limits).map_err(Refusal::Limit)?;
        let mut document = parse(&spelled)?;
        let measured = measure(&document, self.limits).map_err(Refusal::Limit)?;
        let tries = limits::CREDENTIAL_FIELDS.map(|field| measured.most_at_root(field));
        if tries.iter().sum::<usize>() > limits::SIGN_IN_FIELDS {
            return Err(Refusal::Unfit("A request may hold one sign-in."));
        }
        mark(&mut document);
        let known = Arc::new(Known {
            document,
            bytes: text.len(),
        });
        self.cache.insert(digest, known.clone());
        Ok(known)
    }

    /// The document of this digest, by which a client promises to know its
    /// text; with the text along, the promise is checked.
    pub(crate) fn persisted(
        &self,
        sha256: &str,
        text: Option<&str>,
    ) -> Result<Arc<Known>, Refusal> {
        let digest = parse_digest(sha256).ok_or(Refusal::BadRequest(
            "`sha256Hash` is not a SHA-256 digest.".into(),
        ))?;
        match text {
            None => self
                .cache
                .get(&digest)
                .ok_or(Refusal::PersistedQueryNotFound),
            Some(text)
                if text.len() <= self.limits.document_bytes
                    && Digest::from(Sha256::digest(text)) != digest =>
            {
                Err(Refusal::BadRequest(
                    "`sha256Hash` is not the digest of `query`.".into(),
                ))
            }
            Some(text) => self.parse(text),
        }
    }
}

/// What the parser makes of a text. It must not be able to end a socket, nor
/// say anything, by a panic.
fn parse(text: &str) -> Result<ExecutableDocument, Refusal> {
    match catch_unwind(|| parse_query(text)) {
        Ok(parsed) => parsed.map_err(|error| Refusal::Syntax(syntax(&error))),
        Err(_panic) => {
            tracing::error!("the parser panicked");
            Err(Refusal::Internal)
        }
    }
}

/// The parser's message without its drawing of the text.
fn syntax(error: &async_graphql::parser::Error) -> String {
    let places = error
        .positions()
        .map(|pos| format!("line {}, column {}", pos.line, pos.column))
        .next();
    match places {
        Some(place) => format!("The document cannot be parsed at {place}."),
        None => "The document cannot be parsed.".to_owned(),
    }
}

fn parse_digest(hex: &str) -> Option<Digest> {
    let bytes = hex.as_bytes();
    if bytes.len() != 64 || !bytes.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let mut digest = Digest::default();
    for (byte, pair) in digest.iter_mut().zip(bytes.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "{ __typename }";

    fn hex(text: &str) -> String {
        Sha256::digest(text)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    #[test]
    fn a_digest_is_known_after_its_text_was_sent() {
        let documents = Documents::new(&Limits::PORTAL);
        let digest = hex(TEXT);
        assert_eq!(
            documents.persisted(&digest, None).err(),
            Some(Refusal::PersistedQueryNotFound)
        );
        assert!(documents.persisted(&digest, Some(TEXT)).is_ok());
        assert!(documents.persisted(&digest, None).is_ok());
    }

    #[test]
    fn a_digest_of_another_text_is_refused() {
        let documents = Documents::new(&Limits::PORTAL);
        assert!(documents.persisted(&hex("{ other }"), Some(TEXT)).is_err());
        for bad in ["", "zz", &"g".repeat(64), &"+f".repeat(32), &"é".repeat(32)] {
            assert!(
                matches!(documents.persisted(bad, None), Err(Refusal::BadRequest(_))),
                "{bad}"
            );
        }
    }

    #[test]
    fn one_sign_in_a_request() {
        let documents = Documents::new(&Limits::PORTAL);
        let field = |alias: &str| format!("{alias}: signIn(input: {{}}) {{ errors {{ code }} }}");
        assert!(
            documents
                .parse(&format!("mutation {{ {} }}", field("a")))
                .is_ok()
        );
        let two = format!("mutation {{ {} {} }}", field("a"), field("b"));
        assert!(matches!(documents.parse(&two), Err(Refusal::Unfit(_))));
    }
}
