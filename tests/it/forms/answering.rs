//! Answering: what fits, what is kept, and who sees it.

use end_to_end::{
    Persona, World,
    files::{PNG, upload},
    id, on_both,
};
use serde_json::{Value, json};

use super::{codes, form, internal, open, open_with, published, text, told, update, with};

/// Every kind of field, for clients, and one for the team.
fn everything() -> Value {
    let options = json!([
        {"key": "a", "labels": [{"locale": "en", "text": "First"}, {"locale": "fr", "text": "Premier"}]},
        {"key": "b", "labels": text("Second")},
    ]);
    json!([
        with(
            open("room", "TEXT"),
            json!({"required": true, "maxLength": 20, "labels": [{"locale": "en", "text": "Room"}, {"locale": "fr", "text": "Salle"}]})
        ),
        open("story", "LONG_TEXT"),
        with(open("one", "CHOICE"), json!({"options": options})),
        with(
            open("some", "SEVERAL"),
            json!({"options": options, "fewest": 2})
        ),
        with(
            open("size", "NUMBER"),
            json!({"minimum": "0.5", "maximum": "10", "decimals": 1})
        ),
        with(open("since", "DATE"), json!({"minimum": "2026-01-01"})),
        open("yes", "YES_NO"),
        with(open("plan", "FILE"), json!({"most": 2})),
        with(open("grade", "TEXT"), json!({"editable": false})),
        internal("cost"),
    ])
}

const ANSWERS: &str = "answers { key label kind text number date yes choices { key label } files { nodes { id fileName url } } }";

async fn answered(by: &Persona, ticket: &str) -> Value {
    let query = format!("{{ ticket(id: \"{ticket}\") {{ {ANSWERS} }} }}");
    by.read(&query).await["ticket"]["answers"].clone()
}

fn ticket_of(payload: &Value) -> String {
    assert_eq!(payload["errors"], json!([]), "{payload}");
    payload["ticket"]["id"].as_str().expect("an id").to_owned()
}

fn on_hardware(answers: &Value) -> Value {
    json!({"category": "hardware", "answers": answers})
}

on_both! {
    /// Answers of every kind come back as they were given, with what was asked.
    async fn answers_of_every_kind_are_kept(world) {
        let owner = world.staff("owner@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        published(&owner, "hardware", 0, everything()).await;
        let file = upload(&world, &mia, ("plan.png", "image/png"), PNG).await;
        let given = json!([
            {"key": "plan", "files": [file]}, {"key": "yes", "yes": false}, {"key": "since", "date": "2026-11-22"}, {"key": "size", "number": "2.50"},
            {"key": "some", "choices": ["b", "a"]}, {"key": "one", "choices": ["a"]}, {"key": "story", "text": "It\r\nhums."}, {"key": "room", "text": " 2.17 "},
        ]);
        let ticket = ticket_of(&open_with(&mia, on_hardware(&given)).await);
        for persona in [&mia, &owner] {
            let seen = answered(persona, &ticket).await;
            let says = |at: usize, name: &str| seen[at][name].clone();
            assert_eq!((says(0, "key"), says(0, "text"), says(0, "label"), says(0, "kind")), (json!("room"), json!("2.17"), json!("Room"), json!("TEXT")));
            assert_eq!(says(1, "text"), "It\nhums.");
            assert_eq!(says(2, "choices"), json!([{"key": "a", "label": "First"}]));
            assert_eq!(says(3, "choices"), json!([{"key": "a", "label": "First"}, {"key": "b", "label": "Second"}]));
            assert_eq!((says(4, "number"), says(5, "date"), says(6, "yes")), (json!("2.5"), json!("2026-11-22"), json!(false)));
            let file = &seen[7]["files"]["nodes"][0];
            assert_eq!(file["fileName"], "plan.png", "{seen}");
            let url = end_to_end::files::text(&file["url"]);
            assert_eq!(end_to_end::files::get(&world, http::Method::GET, &url).await.status(), 200);
            assert_eq!(seen.as_array().map(Vec::len), Some(8));
        }
        // They are no files of the description.
        let files = mia.read(&format!("{{ ticket(id: \"{ticket}\") {{ attachments {{ nodes {{ id }} }} }} }}")).await;
        assert_eq!(files["ticket"]["attachments"]["nodes"], json!([]));
        let french = mia.read(&format!("{{ ticket(id: \"{ticket}\") {{ answers(locale: \"fr-CA\") {{ label choices {{ label }} }} }} }}")).await;
        assert_eq!((&french["ticket"]["answers"][0]["label"], &french["ticket"]["answers"][2]["choices"][0]["label"]), (&json!("Salle"), &json!("Premier")));
        let klingon = format!("{{ ticket(id: \"{ticket}\") {{ answers(locale: \"tlh\") {{ key }} }} }}");
        assert_eq!(mia.code(&klingon, json!({})).await, "BAD_USER_INPUT");
        // Answers keep the questions that they were given to.
        published(&owner, "hardware", 1, json!([with(open("room", "TEXT"), json!({"labels": text("Place")}))])).await;
        assert_eq!(answered(&mia, &ticket).await[0]["label"], "Room");
        assert_eq!(form(&mia, "hardware").await["fields"][0]["label"], "Place");
    }
}

on_both! {
    /// Who asks for what is kept of them gets their answers, and not the team's.
    async fn an_export_of_a_person_has_their_answers(world) {
        let owner = world.staff("owner@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        let ticket = ticket_of(&open_with(&mia, json!({"answers": [{"key": "room", "text": "2.17"}]})).await);
        update(&owner, &ticket, json!([{"key": "cost", "text": "CANARY"}])).await;
        let export = format!("{{ userExport(id: \"{}\") }}", id::user(world.cast.mia));
        let kept = owner.read(&export).await["userExport"]["tickets"]["opened"].clone();
        let answers = |ticket: &Value| ticket["answers"].as_array().cloned().unwrap_or_default();
        let all: Vec<Value> = kept.as_array().expect("tickets").iter().flat_map(answers).collect();
        assert_eq!(all, [json!({"field": "room", "answer": {"type": "text", "value": "2.17"}})]);
    }
}

/// What no refusal may change.
async fn tickets(world: &World) -> Value {
    let owner = world.staff("owner@glass.example").await;
    owner.read("{ tickets(first: 100) { nodes { id updatedAt answers { key text } internalAnswers { key text } } } }").await
}

on_both! {
    /// Each fault has its field and its code, and nothing is written.
    async fn every_fault_is_told(world) {
        let owner = world.staff("owner@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        let noah = world.client("noah@alder.example").await;
        published(&owner, "hardware", 0, everything()).await;
        let noahs = upload(&world, &noah, ("plan.png", "image/png"), PNG).await;
        let before = tickets(&world).await;
        let bad = json!([
            {"key": "story", "text": "a\u{0}"}, {"key": "one", "choices": ["z"]}, {"key": "some", "choices": ["a"]}, {"key": "size", "number": "2.55"},
            {"key": "since", "date": "2025-12-31"}, {"key": "yes", "text": "true"}, {"key": "yes", "yes": true}, {"key": "plan", "files": ["a", noahs, id::ticket(world.cast.mias)]},
            {"key": "grade", "text": "x"}, {"key": "cost", "text": "x"}, {"key": "coast", "text": "x"}, {"key": "x".repeat(50_000), "text": "x"},
        ]);
        let refused = open_with(&mia, on_hardware(&bad)).await;
        assert_eq!(codes(&refused), told(&[
            ("story", "INVALID_CHARACTERS"), ("one", "UNKNOWN_CHOICE"), ("some", "WRONG_COUNT"), ("size", "INVALID_NUMBER"), ("since", "OUT_OF_RANGE"),
            ("yes", "WRONG_KIND"), ("yes", "ANSWERED_TWICE"), ("grade", "NOT_EDITABLE"), ("cost", "UNKNOWN_FIELD"), ("coast", "UNKNOWN_FIELD"),
            (&"x".repeat(40), "UNKNOWN_FIELD"), ("room", "REQUIRED"),
        ]));
        // An internal field is told of as one that is misspelt.
        let error = |at: usize| refused["errors"][at].to_string().replace("coast", "cost");
        assert_eq!(error(8), error(9));
        let fine = json!({"key": "room", "text": "2.17"});
        for (answer, key, code) in [
            (json!({"key": "plan", "files": [noahs]}), "plan", "UNKNOWN_UPLOAD"),
            (json!({"key": "one", "text": "a", "choices": ["a"]}), "one", "WRONG_KIND"),
            (json!({"key": "since", "date": "soon"}), "since", "INVALID_DATE"),
            (json!({"key": "size", "number": "0.4"}), "size", "OUT_OF_RANGE"),
            (json!({"key": "story", "text": "x".repeat(20_001)}), "story", "TOO_LONG"),
        ] {
            let refused = open_with(&mia, on_hardware(&json!([fine, answer]))).await;
            assert_eq!(codes(&refused), told(&[(key, code)]), "{refused}");
        }
        let many: Vec<Value> = (0..101).map(|n| json!({"key": format!("x{n}")})).collect();
        let document = "mutation ($input: TicketOpenInput!) { ticketOpen(input: $input) { errors { code } } }";
        let input = json!({"subject": "x", "description": "x", "answers": many});
        assert_eq!(mia.code(document, json!({ "input": input })).await, "BAD_USER_INPUT");
        assert_eq!(tickets(&world).await, before);
    }
}

on_both! {
    /// Who answered what was asked a moment ago is believed; later not.
    async fn a_form_that_has_changed_is_told(world) {
        let owner = world.staff("owner@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        published(&owner, "hardware", 0, json!([open("one", "TEXT"), internal("cost")])).await;
        let with_version = |version: i64, key: &str| json!({"category": "hardware", "formVersion": version, "answers": [{"key": key, "text": "x"}]});
        // Internal changes are none.
        published(&owner, "hardware", 1, json!([open("one", "TEXT"), internal("risk")])).await;
        published(&owner, "hardware", 2, json!([open("one", "TEXT"), internal("room")])).await;
        ticket_of(&open_with(&mia, with_version(1, "one")).await);
        assert_eq!(codes(&open_with(&mia, with_version(3, "one")).await), told(&[("", "FORM_CHANGED")]));
        published(&owner, "hardware", 3, json!([open("two", "TEXT")])).await;
        let ticket = ticket_of(&open_with(&mia, with_version(1, "one")).await);
        assert_eq!(answered(&mia, &ticket).await[0]["label"], "one");
        ticket_of(&open_with(&mia, with_version(2, "two")).await);
        published(&owner, "hardware", 4, json!([open("three", "TEXT")])).await;
        for version in [-1, 0, 1, 4, 5] {
            let refused = open_with(&mia, with_version(version, "one")).await;
            assert_eq!(codes(&refused), told(&[("", "FORM_CHANGED")]), "{version}");
            assert_eq!(refused["errors"][0]["field"], "formVersion");
        }
        // Staff count all versions.
        let alder = id::company(world.cast.alder);
        let by_staff = |version: i64, key: &str| with(with_version(version, key), json!({"company": alder}));
        ticket_of(&open_with(&owner, by_staff(4, "two")).await);
        assert_eq!(codes(&open_with(&owner, by_staff(3, "one")).await), told(&[("", "FORM_CHANGED")]));
        // Nobody gets around what is asked by now with a form of yesterday.
        world.later(chrono::TimeDelta::hours(24));
        let mia = world.client("mia@alder.example").await;
        ticket_of(&open_with(&mia, with_version(2, "two")).await);
        world.later(chrono::TimeDelta::seconds(1));
        let (mia, owner) = (world.client("mia@alder.example").await, world.staff("owner@glass.example").await);
        for (persona, input) in [(&mia, with_version(2, "two")), (&owner, by_staff(4, "two"))] {
            assert_eq!(codes(&open_with(persona, input).await), told(&[("", "FORM_CHANGED")]));
        }
        ticket_of(&open_with(&mia, with_version(3, "three")).await);
    }
}

on_both! {
    /// Before the first form nothing was asked: that, too, is good for a day.
    async fn a_first_form_is_asked_for_soon(world) {
        let owner = world.staff("owner@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        let none = json!({"category": "hardware", "formVersion": 0});
        ticket_of(&open_with(&mia, none.clone()).await);
        published(&owner, "hardware", 0, json!([open("one", "TEXT")])).await;
        ticket_of(&open_with(&mia, none.clone()).await);
        world.later(chrono::TimeDelta::hours(25));
        let mia = world.client("mia@alder.example").await;
        assert_eq!(codes(&open_with(&mia, none).await), told(&[("", "FORM_CHANGED")]));
    }
}

on_both! {
    /// What the team answers for itself, clients never meet: not as an answer, a
    /// file, a word or a change.
    async fn internal_answers_are_the_teams(world) {
        let owner = world.staff("owner@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        let fields = json!([open("room", "TEXT"), internal("cost"), {"key": "bill", "labels": text("CANARY"), "kind": "FILE", "most": 2}]);
        published(&owner, "hardware", 0, fields).await;
        let ticket = ticket_of(&open_with(&mia, on_hardware(&json!([{"key": "room", "text": "bassoon"}]))).await);
        let read = format!("{{ ticket(id: \"{ticket}\") {{ updatedAt attachments {{ nodes {{ id }} }} {ANSWERS} }} }}");
        let before = mia.read(&read).await;
        let file = upload(&world, &owner, ("CANARY.png", "image/png"), PNG).await;
        world.later(chrono::TimeDelta::minutes(1));
        let done = update(&owner, &ticket, json!([{"key": "cost", "text": "sackbut"}, {"key": "bill", "files": [file]}])).await;
        assert_eq!(done["errors"], json!([]), "{done}");
        assert_eq!(mia.read(&read).await, before);
        let theirs = format!("{{ ticket(id: \"{ticket}\") {{ internalAnswers {{ key label text files {{ nodes {{ fileName url }} }} }} }} }}");
        let seen = owner.read(&theirs).await["ticket"]["internalAnswers"].clone();
        assert_eq!((&seen[0]["text"], &seen[1]["files"]["nodes"][0]["fileName"]), (&json!("sackbut"), &json!("CANARY.png")), "{seen}");
        let node = format!("{{ node(id: \"{file}\") {{ id }} }}");
        assert_eq!(mia.code(&node, json!({})).await, "NOT_FOUND");
        assert_eq!(owner.read(&node).await["node"]["id"], json!(file));
        let found = async |by: &Persona, words: &str| {
            let query = "query ($text: String) { tickets(filter: {text: $text}) { nodes { id } } }";
            by.done(query, json!({"text": words})).await["tickets"]["nodes"].as_array().map(Vec::len)
        };
        assert_eq!((found(&mia, "bassoon").await, found(&owner, "bassoon").await), (Some(1), Some(1)));
        assert_eq!((found(&mia, "sackbut").await, found(&owner, "sackbut").await), (Some(0), Some(1)));
        // A client is told of internal fields as of those that there are not.
        let both = update(&mia, &ticket, json!([{"key": "cost", "text": "x"}, {"key": "coast", "text": "x"}])).await;
        assert_eq!(codes(&both), told(&[("cost", "UNKNOWN_FIELD"), ("coast", "UNKNOWN_FIELD")]));
        // Of a withdrawn ticket nothing is left to clients, nor is its file.
        let hide = format!("mutation {{ ticketSetVisibility(input: {{id: \"{ticket}\", visibility: INTERNAL_ONLY, reason: \"x\"}}) {{ errors {{ code }} }} }}");
        owner.read(&hide).await;
        assert_eq!((found(&mia, "bassoon").await, mia.code(&read, json!({})).await), (Some(0), "NOT_FOUND".to_owned()));
    }
}

on_both! {
    /// Whoever reads that a field is internal can answer it and be sure of that.
    async fn an_answer_stays_on_its_side(world) {
        let owner = world.staff("owner@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        let fill = |key: &str| json!({"key": key, "labels": text("Field"), "kind": "TEXT", "visible": true});
        published(&owner, "hardware", 0, json!([open("room", "TEXT"), fill("later"), fill("once"), internal("ours")])).await;
        let ticket = ticket_of(&open_with(&mia, on_hardware(&json!([{"key": "room", "text": "1"}]))).await);
        let said = json!([{"key": "once", "text": "seen"}, {"key": "ours", "text": "kept"}]);
        assert_eq!(update(&owner, &ticket, said).await["errors"], json!([]));
        let bare = ticket_of(&open_with(&mia, json!({"category": "hardware"})).await);
        let said = json!([{"key": "ours", "text": "kept"}]);
        assert_eq!(update(&owner, &bare, said).await["errors"], json!([]));
        // What was shown is internal now, and the other way round.
        let other = json!([open("room", "TEXT"), internal("later"), internal("once"), fill("ours")]);
        published(&owner, "hardware", 1, other).await;
        let said = json!([{"key": "once", "text": "seen again"}, {"key": "ours", "text": "kept again"}]);
        assert_eq!(update(&owner, &ticket, said).await["errors"], json!([]));
        let said = json!([{"key": "ours", "text": "kept again"}]);
        assert_eq!(update(&owner, &bare, said).await["errors"], json!([]));
        assert_eq!(answered(&mia, &bare).await, json!([]));
        let shown = json!([{"key": "room", "text": "1"}, {"key": "once", "text": "seen again"}]);
        let same = json!([{"key": "room", "text": "1"}]);
        assert_eq!(update(&mia, &ticket, same).await["ticket"]["answers"], shown);
        // The internal answers were given to another form, which knows nothing of this one.
        let said = json!([{"key": "later", "text": "sackbut"}]);
        assert_eq!(codes(&update(&owner, &ticket, said.clone()).await), told(&[("later", "UNKNOWN_FIELD")]));
        // Without any yet, they go to the form in force.
        let ticket = ticket_of(&open_with(&mia, on_hardware(&json!([{"key": "room", "text": "2"}]))).await);
        published(&owner, "hardware", 2, json!([open("room", "TEXT"), internal("ours"), internal("later")])).await;
        let read = format!("{{ ticket(id: \"{ticket}\") {{ updatedAt {ANSWERS} }} }}");
        let before = mia.read(&read).await;
        let said = json!([{"key": "ours", "text": "sackbut"}, {"key": "later", "text": "sackbut"}]);
        assert_eq!(update(&owner, &ticket, said).await["errors"], json!([]));
        assert_eq!(mia.read(&read).await, before);
        let words = "{ tickets(filter: {text: \"sackbut\"}) { nodes { id } } }";
        assert_eq!(mia.read(words).await["tickets"]["nodes"], json!([]));
        assert_eq!(owner.read(words).await["tickets"]["nodes"], json!([{"id": ticket}]));
    }
}

on_both! {
    /// Clients change what they may until the ticket is closed, staff also then.
    async fn answers_can_be_changed(world) {
        let owner = world.staff("owner@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        let noah = world.client("noah@alder.example").await;
        published(&owner, "hardware", 0, everything()).await;
        let ticket = ticket_of(&open_with(&mia, on_hardware(&json!([{"key": "room", "text": "1"}, {"key": "story", "text": "oboe"}]))).await);
        // The form has changed, and the answers stay with theirs.
        published(&owner, "hardware", 1, json!([open("other", "TEXT")])).await;
        world.later(chrono::TimeDelta::minutes(1));
        let done = update(&mia, &ticket, json!([{"key": "story"}, {"key": "room", "text": "2"}])).await;
        assert_eq!(done["ticket"]["answers"], json!([{"key": "room", "text": "2"}]), "{done}");
        let at = done["ticket"]["updatedAt"].clone();
        world.later(chrono::TimeDelta::minutes(1));
        // Nothing new is no change.
        assert_eq!(update(&mia, &ticket, json!([{"key": "room", "text": "2"}])).await["ticket"]["updatedAt"], at);
        for (answer, code) in [
            (json!({"key": "room", "text": " "}), "REQUIRED"),
            (json!({"key": "grade", "text": "x"}), "NOT_EDITABLE"),
            (json!({"key": "other", "text": "x"}), "UNKNOWN_FIELD"),
            (json!({"key": "size", "number": "11"}), "OUT_OF_RANGE"),
        ] {
            assert_eq!(codes(&update(&mia, &ticket, json!([answer])).await)[0].1, code);
        }
        assert_eq!(update(&owner, &ticket, json!([{"key": "grade", "text": "A"}])).await["errors"], json!([]));
        let document = "mutation ($input: TicketAnswersUpdateInput!) { ticketAnswersUpdate(input: $input) { errors { code } } }";
        let input = json!({"input": {"id": ticket, "answers": [{"key": "room", "text": "3"}]}});
        assert_eq!(noah.code(document, input).await, "NOT_FOUND");
        // Files come to those that are there, and stay.
        for round in 0..3 {
            let file = upload(&world, &mia, ("plan.png", "image/png"), PNG).await;
            let done = update(&mia, &ticket, json!([{"key": "plan", "files": [file]}])).await;
            assert_eq!(done["errors"].as_array().map(Vec::len), Some(usize::from(round == 2)), "{done}");
        }
        assert_eq!(update(&mia, &ticket, json!([{"key": "plan"}])).await["errors"], json!([]));
        let seen = answered(&mia, &ticket).await;
        let files = seen.as_array().expect("answers").iter().find(|answer| answer["key"] == "plan").expect("files");
        assert_eq!(files["files"]["nodes"].as_array().map(Vec::len), Some(2));
        let resolve = format!("mutation {{ ticketResolve(input: {{id: \"{ticket}\", resolution: \"x\"}}) {{ errors {{ code }} }} }}");
        owner.read(&resolve).await;
        mia.read(&format!("mutation {{ ticketAccept(input: {{id: \"{ticket}\"}}) {{ errors {{ code }} }} }}")).await;
        assert_eq!(codes(&update(&mia, &ticket, json!([{"key": "room", "text": "9"}])).await)[0].1, "TICKET_CLOSED");
        assert_eq!(update(&owner, &ticket, json!([{"key": "room", "text": "9"}])).await["errors"], json!([]));
    }
}

on_both! {
    /// Of changes at the same time none is lost.
    async fn changes_at_the_same_time_are_all_kept(world) {
        let owner = world.staff("owner@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        published(&owner, "hardware", 0, json!([open("a", "TEXT"), open("b", "TEXT"), internal("c")])).await;
        let ticket = ticket_of(&open_with(&mia, on_hardware(&json!([]))).await);
        for round in 0..5 {
            let answer = |key: &str| json!([{"key": key, "text": format!("{key}{round}")}]);
            let all = tokio::join!(update(&mia, &ticket, answer("a")), update(&owner, &ticket, answer("b")), update(&owner, &ticket, answer("c")));
            for done in [all.0, all.1, all.2] {
                assert_eq!(done["errors"], json!([]), "{done}");
            }
            let read = format!("{{ ticket(id: \"{ticket}\") {{ answers {{ text }} internalAnswers {{ text }} }} }}");
            let expected = json!({"answers": [{"text": format!("a{round}")}, {"text": format!("b{round}")}], "internalAnswers": [{"text": format!("c{round}")}]});
            assert_eq!(owner.read(&read).await["ticket"], expected);
        }
    }
}

on_both! {
    /// A page of answers costs the same however many tickets there are.
    async fn a_page_of_answers_costs_the_same(world) {
        let mia = world.client("mia@alder.example").await;
        let owner = world.staff("owner@glass.example").await;
        let costs = async |first: i64| {
            let query = "query ($first: Int) { tickets(first: $first) { nodes { answers { label text files { nodes { id } } } } } }";
            let all = "query ($first: Int) { tickets(first: $first) { nodes { answers(locale: \"en\") { text } internalAnswers(locale: \"en\") { text } } } }";
            let seen = world.cost(&mia, query, json!({"first": first})).await;
            (seen, world.cost(&owner, all, json!({"first": first})).await)
        };
        for n in 0..8 {
            let ticket = ticket_of(&open_with(&mia, json!({"answers": [{"key": "room", "text": format!("{n}")}, {"key": "device", "choices": ["screen"]}]})).await);
            update(&owner, &ticket, json!([{"key": "cost", "text": "CANARY"}])).await;
        }
        // Tickets, answers, what was asked, and the language; for staff, whose
        // language is named, both kinds of answers with what was asked.
        assert_eq!((costs(1).await, costs(8).await), ((4, 5), (4, 5)));
    }
}
