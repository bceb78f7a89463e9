//! Secrets that we hand out and recognise again: 256 random bits, kept as a
//! digest.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::Entropy;
use sha2::{Digest, Sha256};

const BYTES: usize = 32;

/// A secret that has just been drawn, and what is stored of it.
pub(crate) struct Secret {
    pub(crate) text: String,
    pub(crate) hash: String,
}

impl Secret {
    pub(crate) fn draw(entropy: &dyn Entropy) -> Self {
        let mut bytes = [0; BYTES];
        entropy.fill(&mut bytes);
        let text = URL_SAFE_NO_PAD.encode(bytes);
        let hash = Self::digest(&text);
        Self { text, hash }
    }

    /// What is stored of a secret.
    pub(crate) fn digest(text: &str) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(text.as_bytes()))
    }

    /// Whether this could be a secret of ours at all.
    pub(crate) fn is_one(text: &str) -> bool {
        // The length first: the rest may be as long as the caller likes.
        text.len() == 43
            && URL_SAFE_NO_PAD
                .decode(text)
                .is_ok_and(|bytes| bytes.len() == BYTES)
    }
}

#[cfg(test)]
mod tests {
    use kernel::SeededEntropy;

    use super::*;

    #[test]
    fn a_secret_is_known_by_its_form() {
        let secret = Secret::draw(&SeededEntropy::new(1));
        assert!(Secret::is_one(&secret.text));
        assert_ne!(secret.text, secret.hash);
        assert_eq!(Secret::digest(&secret.text), secret.hash);
        let long = "A".repeat(100_000);
        let almost = format!("{}=", &secret.text[1..]);
        for bad in ["", "a", &long, &almost, &"ä".repeat(22)] {
            assert!(!Secret::is_one(bad));
        }
    }
}
