//! The life of a ticket, from both sides.

use chrono::TimeDelta;
use end_to_end::{Persona, World, cast, id, on_both};
use serde_json::{Value, json};
use visibility::{Cx, Flag, StaffRole, StaffViewer, Viewer, ledger};

async fn act(persona: &Persona, mutation: &str, fields: &str, input: Value) -> Value {
    let ty: String = {
        let mut letters = mutation.chars();
        letters
            .next()
            .map(|first| first.to_ascii_uppercase())
            .into_iter()
            .chain(letters)
            .collect()
    };
    let query = format!(
        "mutation ($input: {ty}Input!) {{ {mutation}(input: $input) {{ {fields} errors {{ code message field }} }} }}"
    );
    persona.done(&query, json!({"input": input})).await[mutation].clone()
}

fn refusal(payload: &Value) -> (&str, &str) {
    assert_eq!(payload["ticket"], Value::Null, "{payload}");
    let error = &payload["errors"][0];
    (
        error["code"].as_str().expect("a code"),
        error["field"].as_str().unwrap_or_default(),
    )
}

on_both! {
    /// The story of the README: open, reply, note, assign, resolve, reject.
    async fn a_ticket_from_opening_to_rejection(world) {
        let mia = world.client("mia@alder.example").await;
        let manager = world.staff("manager@glass.example").await;
        let opened = act(&mia, "ticketOpen", "ticket { id reference status }", json!({
            "subject": "No sound", "description": "Since Monday.", "category": "hardware",
        })).await;
        assert_eq!(opened["ticket"]["status"], "OPEN");
        assert_eq!(opened["ticket"]["reference"], cast::new_reference(1));
        let ticket = opened["ticket"]["id"].clone();

        world.later(TimeDelta::minutes(1));
        let reply = act(&mia, "ticketReply", "ticket { status } entry { kind body author { name side } }", json!({"id": ticket, "body": "On both speakers."})).await;
        assert_eq!(reply["entry"], json!({"kind": "REPLY", "body": "On both speakers.", "author": {"name": "Mia", "side": "CLIENT"}}));
        world.later(TimeDelta::minutes(1));
        let note = act(&manager, "ticketNote", "entry { kind visibility }", json!({"id": ticket, "body": "Known fault of the series."})).await;
        assert_eq!(note["entry"], json!({"kind": "NOTE", "visibility": "INTERNAL_ONLY"}));
        let assigned = act(&manager, "ticketAssign", "ticket { assignee { name } }", json!({"id": ticket, "assignee": id::staff(world.cast.member)})).await;
        assert_eq!(assigned["ticket"]["assignee"]["name"], "Member");
        world.later(TimeDelta::minutes(1));
        let resolved = act(&manager, "ticketResolve", "ticket { status sla { state } }", json!({"id": ticket, "resolution": "Replaced the cable."})).await;
        assert_eq!(resolved["ticket"], json!({"status": "RESOLVED", "sla": {"state": "MET"}}));

        let seen = mia.done("query ($id: ID!) { ticket(id: $id) { status timeline { nodes { kind body } } } }", json!({"id": ticket})).await;
        assert_eq!(seen["ticket"], json!({"status": "RESOLVED", "timeline": {"nodes": [
            {"kind": "REPLY", "body": "On both speakers."},
            {"kind": "RESOLUTION", "body": "Replaced the cable."},
        ]}}));
        world.later(TimeDelta::minutes(1));
        let rejected = act(&mia, "ticketReject", "ticket { status resolvedAt }", json!({"id": ticket, "reason": "Still silent."})).await;
        assert_eq!(rejected["ticket"], json!({"status": "OPEN", "resolvedAt": null}));
        act(&manager, "ticketResolve", "ticket { status }", json!({"id": ticket, "resolution": "Replaced the speakers."})).await;
        let accepted = act(&mia, "ticketAccept", "ticket { status }", json!({"id": ticket})).await;
        assert_eq!(accepted["ticket"]["status"], "CLOSED");
        let late = act(&mia, "ticketReply", "ticket { id }", json!({"id": ticket, "body": "One more thing."})).await;
        assert_eq!(refusal(&late), ("TICKET_CLOSED", "id"));
        let late = act(&manager, "ticketResolve", "ticket { id }", json!({"id": ticket, "resolution": "Again."})).await;
        assert_eq!(refusal(&late), ("TICKET_CLOSED", "id"));
    }
}

on_both! {
    /// Moves that the workflow does not have are refused with a code, and change nothing.
    async fn illegal_moves_are_refused(world) {
        let mia = world.client("mia@alder.example").await;
        let manager = world.staff("manager@glass.example").await;
        let ticket = id::ticket(world.cast.mias);
        let accept = act(&mia, "ticketAccept", "ticket { id }", json!({"id": ticket})).await;
        assert_eq!(refusal(&accept), ("NOT_RESOLVED", "id"));
        let reject = act(&mia, "ticketReject", "ticket { id }", json!({"id": ticket, "reason": "No."})).await;
        assert_eq!(refusal(&reject), ("NOT_RESOLVED", "id"));
        let start = act(&manager, "ticketSetStatus", "ticket { id }", json!({"id": ticket, "status": "IN_PROGRESS"})).await;
        assert_eq!(refusal(&start), ("ILLEGAL_MOVE", "status"));
        let wait = act(&manager, "ticketSetStatus", "ticket { status }", json!({"id": ticket, "status": "WAITING"})).await;
        assert_eq!(wait["ticket"]["status"], "WAITING");
        let back = act(&mia, "ticketReply", "ticket { status } entry { fromStatus toStatus }", json!({"id": ticket, "body": "Here."})).await;
        assert_eq!(back["ticket"]["status"], "OPEN");
        assert_eq!(back["entry"], json!({"fromStatus": "WAITING", "toStatus": "OPEN"}));
        act(&manager, "ticketResolve", "ticket { id }", json!({"id": ticket, "resolution": "Done."})).await;
        let again = act(&manager, "ticketResolve", "ticket { id }", json!({"id": ticket, "resolution": "Done."})).await;
        assert_eq!(refusal(&again), ("ALREADY_RESOLVED", "id"));
        let unknown = act(&manager, "ticketAssign", "ticket { id }", json!({"id": ticket, "assignee": id::no_ticket()})).await;
        assert_eq!(refusal(&unknown), ("UNKNOWN_ASSIGNEE", "assignee"));
    }
}

on_both! {
    /// Text that nobody can use is refused by field, and nothing is written.
    async fn bad_text_is_refused_by_field(world) {
        let mia = world.client("mia@alder.example").await;
        let open = async |subject: &str, description: &str, category: &str| {
            let input = json!({"subject": subject, "description": description, "category": category});
            let payload = act(&mia, "ticketOpen", "ticket { id }", input).await;
            let (code, field) = refusal(&payload);
            (code.to_owned(), field.to_owned())
        };
        let told = |code: &str, field: &str| (code.to_owned(), field.to_owned());
        assert_eq!(open("", "x", "general").await, told("REQUIRED", "subject"));
        assert_eq!(open(" \n ", "x", "general").await, told("REQUIRED", "subject"));
        assert_eq!(open(&"x".repeat(201), "x", "general").await, told("TOO_LONG", "subject"));
        assert_eq!(open("a\u{0}b", "x", "general").await, told("INVALID_CHARACTERS", "subject"));
        assert_eq!(open("a", "", "general").await, told("REQUIRED", "description"));
        assert_eq!(open("a", "a\u{0}", "general").await, told("INVALID_CHARACTERS", "description"));
        assert_eq!(open("a", "x", "nonsense").await, told("UNKNOWN_CATEGORY", "category"));
        let count = mia.read("{ tickets { nodes { id } } }").await["tickets"]["nodes"].as_array().map(Vec::len);
        assert_eq!(count, Some(1));
    }
}

on_both! {
    /// Fifty openings at once: fifty numbers, no gap, no twin.
    async fn numbers_have_no_gaps_and_no_twins(world) {
        let mia = world.client("mia@alder.example").await;
        let openings = (0..50).map(|index| {
            let mia = mia.clone();
            tokio::spawn(async move {
                let input = json!({"subject": format!("At once {index}"), "description": "x"});
                act(&mia, "ticketOpen", "ticket { reference }", input).await["ticket"]["reference"].as_str().map(str::to_owned)
            })
        });
        let mut references = Vec::new();
        for opening in openings.collect::<Vec<_>>() {
            references.push(opening.await.expect("no panic").expect("a reference"));
        }
        references.sort();
        let expected: Vec<String> = (1..=50).map(cast::new_reference).collect();
        assert_eq!(references, expected);
    }
}

on_both! {
    /// Two people resolve at once: one resolution, and a clear word to the other.
    async fn two_resolve_at_once_and_one_wins(world) {
        let ticket = id::ticket(world.cast.noahs);
        let people = [world.staff("owner@glass.example").await, world.staff("manager@glass.example").await];
        let resolving = people.map(|person| {
            let input = json!({"id": ticket, "resolution": "Ordered."});
            tokio::spawn(async move { act(&person, "ticketResolve", "ticket { status }", input).await })
        });
        let mut outcomes = Vec::new();
        for one in resolving {
            let payload = one.await.expect("no panic");
            outcomes.push(payload["errors"][0]["code"].as_str().unwrap_or("done").to_owned());
        }
        outcomes.sort();
        assert_eq!(outcomes, ["ALREADY_RESOLVED", "done"]);
        let noah = world.client("noah@alder.example").await;
        let data = noah.read("{ tickets { nodes { timeline { nodes { kind } } } } }").await;
        assert_eq!(data["tickets"]["nodes"][0]["timeline"]["nodes"], json!([{"kind": "RESOLUTION"}]));
    }
}

fn owner(world: &World) -> Viewer {
    Viewer::Staff(StaffViewer {
        workspace: world.cast.glass,
        user: world.cast.owner,
        session: kernel::SessionId(uuid::Uuid::nil()),
        role: StaffRole::Owner,
        modules: visibility::Modules::all(),
    })
}

on_both! {
    /// Each change of a flag is in the ledger, whose chain holds and which the
    /// database refuses to rewrite.
    async fn every_flag_change_is_in_the_ledger(world) {
        let manager = world.staff("manager@glass.example").await;
        let ticket = id::ticket(world.cast.mias);
        for (flag, reason) in [("INTERNAL_ONLY", "Wrong company"), ("CLIENT_VISIBLE", "Right after all")] {
            let input = json!({"id": ticket, "visibility": flag, "reason": reason});
            let done = act(&manager, "ticketSetVisibility", "ticket { visibility }", input.clone()).await;
            assert_eq!(done["ticket"]["visibility"], flag);
            let again = act(&manager, "ticketSetVisibility", "ticket { id }", input).await;
            assert_eq!(refusal(&again), ("UNCHANGED", "visibility"));
        }
        let viewer = owner(&world);
        let cx = Cx::new(&viewer, &world.work());
        let mut entries = ledger::entries(&cx).await.expect("readable");
        let told: Vec<_> = entries.iter().map(|entry| (entry.from_flag, entry.to_flag, entry.reason.as_str(), entry.staff_user_id)).collect();
        let by = world.cast.manager;
        assert_eq!(told, [
            (Some(Flag::ClientVisible), Flag::InternalOnly, "Wrong company", by),
            (Some(Flag::InternalOnly), Flag::ClientVisible, "Right after all", by),
        ]);
        assert_eq!(ledger::first_break(&entries), None);
        entries[0].reason = "Something else".to_owned();
        assert_eq!(ledger::first_break(&entries), Some(1));
        let mut rewrites = vec!["UPDATE ledger SET reason = 'x'", "DELETE FROM ledger"];
        if world.kind == end_to_end::Kind::Sqlite {
            rewrites.push("INSERT OR REPLACE INTO ledger SELECT * FROM ledger");
        }
        for rewrite in rewrites {
            use sea_orm::ConnectionTrait;
            #[expect(clippy::disallowed_methods, reason = "tries what the trigger must refuse")]
            let outcome = world.store.connection().execute_unprepared(rewrite).await;
            assert!(outcome.expect_err(rewrite).to_string().contains("append-only"), "{rewrite}");
        }
    }
}

on_both! {
    /// Staff open for a company, hidden from it unless they say otherwise.
    async fn staff_open_for_a_company(world) {
        let manager = world.staff("manager@glass.example").await;
        let birch = id::company(world.cast.birch);
        let hidden = act(&manager, "ticketOpen", "ticket { visibility requester { name } }", json!({"subject": "Renewal", "description": "Ask.", "company": birch})).await;
        assert_eq!(hidden["ticket"], json!({"visibility": "INTERNAL_ONLY", "requester": null}));
        let shown = act(&manager, "ticketOpen", "ticket { visibility requester { name } }", json!({
            "subject": "Your call", "description": "As discussed.", "company": birch,
            "requester": id::user(world.cast.bea), "visibility": "CLIENT_VISIBLE",
        })).await;
        assert_eq!(shown["ticket"], json!({"visibility": "CLIENT_VISIBLE", "requester": {"name": "Bea"}}));
        for (input, expected) in [
            (json!({"subject": "x", "description": "x"}), ("UNKNOWN_COMPANY", "company")),
            (json!({"subject": "x", "description": "x", "company": id::no_ticket()}), ("UNKNOWN_COMPANY", "company")),
            (json!({"subject": "x", "description": "x", "company": birch, "requester": id::user(world.cast.mia)}), ("UNKNOWN_REQUESTER", "requester")),
        ] {
            let payload = act(&manager, "ticketOpen", "ticket { id }", input).await;
            assert_eq!(refusal(&payload), expected);
        }
        let bea = world.client("bea@birch.example").await;
        let data = bea.read("{ tickets { nodes { subject } } }").await.to_string();
        assert!(data.contains("Your call") && !data.contains("Renewal"), "{data}");
    }
}

on_both! {
    /// A member sees what is assigned to them, and may not do what the table says they may not.
    async fn a_member_works_on_what_is_assigned(world) {
        let member = world.staff("member@glass.example").await;
        let mine = id::ticket(world.cast.mias);
        act(&member, "ticketNote", "entry { id }", json!({"id": mine, "body": "On it."})).await;
        let assign = "mutation ($input: TicketAssignInput!) { ticketAssign(input: $input) { errors { code } } }";
        let input = json!({"input": {"id": mine, "assignee": null}});
        assert_eq!(member.code(assign, input).await, "FORBIDDEN");
        let note = "mutation ($input: TicketNoteInput!) { ticketNote(input: $input) { errors { code } } }";
        let foreign = json!({"input": {"id": id::ticket(world.cast.noahs), "body": "x"}});
        assert_eq!(member.code(note, foreign).await, "NOT_FOUND");
    }
}

on_both! {
    /// Many change one flag at once: the ledger tells each change once, and none that was none.
    async fn the_ledger_tells_no_change_that_was_none(world) {
        let manager = world.staff("manager@glass.example").await;
        let changes: Vec<_> = (0..24).map(|index| {
            let (manager, ticket) = (manager.clone(), id::ticket(world.cast.mias));
            let flag = if index % 2 == 0 { "INTERNAL_ONLY" } else { "CLIENT_VISIBLE" };
            tokio::spawn(async move {
                let input = json!({"id": ticket, "visibility": flag, "reason": "At once"});
                act(&manager, "ticketSetVisibility", "ticket { id }", input).await
            })
        }).collect();
        for change in changes {
            change.await.expect("no panic");
        }
        let viewer = owner(&world);
        let entries = ledger::entries(&Cx::new(&viewer, &world.work())).await.expect("readable");
        assert!(entries.iter().all(|entry| entry.from_flag != Some(entry.to_flag)), "{entries:?}");
        assert!(entries.windows(2).all(|pair| pair[1].from_flag == Some(pair[0].to_flag)), "{entries:?}");
        assert_eq!(ledger::first_break(&entries), None);
    }
}
