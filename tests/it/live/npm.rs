//! The clients that people use, `graphql-ws` and `graphql-sse`, as processes.

use std::{path::Path, process::Stdio, time::Duration};

use end_to_end::{Persona, Realm, World, id, on_both, patience::soon};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::interval,
};

use super::{reply, standing};

/// One subscriber that runs.
struct Subscriber {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Subscriber {
    /// Starts `websocket.mjs` or `sse.mjs`.
    fn start(script: &str, address: &str, persona: &Persona, query: &str, count: u32) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("npm");
        assert!(
            folder.join("node_modules").is_dir(),
            "tests/npm/node_modules is missing: run script/bootstrap test"
        );
        let scheme = if script == "websocket.mjs" {
            "ws"
        } else {
            "http"
        };
        let child = Command::new("node")
            .arg(folder.join(script))
            .arg(format!("{scheme}://{address}{}", persona.realm.path()))
            .arg(persona.token.as_deref().unwrap_or_default())
            .arg(query)
            .arg(count.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn();
        let mut child = child.expect("node starts: run script/bootstrap test if it is missing");
        let stdout = child.stdout.take().expect("its output");
        Self {
            child,
            lines: BufReader::new(stdout).lines(),
        }
    }

    async fn line(&mut self) -> Option<String> {
        self.lines.next_line().await.expect("its output")
    }

    /// All that it says, while `work` is done again and again: it is ready
    /// somewhat before the server has subscribed it.
    async fn lines_during(&mut self, mut work: impl AsyncFnMut()) -> Vec<String> {
        let mut lines = Vec::new();
        let mut pause = interval(Duration::from_millis(100));
        let told = async {
            loop {
                tokio::select! {
                    line = self.line() => match line {
                        Some(line) => lines.push(line),
                        None => break,
                    },
                    _ = pause.tick() => work().await,
                }
            }
        };
        soon("all that a subscriber waits for", told).await;
        lines
    }

    async fn succeeded(mut self) -> bool {
        soon("its end", self.child.wait())
            .await
            .expect("an end")
            .success()
    }
}

fn timeline(world: &World) -> String {
    format!(
        "subscription {{ ticketTimeline(id: \"{}\") {{ kind body }} }}",
        id::ticket(world.cast.mias)
    )
}

/// Staff answer until the subscriber has what it waits for.
async fn hears_three(world: &World, script: &str, realm: Realm, email: &str) {
    let address = world.serve().await;
    let owner = world.staff("owner@glass.example").await;
    let persona = world.sign_in(realm, "glass", email).await;
    let mut subscriber = Subscriber::start(script, &address, &persona, &timeline(world), 3);
    let lines = subscriber.lines_during(async || {
        reply(&owner, world.cast.mias, "An answer.").await;
        world.drain().await;
    });
    let lines = lines.await;
    let told = json!({"data": {"ticketTimeline": {"kind": "REPLY", "body": "An answer."}}});
    assert_eq!(lines[0], "ready");
    let rest: Vec<Value> = lines[1..]
        .iter()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(rest, [told.clone(), told.clone(), told]);
    assert!(subscriber.succeeded().await);
}

/// The user is disabled while the subscriber listens; answers what it says then.
async fn told_when_disabled(world: &World, script: &str) -> Value {
    let address = world.serve().await;
    let manager = world.staff("manager@glass.example").await;
    let mia = world.client("mia@alder.example").await;
    let mut subscriber = Subscriber::start(script, &address, &mia, &timeline(world), 1_000);
    let mut seen = 0;
    let lines = subscriber.lines_during(async || {
        reply(&manager, world.cast.mias, "An answer.").await;
        world.drain().await;
        seen += 1;
        // By then it listens, or the server would not have anybody to tell.
        if world.hub.listeners() > 0 && seen > 3 {
            standing(&manager, "userDisable", world.cast.mia).await;
            seen = i32::MIN;
        }
    });
    let lines = lines.await;
    assert!(!subscriber.succeeded().await);
    serde_json::from_str(lines.last().expect("a line")).expect("JSON")
}

on_both! {
    async fn graphql_ws_hears_at_the_portal(world) {
        hears_three(&world, "websocket.mjs", Realm::Portal, "mia@alder.example").await;
    }
}

on_both! {
    async fn graphql_ws_hears_at_the_staff_gateway(world) {
        hears_three(&world, "websocket.mjs", Realm::Staff, "manager@glass.example").await;
    }
}

on_both! {
    async fn graphql_sse_hears_at_the_portal(world) {
        hears_three(&world, "sse.mjs", Realm::Portal, "mia@alder.example").await;
    }
}

on_both! {
    async fn graphql_sse_hears_at_the_staff_gateway(world) {
        hears_three(&world, "sse.mjs", Realm::Staff, "manager@glass.example").await;
    }
}

on_both! {
    async fn graphql_ws_ends_with_its_user(world) {
        let last = told_when_disabled(&world, "websocket.mjs").await;
        assert_eq!(last, json!({"closed": {"code": 4403, "reason": "Forbidden"}}));
    }
}

on_both! {
    async fn graphql_sse_ends_with_its_user(world) {
        let last = told_when_disabled(&world, "sse.mjs").await;
        assert_eq!(last["closed"]["code"], Value::Null, "{last}");
        assert_ne!(last["closed"]["reason"], "complete", "{last}");
    }
}
