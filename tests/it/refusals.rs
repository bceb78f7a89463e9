//! Every query, mutation and subscription is tried by those who may not: the
//! walk fails for a root field that has no line in the table below.
//!
//! A refusal is looked at from both sides: the answer, and the data, which must
//! not have moved.

use std::collections::BTreeSet;

use end_to_end::{Persona, Realm, World, id, on_both, sdl::Sdl};
use serde_json::{Value, json};

/// One root field, called in a way that works for whoever may.
struct Attempt {
    field: &'static str,
    document: String,
    /// Whether anybody may call it without signing in.
    public: bool,
    /// Whether the call names a record of Alder, so that other companies and
    /// workspaces must be refused it.
    names_a_record: bool,
    /// Whether clients may call it.
    for_clients: bool,
}

fn attempts(world: &World) -> Vec<Attempt> {
    let ticket = id::ticket(world.cast.mias);
    let query = |field, call: &str, for_clients| Attempt {
        field,
        document: format!("{{ {call} }}"),
        public: false,
        names_a_record: call.contains(&ticket),
        for_clients,
    };
    let mutation = |field: &'static str, input: &str, for_clients| Attempt {
        field,
        document: format!("mutation {{ {field}(input: {{ {input} }}) {{ errors {{ code }} }} }}"),
        public: false,
        names_a_record: input.contains("id:"),
        for_clients,
    };
    let with_id = |rest: &str| format!("id: \"{ticket}\" {rest}");
    let user = format!("id: \"{}\"", id::user(world.cast.mia));
    let mail = format!("id: \"{}\"", id::mail(uuid::Uuid::nil()));
    vec![
        Attempt {
            public: true,
            ..query("branding", "branding(workspace: \"glass\") { name }", true)
        },
        query("viewer", "viewer { name }", true),
        query("staffMembers", "staffMembers { name }", false),
        query("node", &format!("node(id: \"{ticket}\") {{ id }}"), true),
        query(
            "ticket",
            &format!("ticket(id: \"{ticket}\") {{ id }}"),
            true,
        ),
        query("tickets", "tickets { nodes { id } }", true),
        query("categories", "categories { key }", true),
        query("mails", "mails { nodes { id } }", false),
        Attempt {
            public: true,
            ..mutation("signIn", "workspace: \"\" email: \"\" password: \"\"", true)
        },
        Attempt {
            public: true,
            ..mutation("sessionRefresh", "refreshToken: \"\"", true)
        },
        Attempt {
            public: true,
            document: "mutation { signOut { errors { code } } }".to_owned(),
            ..mutation("signOut", "", true)
        },
        mutation("mailRetry", &mail, false),
        query("sessions", "sessions { id }", true),
        Attempt {
            public: true,
            document: "mutation { signOutEverywhere { errors { code } } }".to_owned(),
            ..mutation("signOutEverywhere", "", true)
        },
        // Of real sessions: `sessions::devices`.
        mutation(
            "sessionRevoke",
            &format!("id: \"{}\"", id::no_session()),
            true,
        ),
        mutation("userDisable", &user, false),
        mutation("userEnable", &user, false),
        mutation(
            "ticketOpen",
            "subject: \"Refused\" description: \"x\"",
            true,
        ),
        mutation("ticketReply", &with_id("body: \"x\""), true),
        mutation("ticketAccept", &with_id(""), true),
        mutation("ticketReject", &with_id("reason: \"x\""), true),
        mutation(
            "ticketParticipantsAdd",
            &with_id(&format!("users: [\"{}\"]", id::user(world.cast.ada))),
            true,
        ),
        mutation(
            "ticketParticipantRemove",
            &with_id(&format!("user: \"{}\"", id::user(world.cast.ada))),
            true,
        ),
        mutation("ticketNote", &with_id("body: \"x\""), false),
        mutation("ticketAssign", &with_id("assignee: null"), false),
        mutation("ticketResolve", &with_id("resolution: \"x\""), false),
        mutation("ticketSetStatus", &with_id("status: WAITING"), false),
        mutation(
            "ticketSetVisibility",
            &with_id("visibility: INTERNAL_ONLY reason: \"x\""),
            false,
        ),
    ]
}

/// Subscriptions have walks of their own in `live.rs`, over sockets and events.
const SUBSCRIPTIONS: [&str; 2] = ["ticketChanged", "ticketTimeline"];

on_both! {
    async fn every_root_field_has_an_attempt(world) {
        let sdl = Sdl::full();
        let known: BTreeSet<String> = attempts(&world).iter().map(|attempt| attempt.field.to_owned()).collect();
        let all: BTreeSet<String> = sdl.names("Query").into_iter().chain(sdl.names("Mutation")).collect();
        assert_eq!(all, known);
        assert_eq!(sdl.names("Subscription"), SUBSCRIPTIONS);
        let portal: BTreeSet<String> = ["Query", "Mutation"].iter().flat_map(|root| Sdl::portal().names(root)).collect();
        let for_clients: BTreeSet<String> =
            attempts(&world).iter().filter(|attempt| attempt.for_clients).map(|attempt| attempt.field.to_owned()).collect();
        assert_eq!(portal, for_clients, "what clients may call is what their schema has");
    }
}

/// What must not move: every ticket and every entry, as staff see them.
async fn everything(world: &World) -> Value {
    let owner = world.staff("owner@glass.example").await;
    let query = "{ tickets(first: 100, orderBy: {field: REFERENCE}) { nodes { id status visibility updatedAt assignee { id } \
                 requester { status } participants { id } openedBy { id } timeline(first: 100) { nodes { id } } } } }";
    owner.read(query).await
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
        let before = everything(&world).await;
        for realm in [Realm::Portal, Realm::Staff] {
            let nobody = world.anonymous(realm);
            for attempt in attempts(&world).iter().filter(|attempt| !attempt.public) {
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
        let before = everything(&world).await;
        let staff_at_portal = world.staff("owner@glass.example").await.at(Realm::Portal);
        let client_at_staff = world.client("ada@alder.example").await.at(Realm::Staff);
        for attempt in attempts(&world).iter().filter(|attempt| !attempt.public) {
            let absent = if attempt.for_clients { "UNAUTHENTICATED" } else { "GRAPHQL_VALIDATION_FAILED" };
            refused(&staff_at_portal, attempt, &[absent]).await;
            refused(&client_at_staff, attempt, &["UNAUTHENTICATED"]).await;
        }
        assert_eq!(everything(&world).await, before);
    }
}

on_both! {
    async fn other_companies_and_colleagues_are_refused_a_record(world) {
        let before = everything(&world).await;
        for email in ["bea@birch.example", "noah@alder.example", "zoe@alder.example"] {
            let persona = world.client(email).await;
            for attempt in attempts(&world).iter().filter(|attempt| attempt.names_a_record && attempt.for_clients) {
                refused(&persona, attempt, &["NOT_FOUND"]).await;
            }
        }
        assert_eq!(everything(&world).await, before);
    }
}

on_both! {
    async fn other_workspaces_are_refused_a_record(world) {
        let before = everything(&world).await;
        let carl = world.sign_in(Realm::Portal, "other", "carl@cedar.example").await;
        let owner = world.sign_in(Realm::Staff, "other", "owner@other.example").await;
        for attempt in attempts(&world).iter().filter(|attempt| attempt.names_a_record) {
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
        assert_eq!(zoe.read("{ categories { key } tickets { nodes { id } } }").await, json!({"categories": [], "tickets": {"nodes": []}}));
    }
}
