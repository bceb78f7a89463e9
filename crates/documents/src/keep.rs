//! From a stream to an object, in bounded memory: a part, and one on its way.

use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt};
use object_store::{MultipartUpload, ObjectStoreExt, PutPayload, path::Path};
use sha2::{Digest, Sha256};
use tokio::time::{Instant, timeout};

use crate::{
    Files,
    accepted::Accepted,
    sniff::{Foreign, HEAD, sniff},
};

/// What was declared of the bytes that come.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Declared {
    pub(crate) size: u64,
    pub(crate) kind: &'static Accepted,
}

/// What was found while they came.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) sniffed: Option<&'static str>,
    /// In hexadecimal.
    pub(crate) sha256: String,
}

/// Why nothing was kept.
#[derive(Debug)]
pub(crate) enum Broken {
    /// The body ended with an error, said nothing for too long, or took too long.
    Body,
    TooShort,
    TooLong,
    Foreign,
    /// Folder or bucket failed.
    Store(object_store::Error),
}

impl From<object_store::Error> for Broken {
    fn from(error: object_store::Error) -> Self {
        Self::Store(error)
    }
}

impl From<Foreign> for Broken {
    fn from(Foreign: Foreign) -> Self {
        Self::Foreign
    }
}

/// Keeps exactly what was declared, or nothing.
pub(crate) async fn keep<E>(
    files: &Files,
    at: &Path,
    declared: Declared,
    body: impl Stream<Item = Result<Bytes, E>> + Unpin,
) -> Result<Found, Broken> {
    let mut writing = Writing {
        files,
        at,
        part: BytesMut::new(),
        upload: None,
    };
    match read(&mut writing, declared, body).await {
        Ok(found) => match writing.finish().await {
            Ok(()) => Ok(found),
            Err(error) => Err(writing.undo(error.into()).await),
        },
        Err(broken) => Err(writing.undo(broken).await),
    }
}

async fn read<E>(
    writing: &mut Writing<'_>,
    declared: Declared,
    mut body: impl Stream<Item = Result<Bytes, E>> + Unpin,
) -> Result<Found, Broken> {
    let limits = writing.files.limits();
    let end = Instant::now() + limits.whole;
    let (mut size, mut sum, mut head) = (0_u64, Sha256::new(), BytesMut::new());
    while let Ok(next) = timeout(limits.silence, body.next()).await {
        if Instant::now() > end {
            break;
        }
        let Some(chunk) = next else {
            if size < declared.size {
                return Err(Broken::TooShort);
            }
            let sniffed = sniff(&head, declared.kind)?;
            return Ok(Found {
                sniffed,
                sha256: hex(&sum.finalize()),
            });
        };
        let chunk = chunk.map_err(|_| Broken::Body)?;
        size = size.saturating_add(chunk.len() as u64);
        if size > declared.size {
            return Err(Broken::TooLong);
        }
        sum.update(&chunk);
        if head.len() < HEAD {
            head.extend_from_slice(&chunk[..chunk.len().min(HEAD - head.len())]);
            if head.len() == HEAD {
                // No need to take the rest of what is refused.
                sniff(&head, declared.kind)?;
            }
        }
        writing.add(&chunk).await?;
    }
    Err(Broken::Body)
}

/// An object that is being written.
struct Writing<'a> {
    files: &'a Files,
    at: &'a Path,
    part: BytesMut,
    upload: Option<Box<dyn MultipartUpload>>,
}

impl Writing<'_> {
    async fn add(&mut self, mut chunk: &[u8]) -> Result<(), object_store::Error> {
        let full = self.files.part();
        // A file of one part goes at once, at the end; so a part is sent when
        // there is more to come. All but the last have one size.
        while self.part.len() + chunk.len() > full {
            let (fits, rest) = chunk.split_at(full - self.part.len());
            self.part.extend_from_slice(fits);
            chunk = rest;
            if self.upload.is_none() {
                self.upload = Some(self.files.objects().put_multipart(self.at).await?);
            }
            let part = PutPayload::from_bytes(self.part.split().freeze());
            if let Some(upload) = &mut self.upload {
                upload.put_part(part).await?;
            }
        }
        self.part.extend_from_slice(chunk);
        Ok(())
    }

    async fn finish(&mut self) -> Result<(), object_store::Error> {
        let last = self.part.split().freeze();
        match &mut self.upload {
            None => self.files.put(self.at, last).await,
            Some(upload) => {
                if !last.is_empty() {
                    upload.put_part(PutPayload::from_bytes(last)).await?;
                }
                upload.complete().await.map(drop)
            }
        }
    }

    /// Takes back what was written; the reason goes on.
    async fn undo(&mut self, broken: Broken) -> Broken {
        if let Some(upload) = &mut self.upload
            && let Err(error) = upload.abort().await
        {
            tracing::warn!(%error, "an upload that broke off could not be taken back");
        }
        broken
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::{convert::Infallible, time::Duration};

    use futures_util::stream;

    use super::*;
    use crate::{Limits, accepted::accepted};

    const MIB: usize = 1024 * 1024;

    /// Text in pieces of 64 kB, made as they are asked for.
    fn text(bytes: usize) -> impl Stream<Item = Result<Bytes, Infallible>> + Unpin {
        let piece = Bytes::from("x".repeat(64 * 1024));
        let pieces = (0..bytes.div_ceil(piece.len())).map(move |index| {
            let rest = bytes - index * piece.len();
            Ok(piece.slice(..piece.len().min(rest)))
        });
        stream::iter(pieces)
    }

    fn declared(size: usize) -> Declared {
        Declared {
            size: size as u64,
            kind: accepted("text/plain").expect("in the list"),
        }
    }

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn new() -> (Self, Files) {
            Self::with(Limits::default())
        }

        /// One that waits for nobody long.
        fn hasty() -> (Self, Files) {
            Self::with(Limits {
                silence: Duration::from_millis(200),
                whole: Duration::from_secs(3),
                ..Limits::default()
            })
        }

        fn with(limits: Limits) -> (Self, Files) {
            let folder = tempfile::tempdir().expect("a folder");
            let files = Files::folder(folder.path(), limits).expect("usable");
            (Self(folder), files)
        }

        fn names(&self) -> Vec<String> {
            let files = std::fs::read_dir(self.0.path()).expect("readable");
            let name =
                |file: std::io::Result<std::fs::DirEntry>| file.expect("an entry").file_name();
            files
                .map(|file| name(file).to_string_lossy().into_owned())
                .collect()
        }
    }

    #[tokio::test]
    async fn what_was_declared_is_kept_to_the_byte() {
        let (folder, files) = Folder::new();
        for size in [1, 1000, 256 * 1024, 256 * 1024 + 1, 3 * MIB, 20 * MIB + 7] {
            let at = Path::from("one");
            let found = keep(&files, &at, declared(size), text(size))
                .await
                .expect("kept");
            let back = std::fs::read(folder.0.path().join("one")).expect("there");
            assert_eq!(back.len(), size);
            assert_eq!(hex(&Sha256::digest(&back)), found.sha256);
            assert_eq!(found.sniffed, None);
        }
    }

    /// A part waits for the next, and one is being written: no more of a file is
    /// in memory, however large it is.
    #[tokio::test]
    async fn no_more_than_two_parts_are_held() {
        let (folder, files) = Folder::new();
        let (staged, whole) = (folder.0.path().join("one#1"), 20 * MIB);
        let mut given = 0;
        let body = text(whole).inspect(|piece| {
            let written = std::fs::metadata(&staged).map_or(0, |meta| meta.len());
            let held = given - usize::try_from(written).expect("small");
            assert!(held <= 2 * files.part(), "{held} bytes after {given}");
            given += piece.as_ref().map_or(0, Bytes::len);
        });
        let at = Path::from("one");
        keep(&files, &at, declared(whole), body)
            .await
            .expect("kept");
        assert_eq!(folder.names(), ["one"]);
    }

    #[tokio::test]
    async fn anything_else_leaves_nothing() {
        let (folder, files) = Folder::hasty();
        let at = Path::from("one");
        for size in [1000, 3 * MIB] {
            let kept = keep(&files, &at, declared(size), text(size + 1)).await;
            assert!(matches!(kept, Err(Broken::TooLong)), "{kept:?}");
            let kept = keep(&files, &at, declared(size), text(size - 1)).await;
            assert!(matches!(kept, Err(Broken::TooShort)), "{kept:?}");
            let breaks = text(size - 1)
                .map(Result::<_, Infallible>::unwrap)
                .map(Ok::<_, ()>);
            let kept = keep(
                &files,
                &at,
                declared(size),
                breaks.chain(stream::iter([Err(())])),
            )
            .await;
            assert!(matches!(kept, Err(Broken::Body)), "{kept:?}");
            let stalls = text(size - 1).chain(stream::pending());
            let kept = keep(&files, &at, declared(size), stalls).await;
            assert!(matches!(kept, Err(Broken::Body)), "{kept:?}");
            // A byte now and then, for ever.
            let drips = stream::unfold((), |()| async {
                tokio::time::sleep(Duration::from_millis(10)).await;
                Some((Ok::<_, ()>(Bytes::from_static(b"x")), ()))
            });
            let kept = keep(&files, &at, declared(size), Box::pin(drips)).await;
            assert!(matches!(kept, Err(Broken::Body)), "{kept:?}");
            let png = Declared {
                kind: accepted("image/png").expect("in the list"),
                ..declared(size)
            };
            let kept = keep(&files, &at, png, text(size)).await;
            assert!(matches!(kept, Err(Broken::Foreign)), "{kept:?}");
        }
        assert_eq!(folder.names(), Vec::<String>::new());
    }
}
