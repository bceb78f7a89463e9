//! What statuses are called: the workspace's own words, per language.

use end_to_end::{Persona, Realm, World, id, on_both};
use serde_json::{Value, json};

const UPDATE: &str = "mutation ($labels: [TicketStatusLabelsInput!]!) { workspaceStatusLabelsUpdate(input: {labels: $labels}) \
    { ticketStatuses { status label labels { locale text } } errors { code field path } } }";

/// Sets words of a status, by language.
fn words(status: &str, texts: &[(&str, Value)]) -> Value {
    let label = |(locale, text): &(&str, Value)| json!({"locale": locale, "text": text});
    json!({"status": status, "labels": texts.iter().map(label).collect::<Vec<_>>()})
}

async fn set(by: &Persona, labels: Value) -> Value {
    let done = by.done(UPDATE, json!({"labels": labels})).await;
    done["workspaceStatusLabelsUpdate"].clone()
}

/// Sets words, which must go well; all statuses as they are then.
async fn said(by: &Persona, labels: Value) -> Value {
    let done = set(by, labels).await;
    assert_eq!(done["errors"], json!([]), "{done}");
    done["ticketStatuses"].clone()
}

/// What the statuses are called, in the order of a ticket's life.
async fn called(by: &Persona, locale: Option<&str>) -> Vec<String> {
    let query = "query ($locale: String) { ticketStatuses(locale: $locale) { status label } }";
    let found = by.done(query, json!({"locale": locale})).await;
    let found = found["ticketStatuses"].as_array().expect("statuses");
    let statuses: Vec<_> = found.iter().map(|one| one["status"].clone()).collect();
    assert_eq!(
        json!(statuses),
        json!(["OPEN", "IN_PROGRESS", "WAITING", "RESOLVED", "CLOSED"])
    );
    let label = |one: &Value| one["label"].as_str().expect("a label").to_owned();
    found.iter().map(label).collect()
}

async fn speaks(owner: &Persona, world: &World, locale: &str) {
    let update =
        "mutation ($input: UserUpdateInput!) { userUpdate(input: $input) { errors { code } } }";
    let input = json!({"input": {"id": id::user(world.cast.mia), "locale": locale}});
    let done = owner.done(update, input).await;
    assert_eq!(done["userUpdate"]["errors"], json!([]));
}

const BUILT_IN: [(&str, [&str; 5]); 3] = [
    (
        "en",
        [
            "Open",
            "In progress",
            "Waiting for you",
            "Resolved",
            "Closed",
        ],
    ),
    (
        "fr",
        [
            "Ouvert",
            "En cours",
            "En attente de votre réponse",
            "Résolu",
            "Clos",
        ],
    ),
    (
        "de",
        [
            "Offen",
            "In Arbeit",
            "Wartet auf Sie",
            "Gelöst",
            "Geschlossen",
        ],
    ),
];

on_both! {
    /// The word of the language, else that of the workspace's own language, else the
    /// built-in one, for whoever reads.
    async fn the_nearest_word_is_read(world) {
        let owner = world.staff("owner@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        for (locale, words) in BUILT_IN {
            assert_eq!(called(&mia, Some(locale)).await, words);
        }
        assert_eq!(called(&owner, None).await[2], "Waiting for the client");
        said(&owner, json!([
            words("IN_PROGRESS", &[("en", json!("  On the bench ")), ("fr", json!("À l'atelier"))]),
            words("WAITING", &[("de-CH", json!("Sie sind dran"))]),
        ])).await;
        assert_eq!(called(&mia, None).await, ["Open", "On the bench", "Waiting for you", "Resolved", "Closed"]);
        assert_eq!(called(&mia, Some("fr-CA")).await, ["Ouvert", "À l'atelier", "En attente de votre réponse", "Résolu", "Clos"]);
        assert_eq!(called(&mia, Some("de")).await, ["Offen", "On the bench", "Sie sind dran", "Gelöst", "Geschlossen"]);
        // The same words for the team.
        assert_eq!(called(&owner, Some("de")).await[2], "Sie sind dran");
        assert_eq!(called(&owner, None).await[2], "Waiting for the client");

        let own = format!("{{ ticket(id: \"{}\") {{ status statusLabel german: statusLabel(locale: \"de\") }} }}", id::ticket(world.cast.mias));
        assert_eq!(mia.read(&own).await["ticket"], json!({"status": "IN_PROGRESS", "statusLabel": "On the bench", "german": "On the bench"}));
        speaks(&owner, &world, "fr").await;
        assert_eq!(mia.read(&own).await["ticket"]["statusLabel"], "À l'atelier");
        assert_eq!(called(&mia, None).await[1], "À l'atelier");

        // The workspace speaks another language from now on.
        let update = "mutation { workspaceUpdate(input: {locale: \"de\"}) { errors { code } } }";
        owner.read(update).await;
        assert_eq!(called(&mia, Some("en")).await, ["Open", "On the bench", "Sie sind dran", "Resolved", "Closed"]);
        assert_eq!(called(&mia, Some("fr")).await[2], "Sie sind dran");
        assert_eq!(mia.read(&own).await["ticket"]["german"], "In Arbeit");

        for document in ["{ ticketStatuses(locale: \"it\") { label } }".to_owned(), own.replace("\"de\"", "\"it\"")] {
            assert_eq!(mia.code(&document, json!({})).await, "BAD_USER_INPUT");
        }
        // To whom the tickets are closed there is nothing to choose.
        let zoe = world.client("zoe@alder.example").await;
        assert_eq!(zoe.read("{ ticketStatuses { status } }").await["ticketStatuses"], json!([]));
    }
}

on_both! {
    async fn what_is_not_named_stays(world) {
        let owner = world.staff("owner@glass.example").await;
        let own = |statuses: &Value| {
            let all = statuses.as_array().expect("statuses").iter();
            let own = all.map(|one| one["labels"].clone()).collect::<Vec<_>>();
            json!(own)
        };
        let label = |locale: &str, text: &str| json!({"locale": locale, "text": text});
        let first = said(&owner, json!([
            words("OPEN", &[("fr", json!("Reçu")), ("en", json!("Received"))]),
            words("CLOSED", &[("en", json!("Over"))]),
        ])).await;
        assert_eq!(own(&first), json!([[label("en", "Received"), label("fr", "Reçu")], [], [], [], [label("en", "Over")]]));
        let second = said(&owner, json!([words("OPEN", &[("fr", json!("Arrivé"))]), words("WAITING", &[])])).await;
        assert_eq!(own(&second), json!([[label("en", "Received"), label("fr", "Arrivé")], [], [], [], [label("en", "Over")]]));
        // Null and nothing take a word away, and what was not there does not come.
        let third = said(&owner, json!([
            words("OPEN", &[("en", Value::Null), ("de", json!("  "))]),
            words("CLOSED", &[("en", json!(""))]),
        ])).await;
        assert_eq!(own(&third), json!([[label("fr", "Arrivé")], [], [], [], []]));
        assert_eq!(third[0]["label"], "Open");
        assert_eq!(owner.read("{ ticketStatuses { status label labels { locale text } } }").await["ticketStatuses"], third);

        for nothing in [json!([]), json!([words("OPEN", &[("fr", json!("Arrivé")), ("en", Value::Null)])])] {
            let refused = set(&owner, nothing).await;
            assert_eq!(refused, json!({"ticketStatuses": null, "errors": [{"code": "NOTHING_TO_CHANGE", "field": null, "path": null}]}));
        }
        let trail = owner.read("{ audit(kind: \"statusLabels.changed\") { nodes { subjectKind detail } } }").await;
        let mut details: Vec<Value> = trail["audit"]["nodes"].as_array().expect("entries").iter().map(|entry| {
            assert_eq!(entry["subjectKind"], "WORKSPACE");
            match &entry["detail"] {
                Value::String(text) => serde_json::from_str(text).expect("JSON"),
                detail => detail.clone(),
            }
        }).collect();
        // All at one instant.
        details.sort_by_key(Value::to_string);
        assert_eq!(details, [
            json!({"closed": ["en"], "open": ["en", "fr"]}),
            json!({"closed": ["en"], "open": ["en"]}),
            json!({"open": ["fr"]}),
        ]);
    }
}

on_both! {
    /// All that is wrong is told with its place, and nothing is taken.
    async fn what_cannot_be_taken_is_refused(world) {
        let owner = world.staff("owner@glass.example").await;
        let long = json!("é".repeat(201));
        let refused = set(&owner, json!([
            words("OPEN", &[("en", long), ("en-GB", json!("New")), ("it", json!("Nuovo")), ("fr", json!("Re\u{7}çu"))]),
            words("CLOSED", &[("en", json!("Over")), ("de", json!("a\0b"))]),
            words("OPEN", &[("fr", json!("Reçu"))]),
        ])).await;
        assert_eq!(refused["ticketStatuses"], Value::Null);
        let at = |code: &str, path: &str| json!({"code": code, "field": "labels", "path": path});
        assert_eq!(refused["errors"], json!([
            at("TOO_LONG", "labels.0.labels.0.text"),
            at("DUPLICATE", "labels.0.labels.1.locale"),
            at("UNKNOWN_LOCALE", "labels.0.labels.2.locale"),
            at("INVALID_CHARACTERS", "labels.0.labels.3.text"),
            at("INVALID_CHARACTERS", "labels.1.labels.1.text"),
            at("DUPLICATE", "labels.2.status"),
        ]));
        let many: Vec<_> = (0..101).map(|_| words("OPEN", &[])).collect();
        assert_eq!(owner.code(UPDATE, json!({"labels": many})).await, "BAD_USER_INPUT");
        let many: Vec<_> = (0..101).map(|_| ("en", json!("x"))).collect();
        assert_eq!(owner.code(UPDATE, json!({"labels": [words("OPEN", &many)]})).await, "BAD_USER_INPUT");
        assert_eq!(world.count("status_labels").await, 0);
        said(&owner, json!([words("OPEN", &[("en", json!("é".repeat(200)))])])).await;
    }
}

on_both! {
    /// Words are the workspace's: no client sets them, nobody of the team without the
    /// permission, and nobody of another workspace reads them.
    async fn words_stay_in_their_workspace(world) {
        let change = "mutation { workspaceStatusLabelsUpdate(input: {labels: [{status: OPEN, labels: [{locale: \"en\", text: \"CANARY\"}]}]}) { errors { code } } }";
        let ada = world.client("ada@alder.example").await;
        assert_eq!(ada.code(change, json!({})).await, "GRAPHQL_VALIDATION_FAILED");
        assert_eq!(world.through_the_full_schema("ada@alder.example", change).await, "FORBIDDEN");
        let member = world.staff("member@glass.example").await;
        assert_eq!(member.code(change, json!({})).await, "FORBIDDEN");
        assert_eq!(world.count("status_labels").await, 0);

        let stranger = world.sign_in(Realm::Staff, "other", "owner@other.example").await;
        assert_eq!(stranger.read(change).await["workspaceStatusLabelsUpdate"]["errors"], json!([]));
        assert_eq!(called(&stranger, None).await[0], "CANARY");
        let owner = world.staff("owner@glass.example").await;
        for by in [&ada, &owner] {
            assert_eq!(called(by, None).await[0], "Open");
        }
        said(&owner, json!([words("OPEN", &[("en", json!("Received"))])])).await;
        said(&owner, json!([words("OPEN", &[("en", Value::Null)])])).await;
        assert_eq!(called(&stranger, None).await[0], "CANARY");
    }
}

on_both! {
    async fn a_timeline_speaks_the_same_words(world) {
        let owner = world.staff("owner@glass.example").await;
        let mias = id::ticket(world.cast.mias);
        said(&owner, json!([words("WAITING", &[("en", json!("Your turn"))])])).await;
        owner.read(&format!("mutation {{ ticketSetStatus(input: {{id: \"{mias}\", status: WAITING}}) {{ errors {{ code }} }} }}")).await;
        owner.read(&format!("mutation {{ ticketReply(input: {{id: \"{mias}\", body: \"Well?\"}}) {{ errors {{ code }} }} }}")).await;
        let mia = world.client("mia@alder.example").await;
        let query = format!("{{ ticket(id: \"{mias}\") {{ timeline(first: 100) {{ nodes {{ id kind fromStatusLabel toStatusLabel french: toStatusLabel(locale: \"fr\") }} }} }} }}");
        let found = mia.read(&query).await;
        let entries = found["ticket"]["timeline"]["nodes"].as_array().expect("entries");
        let change = entries.iter().find(|entry| entry["kind"] == "STATUS_CHANGE").expect("a change");
        let labels = [&change["fromStatusLabel"], &change["toStatusLabel"], &change["french"]];
        assert_eq!(labels, ["In progress", "Your turn", "Your turn"]);
        let mut replies = entries.iter().filter(|entry| entry["kind"] == "REPLY");
        assert!(replies.any(|reply| reply["toStatusLabel"].is_null()), "a reply that moved nothing");
        // By itself, as a live stream delivers it.
        let node = format!("{{ node(id: {}) {{ ... on TimelineEntry {{ toStatusLabel }} }} }}", change["id"]);
        assert_eq!(mia.read(&node).await["node"]["toStatusLabel"], "Your turn");
    }
}

on_both! {
    /// A request that changes a word goes on with the new one.
    async fn a_request_reads_what_it_wrote(world) {
        let owner = world.staff("owner@glass.example").await;
        let mias = id::ticket(world.cast.mias);
        let note = |body: &str| format!("ticketNote(input: {{id: \"{mias}\", body: \"{body}\"}}) {{ ticket {{ statusLabel }} }}");
        let document = format!(
            "mutation {{ before: {} \
             workspaceStatusLabelsUpdate(input: {{labels: [{{status: IN_PROGRESS, labels: [{{locale: \"en\", text: \"On the bench\"}}]}}]}}) {{ ticketStatuses {{ label }} }} \
             after: {} }}", note("one"), note("two")
        );
        let done = owner.read(&document).await;
        assert_eq!(done["before"]["ticket"]["statusLabel"], "In progress");
        assert_eq!(done["workspaceStatusLabelsUpdate"]["ticketStatuses"][1]["label"], "On the bench");
        assert_eq!(done["after"]["ticket"]["statusLabel"], "On the bench");
    }
}

on_both! {
    /// Of two who say the same at once one changes it; two who name words crosswise do
    /// not wait for each other for ever.
    async fn of_two_at_once_one_changes_a_word(world) {
        let owner = world.staff("owner@glass.example").await;
        let both = |open: &str, closed: &str| [
            words("OPEN", &[("en", json!(open))]),
            words("CLOSED", &[("en", json!(closed))]),
        ];
        let (one, other) = tokio::join!(set(&owner, json!(both("A", "B"))), set(&owner, json!(both("A", "B"))));
        let mut codes = [one, other].map(|done| done["errors"][0]["code"].clone());
        codes.sort_by_key(Value::is_null);
        assert_eq!(codes, [json!("NOTHING_TO_CHANGE"), Value::Null]);
        let mut crosswise = both("E", "F");
        crosswise.reverse();
        let (one, other) = tokio::join!(set(&owner, json!(both("C", "D"))), set(&owner, json!(crosswise)));
        assert_eq!((&one["errors"], &other["errors"]), (&json!([]), &json!([])));
        let now = called(&owner, None).await;
        let now = (now[0].as_str(), now[4].as_str());
        assert!([("C", "D"), ("E", "F")].contains(&now), "{now:?}");
    }
}
