//! Every query, mutation and subscription is tried by those who may not: the
//! walk fails for a root field that has no line in `attempts.rs`.
//!
//! A refusal is looked at from both sides: the answer, and the data, which must
//! not have moved.

mod attempts;

use std::collections::BTreeSet;

use end_to_end::{Persona, Realm, World, on_both, sdl::Sdl};
use serde_json::{Value, json};
use visibility::{Permission, StaffRole};

use self::attempts::{Attempt, Names, Newcomers, attempts};

/// Subscriptions have walks of their own in `live.rs`, over sockets and events.
const SUBSCRIPTIONS: [&str; 2] = ["ticketChanged", "ticketTimeline"];

on_both! {
    async fn every_root_field_has_an_attempt(world) {
        let sdl = Sdl::full();
        let newcomers = Newcomers::of(&world).await;
        let attempts = attempts(&world, &newcomers);
        let known: BTreeSet<String> = attempts.iter().map(|attempt| attempt.field.to_owned()).collect();
        let all: BTreeSet<String> = sdl.names("Query").into_iter().chain(sdl.names("Mutation")).collect();
        assert_eq!(all, known);
        assert_eq!(sdl.names("Subscription"), SUBSCRIPTIONS);
        let portal: BTreeSet<String> = ["Query", "Mutation"].iter().flat_map(|root| Sdl::portal().names(root)).collect();
        let for_clients: BTreeSet<String> =
            attempts.iter().filter(|attempt| attempt.for_clients).map(|attempt| attempt.field.to_owned()).collect();
        assert_eq!(portal, for_clients, "what clients may call is what their schema has");
    }
}

/// What must not move, as staff see it: tickets and entries, companies and
/// people, the team, the workspace and its mails.
async fn everything(world: &World) -> Vec<Value> {
    let owner = world.staff("owner@glass.example").await;
    let tickets = "{ tickets(first: 100, orderBy: {field: REFERENCE}) { nodes { id status visibility updatedAt assignee { id } \
                 requester { status } participants { id } openedBy { id } timeline(first: 100) { nodes { id } } } } }";
    let people = "{ companies(first: 20) { nodes { id name kind sharing status registrationDomains joinRequests { id email } \
                  users(first: 100) { nodes { id name email access sections reach status } } } } }";
    let house = "{ staffMembers { id name email role } workspace { name modules signInMethods plan } mails(first: 100) { nodes { id status } } }";
    let mut everything = Vec::new();
    let promises = "{ calendars { nodes { name hours } } slaPolicies { nodes { name isDefault } } contracts { nodes { title countdown } } cannedReplies { nodes { title } } \
                    tickets(first: 100) { nodes { priority contract { id } } } }";
    for query in [tickets, people, house, promises] {
        everything.push(owner.read(query).await);
    }
    everything
}

async fn refused(persona: &Persona, attempt: &Attempt, codes: &[&str]) {
    let answer = persona.ask(&attempt.document, json!({})).await;
    let code = answer["errors"][0]["extensions"]["code"]
        .as_str()
        .unwrap_or("none");
    assert!(codes.contains(&code), "{}: {answer}", attempt.field);
    let data = &answer["data"];
    let nothing = data.is_null()
        || data
            .as_object()
            .is_some_and(|fields| fields.values().all(Value::is_null));
    assert!(
        nothing,
        "{}: a refusal came with data: {answer}",
        attempt.field
    );
}

on_both! {
    async fn anonymous_is_refused_everything_but_the_front_door(world) {
        let newcomers = Newcomers::of(&world).await;
        let attempts = attempts(&world, &newcomers);
        let before = everything(&world).await;
        for realm in [Realm::Portal, Realm::Staff] {
            let nobody = world.anonymous(realm);
            for attempt in attempts.iter().filter(|attempt| !attempt.public) {
                let absent = realm == Realm::Portal && !attempt.for_clients;
                let code = if absent { "GRAPHQL_VALIDATION_FAILED" } else { "UNAUTHENTICATED" };
                refused(&nobody, attempt, &[code]).await;
            }
        }
        assert_eq!(everything(&world).await, before);
    }
}

on_both! {
    async fn the_other_realm_is_refused(world) {
        let newcomers = Newcomers::of(&world).await;
        let attempts = attempts(&world, &newcomers);
        let before = everything(&world).await;
        let staff_at_portal = world.staff("owner@glass.example").await.at(Realm::Portal);
        let client_at_staff = world.client("ada@alder.example").await.at(Realm::Staff);
        for attempt in attempts.iter().filter(|attempt| !attempt.public) {
            let absent = if attempt.for_clients { "UNAUTHENTICATED" } else { "GRAPHQL_VALIDATION_FAILED" };
            refused(&staff_at_portal, attempt, &[absent]).await;
            refused(&client_at_staff, attempt, &["UNAUTHENTICATED"]).await;
        }
        assert_eq!(everything(&world).await, before);
    }
}

on_both! {
    async fn other_companies_and_colleagues_are_refused_a_record(world) {
        let newcomers = Newcomers::of(&world).await;
        let attempts = attempts(&world, &newcomers);
        let before = everything(&world).await;
        for (email, colleague) in [("bea@birch.example", false), ("noah@alder.example", true), ("zoe@alder.example", true)] {
            let persona = world.client(email).await;
            for attempt in attempts.iter().filter(|attempt| attempt.for_clients) {
                let code = match attempt.names {
                    Names::Nothing => continue,
                    Names::Shared if colleague => continue,
                    Names::Managed if colleague => "FORBIDDEN",
                    Names::Record | Names::Managed | Names::Shared => "NOT_FOUND",
                };
                refused(&persona, attempt, &[code]).await;
            }
        }
        assert_eq!(everything(&world).await, before);
    }
}

on_both! {
    /// Whoever is no admin manages nobody, whether or not a record is named.
    async fn members_manage_nobody(world) {
        let newcomers = Newcomers::of(&world).await;
        let attempts = attempts(&world, &newcomers);
        let before = everything(&world).await;
        for email in ["mia@alder.example", "zoe@alder.example"] {
            let persona = world.client(email).await;
            let managing = attempts.iter().filter(|attempt| attempt.for_clients && attempt.needs == Some(Permission::CustomersWrite));
            for attempt in managing {
                refused(&persona, attempt, &["FORBIDDEN"]).await;
            }
        }
        assert_eq!(everything(&world).await, before);
    }
}

on_both! {
    /// Each permission is asked for where it is needed.
    async fn staff_without_the_permission_are_refused(world) {
        let newcomers = Newcomers::of(&world).await;
        let attempts = attempts(&world, &newcomers);
        let before = everything(&world).await;
        let mut tried = BTreeSet::new();
        for (email, role) in [("manager@glass.example", StaffRole::Manager), ("member@glass.example", StaffRole::Member)] {
            let persona = world.staff(email).await;
            for attempt in &attempts {
                let Some(permission) = attempt.needs.filter(|permission| !role.may(*permission)) else { continue };
                refused(&persona, attempt, &["FORBIDDEN"]).await;
                tried.insert(permission.name());
            }
        }
        // Every role writes on tickets, and reading all of them is no call of its own.
        let all = Permission::all().map(Permission::name).filter(|name| !["tickets.write", "tickets.readAll"].contains(name));
        assert_eq!(tried, all.collect());
        assert_eq!(everything(&world).await, before);
    }
}

on_both! {
    /// What is open to anybody is still each realm's own.
    async fn the_front_doors_are_each_realms_own(world) {
        let begin = "mutation { workspaceCreate(input: {workspace: \"new\", name: \"x\", ownerName: \"x\", email: \"x\"}) { errors { code } } }";
        let ask = "mutation { joinRequestCreate(input: {workspace: \"glass\", email: \"x\", name: \"x\"}) { errors { code } } }";
        let (portal, staff) = (world.anonymous(Realm::Portal), world.anonymous(Realm::Staff));
        assert_eq!(portal.code(begin, json!({})).await, "GRAPHQL_VALIDATION_FAILED");
        assert_eq!(staff.read(begin).await["workspaceCreate"]["errors"][0]["code"], "INVALID_EMAIL");
        assert_eq!(staff.code(ask, json!({})).await, "FORBIDDEN");
        assert_eq!(portal.read(ask).await["joinRequestCreate"]["errors"][0]["code"], "INVALID_EMAIL");
        assert_eq!(world.through_the_full_schema("ada@alder.example", begin).await, "FORBIDDEN");
    }
}

on_both! {
    async fn other_workspaces_are_refused_a_record(world) {
        let newcomers = Newcomers::of(&world).await;
        let attempts = attempts(&world, &newcomers);
        let before = everything(&world).await;
        let carl = world.sign_in(Realm::Portal, "other", "carl@cedar.example").await;
        let owner = world.sign_in(Realm::Staff, "other", "owner@other.example").await;
        for attempt in attempts.iter().filter(|attempt| attempt.names != Names::Nothing) {
            if attempt.for_clients {
                refused(&carl, attempt, &["NOT_FOUND"]).await;
            }
            // Accepting and rejecting are the client's: staff are told so before any record is looked at.
            refused(&owner, attempt, &["NOT_FOUND", "FORBIDDEN"]).await;
        }
        assert_eq!(everything(&world).await, before);
    }
}

on_both! {
    /// A closed section is as good as no tickets at all.
    async fn a_closed_section_opens_nothing(world) {
        let zoe = world.client("zoe@alder.example").await;
        let open = "mutation { ticketOpen(input: {subject: \"x\", description: \"x\"}) { errors { code } } }";
        assert_eq!(zoe.code(open, json!({})).await, "FORBIDDEN");
        let upload = "mutation { uploadCreate(input: {fileName: \"x\", contentType: \"image/png\", size: 1}) { errors { code } } }";
        assert_eq!(zoe.code(upload, json!({})).await, "FORBIDDEN");
        assert_eq!(zoe.read("{ categories { key } tickets { nodes { id } } uploadRules { maxSize } }").await, json!({"categories": [], "tickets": {"nodes": []}, "uploadRules": null}));
    }
}
