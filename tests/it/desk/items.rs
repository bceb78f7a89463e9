//! Configuration items: what a company has, and who may know of it.

use chrono::TimeDelta;
use end_to_end::{Persona, Realm, World, id, on_both};
use serde_json::{Value, json};

async fn create(persona: &Persona, input: Value) -> Value {
    let create = "mutation ($input: ConfigurationItemCreateInput!) { configurationItemCreate(input: $input) { \
                  item { id name kind serialNumber status visibility notes company { name } } errors { code field } } }";
    persona.done(create, json!({"input": input})).await["configurationItemCreate"].clone()
}

async fn update(persona: &Persona, input: Value) -> Value {
    let update = "mutation ($input: ConfigurationItemUpdateInput!) { configurationItemUpdate(input: $input) { \
                  item { id name kind serialNumber status visibility notes } errors { code field } } }";
    persona.done(update, json!({"input": input})).await["configurationItemUpdate"].clone()
}

async fn link(persona: &Persona, ticket: &str, items: &[&Value]) -> Value {
    let link = "mutation ($id: ID!, $items: [ID!]!) { ticketItemsUpdate(input: {id: $id, items: $items}) { ticket { configurationItems { name } } errors { code field } } }";
    persona
        .done(link, json!({"id": ticket, "items": items}))
        .await["ticketItemsUpdate"]
        .clone()
}

async fn expose(persona: &Persona, company: &str, on: bool) -> Value {
    let switch = "mutation ($company: ID!, $on: Boolean!) { configurationExposureUpdate(input: {company: $company, exposed: $on}) { company { configurationExposed } errors { code field } } }";
    persona
        .done(switch, json!({"company": company, "on": on}))
        .await["configurationExposureUpdate"]
        .clone()
}

/// The names of the items that somebody sees, and of those on mia's ticket.
async fn seen(world: &World, persona: &Persona) -> (Vec<String>, Option<Vec<String>>) {
    let names = |list: &Value| {
        let list = list.as_array().expect("a list");
        list.iter()
            .map(|item| item["name"].as_str().expect("a name").to_owned())
            .collect::<Vec<_>>()
    };
    let all = persona
        .read("{ configurationItems(first: 100) { nodes { name } } }")
        .await;
    let query = "query ($id: ID!) { ticket(id: $id) { configurationItems { name } } }";
    let ticket = persona
        .ask(query, json!({"id": id::ticket(world.cast.mias)}))
        .await;
    let items = &ticket["data"]["ticket"]["configurationItems"];
    (
        names(&all["configurationItems"]["nodes"]),
        items.is_array().then(|| names(items)),
    )
}

/// Two items of Alder, one of them internal, and one of Birch; mia's ticket is
/// about the first two.
async fn furnish(world: &World) -> [Value; 3] {
    let owner = world.staff("owner@glass.example").await;
    let (alder, birch) = (id::company(world.cast.alder), id::company(world.cast.birch));
    let mut items = Vec::new();
    for (company, name, visibility) in [
        (&alder, "Printer", "CLIENT_VISIBLE"),
        (&alder, "CANARY probe", "INTERNAL_ONLY"),
        (&birch, "Line", "CLIENT_VISIBLE"),
    ] {
        let input = json!({"company": company, "name": name, "kind": "Device", "serialNumber": format!("SN-{name}"), "visibility": visibility, "notes": "CANARY note"});
        items.push(create(&owner, input).await["item"]["id"].clone());
        world.later(TimeDelta::seconds(1));
    }
    let linked = link(
        &owner,
        &id::ticket(world.cast.mias),
        &[&items[0], &items[1], &items[0]],
    )
    .await;
    assert_eq!(linked["errors"], json!([]), "{linked}");
    items.try_into().expect("three")
}

on_both! {
    /// Until it is switched on for their company, clients see nothing; then the items
    /// of their company that are not internal, and of each what is theirs to know.
    async fn clients_see_what_is_shown_to_their_company(world) {
        furnish(&world).await;
        let owner = world.staff("owner@glass.example").await;
        let (alder, birch) = (id::company(world.cast.alder), id::company(world.cast.birch));
        let (none, some) = (Vec::<String>::new, || vec!["Printer".to_owned()]);
        let mia = world.client("mia@alder.example").await;
        assert_eq!(seen(&world, &mia).await, (none(), Some(none())));
        assert_eq!(expose(&owner, &birch, true).await["errors"], json!([]));
        assert_eq!(seen(&world, &mia).await, (none(), Some(none())), "that was another company");
        assert_eq!(expose(&owner, &alder, true).await, json!({"company": {"configurationExposed": true}, "errors": []}));
        assert_eq!(expose(&owner, &alder, true).await["errors"], json!([{"code": "NOTHING_TO_CHANGE", "field": "exposed"}]));
        for (email, all, of_ticket) in [
            ("mia@alder.example", some(), Some(some())),
            ("ada@alder.example", some(), Some(some())),
            ("noah@alder.example", some(), None),
            ("zoe@alder.example", none(), None),
            ("bea@birch.example", vec!["Line".to_owned()], None),
            ("dina@dogwood.example", none(), None),
        ] {
            let persona = world.client(email).await;
            assert_eq!(seen(&world, &persona).await, (all, of_ticket), "{email}");
        }
        let carl = world.sign_in(Realm::Portal, "other", "carl@cedar.example").await;
        assert_eq!(seen(&world, &carl).await, (none(), None));
        let told = mia.read("{ configurationItems { nodes { name kind serialNumber status } } }").await;
        assert_eq!(told["configurationItems"]["nodes"], json!([{"name": "Printer", "kind": "Device", "serialNumber": "SN-Printer", "status": "IN_USE"}]));
        assert_eq!(mia.code("{ configurationItems { nodes { notes } } }", json!({})).await, "GRAPHQL_VALIDATION_FAILED");
        for text in ["canary", "probe", "note", "line"] {
            let found = mia.done("query ($text: String) { configurationItems(filter: {text: $text}) { nodes { id } pageInfo { hasNextPage } } }", json!({"text": text})).await;
            assert_eq!(found["configurationItems"], json!({"nodes": [], "pageInfo": {"hasNextPage": false}}), "{text}");
        }
        assert_eq!(expose(&owner, &alder, false).await["company"]["configurationExposed"], false);
        assert_eq!(seen(&world, &mia).await, (none(), Some(none())));
    }
}

on_both! {
    /// Staff see the items of the workspace; a member those of the companies whose
    /// tickets are theirs.
    async fn staff_see_their_workspace(world) {
        furnish(&world).await;
        let all = ["Line", "CANARY probe", "Printer"].map(str::to_owned).to_vec();
        let of_alder = ["CANARY probe", "Printer"].map(str::to_owned).to_vec();
        for (email, expected) in [("owner@glass.example", &all), ("manager@glass.example", &all), ("member@glass.example", &of_alder)] {
            let persona = world.staff(email).await;
            assert_eq!(seen(&world, &persona).await, (expected.clone(), Some(of_alder.clone())), "{email}");
        }
        let stranger = world.sign_in(Realm::Staff, "other", "owner@other.example").await;
        assert_eq!(seen(&world, &stranger).await, (Vec::new(), None));
        let owner = world.staff("owner@glass.example").await;
        let list = "query ($filter: ConfigurationItemFilter) { configurationItems(filter: $filter) { nodes { name } } }";
        for (filter, expected) in [
            (json!({"company": id::company(world.cast.birch)}), vec!["Line"]),
            (json!({"company": id::user(world.cast.mia)}), vec![]),
            (json!({"text": "device"}), vec!["Line", "CANARY probe", "Printer"]),
            (json!({"text": "sn prin"}), vec!["Printer"]),
            (json!({"text": "DÉVICE Line"}), vec!["Line"]),
            (json!({"text": "rinter"}), vec![]),
            (json!({"text": "%"}), vec![]),
            (json!({"text": "_ine"}), vec![]),
            (json!({"text": "device", "company": id::company(world.cast.alder)}), vec!["CANARY probe", "Printer"]),
        ] {
            let found = owner.done(list, json!({"filter": filter})).await;
            let names: Vec<&str> = found["configurationItems"]["nodes"].as_array().expect("nodes").iter().filter_map(|node| node["name"].as_str()).collect();
            assert_eq!(names, expected, "{filter}");
        }
        let code = owner.code(list, json!({"filter": {"text": "x".repeat(201)}})).await;
        assert_eq!(code, "BAD_USER_INPUT");
    }
}

on_both! {
    /// An item from writing down to showing it: what it says, and what is refused.
    async fn the_life_of_an_item(world) {
        let manager = world.staff("manager@glass.example").await;
        let alder = id::company(world.cast.alder);
        let made = create(&manager, json!({"company": alder, "name": " Switch ", "kind": "Network"})).await;
        let item = made["item"]["id"].clone();
        assert_eq!(made["item"], json!({"id": item, "name": "Switch", "kind": "Network", "serialNumber": null, "status": "IN_USE",
            "visibility": "INTERNAL_ONLY", "notes": null, "company": {"name": "Alder"}}));
        let changed = update(&manager, json!({"id": item, "serialNumber": "A-1", "status": "IN_REPAIR", "notes": "Fan is loud."})).await;
        assert_eq!(changed["item"], json!({"id": item, "name": "Switch", "kind": "Network", "serialNumber": "A-1", "status": "IN_REPAIR",
            "visibility": "INTERNAL_ONLY", "notes": "Fan is loud."}));
        let bare = update(&manager, json!({"id": item, "serialNumber": " ", "notes": ""})).await;
        assert_eq!((&bare["item"]["serialNumber"], &bare["item"]["notes"]), (&Value::Null, &Value::Null));
        assert_eq!(world.count("configuration_item_notes").await, 0);
        assert_eq!(update(&manager, json!({"id": item})).await["errors"][0]["code"], "NOTHING_TO_CHANGE");
        // Showing it is entered in the ledger, with a reason.
        let ledger = world.count("ledger").await;
        assert_eq!(update(&manager, json!({"id": item, "visibility": "CLIENT_VISIBLE"})).await["errors"], json!([{"code": "REQUIRED", "field": "reason"}]));
        assert_eq!(world.count("ledger").await, ledger);
        let shown = update(&manager, json!({"id": item, "visibility": "CLIENT_VISIBLE", "reason": "They asked."})).await;
        assert_eq!(shown["item"]["visibility"], "CLIENT_VISIBLE");
        assert_eq!(world.count("ledger WHERE record_kind = 'configurationItem'").await, 1);
        for (change, code, field) in [
            (json!({"name": ""}), "REQUIRED", "name"),
            (json!({"kind": "x".repeat(201)}), "TOO_LONG", "kind"),
            (json!({"serialNumber": "a\0b"}), "INVALID_CHARACTERS", "serialNumber"),
            (json!({"notes": "a\0b"}), "INVALID_CHARACTERS", "notes"),
        ] {
            let mut input = change.clone();
            input["id"] = item.clone();
            assert_eq!(update(&manager, input).await["errors"], json!([{"code": code, "field": field}]));
            let mut input = json!({"company": alder, "name": "x", "kind": "y"});
            input.as_object_mut().expect("an object").extend(change.as_object().expect("an object").clone());
            assert_eq!(create(&manager, input).await["errors"], json!([{"code": code, "field": field}]));
        }
        let nowhere = create(&manager, json!({"company": id::user(world.cast.mia), "name": "x", "kind": "y"})).await;
        assert_eq!(nowhere["errors"], json!([{"code": "UNKNOWN_COMPANY", "field": "company"}]));
        let stranger = world.sign_in(Realm::Staff, "other", "owner@other.example").await;
        let theirs = create(&stranger, json!({"company": alder, "name": "x", "kind": "y"})).await;
        assert_eq!(theirs["errors"][0]["code"], "UNKNOWN_COMPANY");
        let code = "mutation ($id: ID!) { configurationItemUpdate(input: {id: $id, name: \"x\"}) { errors { code } } }";
        assert_eq!(stranger.code(code, json!({"id": item})).await, "NOT_FOUND");
        let member = world.staff("member@glass.example").await;
        assert_eq!(member.code(code, json!({"id": item})).await, "FORBIDDEN");
    }
}

on_both! {
    /// A ticket is about items of its own company alone; what it is about leaves its
    /// client-visible side as it is.
    async fn a_ticket_is_about_items_of_its_company(world) {
        let [printer, probe, line] = furnish(&world).await;
        let member = world.staff("member@glass.example").await;
        let mias = id::ticket(world.cast.mias);
        let changed = "query ($id: ID!) { ticket(id: $id) { updatedAt } }";
        let before = member.done(changed, json!({"id": mias})).await;
        world.later(TimeDelta::minutes(1));
        assert_eq!(link(&member, &mias, &[&line]).await["errors"], json!([{"code": "UNKNOWN_ITEM", "field": "items"}]));
        assert_eq!(link(&member, &mias, &[&printer, &json!("x")]).await["errors"][0]["code"], "UNKNOWN_ITEM");
        assert_eq!(link(&member, &mias, &[&probe]).await["ticket"]["configurationItems"], json!([{"name": "CANARY probe"}]));
        assert_eq!(link(&member, &mias, &[]).await["ticket"]["configurationItems"], json!([]));
        assert_eq!(world.count("ticket_configuration_items").await, 0);
        assert_eq!(world.count("outbox WHERE kind = 'ticket.itemsChanged' AND audience = 'client'").await, 0);
        assert_eq!(member.done(changed, json!({"id": mias})).await, before);
        let many = vec!["x"; 101];
        let code = "mutation ($id: ID!, $items: [ID!]!) { ticketItemsUpdate(input: {id: $id, items: $items}) { errors { code } } }";
        assert_eq!(member.code(code, json!({"id": mias, "items": many})).await, "BAD_USER_INPUT");
        assert_eq!(member.code(code, json!({"id": id::ticket(world.cast.noahs), "items": []})).await, "NOT_FOUND");
    }
}

on_both! {
    /// Pages meet each item once, and cost the same whatever their size.
    async fn items_have_pages(world) {
        let owner = world.staff("owner@glass.example").await;
        let birch = id::company(world.cast.birch);
        for n in 0..12 {
            create(&owner, json!({"company": birch, "name": format!("Item {n}"), "kind": "Thing", "visibility": "CLIENT_VISIBLE", "notes": "x"})).await;
        }
        expose(&owner, &birch, true).await;
        let bea = world.client("bea@birch.example").await;
        let query = "query ($first: Int, $after: String) { configurationItems(first: $first, after: $after) { nodes { id name } pageInfo { hasNextPage endCursor } } }";
        let whole = bea.done(query, json!({"first": 100})).await["configurationItems"]["nodes"].clone();
        let (mut paged, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = bea.done(query, json!({"first": 5, "after": after})).await["configurationItems"].clone();
            paged.extend(page["nodes"].as_array().expect("nodes").clone());
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert_eq!((paged.len(), Value::Array(paged)), (12, whole));
        let rich = "query ($first: Int) { configurationItems(first: $first) { nodes { id notes company { name configurationExposed } } } }";
        let of_tickets = "query ($first: Int) { tickets(first: $first) { nodes { id configurationItems { name notes company { name } } } } }";
        for (query, expected) in [(rich, 4), (of_tickets, 3)] {
            let cost = async |first: i32| world.cost(&owner, query, json!({"first": first})).await;
            assert_eq!((cost(1).await, cost(100).await), (expected, expected), "{query}");
        }
    }
}

on_both! {
    /// Two who change different things of one item at once: both are kept.
    async fn no_change_of_an_item_is_lost(world) {
        let [printer, ..] = furnish(&world).await;
        let (owner, manager) = (world.staff("owner@glass.example").await, world.staff("manager@glass.example").await);
        for round in 0..8 {
            let (name, kind) = (format!("Printer {round}"), format!("Kind {round}"));
            let (one, other) = tokio::join!(
                update(&owner, json!({"id": printer, "name": name})),
                update(&manager, json!({"id": printer, "kind": kind})),
            );
            assert_eq!((&one["errors"], &other["errors"]), (&json!([]), &json!([])));
            let list = "{ configurationItems(first: 100) { nodes { id name kind } } }";
            let all = owner.read(list).await["configurationItems"]["nodes"].clone();
            let item = all.as_array().expect("items").iter().find(|item| item["id"] == printer).cloned();
            assert_eq!(item, Some(json!({"id": printer, "name": name, "kind": kind})));
        }
    }
}
