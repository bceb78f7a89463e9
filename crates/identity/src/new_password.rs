//! What a password must be like before it is taken (NIST SP 800-63B, ASVS 6.2):
//! long enough, not known to everybody, not made of one's own name. No rules
//! about kinds of characters.

use kernel::Entropy;

use crate::{Passwords, TooBusy};

/// The shortest password, in characters.
const MIN: usize = 8;
/// The longest password, in characters.
const MAX: usize = 256;
/// How much of a password its strength is judged by; the rest can only add.
const JUDGED: usize = 72;

/// Why a password was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Fewer than 8 characters.
    #[error("the password needs at least {MIN} characters")]
    TooShort,
    /// More than 256 characters.
    #[error("the password must not be longer than {MAX} characters")]
    TooLong,
    /// Common, or made of what everybody knows of the person.
    #[error("this password is too easy to guess")]
    Guessable,
    /// More passwords are being hashed than the machine takes.
    #[error("too many sign-ins at the moment")]
    TooBusy,
}

impl From<TooBusy> for WeakPassword {
    fn from(_: TooBusy) -> Self {
        Self::TooBusy
    }
}

/// Checks a new password; `known` is what everybody knows of the person.
fn check(password: &str, known: &[&str]) -> Result<(), WeakPassword> {
    let length = password.chars().count();
    if length < MIN {
        return Err(WeakPassword::TooShort);
    }
    if length > MAX {
        return Err(WeakPassword::TooLong);
    }
    let judged: String = password.chars().take(JUDGED).collect();
    let words: Vec<String> = known.iter().flat_map(|text| words(text)).collect();
    let known: Vec<&str> = words.iter().map(String::as_str).collect();
    match zxcvbn::zxcvbn(&judged, &known).score() {
        zxcvbn::Score::Zero | zxcvbn::Score::One => Err(WeakPassword::Guessable),
        _ => Ok(()),
    }
}

/// What can be made of a name or an address: itself, its words, and its words
/// run together.
fn words(text: &str) -> Vec<String> {
    let each = text.split(|c: char| !c.is_alphanumeric());
    let each: Vec<&str> = each.filter(|word| !word.is_empty()).collect();
    let mut words = vec![text.to_owned(), each.concat()];
    words.extend(each.into_iter().map(str::to_owned));
    words
}

/// Checks and hashes a new password, both on the threads of the pool.
pub(crate) async fn take(
    passwords: &Passwords,
    entropy: &dyn Entropy,
    password: String,
    known: &[&str],
) -> Result<String, WeakPassword> {
    let mut salt = [0; 16];
    entropy.fill(&mut salt);
    let length = password.chars().count();
    if length > MAX {
        return Err(WeakPassword::TooLong);
    }
    let known: Vec<String> = known.iter().map(|&word| word.to_owned()).collect();
    let pool = passwords.clone();
    passwords
        .run(move || {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            check(&password, &known)?;
            Ok(pool.hash_salted(&password, &salt))
        })
        .await?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_long_and_common_passwords_are_refused() {
        let known = ["mia@alder.example", "Mia Meyer"];
        for (password, refusal) in [
            ("", WeakPassword::TooShort),
            ("x", WeakPassword::TooShort),
            ("1234567", WeakPassword::TooShort),
            (&*"x".repeat(10_000), WeakPassword::TooLong),
            ("password", WeakPassword::Guessable),
            ("password1", WeakPassword::Guessable),
            ("iloveyou1", WeakPassword::Guessable),
            ("qwertyuiop", WeakPassword::Guessable),
            ("12345678910", WeakPassword::Guessable),
            ("aaaaaaaaaaaa", WeakPassword::Guessable),
            ("mia@alder.example", WeakPassword::Guessable),
            ("mia meyer", WeakPassword::Guessable),
            ("MiaMeyer", WeakPassword::Guessable),
            ("meyeralder", WeakPassword::Guessable),
        ] {
            assert_eq!(check(password, &known), Err(refusal), "{password}");
        }
        for password in [
            "a-password-for-tests",
            "correct horse battery staple",
            "Grüße aus dem Süden",
        ] {
            assert_eq!(check(password, &known), Ok(()), "{password}");
        }
    }
}
