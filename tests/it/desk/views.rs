//! Saved views: private and the team's, and what whoever uses one may see.

use end_to_end::{Persona, Realm, World, id, on_both};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

const MIAS: &str = "The printer on floor 2 is silent";
const NOAHS: &str = "A new laptop for the new colleague";
const HIDDEN: &str = "CANARY: renewal at risk";

async fn create(persona: &Persona, input: Value) -> Value {
    let create = "mutation ($input: SavedViewCreateInput!) { savedViewCreate(input: $input) { view { id name shared } errors { code field } } }";
    persona.done(create, json!({"input": input})).await["savedViewCreate"].clone()
}

async fn update(persona: &Persona, input: Value) -> Value {
    let update = "mutation ($input: SavedViewUpdateInput!) { savedViewUpdate(input: $input) { view { id name shared orderField orderDirection } errors { code field } } }";
    persona.done(update, json!({"input": input})).await["savedViewUpdate"].clone()
}

async fn delete(persona: &Persona, id: &Value) -> Value {
    let delete =
        "mutation ($id: ID!) { savedViewDelete(input: {id: $id}) { deleted errors { code } } }";
    persona.done(delete, json!({"id": id})).await["savedViewDelete"].clone()
}

/// The views that somebody sees, with whose they are.
async fn listed(persona: &Persona) -> Vec<String> {
    let list = persona
        .read("{ savedViews(first: 100) { nodes { name owner { name } editable } } }")
        .await;
    let nodes = list["savedViews"]["nodes"]
        .as_array()
        .expect("nodes")
        .clone();
    let name = |node: &Value| {
        format!(
            "{} {} {}",
            node["name"], node["owner"]["name"], node["editable"]
        )
        .replace('"', "")
    };
    nodes.iter().map(name).collect()
}

/// What a view shows to somebody.
async fn shown(persona: &Persona, id: &Value) -> Vec<String> {
    let query =
        "query ($id: ID!) { savedView(id: $id) { tickets(first: 100) { nodes { subject } } } }";
    let found = persona.done(query, json!({"id": id})).await;
    let nodes = found["savedView"]["tickets"]["nodes"]
        .as_array()
        .expect("nodes")
        .clone();
    nodes
        .iter()
        .map(|node| node["subject"].as_str().expect("a subject").to_owned())
        .collect()
}

on_both! {
    /// A private view is its maker's alone; the team's is everybody's, and each
    /// finds in it what they may see.
    async fn whoever_uses_a_view_finds_what_they_may_see(world) {
        let manager = world.staff("manager@glass.example").await;
        let member = world.staff("member@glass.example").await;
        let owner = world.staff("owner@glass.example").await;
        let of_alder = json!({"company": id::company(world.cast.alder)});
        let own = create(&manager, json!({"name": " Mine ", "filter": of_alder})).await["view"].clone();
        assert_eq!((&own["name"], &own["shared"]), (&json!("Mine"), &json!(false)));
        let team = create(&manager, json!({"name": "Alder's", "shared": true, "filter": of_alder})).await["view"].clone();
        assert_eq!(listed(&manager).await, ["Alder's Manager true", "Mine Manager true"]);
        assert_eq!(listed(&member).await, ["Alder's Manager false"]);
        assert_eq!(listed(&owner).await, ["Alder's Manager true"], "whoever runs the settings manages the team's");
        assert_eq!(shown(&manager, &team["id"]).await, [HIDDEN, NOAHS, MIAS]);
        assert_eq!(shown(&member, &team["id"]).await, [MIAS]);
        let code = "query ($id: ID!) { savedView(id: $id) { id } }";
        for persona in [&member, &owner] {
            assert_eq!(persona.code(code, json!({"id": own["id"]})).await, "NOT_FOUND");
        }
        let stranger = world.sign_in(Realm::Staff, "other", "owner@other.example").await;
        assert_eq!(stranger.code(code, json!({"id": team["id"]})).await, "NOT_FOUND");
        assert_eq!(listed(&stranger).await, Vec::<String>::new());
        let mia = world.client("mia@alder.example").await;
        assert_eq!(mia.code(code, json!({"id": team["id"]})).await, "GRAPHQL_VALIDATION_FAILED");
        assert_eq!(mia.code("query ($id: ID!) { node(id: $id) { id } }", json!({"id": team["id"]})).await, "NOT_FOUND");
    }
}

on_both! {
    /// Only who made a view changes it, and of the team's whoever runs the settings.
    async fn who_changes_a_view(world) {
        let manager = world.staff("manager@glass.example").await;
        let member = world.staff("member@glass.example").await;
        let owner = world.staff("owner@glass.example").await;
        let view = create(&member, json!({"name": "Ours", "shared": true})).await["view"]["id"].clone();
        assert_eq!(update(&manager, json!({"id": view, "name": "x"})).await, json!({"view": null, "errors": [{"code": "NOT_YOURS", "field": "id"}]}));
        assert_eq!(delete(&manager, &view).await["errors"], json!([{"code": "NOT_YOURS"}]));
        assert_eq!(update(&owner, json!({"id": view, "name": "Everybody's"})).await["view"]["name"], "Everybody's");
        let ordered = json!({"id": view, "orderBy": {"field": "UPDATED_AT", "direction": "ASC"}, "shared": false});
        let changed = update(&member, ordered).await["view"].clone();
        assert_eq!(changed, json!({"id": view, "name": "Everybody's", "shared": false, "orderField": "UPDATED_AT", "orderDirection": "ASC"}));
        let code = "mutation ($id: ID!) { savedViewDelete(input: {id: $id}) { deleted } }";
        assert_eq!(owner.code(code, json!({"id": view})).await, "NOT_FOUND", "it is private by now");
        assert_eq!(delete(&member, &view).await, json!({"deleted": view, "errors": []}));
        assert_eq!(member.code(code, json!({"id": view})).await, "NOT_FOUND");
        assert_eq!(world.count("ticket_views").await, 0);
    }
}

on_both! {
    /// A view shows the list that its filter and order show, page by page, and tells
    /// what they are.
    async fn a_view_is_its_filter_and_its_order(world) {
        let owner = world.staff("owner@glass.example").await;
        let cast = &world.cast;
        let filter = json!({
            "status": ["OPEN", "IN_PROGRESS"], "category": ["general"], "openedBetween": {"from": "2020-01-01T00:00:00Z"},
            "priority": ["NORMAL", "HIGH"], "requester": id::user(cast.mia), "visibility": "CLIENT_VISIBLE", "assignee": id::staff(cast.member),
        });
        let view = create(&owner, json!({"name": "Mia's", "filter": filter})).await["view"]["id"].clone();
        assert_eq!(shown(&owner, &view).await, [MIAS]);
        let query = "query ($id: ID!) { savedView(id: $id) { orderField orderDirection filter { status category openedFrom openedTo text assignee \
                     unassigned priority company requester visibility } } }";
        let told = owner.done(query, json!({"id": view})).await["savedView"].clone();
        assert_eq!(told, json!({"orderField": "OPENED_AT", "orderDirection": "DESC", "filter": {
            "status": ["OPEN", "IN_PROGRESS"], "category": ["general"], "openedFrom": "2020-01-01T00:00:00+00:00", "openedTo": null, "text": null,
            "assignee": id::staff(cast.member), "unassigned": false, "priority": ["NORMAL", "HIGH"], "company": null,
            "requester": id::user(cast.mia), "visibility": "CLIENT_VISIBLE",
        }}));
        let words = json!({"id": view, "filter": {"text": "please help", "unassigned": true, "company": id::company(cast.alder)}});
        update(&owner, words).await;
        assert_eq!(shown(&owner, &view).await, [NOAHS]);
        let told = owner.done(query, json!({"id": view})).await["savedView"]["filter"].clone();
        assert_eq!((&told["text"], &told["unassigned"], &told["assignee"]), (&json!("please help"), &json!(true), &Value::Null));
        update(&owner, json!({"id": view, "filter": {"company": id::company(cast.alder)}, "orderBy": {"field": "REFERENCE", "direction": "ASC"}})).await;
        let mut paged = Vec::new();
        let mut after = Value::Null;
        loop {
            let query = "query ($id: ID!, $after: String) { savedView(id: $id) { tickets(first: 1, after: $after) { nodes { subject } pageInfo { hasNextPage endCursor } } } }";
            let page = owner.done(query, json!({"id": view, "after": after})).await["savedView"]["tickets"].clone();
            paged.push(page["nodes"][0]["subject"].as_str().expect("a subject").to_owned());
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(paged, [MIAS, NOAHS, HIDDEN]);
    }
}

on_both! {
    /// An id in a view that names nothing, or nothing any more, matches nothing.
    async fn what_has_gone_matches_nothing(world) {
        let owner = world.staff("owner@glass.example").await;
        for filter in [
            json!({"assignee": "x"}), json!({"assignee": id::user(world.cast.mia)}), json!({"company": id::ticket(world.cast.mias)}),
            json!({"requester": "x"}), json!({"category": ["gone"]}), json!({"category": ["\0"]}),
        ] {
            let view = create(&owner, json!({"name": "x", "filter": filter})).await["view"]["id"].clone();
            assert_eq!(shown(&owner, &view).await, Vec::<String>::new(), "{filter}");
        }
    }
}

on_both! {
    /// What cannot be saved is named; what cannot be read any more says so, and the
    /// list of views stands.
    async fn bad_views_are_refused(world) {
        let owner = world.staff("owner@glass.example").await;
        for (input, code, field) in [
            (json!({"name": " "}), "REQUIRED", "name"),
            (json!({"name": "x".repeat(201)}), "TOO_LONG", "name"),
            (json!({"name": "a\0b"}), "INVALID_CHARACTERS", "name"),
            (json!({"name": "x", "filter": {"category": vec!["x".repeat(100); 90]}}), "TOO_LONG", "filter"),
        ] {
            assert_eq!(create(&owner, input.clone()).await["errors"], json!([{"code": code, "field": field}]), "{field}");
        }
        let query = "mutation ($input: SavedViewCreateInput!) { savedViewCreate(input: $input) { errors { code } } }";
        for (filter, order) in [
            (json!({"text": "x".repeat(300)}), Value::Null),
            (json!({"text": "printer"}), json!({"field": "UPDATED_AT"})),
            (json!({"status": vec!["OPEN"; 101]}), Value::Null),
            (json!({"unassigned": true, "assignee": id::staff(world.cast.member)}), Value::Null),
        ] {
            let input = json!({"name": "x", "filter": filter, "orderBy": order});
            assert_eq!(owner.code(query, json!({"input": input})).await, "BAD_USER_INPUT", "{filter:.60}");
        }
        assert_eq!(world.count("ticket_views").await, 0);
        let view = create(&owner, json!({"name": "Old", "filter": {"text": "a\0b printer"}})).await["view"]["id"].clone();
        break_views(&world).await;
        assert_eq!(listed(&owner).await, ["Old Owner true"]);
        let tickets = "query ($id: ID!) { savedView(id: $id) { tickets { nodes { id } } } }";
        assert_eq!(owner.code(tickets, json!({"id": view})).await, "BAD_USER_INPUT");
        assert_eq!(update(&owner, json!({"id": view, "filter": {"unassigned": true}})).await["errors"], json!([]));
        assert!(!shown(&owner, &view).await.is_empty());
    }
}

/// As another version would have kept them.
#[expect(clippy::disallowed_methods, reason = "writes what no command writes")]
async fn break_views(world: &World) {
    let db = world.store.connection();
    let text = "UPDATE ticket_views SET filter = '{\"colour\":\"red\"}'";
    let statement = Statement::from_string(db.get_database_backend(), text);
    db.execute_raw(statement).await.expect("written");
}

on_both! {
    /// Each has fifty views at most, whoever asks at once; running them costs.
    async fn views_are_bounded(world) {
        let member = world.staff("member@glass.example").await;
        for n in 0..48 {
            assert_eq!(create(&member, json!({"name": n.to_string(), "shared": n % 2 == 0})).await["errors"], json!([]));
        }
        let one = || create(&member, json!({"name": "at once"}));
        let done = tokio::join!(one(), one(), one());
        let errors = [done.0, done.1, done.2].map(|payload| payload["errors"].clone());
        assert_eq!(errors.iter().filter(|errors| **errors == json!([])).count(), 2, "{errors:?}");
        assert!(errors.contains(&json!([{"code": "TOO_MANY_VIEWS", "field": "name"}])), "{errors:?}");
        assert_eq!(world.count("ticket_views").await, 50);
        let all = "{ savedViews(first: 100) { nodes { tickets { nodes { id } } } } }";
        assert_eq!(member.code(all, json!({})).await, "LIMIT_EXCEEDED");
        // A page costs the same statements whatever its size.
        let list = "query ($first: Int) { savedViews(first: $first) { nodes { id name owner { name } filter { status } editable } } }";
        let cost = async |first: i32| world.cost(&member, list, json!({"first": first})).await;
        assert_eq!(cost(1).await, cost(50).await);
    }
}

on_both! {
    /// Two changes of one view at once: both are kept.
    async fn no_change_of_a_view_is_lost(world) {
        let owner = world.staff("owner@glass.example").await;
        let view = create(&owner, json!({"name": "Mine"})).await["view"]["id"].clone();
        for round in 0..8 {
            let (name, status) = (format!("View {round}"), ["OPEN", "WAITING"][round % 2]);
            let (one, other) = tokio::join!(
                update(&owner, json!({"id": view, "name": name})),
                update(&owner, json!({"id": view, "filter": {"status": [status]}})),
            );
            assert_eq!((&one["errors"], &other["errors"]), (&json!([]), &json!([])));
            let read = "query ($id: ID!) { savedView(id: $id) { name filter { status } } }";
            let found = owner.done(read, json!({"id": view})).await["savedView"].clone();
            assert_eq!(found, json!({"name": name, "filter": {"status": [status]}}));
        }
    }
}
