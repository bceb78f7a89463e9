//! The people of a company, as colleagues, admins and staff see them.

use end_to_end::{Persona, World, id, on_both};
use serde_json::{Value, json};

use super::{invited, write};

const PEOPLE: &str = "query ($first: Int, $after: String) { company { users(first: $first, after: $after) { \
     nodes { id name email access sections reach status lastSignInAt sessions { id current } } \
     pageInfo { hasNextPage hasPreviousPage endCursor } } } }";

/// Less of each, so that a page of 101 would not cost too much.
const NAMES: &str = "query ($first: Int, $after: String) { company { users(first: $first, after: $after) { nodes { name } } } }";

async fn page(persona: &Persona, variables: Value) -> Value {
    persona.done(PEOPLE, variables).await["company"]["users"].clone()
}

fn nodes(page: &Value) -> Vec<Value> {
    page["nodes"].as_array().expect("nodes").clone()
}

/// The people of the first page in the order of their addresses.
async fn first_page(persona: &Persona) -> Vec<Value> {
    let mut people = nodes(&page(persona, json!({})).await);
    people.sort_by_key(|node| node["email"].to_string());
    people
}

on_both! {
    /// Everybody sees who is there; what is up to a review, reviewers see.
    async fn who_sees_what_of_colleagues(world) {
        let ada = world.client("ada@alder.example").await;
        invited(&world, &ada, "nia@alder.example", json!({"sections": ["JOBS"]})).await;
        let mia = world.client("mia@alder.example").await;
        let of_admin = first_page(&ada).await;
        let names: Vec<&str> = of_admin.iter().filter_map(|node| node["name"].as_str()).collect();
        assert_eq!(names, ["Ada", "Mia", "Nia Novak", "Noah", "Zoe"]);
        assert_eq!(of_admin[2]["status"], "INVITED");
        assert_eq!((&of_admin[2]["sections"], &of_admin[2]["lastSignInAt"]), (&json!(["JOBS"]), &Value::Null));
        assert!(of_admin[1]["lastSignInAt"].is_string() && of_admin[1]["sessions"].as_array().is_some_and(|list| list.len() == 1));
        assert!(of_admin[3]["lastSignInAt"].is_null() && of_admin[3]["sessions"] == json!([]));

        let of_member = first_page(&mia).await;
        assert_eq!(of_member.len(), 5);
        for (mine, theirs) in of_member.iter().zip(&of_admin) {
            for open in ["id", "name", "email", "access", "status"] {
                assert_eq!(mine[open], theirs[open], "{open}");
            }
            let own = mine["email"] == "mia@alder.example";
            for closed in ["sections", "reach", "lastSignInAt", "sessions"] {
                assert_eq!(mine[closed].is_null(), !own, "{closed} of {}", mine["email"]);
            }
        }
        let query = "query ($id: ID) { company(id: $id) { name users(first: 100) { nodes { email sections lastSignInAt } } } }";
        let alder = json!({"id": id::company(world.cast.alder)});
        let manager = world.staff("manager@glass.example").await;
        let of_staff = nodes(&manager.done(query, alder.clone()).await["company"]["users"]);
        let of_mia = of_staff.iter().find(|node| node["email"] == "mia@alder.example").expect("mia");
        assert_eq!((of_staff.len(), &of_mia["lastSignInAt"]), (5, &of_admin[1]["lastSignInAt"]));
        for (persona, code) in [(world.client("bea@birch.example").await, "NOT_FOUND"), (world.staff("member@glass.example").await, "FORBIDDEN")] {
            let answer = persona.ask(query, alder.clone()).await;
            assert!(answer["data"]["company"].is_null() || answer["data"].is_null(), "{answer}");
            let told = answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("NOT_FOUND").to_owned();
            assert!(told == code || told == "NOT_FOUND", "{answer}");
        }
        assert_eq!(page(&world.client("bea@birch.example").await, json!({})).await["nodes"].as_array().map(Vec::len), Some(2));
    }
}

on_both! {
    /// Page after page, everybody once; bad pages are refused.
    async fn the_list_has_pages(world) {
        let ada = world.client("ada@alder.example").await;
        for index in 0..5 {
            invited(&world, &ada, &format!("p{index}@alder.example"), json!({})).await;
        }
        let all = nodes(&page(&ada, json!({"first": 50})).await);
        assert_eq!(all.len(), 9);
        let (mut paged, mut after) = (Vec::new(), Value::Null);
        loop {
            let found = page(&ada, json!({"first": 2, "after": after})).await;
            paged.extend(nodes(&found));
            assert_eq!(found["pageInfo"]["hasPreviousPage"], json!(!after.is_null()));
            if found["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = found["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(paged, all);
        for bad in [json!({"first": 0}), json!({"first": -1}), json!({"first": 101}), json!({"after": "x"}), json!({"after": "\0"})] {
            assert_eq!(ada.code(NAMES, bad.clone()).await, "BAD_USER_INPUT", "{bad}");
        }
        let tickets = ada.read("{ tickets(first: 1) { pageInfo { endCursor } } }").await;
        let foreign = tickets["tickets"]["pageInfo"]["endCursor"].clone();
        assert_eq!(ada.code(NAMES, json!({"after": foreign})).await, "BAD_USER_INPUT");
    }
}

/// 120 companies with three people each.
async fn grow(world: &World) {
    let postgres = world.kind == end_to_end::Kind::Postgres;
    let (cast, uuid) = if postgres {
        ("::jsonb", "md5('C' || n)::uuid")
    } else {
        ("", "unhex(printf('%032x', 1000000 + n))")
    };
    let person = if postgres {
        "md5('U' || n || '-' || k)::uuid"
    } else {
        "unhex(printf('%032x', 9000000 + n * 10 + k))"
    };
    let numbers = "WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 120)";
    let companies = format!(
        "INSERT INTO companies (id, workspace_id, name, kind, sharing, status, created_at, registration_domains) {numbers} \
         SELECT {uuid}, c.workspace_id, 'Company ' || n, c.kind, c.sharing, c.status, c.created_at, c.registration_domains \
         FROM s, companies c WHERE c.name = 'Alder'"
    );
    let people = format!(
        "INSERT INTO client_users (id, workspace_id, company_id, email, name, locale, access, sections, status, created_at) {numbers} \
         SELECT {person}, c.workspace_id, c.id, 'p' || k || '@c' || n || '.example', 'Person', 'en', 'member', '[]'{cast}, 'active', c.created_at \
         FROM s, (SELECT 1 AS k UNION SELECT 2 UNION SELECT 3) t, companies c WHERE c.name = 'Company ' || n"
    );
    write(world, &companies).await;
    write(world, &people).await;
}

on_both! {
    /// However many companies there are: one statement for each kind of thing.
    async fn a_page_of_100_companies_costs_as_much_as_one_of_1(world) {
        grow(&world).await;
        let owner = world.staff("owner@glass.example").await;
        let query = "query ($first: Int) { companies(first: $first) { nodes { name sharing status joinRequests { id } \
                     users(first: 3) { nodes { name email lastSignInAt sessions { id } } } } } }";
        let mut costs = Vec::new();
        for first in [1, 100] {
            let variables = json!({"first": first});
            owner.done(query, variables.clone()).await;
            let (cost, data) = world.statements(owner.done(query, variables)).await;
            let found = data["companies"]["nodes"].as_array().expect("companies").clone();
            assert_eq!(found.len(), first);
            assert!(found.iter().all(|company| !nodes(&company["users"]).is_empty()), "each has its people");
            costs.push(cost);
        }
        // Companies, requests, people; their sessions company by company would be 100.
        assert_eq!(costs[0], costs[1], "{costs:?}");
    }
}
