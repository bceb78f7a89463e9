//! People who write as fast as they can, and remember what was acknowledged.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use end_to_end::{PASSWORD, Realm, persona::SIGN_IN};
use serde_json::{Value, json};
use tokio::{task::JoinSet, time::sleep};

/// All that was acknowledged.
#[derive(Default)]
pub(super) struct Acknowledged {
    /// The subjects of tickets.
    pub(super) tickets: Vec<String>,
    /// The words of replies, notes, resolutions and rejections.
    pub(super) words: Vec<String>,
    /// The ids of the tickets, for whoever wants to answer one.
    ids: Vec<String>,
}

/// Somebody who is signed in at a server, by HTTP.
#[derive(Clone)]
pub(super) struct Caller {
    http: reqwest::Client,
    url: String,
    token: String,
}

impl Caller {
    pub(super) async fn sign_in(address: &str, realm: Realm, email: &str) -> Self {
        let mut caller = Self {
            http: reqwest::Client::new(),
            url: format!("http://{address}{}", realm.path()),
            token: String::new(),
        };
        let input = json!({"workspace": "glass", "email": email, "password": PASSWORD});
        let answer = caller.ask(SIGN_IN, json!({ "input": input })).await;
        let session = &answer.expect("an answer")["data"]["signIn"]["session"];
        let token = session["accessToken"].as_str();
        token
            .unwrap_or_else(|| panic!("{email}: {session}"))
            .clone_into(&mut caller.token);
        caller
    }

    /// The same person at another server.
    pub(super) fn at(&self, address: &str, realm: Realm) -> Self {
        let url = format!("http://{address}{}", realm.path());
        Self {
            url,
            ..self.clone()
        }
    }

    /// The answer, if there was a whole one.
    pub(super) async fn ask(&self, query: &str, variables: Value) -> Option<Value> {
        let mut request = self.http.post(&self.url);
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        let body = json!({"query": query, "variables": variables});
        let response = request.json(&body).send().await.ok()?;
        response.json().await.ok()
    }

    /// The payload of a mutation that was done; none when nobody knows, or when
    /// the workflow did not allow it.
    async fn act(&self, mutation: &str, fields: &str, input: Value) -> Option<Value> {
        let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
        let query = format!(
            "mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ {fields} errors {{ code }} }} }}"
        );
        let Some(answer) = self.ask(&query, json!({ "input": input })).await else {
            // It is down, and will be back.
            sleep(Duration::from_millis(10)).await;
            return None;
        };
        assert!(answer.get("errors").is_none(), "{mutation}: {answer}");
        let payload = answer["data"][mutation].clone();
        (payload["errors"] == json!([])).then_some(payload)
    }
}

/// Those who write, until they are told to stop.
pub(super) struct Writers {
    tasks: JoinSet<()>,
    stop: Arc<AtomicBool>,
    known: Arc<Mutex<Acknowledged>>,
}

impl Writers {
    /// Three clients and one of the team.
    pub(super) async fn start(address: &str) -> Self {
        let mut writers = Self {
            tasks: JoinSet::new(),
            stop: Arc::default(),
            known: Arc::default(),
        };
        for email in [
            "mia@alder.example",
            "noah@alder.example",
            "bea@birch.example",
        ] {
            let caller = Caller::sign_in(address, Realm::Portal, email).await;
            let writer = writers.writer(caller, email);
            writers.tasks.spawn(writer.write_as_client());
        }
        let owner = Caller::sign_in(address, Realm::Staff, "owner@glass.example").await;
        let writer = writers.writer(owner, "owner");
        writers.tasks.spawn(writer.write_as_staff());
        writers
    }

    fn writer(&self, caller: Caller, name: &'static str) -> Writer {
        Writer {
            caller,
            name,
            stop: self.stop.clone(),
            known: self.known.clone(),
        }
    }

    /// How many writes were acknowledged so far.
    pub(super) fn count(&self) -> usize {
        let known = self.known.lock().expect("no panic");
        known.tickets.len() + known.words.len()
    }

    /// Has them stop; what was acknowledged.
    pub(super) async fn stop(mut self) -> Acknowledged {
        self.stop.store(true, Ordering::SeqCst);
        while let Some(ended) = self.tasks.join_next().await {
            ended.expect("no panic");
        }
        std::mem::take(&mut self.known.lock().expect("no panic"))
    }
}

struct Writer {
    caller: Caller,
    name: &'static str,
    stop: Arc<AtomicBool>,
    known: Arc<Mutex<Acknowledged>>,
}

impl Writer {
    async fn write_as_client(self) {
        let mut own: Vec<String> = Vec::new();
        for round in 0.. {
            if self.stop.load(Ordering::SeqCst) {
                return;
            }
            let subject = format!("crash {} {round}", self.name);
            let input = json!({"subject": subject, "description": "x"});
            if let Some(done) = self.caller.act("ticketOpen", "ticket { id }", input).await {
                let id = done["ticket"]["id"].as_str().expect("an id").to_owned();
                let mut known = self.known.lock().expect("no panic");
                known.tickets.push(subject.clone());
                known.ids.push(id.clone());
                own.push(id);
            }
            if let Some(id) = own.last() {
                self.say("ticketReply", "body", id, &format!("{subject} reply"))
                    .await;
            }
            // By now the team may have resolved the one before.
            if let [.., id, _] = own.as_slice() {
                self.say("ticketReject", "reason", id, &format!("{subject} reject"))
                    .await;
            }
        }
    }

    async fn write_as_staff(self) {
        for round in 0.. {
            if self.stop.load(Ordering::SeqCst) {
                return;
            }
            let newest = self.known.lock().expect("no panic").ids.last().cloned();
            let Some(id) = newest else {
                sleep(Duration::from_millis(5)).await;
                continue;
            };
            for (mutation, field) in [
                ("ticketReply", "body"),
                ("ticketNote", "body"),
                ("ticketResolve", "resolution"),
            ] {
                let words = format!("crash {} {round} {mutation}", self.name);
                self.say(mutation, field, &id, &words).await;
            }
        }
    }

    async fn say(&self, mutation: &str, field: &str, ticket: &str, words: &str) {
        let input = json!({"id": ticket, field: words});
        if self.caller.act(mutation, "", input).await.is_some() {
            let mut known = self.known.lock().expect("no panic");
            known.words.push(words.to_owned());
        }
    }
}
