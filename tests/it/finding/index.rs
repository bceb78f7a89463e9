//! What is searched in is what the tables say, after every command.

use end_to_end::{Kind, Persona, World, id, on_both};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};

use super::{Seed, found, sow};

/// Everything that can be searched for: each token with its ticket.
pub(super) async fn everything(world: &World) -> Vec<String> {
    match world.kind {
        Kind::Postgres => {
            let mut all = Vec::new();
            for table in ["ticket_search_portal", "ticket_search_staff"] {
                let text = format!(
                    "SELECT concat(ticket_id, ' ', words) AS line FROM {table} ORDER BY ticket_id"
                );
                all.extend(rows(world, &text).await);
            }
            all
        }
        Kind::Sqlite => {
            let mut all = Vec::new();
            for table in ["ticket_search_portal", "ticket_search_staff"] {
                run(world, &format!("CREATE VIRTUAL TABLE IF NOT EXISTS {table}_terms USING fts5vocab({table}, instance)")).await;
                let text =
                    format!("SELECT term || ' ' || doc AS line FROM {table}_terms ORDER BY 1");
                all.extend(rows(world, &text).await);
            }
            all
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "looks at what no API shows")]
async fn rows(world: &World, text: &str) -> Vec<String> {
    let backend = match world.kind {
        Kind::Sqlite => DbBackend::Sqlite,
        Kind::Postgres => DbBackend::Postgres,
    };
    let statement = Statement::from_string(backend, text.to_owned());
    let rows = world.store.connection().query_all_raw(statement).await;
    let line = |row: &sea_orm::QueryResult| row.try_get::<String>("", "line").expect("a line");
    rows.expect(text).iter().map(line).collect()
}

#[expect(clippy::disallowed_methods, reason = "does what no command does")]
async fn run(world: &World, text: &str) {
    let done = world.store.connection().execute_unprepared(text).await;
    done.expect(text);
}

/// Makes everything anew, from nothing.
async fn anew(world: &World) -> Vec<String> {
    for table in ["ticket_search_portal", "ticket_search_staff"] {
        run(world, &format!("DELETE FROM {table}")).await;
    }
    tickets::backlog::fill(&world.store).await.expect("filled");
    while tickets::backlog::work_off(&world.store)
        .await
        .expect("written")
        > 0
    {}
    everything(world).await
}

async fn act(persona: &Persona, mutation: &str) -> Value {
    let answer = persona.read(&format!("mutation {{ {mutation} }}")).await;
    let payload = answer.as_object().expect("an answer").values().next();
    let payload = payload.expect("a payload").clone();
    assert_eq!(payload["errors"], json!([]), "{mutation}");
    payload
}

on_both! {
    /// Every command that adds or hides text, or changes who sees a ticket, writes
    /// what a rebuilding would.
    async fn every_command_writes_what_a_rebuilding_would(world) {
        let mia = world.client("mia@alder.example").await;
        let noah = world.client("noah@alder.example").await;
        let ada = world.client("ada@alder.example").await;
        let dan = world.client("dan@dogwood.example").await;
        let dina = world.client("dina@dogwood.example").await;
        let owner = world.staff("owner@glass.example").await;
        let member = world.staff("member@glass.example").await;
        let mut before = everything(&world).await;
        assert_eq!(before, anew(&world).await);

        let opened = act(&dan, &format!("ticketOpen(input: {{subject: \"Xylophone\", description: \"It hums.\", participants: [\"{}\"]}}) {{ ticket {{ id }} errors {{ code }} }}", id::user(world.cast.sharers.dina))).await;
        let ticket = opened["ticket"]["id"].as_str().expect("an id").to_owned();
        let of = |field: &str, rest: &str| format!("{field}(input: {{id: \"{ticket}\", {rest}}}) {{ errors {{ code }} }}");
        let dinas = id::user(world.cast.sharers.dina);
        let none: &[&str] = &[];
        let all: &[&str] = &["Xylophone"];
        let here = ["dan", "dina", "member", "owner"];
        let steps: Vec<(&Persona, String, &str, [&[&str]; 4])> = vec![
            (&dan, of("ticketReply", "body: \"quagga\""), "quagga", [all, all, none, all]),
            (&owner, of("ticketReply", "body: \"okapi\""), "okapi", [all, all, none, all]),
            (&owner, of("ticketNote", "body: \"narwhal\""), "narwhal", [none, none, none, all]),
            (&dan, of("ticketAnswersUpdate", "answers: [{key: \"room\", text: \"aardvark\"}]"), "aardvark", [all, all, none, all]),
            (&owner, of("ticketAnswersUpdate", "answers: [{key: \"cost\", text: \"dugong\"}]"), "dugong", [none, none, none, all]),
            (&owner, of("ticketAssign", &format!("assignee: \"{}\"", id::staff(world.cast.member))), "narwhal", [none, none, all, all]),
            (&owner, of("ticketResolve", "resolution: \"lemur\""), "lemur", [all, all, all, all]),
            (&dina, of("ticketReject", "reason: \"ibex\""), "ibex", [all, all, all, all]),
            (&dan, of("ticketParticipantRemove", &format!("user: \"{dinas}\"")), "ibex", [all, none, all, all]),
            (&owner, of("ticketSetVisibility", "visibility: INTERNAL_ONLY, reason: \"gnu\""), "xylophone", [none, none, all, all]),
            (&owner, of("ticketSetVisibility", "visibility: CLIENT_VISIBLE, reason: \"gnu\""), "xylophone", [all, none, all, all]),
            (&dan, of("ticketParticipantsAdd", &format!("users: [\"{dinas}\"]")), "lemur", [all, all, all, all]),
            (&owner, of("ticketAssign", "assignee: null"), "lemur", [all, all, none, all]),
            (&owner, of("ticketSetStatus", "status: WAITING"), "gnu", [none, none, none, none]),
            (&owner, of("ticketResolve", "resolution: \"tapir\""), "quagga okapi lemur ibex tap", [all, all, none, all]),
            (&dan, of("ticketAccept", ""), "hums xylophone", [all, all, none, all]),
        ];
        for (by, mutation, text, expected) in steps {
            act(by, &mutation).await;
            for ((persona, name), expected) in [&dan, &dina, &member, &owner].into_iter().zip(here).zip(expected) {
                assert_eq!(found(persona, json!({"text": text})).await, expected, "{name} after {mutation}");
            }
            let now = everything(&world).await;
            assert_eq!(now, anew(&world).await, "{mutation}");
            before = now;
        }
        assert!(!before.is_empty());
        let raised = format!("ticketOpen(input: {{subject: \"Zither\", description: \"x\", onBehalfOf: \"{}\"}}) {{ errors {{ code }} }}", id::user(world.cast.noah));
        act(&mia, &raised).await;
        for (persona, expected) in [(&mia, &["Zither"][..]), (&noah, &["Zither"]), (&ada, &["Zither"]), (&dan, &[])] {
            assert_eq!(found(persona, json!({"text": "zither"})).await, expected);
        }
        let hidden = format!("ticketOpen(input: {{company: \"{}\", subject: \"Lute\", description: \"x\"}}) {{ errors {{ code }} }}", id::company(world.cast.alder));
        act(&owner, &hidden).await;
        assert_eq!(found(&ada, json!({"text": "lute"})).await, none);
        assert_eq!(found(&owner, json!({"text": "lute"})).await, ["Lute"]);
        act(&owner, &format!("userErase(input: {{id: \"{}\"}}) {{ errors {{ code }} }}", id::user(world.cast.noah))).await;
        let (own, shared) = (id::ticket(world.cast.sharers.dans_own), id::ticket(world.cast.sharers.dans));
        let said = act(&dan, &format!("ticketReply(input: {{id: \"{own}\", body: \"vicuna\"}}) {{ entry {{ id }} errors {{ code }} }}")).await;
        act(&dan, &format!("ticketEntryEdit(input: {{id: {}, body: \"alpaca\"}}) {{ errors {{ code }} }}", said["entry"]["id"])).await;
        assert_eq!(everything(&world).await, anew(&world).await);
        let dinas = act(&dina, "ticketOpen(input: {subject: \"Lyre\", description: \"x\"}) { ticket { id } errors { code } }").await["ticket"]["id"].clone();
        for source in [own, shared] {
            act(&owner, &format!("ticketMerge(input: {{id: \"{source}\", into: {dinas}}}) {{ errors {{ code }} }}")).await;
        }
        assert_eq!(found(&dan, json!({"text": "lyre"})).await, ["Lyre"]);
        let now = everything(&world).await;
        assert_eq!(now, anew(&world).await);
    }
}

on_both! {
    /// Of words that are written at the same time none is lost.
    async fn words_of_the_same_time_are_all_found(world) {
        let owner = world.staff("owner@glass.example").await;
        let manager = world.staff("manager@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        let ticket = id::ticket(world.cast.mias);
        let write = async |by: &Persona, field: &str, word: &str| {
            let mutation = format!("mutation {{ {field}(input: {{id: \"{ticket}\", body: \"{word}\"}}) {{ errors {{ code }} }} }}");
            by.read(&mutation).await;
        };
        for round in 0..8 {
            let word = |who: &str| format!("{who}{round}");
            let (one, two, three) = (word("alpha"), word("beta"), word("gamma"));
            tokio::join!(
                write(&owner, "ticketNote", &one),
                write(&manager, "ticketNote", &two),
                write(&mia, "ticketReply", &three)
            );
            for word in [one, two, three] {
                assert_eq!(found(&owner, json!({"text": word})).await.len(), 1, "{word}");
            }
        }
        let now = everything(&world).await;
        assert_eq!(now, anew(&world).await);
    }
}

on_both! {
    /// Tickets from before there was a search wait in the backlog, some at a time.
    async fn a_backlog_is_worked_off_in_batches(world) {
        let before = everything(&world).await;
        let beginning = end_to_end::world::beginning();
        sow(&world, (0..150).map(|_| Seed::of_birch(&world, "Toner", beginning)).collect()).await;
        let bea = world.client("bea@birch.example").await;
        for table in ["ticket_search_portal", "ticket_search_staff"] {
            run(&world, &format!("DELETE FROM {table}")).await;
        }
        assert_eq!(found(&bea, json!({"text": "toner"})).await.len(), 0);
        tickets::backlog::fill(&world.store).await.expect("filled");
        tickets::backlog::fill(&world.store).await.expect("filled again");
        let mut batches = Vec::new();
        while let some @ 1.. = tickets::backlog::work_off(&world.store).await.expect("written") {
            batches.push(some);
        }
        assert_eq!(batches, [100, 60]);
        assert_eq!(found(&bea, json!({"text": "toner"})).await.len(), 100);
        assert!(everything(&world).await.len() > before.len());
    }
}
