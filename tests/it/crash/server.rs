//! The binary as a process.

use std::{
    fs::{File, OpenOptions},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{ExitStatus, Stdio, id},
    sync::atomic::{AtomicU16, Ordering},
};

use end_to_end::patience::{soon, until};
use tokio::process::{Child, Command};

/// A server that runs, or ran.
pub(crate) struct Server {
    child: Child,
    /// Where it listens, or will.
    pub(crate) address: String,
    log: PathBuf,
}

impl Server {
    /// Starts the server on a database, with its keys in `folder`. It is not
    /// ready yet.
    pub(crate) fn start(database: &str, folder: &Path, port: u16) -> Self {
        Self::launch("serve", database, folder, port)
    }

    /// The same with the demo world, which it creates first, and with mails in
    /// `folder`.
    pub(crate) fn demo(database: &str, folder: &Path, port: u16) -> Self {
        Self::launch("demo", database, folder, port)
    }

    fn launch(command: &str, database: &str, folder: &Path, port: u16) -> Self {
        let address = format!("127.0.0.1:{port}");
        let log = folder.with_extension(format!("{port}.log"));
        let child = Command::new(binary())
            .arg(command)
            // Settings of the developer's own are none of ours.
            .env_clear()
            .env("VITRINE_DATABASE_URL", database)
            .env("VITRINE_DATA_DIR", folder)
            .env("VITRINE_LISTEN", &address)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(append(&log))
            .kill_on_drop(true)
            .spawn();
        Self {
            child: child.expect("the binary starts"),
            address,
            log,
        }
    }

    /// Waits until it answers.
    pub(crate) async fn ready(&mut self) {
        let url = format!("http://{}/readyz", self.address);
        until("the server is ready", async || {
            if let Some(status) = self.child.try_wait().expect("a child") {
                let log = std::fs::read_to_string(&self.log).unwrap_or_default();
                panic!("the server ended with {status}: {log}");
            }
            reqwest::get(&url)
                .await
                .is_ok_and(|answer| answer.status().is_success())
        })
        .await;
    }

    /// `kill -9`: it learns of nothing.
    pub(crate) async fn kill(mut self) {
        self.child.kill().await.expect("killed");
    }

    /// `kill -TERM`, and how it ended.
    pub(crate) async fn stop(mut self) -> ExitStatus {
        let pid = self.child.id().expect("it runs");
        // The shell's own `kill`: not every machine has the program.
        let told = Command::new("sh")
            .arg("-c")
            .arg(format!("kill -TERM {pid}"))
            .status()
            .await;
        assert!(told.expect("a shell").success());
        soon("the server stops", self.child.wait())
            .await
            .expect("a child")
    }
}

/// The binary beside the tests' own, which cargo does not build for them.
pub(crate) fn binary() -> PathBuf {
    let tests = std::env::current_exe().expect("a path");
    let target = tests.parent().and_then(Path::parent).expect("target/debug");
    let binary = target.join("vitrine");
    assert!(
        binary.is_file(),
        "{} is missing: run cargo build --package vitrine",
        binary.display()
    );
    binary
}

fn append(log: &Path) -> File {
    let file = OpenOptions::new().create(true).append(true).open(log);
    file.expect("a log")
}

/// A port that stays free while nobody listens on it: below the range from
/// which the kernel lends ports to those who connect.
pub(crate) fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let begin = u16::try_from(id() % 10_000).expect("small");
    loop {
        let port = 12_000 + (begin + NEXT.fetch_add(1, Ordering::Relaxed)) % 20_000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
