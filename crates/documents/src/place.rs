//! Where files are kept: a folder of this machine, or a bucket that speaks S3.

use std::{fmt, path::PathBuf, sync::Arc, time::Duration};

use bytes::Bytes;
use kernel::WorkspaceId;
use object_store::{
    ClientOptions, Error, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig,
    aws::AmazonS3Builder, local::LocalFileSystem, path::Path,
};
use tokio::sync::Semaphore;

use crate::FileId;

/// Memory that uploads may take in this process: each holds two parts at most.
const MEMORY: usize = 160 * 1024 * 1024;
/// Uploads that are taken at once, however small their parts are.
const AT_ONCE: usize = 64;

/// What files may be, and how they are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest file, in bytes.
    pub size: u64,
    /// How long an upload may say nothing before it is broken off.
    pub silence: Duration,
    /// How long an upload may take as a whole.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            size: 25 * 1024 * 1024,
            silence: Duration::from_secs(30),
            whole: Duration::from_mins(50),
        }
    }
}

/// A bucket, and the right to it.
#[derive(Clone, PartialEq, Eq)]
pub struct S3 {
    /// The bucket's name.
    pub bucket: String,
    /// Where the service is, such as `https://s3.example`.
    pub endpoint: String,
    /// The region, which signatures name.
    pub region: String,
    /// The id of the access key.
    pub key: String,
    /// The secret of the access key.
    pub secret: String,
}

impl fmt::Debug for S3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3")
            .field("bucket", &self.bucket)
            .field("endpoint", &self.endpoint)
            .field("region", &self.region)
            .finish_non_exhaustive()
    }
}

/// Why files cannot be kept there; the text is for the operator.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct BadPlace(String);

impl From<Error> for BadPlace {
    fn from(error: Error) -> Self {
        Self(error.to_string())
    }
}

/// The files of an installation. Cheap to clone.
#[derive(Clone)]
pub struct Files(Arc<Inner>);

struct Inner {
    objects: Arc<dyn ObjectStore>,
    /// Bytes that are written at once.
    part: usize,
    limits: Limits,
    /// The folder, where it is one.
    folder: Option<PathBuf>,
    turns: Arc<Semaphore>,
    at_once: u32,
}

impl Files {
    /// Files in a folder that exists.
    pub fn folder(path: impl Into<PathBuf>, limits: Limits) -> Result<Self, BadPlace> {
        let path = path.into();
        let objects = LocalFileSystem::new_with_prefix(&path)?.with_fsync(true);
        Ok(Self::new(Arc::new(objects), 256 * 1024, limits, Some(path)))
    }

    /// Files in a bucket. Says nothing yet of whether it answers: see [`Files::probe`].
    pub fn s3(at: &S3, limits: Limits) -> Result<Self, BadPlace> {
        prepare_tls();
        let plain = at.endpoint.starts_with("http://");
        let client = ClientOptions::new()
            .with_connect_timeout(Duration::from_secs(5))
            .with_timeout(Duration::from_secs(30))
            .with_allow_http(plain);
        let retry = RetryConfig {
            max_retries: 3,
            retry_timeout: Duration::from_secs(20),
            ..RetryConfig::default()
        };
        let objects = AmazonS3Builder::new()
            .with_bucket_name(&at.bucket)
            .with_region(&at.region)
            .with_endpoint(&at.endpoint)
            .with_access_key_id(&at.key)
            .with_secret_access_key(&at.secret)
            .with_virtual_hosted_style_request(false)
            .with_allow_http(plain)
            .with_client_options(client)
            .with_retry(retry)
            .build()?;
        // The smallest part that S3 takes, but for the last.
        Ok(Self::new(Arc::new(objects), 5 * 1024 * 1024, limits, None))
    }

    fn new(
        objects: Arc<dyn ObjectStore>,
        part: usize,
        limits: Limits,
        folder: Option<PathBuf>,
    ) -> Self {
        let at_once = (MEMORY / part / 2).clamp(1, AT_ONCE);
        Self(Arc::new(Inner {
            objects,
            part,
            limits,
            folder,
            turns: Arc::new(Semaphore::new(at_once)),
            at_once: u32::try_from(at_once).unwrap_or(1),
        }))
    }

    /// What files may be.
    pub fn limits(&self) -> Limits {
        self.0.limits
    }

    /// Waits until no upload is under way, and takes none any more.
    pub async fn settle(&self) {
        let all = self.0.turns.acquire_many(self.0.at_once).await;
        self.0.turns.close();
        drop(all);
    }

    /// Whether a small object can be written, comes back, and can be removed.
    pub async fn probe(&self) -> Result<(), BadPlace> {
        let at = Path::from(".doctor");
        let text = Bytes::from_static(b"Vitrine was here.");
        self.0.objects.put(&at, text.clone().into()).await?;
        let back = self.0.objects.get(&at).await?.bytes().await?;
        self.0.objects.delete(&at).await?;
        if back == text {
            Ok(())
        } else {
            let other = "it gives back something else than was written";
            Err(BadPlace(other.to_owned()))
        }
    }

    pub(crate) fn objects(&self) -> &Arc<dyn ObjectStore> {
        &self.0.objects
    }

    pub(crate) fn part(&self) -> usize {
        self.0.part
    }

    pub(crate) fn half_written_in(&self) -> Option<&PathBuf> {
        self.0.folder.as_ref()
    }

    pub(crate) fn turns(&self) -> &Arc<Semaphore> {
        &self.0.turns
    }

    /// Writes a small object at once.
    pub(crate) async fn put(&self, at: &Path, bytes: Bytes) -> Result<(), Error> {
        let payload = PutPayload::from_bytes(bytes);
        self.0.objects.put(at, payload).await.map(drop)
    }

    /// Removes an object; that there is none is no error.
    pub(crate) async fn remove(&self, at: &Path) -> Result<(), Error> {
        match self.0.objects.delete(at).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// Where the bytes of a file are.
pub(crate) fn path_of(workspace: WorkspaceId, id: FileId) -> Path {
    Path::from(format!("ws/{workspace}/{id}"))
}

/// Tells the library for TLS which cryptography to use, once in a process: the
/// clients of HTTP in it want to know even where nothing is encrypted.
pub fn prepare_tls() {
    let _told_before = rustls::crypto::ring::default_provider().install_default();
}
