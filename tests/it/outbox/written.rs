//! Facts are written with their change, or neither is; and they carry names of
//! things, never what the things say.

use end_to_end::{Persona, World, cast, id, on_both};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::{fact, rows};

/// The columns of the table. A new one needs a reason, and may hold no content.
const COLUMNS: [&str; 14] = [
    "attempts",
    "audience",
    "company_id",
    "dead_at",
    "delivered_at",
    "detail_id",
    "due_at",
    "fact_id",
    "kind",
    "last_error",
    "occurred_at",
    "position",
    "subject_id",
    "workspace_id",
];

/// The kinds and audiences of all facts, in the order of writing.
async fn facts(world: &World) -> Vec<(String, String)> {
    let rows = rows(
        &world.store,
        "SELECT kind, audience FROM outbox ORDER BY position",
    )
    .await;
    let read = rows.iter().map(|row| {
        let text = |column| row.try_get::<String>("", column).expect("text");
        (text("kind"), text("audience"))
    });
    read.collect()
}

async fn act(persona: &Persona, mutation: &str, input: Value) -> Value {
    let kind = format!("{}{}Input", mutation[..1].to_uppercase(), &mutation[1..]);
    let query = format!(
        "mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ errors {{ code }} }} }}"
    );
    persona.ask(&query, json!({"input": input})).await
}

on_both! {
    /// Every command, one by one, with its one fact.
    async fn each_change_has_its_fact(world) {
        let mia = world.client("mia@alder.example").await;
        let manager = world.staff("manager@glass.example").await;
        let ticket = id::ticket(world.cast.mias);
        let input = |rest: Value| {
            let mut input = json!({"id": ticket});
            input.as_object_mut().expect("an object").extend(rest.as_object().expect("an object").clone());
            input
        };
        let before = facts(&world).await.len();
        let (client, internal) = ("client", "internal");
        let steps = [
            (&mia, "ticketOpen", json!({"subject": "New", "description": "x"}), "ticket.opened", client),
            (&mia, "ticketReply", input(json!({"body": "x"})), "ticket.replied", client),
            (&manager, "ticketReply", input(json!({"body": "x"})), "ticket.replied", client),
            (&manager, "ticketNote", input(json!({"body": "x"})), "ticket.noted", internal),
            (&mia, "ticketAnswersUpdate", input(json!({"answers": [{"key": "room", "text": "x"}]})), "ticket.answered", client),
            (&manager, "ticketAnswersUpdate", input(json!({"answers": [{"key": "cost", "text": "x"}]})), "ticket.answeredInternally", internal),
            (&manager, "ticketAssign", input(json!({"assignee": id::staff(world.cast.manager)})), "ticket.assigned", internal),
            (&manager, "ticketSetStatus", input(json!({"status": "WAITING"})), "ticket.moved", client),
            (&manager, "ticketResolve", input(json!({"resolution": "x"})), "ticket.resolved", client),
            (&mia, "ticketReject", input(json!({"reason": "x"})), "ticket.rejected", client),
            (&manager, "ticketResolve", input(json!({"resolution": "x"})), "ticket.resolved", client),
            (&mia, "ticketAccept", input(json!({})), "ticket.accepted", client),
            (&manager, "ticketSetVisibility", input(json!({"visibility": "INTERNAL_ONLY", "reason": "x"})), "ticket.hidden", internal),
            (&manager, "ticketSetVisibility", input(json!({"visibility": "CLIENT_VISIBLE", "reason": "x"})), "ticket.shown", client),
            (&manager, "ticketReply", json!({"id": id::ticket(world.cast.hidden), "body": "x"}), "ticket.replied", internal),
            (&manager, "ticketResolve", json!({"id": id::ticket(world.cast.hidden), "resolution": "x"}), "ticket.resolved", internal),
            (&manager, "userDisable", json!({"id": id::user(world.cast.noah)}), "clientUser.changed", internal),
        ];
        let mut expected = Vec::new();
        for (persona, mutation, input, kind, audience) in steps {
            let input_type = if mutation == "userDisable" { disable(persona, &input).await } else { act(persona, mutation, input).await };
            assert_eq!(input_type["data"][mutation]["errors"], json!([]), "{mutation}: {input_type}");
            expected.push((kind.to_owned(), audience.to_owned()));
            assert_eq!(facts(&world).await[before..], expected, "{mutation}");
        }
    }
}

async fn disable(persona: &Persona, input: &Value) -> Value {
    let query =
        "mutation ($input: UserStandingInput!) { userDisable(input: $input) { errors { code } } }";
    persona.ask(query, json!({"input": input})).await
}

on_both! {
    /// A command that is refused leaves no fact and no number.
    async fn what_is_refused_leaves_nothing(world) {
        let mia = world.client("mia@alder.example").await;
        let member = world.staff("member@glass.example").await;
        let manager = world.staff("manager@glass.example").await;
        let ticket = id::ticket(world.cast.mias);
        let before = facts(&world).await;
        for (persona, mutation, input) in [
            (&mia, "ticketOpen", json!({"subject": "", "description": "x"})),
            (&mia, "ticketOpen", json!({"subject": "x", "description": "x", "category": "nonsense"})),
            (&mia, "ticketReply", json!({"id": ticket, "body": ""})),
            (&mia, "ticketReply", json!({"id": id::no_ticket(), "body": "x"})),
            (&mia, "ticketReply", json!({"id": id::ticket(world.cast.noahs), "body": "x"})),
            (&mia, "ticketAccept", json!({"id": ticket})),
            (&mia, "ticketReject", json!({"id": ticket, "reason": "x"})),
            (&member, "ticketAssign", json!({"id": ticket, "assignee": null})),
            (&manager, "ticketAssign", json!({"id": ticket, "assignee": id::no_ticket()})),
            (&manager, "ticketSetStatus", json!({"id": ticket, "status": "IN_PROGRESS"})),
            (&manager, "ticketSetVisibility", json!({"id": ticket, "visibility": "CLIENT_VISIBLE", "reason": "x"})),
            (&manager, "ticketOpen", json!({"subject": "x", "description": "x"})),
        ] {
            let answer = act(persona, mutation, input).await;
            let refused = answer.get("errors").is_some() || answer["data"][mutation]["errors"] != json!([]);
            assert!(refused, "{mutation}: {answer}");
        }
        assert_eq!(facts(&world).await, before);
        let next = mia.read("mutation { ticketOpen(input: {subject: \"x\", description: \"x\"}) { ticket { reference } } }").await;
        assert_eq!(next["ticketOpen"]["ticket"]["reference"], cast::new_reference(1));
    }
}

on_both! {
    /// A transaction that does not commit has no facts; one whose facts cannot
    /// be written does not commit.
    async fn a_change_and_its_facts_are_one(world) {
        let before = facts(&world).await.len();
        let tx = world.store.begin().await.expect("a transaction");
        tx.record(fact(&world, "test.dropped"));
        drop(tx);
        assert_eq!(facts(&world).await.len(), before);

        let once = fact(&world, "test.twice");
        let tx = world.store.begin().await.expect("a transaction");
        #[expect(clippy::disallowed_methods, reason = "stands in for a command's write")]
        tx.executor().execute_unprepared("UPDATE workspaces SET name = 'CHANGED'").await.expect("written");
        tx.record(once.clone());
        tx.record(once);
        tx.commit().await.expect_err("an id is good once");
        assert_eq!(facts(&world).await.len(), before);
        let changed = rows(&world.store, "SELECT slug FROM workspaces WHERE name = 'CHANGED'").await;
        assert!(changed.is_empty(), "the change outlived its facts");
    }
}

on_both! {
    /// The table has no place for content, and what people write is not in it.
    async fn facts_carry_no_content(world) {
        let columns = if world.store.is_sqlite() {
            "SELECT name FROM pragma_table_info('outbox') ORDER BY name"
        } else {
            "SELECT column_name::text AS name FROM information_schema.columns WHERE table_name = 'outbox' ORDER BY 1"
        };
        let columns = rows(&world.store, columns).await;
        let columns: Vec<String> = columns.iter().map(|row| row.try_get("", "name").expect("text")).collect();
        assert_eq!(columns, COLUMNS);

        let mia = world.client("mia@alder.example").await;
        let manager = world.staff("manager@glass.example").await;
        let ticket = id::ticket(world.cast.mias);
        act(&mia, "ticketOpen", json!({"subject": "CANARY", "description": "CANARY"})).await;
        act(&mia, "ticketReply", json!({"id": ticket, "body": "CANARY"})).await;
        act(&manager, "ticketNote", json!({"id": ticket, "body": "CANARY"})).await;
        act(&manager, "ticketResolve", json!({"id": ticket, "resolution": "CANARY"})).await;
        act(&mia, "ticketReject", json!({"id": ticket, "reason": "CANARY"})).await;
        act(&manager, "ticketSetVisibility", json!({"id": ticket, "visibility": "INTERNAL_ONLY", "reason": "CANARY"})).await;
        let texts = rows(&world.store, "SELECT kind, audience, COALESCE(last_error, '') AS last_error FROM outbox").await;
        assert!(texts.len() >= 6);
        for row in &texts {
            let texts = ["kind", "audience", "last_error"].map(|column| row.try_get::<String>("", column).expect("text"));
            let kind = &texts[0];
            assert!(kind.split_once('.').is_some_and(|(noun, verb)| [noun, verb].iter().all(|part| part.chars().all(char::is_alphabetic))), "{kind}");
            assert!(["client", "internal"].contains(&texts[1].as_str()));
            assert_eq!(texts[2], "");
        }
    }
}
