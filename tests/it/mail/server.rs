//! A mail server that runs, and does what it is told: `tests/npm/smtp.mjs`.

use std::{path::Path, process::Stdio};

use base64::{Engine, engine::general_purpose::STANDARD};
use end_to_end::patience::soon;
use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
};

/// A mail as the server took it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    /// The recipients of the envelope.
    pub(super) to: Vec<String>,
    /// The bytes.
    pub(super) raw: Vec<u8>,
}

/// A server process, which ends with this value.
pub(super) struct Server {
    child: Child,
    orders: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
    /// Where it listens.
    pub(super) port: u16,
    /// What it took and nobody has looked at yet.
    taken: Vec<Taken>,
}

impl Server {
    /// Starts one on a free port.
    pub(super) async fn start() -> Self {
        Self::with(&[]).await
    }

    /// Starts one on the port that another has left.
    pub(super) async fn again(port: u16) -> Self {
        Self::with(&["--port", &port.to_string()]).await
    }

    /// Starts one with these arguments.
    pub(super) async fn with(arguments: &[&str]) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("npm");
        assert!(
            folder.join("node_modules/smtp-server").is_dir(),
            "tests/npm/node_modules lacks smtp-server: run script/bootstrap test"
        );
        let child = Command::new("node")
            .arg(folder.join("smtp.mjs"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn();
        let mut child = child.expect("node starts: run script/bootstrap test if it is missing");
        let stdout = child.stdout.take().expect("its output");
        let mut server = Self {
            orders: child.stdin.take().expect("its input"),
            child,
            lines: BufReader::new(stdout).lines(),
            port: 0,
            taken: Vec::new(),
        };
        let port = server.told("listening").await;
        server.port = port
            .as_u64()
            .and_then(|port| u16::try_from(port).ok())
            .expect("a port");
        server
    }

    /// Has it behave in another way from now on.
    pub(super) async fn be(&mut self, mode: &str) {
        let order = format!("{mode}\n");
        self.orders
            .write_all(order.as_bytes())
            .await
            .expect("it reads");
        assert_eq!(self.told("mode").await, mode);
    }

    /// Kills it without a warning.
    pub(super) async fn kill(mut self) {
        self.child.kill().await.expect("killed");
    }

    /// Waits for it to have ended by itself; answers what it took before.
    pub(super) async fn ended(mut self) -> Vec<Taken> {
        while let Some(line) = soon("its end", self.lines.next_line())
            .await
            .expect("its output")
        {
            self.hear(&line);
        }
        soon("its end", self.child.wait()).await.expect("an end");
        self.taken
    }

    /// What it has taken so far and nobody has looked at yet.
    pub(super) async fn taken(&mut self, mode: &str) -> Vec<Taken> {
        // What it says comes in order: all that it took was said before.
        self.be(mode).await;
        std::mem::take(&mut self.taken)
    }

    async fn told(&mut self, what: &str) -> Value {
        loop {
            let line = soon(what, self.lines.next_line())
                .await
                .expect("its output");
            let line = line.unwrap_or_else(|| panic!("the mail server ended before: {what}"));
            if let Some(value) = self.hear(&line).get(what) {
                return value.clone();
            }
        }
    }

    fn hear(&mut self, line: &str) -> Value {
        let said: Value = serde_json::from_str(line).expect("JSON");
        if let Some(mail) = said.get("mail") {
            let to = mail["to"].as_array().expect("recipients");
            let raw = mail["raw"].as_str().expect("base64");
            self.taken.push(Taken {
                to: to
                    .iter()
                    .filter_map(|to| to.as_str().map(str::to_owned))
                    .collect(),
                raw: STANDARD.decode(raw).expect("base64"),
            });
        }
        said
    }
}
