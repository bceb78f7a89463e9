//! Files in a bucket: the real protocol, spoken with a server of the test's own.

use std::path::PathBuf;

use documents::{Files, Limits, S3};
use end_to_end::{
    Kind, World,
    files::{PNG, address, body, get, put, refused, reply_with, text, walk},
    id,
    patience::until,
    world::run_keeping,
};
use http::{Method, StatusCode};
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto::Builder,
};
use tempfile::TempDir;
use tokio::{
    io::AsyncWriteExt,
    net::{TcpListener, TcpStream},
};

/// A server with one bucket, a folder, until the test ends.
struct Bucket {
    root: TempDir,
    endpoint: String,
}

impl Bucket {
    async fn serve() -> Self {
        let root = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(root.path().join("vitrine")).expect("a bucket");
        let folder = s3s_fs::FileSystem::new(root.path()).expect("usable");
        let mut builder = s3s::service::S3ServiceBuilder::new(folder);
        builder.set_auth(s3s::auth::SimpleAuth::from_single("key", "secret"));
        let service = builder.build();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                let service = service.clone();
                tokio::spawn(async move {
                    let builder = Builder::new(TokioExecutor::new());
                    let _ = builder
                        .serve_connection(TokioIo::new(socket), service)
                        .await;
                });
            }
        });
        Self {
            root,
            endpoint: format!("http://127.0.0.1:{port}"),
        }
    }

    fn files(&self, secret: &str) -> Files {
        let at = S3 {
            bucket: "vitrine".to_owned(),
            endpoint: self.endpoint.clone(),
            region: "us-east-1".to_owned(),
            key: "key".to_owned(),
            secret: secret.to_owned(),
        };
        Files::s3(&at, Limits::default()).expect("a bucket")
    }

    /// Everything that lies there, parts of uploads among it.
    fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        let root: PathBuf = self.root.path().to_owned();
        walk(&root, &mut names);
        // What the server notes of a whole object beside it.
        names.retain(|name| !name.contains("internal") && !name.contains("metadata"));
        names
    }
}

fn in_a_bucket(kind: Kind, test: impl AsyncFnOnce(World, Bucket)) {
    let place = async || {
        let bucket = Bucket::serve().await;
        (bucket.files("secret"), bucket)
    };
    run_keeping(kind, place, test);
}

/// Runs a test in a world of each database, whose files are in a bucket.
macro_rules! in_a_bucket_on_both {
    ($(#[doc = $doc:literal])* async fn $name:ident($world:ident, $bucket:ident) $body:block) => {
        mod $name {
            use super::*;

            $(#[doc = $doc])*
            #[test]
            fn sqlite() {
                in_a_bucket(Kind::Sqlite, async |$world: World, $bucket: Bucket| $body);
            }

            $(#[doc = $doc])*
            #[test]
            fn postgres() {
                in_a_bucket(Kind::Postgres, async |$world: World, $bucket: Bucket| $body);
            }
        }
    };
}

in_a_bucket_on_both! {
    /// Small ones at once, large ones in parts; both come back to the byte.
    async fn files_come_and_go(world, bucket) {
        world.files.probe().await.expect("it answers");
        assert_eq!(bucket.names(), Vec::<String>::new());
        let mia = world.client("mia@alder.example").await;
        let ticket = id::ticket(world.cast.mias);
        for size in [100, 5 * 1024 * 1024, 13 * 1024 * 1024] {
            let bytes: Vec<u8> = PNG.iter().copied().chain((0..size).map(|n: u32| n.to_le_bytes()[1])).collect();
            let file = reply_with(&world, &mia, &ticket, ("a.png", "image/png"), &bytes).await;
            let answer = get(&world, Method::GET, &text(&file["url"])).await;
            assert_eq!(answer.status(), StatusCode::OK);
            assert_eq!(answer.headers()["content-length"], bytes.len().to_string());
            assert!(body(answer).await == bytes, "{size} bytes");
        }
        assert_eq!(bucket.names().len(), 3);
    }
}

in_a_bucket_on_both! {
    /// What breaks off, is too short, too long or of another type leaves neither
    /// an object nor a part.
    async fn an_upload_that_fails_leaves_nothing(world, bucket) {
        let mia = world.client("mia@alder.example").await;
        let part = [PNG, &vec![7; 7 * 1024 * 1024]].concat();
        let server = world.serve().await;
        let (_, url) = address(&mia, "a.png", "image/png", part.len() + 1).await;
        let mut socket = TcpStream::connect(&server).await.expect("connected");
        let head = format!("PUT {url} HTTP/1.1\r\nhost: {server}\r\ncontent-type: image/png\r\ncontent-length: {}\r\n\r\n", part.len() + 1);
        socket.write_all(head.as_bytes()).await.expect("sent");
        socket.write_all(&part).await.expect("sent");
        until("a part arrives", async || !bucket.names().is_empty()).await;
        drop(socket);
        until("the part is gone", async || bucket.names().is_empty()).await;
        let stream = |bytes: Vec<u8>| axum::body::Body::from_stream(futures_util::stream::iter([Ok::<_, std::io::Error>(bytes)]));
        for (declared, size, status) in [
            ("image/png", part.len() - 1, StatusCode::PAYLOAD_TOO_LARGE),
            ("image/png", part.len() + 1, StatusCode::BAD_REQUEST),
            ("application/pdf", part.len(), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ] {
            let (_, url) = address(&mia, "a", declared, size).await;
            let request = http::Request::put(&url).header("content-type", declared).body(stream(part.clone())).expect("a request");
            assert_eq!(mia.send(request).await.status(), status, "{declared} {size}");
        }
        assert_eq!(bucket.names(), Vec::<String>::new());
    }
}

in_a_bucket_on_both! {
    async fn what_nobody_used_goes_from_the_bucket(world, bucket) {
        let mia = world.client("mia@alder.example").await;
        end_to_end::files::upload(&world, &mia, ("a.png", "image/png"), PNG).await;
        assert_eq!(bucket.names().len(), 1);
        world.later(chrono::TimeDelta::days(2));
        assert_eq!(world.sweep_files().await.uploads, 1);
        assert_eq!(bucket.names(), Vec::<String>::new());
        assert_eq!(world.sweep_files().await.uploads, 0);
    }
}

/// A bucket that refuses us is told as a fault, and to `doctor` in words.
#[test]
fn a_bucket_that_refuses_is_told() {
    let place = async || {
        let bucket = Bucket::serve().await;
        (bucket.files("wrong"), bucket)
    };
    run_keeping(Kind::Sqlite, place, async |world: World, bucket: Bucket| {
        let told = world.files.probe().await.expect_err("refused").to_string();
        assert!(told.contains("403") && !told.contains("wrong"), "{told}");
        let mia = world.client("mia@alder.example").await;
        let (_, url) = address(&mia, "a.png", "image/png", PNG.len()).await;
        let (status, said) = put(&world, &url, "image/png", PNG).await;
        assert_eq!(
            (status, said["code"].as_str()),
            (StatusCode::SERVICE_UNAVAILABLE, Some("UNAVAILABLE"))
        );
        assert_eq!(bucket.names(), Vec::<String>::new());
        assert_eq!(refused(&mia, "a", "x", 1).await, "UNSUPPORTED_TYPE");
    });
}
