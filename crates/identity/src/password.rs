//! Passwords: argon2id in a bounded pool.
//!
//! Hashing is slow on purpose. It runs on blocking threads, few at a time and
//! with a bounded queue, so that a flood of sign-ins costs a fixed share of the
//! machine and other requests go on.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use kernel::Entropy;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

/// Passwords longer than this are wrong without being hashed, in bytes.
const MAX_LENGTH: usize = 1_024;
/// Verifications that may wait for a thread; one more is refused.
const MAX_WAITING: usize = 256;
/// Tries whose account and counts are looked up at once: of a flood, no more
/// than these stand between the others and the database.
const AT_ONCE: usize = 2;
/// How long a verification waits for a thread: it gives up well before the
/// request does, whose answer would say less.
const PATIENCE: Duration = Duration::from_secs(5);

/// More sign-ins are under way than the machine takes; try again later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooBusy;

/// Hashes and verifies passwords. One per process; cheap to clone.
#[derive(Clone)]
pub struct Passwords {
    inner: Arc<Inner>,
}

struct Inner {
    argon2: Argon2<'static>,
    turns: Semaphore,
    threads: Semaphore,
    waiting: AtomicUsize,
    /// What an unknown user's password is verified against, so that it takes
    /// as long as a known one's.
    nobody: String,
}

impl Passwords {
    /// With the parameters that OWASP recommends: 19 MiB, two passes, one lane.
    pub fn new(entropy: &dyn Entropy) -> Self {
        Self::with_params(
            Params::new(19 * 1024, 2, 1, None).unwrap_or_default(),
            entropy,
        )
    }

    /// With the cheapest parameters there are; for tests and demo data only,
    /// where thousands of users share one well-known password.
    pub fn cheap(entropy: &dyn Entropy) -> Self {
        Self::with_params(
            Params::new(Params::MIN_M_COST, 1, 1, None).unwrap_or_default(),
            entropy,
        )
    }

    fn with_params(params: Params, entropy: &dyn Entropy) -> Self {
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut nobody = [0; 16];
        entropy.fill(&mut nobody);
        let nobody = hash_with(&argon2, &nobody, entropy);
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let threads = Semaphore::new((cores / 2).max(1));
        Self {
            inner: Arc::new(Inner {
                argon2,
                turns: Semaphore::new(AT_ONCE),
                threads,
                waiting: AtomicUsize::new(0),
                nobody,
            }),
        }
    }

    /// A PHC string for `password`. Blocks; not for the async threads.
    pub fn hash(&self, password: &str, entropy: &dyn Entropy) -> String {
        hash_with(&self.inner.argon2, password.as_bytes(), entropy)
    }

    /// The same with a salt drawn before, for work inside the pool.
    pub(crate) fn hash_salted(&self, password: &str, salt: &[u8; 16]) -> String {
        hash_salted(&self.inner.argon2, password.as_bytes(), salt)
    }

    /// Whether `password` is the one that `hash` was made from. Without a hash
    /// the answer is no, after the same time.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, TooBusy> {
        let known = hash.is_some() && password.len() <= MAX_LENGTH;
        let pool = self.inner.clone();
        let verified = self.run(move || {
            let hash = hash.as_deref().unwrap_or(&pool.nobody);
            let password = password.as_bytes();
            let password = password.get(..MAX_LENGTH).unwrap_or(password);
            PasswordHash::new(hash)
                .is_ok_and(|hash| pool.argon2.verify_password(password, &hash).is_ok())
        });
        Ok(verified.await? && known)
    }

    /// Waits for the turn of one more try, which lasts until it is dropped. It
    /// must be, before the password is verified: that has a queue of its own.
    pub(crate) async fn turn(&self) -> Result<SemaphorePermit<'_>, TooBusy> {
        let turn = timeout(PATIENCE, self.inner.turns.acquire()).await;
        turn.map_err(|_| TooBusy)?.map_err(|_| TooBusy)
    }

    /// Does slow work on one of the few threads, when its turn has come.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, TooBusy> {
        let inner = self.inner.clone();
        let _place = Place::take(&inner.waiting)?;
        let permit = timeout(PATIENCE, inner.threads.acquire())
            .await
            .map_err(|_| TooBusy)?;
        let _permit = permit.map_err(|_| TooBusy)?;
        tokio::task::spawn_blocking(work).await.map_err(|_| TooBusy)
    }
}

/// A place in the queue, given back when dropped.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize) -> Result<Self, TooBusy> {
        let place = Self(waiting);
        if waiting.fetch_add(1, Ordering::Relaxed) < MAX_WAITING {
            Ok(place)
        } else {
            Err(TooBusy)
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn hash_with(argon2: &Argon2<'_>, password: &[u8], entropy: &dyn Entropy) -> String {
    let mut salt = [0; 16];
    entropy.fill(&mut salt);
    hash_salted(argon2, password, &salt)
}

fn hash_salted(argon2: &Argon2<'_>, password: &[u8], salt: &[u8; 16]) -> String {
    argon2
        .hash_password_with_salt(password, salt)
        .expect("a salt of 16 bytes is valid")
        .to_string()
}

#[cfg(test)]
mod tests {
    use kernel::SeededEntropy;

    use super::*;

    fn passwords() -> Passwords {
        Passwords::cheap(&SeededEntropy::new(1))
    }

    #[tokio::test]
    async fn the_right_password_and_no_other_is_accepted() {
        let passwords = passwords();
        let hash = Some(passwords.hash("glass", &SeededEntropy::new(2)));
        assert_eq!(
            passwords.verify("glass".into(), hash.clone()).await,
            Ok(true)
        );
        assert_eq!(
            passwords.verify("Glass".into(), hash.clone()).await,
            Ok(false)
        );
        assert_eq!(passwords.verify(String::new(), hash).await, Ok(false));
        assert_eq!(passwords.verify("glass".into(), None).await, Ok(false));
    }

    #[tokio::test]
    async fn a_password_is_never_cut_to_fit() {
        let passwords = passwords();
        let long = "x".repeat(MAX_LENGTH);
        let hash = Some(passwords.hash(&long, &SeededEntropy::new(2)));
        assert_eq!(passwords.verify(long.clone(), hash.clone()).await, Ok(true));
        assert_eq!(passwords.verify(long + "x", hash).await, Ok(false));
    }

    #[tokio::test]
    async fn a_full_queue_refuses_at_once() {
        let passwords = passwords();
        passwords
            .inner
            .waiting
            .store(MAX_WAITING, Ordering::Relaxed);
        assert_eq!(passwords.verify("glass".into(), None).await, Err(TooBusy));
    }

    #[test]
    fn the_parameters_are_the_recommended_ones() {
        let hash = Passwords::new(&SeededEntropy::new(1)).hash("glass", &SeededEntropy::new(2));
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
    }
}
