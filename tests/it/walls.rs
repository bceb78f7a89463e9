//! The second wall: each internal member, called through the *full* schema by a
//! client, must refuse by itself. The directive prunes, the guard refuses, and
//! this walk keeps the two from drifting apart.

use std::collections::BTreeSet;

use async_graphql::parser::types::TypeKind;
use end_to_end::{
    World, id, on_both,
    sdl::{Sdl, is_internal},
};

/// How to reach a value of each output type that has internal members, from the
/// root of the query.
fn ways(world: &World) -> Vec<(&'static str, String)> {
    let ticket = id::ticket(world.cast.mias);
    vec![
        ("Query", "{ HERE }".to_owned()),
        (
            "Ticket",
            format!("{{ ticket(id: \"{ticket}\") {{ HERE }} }}"),
        ),
        (
            "TimelineEntry",
            format!("{{ ticket(id: \"{ticket}\") {{ timeline {{ nodes {{ HERE }} }} }} }}"),
        ),
        ("Viewer", "{ viewer { HERE } }".to_owned()),
        (
            "ConfigurationItem",
            "{ configurationItems { nodes { HERE } } }".to_owned(),
        ),
        ("Company", "{ company { HERE } }".to_owned()),
        ("MailPreferences", "{ mailPreferences { HERE } }".to_owned()),
        (
            "TicketFormField",
            "{ ticketForm(category: \"general\") { fields { HERE } } }".to_owned(),
        ),
        (
            "TicketFormOption",
            "{ ticketForm(category: \"general\") { fields { options { HERE } } } }".to_owned(),
        ),
        (
            "TicketStatusChoice",
            "{ ticketStatuses { HERE } }".to_owned(),
        ),
        ("Mutation", "mutation { HERE }".to_owned()),
    ]
}

/// The arguments and selections of internal fields that need some.
fn call(world: &World, field: &str) -> String {
    let ticket = id::ticket(world.cast.mias);
    let input = |rest: &str| {
        format!("{field}(input: {{ id: \"{ticket}\" {rest} }}) {{ errors {{ code }} }}")
    };
    let mia = format!("id: \"{}\"", id::user(world.cast.mia));
    let member = format!("id: \"{}\"", id::staff(world.cast.member));
    let errors = |rest: &str| format!("{field}(input: {{ {rest} }}) {{ errors {{ code }} }}");
    match field {
        "staffMembers" | "assignee" | "company" => format!("{field} {{ id }}"),
        "mails" => "mails { nodes { id } }".to_owned(),
        "mailRetry" => format!(
            "mailRetry(input: {{ id: \"{}\" }}) {{ errors {{ code }} }}",
            id::mail(uuid::Uuid::nil())
        ),
        "sla" => "sla { state }".to_owned(),
        "slaQueue" => "slaQueue(state: BREACHED) { nodes { id } }".to_owned(),
        "ticketDashboard" => "ticketDashboard { nearBreach }".to_owned(),
        "escalations" => "escalations { percent }".to_owned(),
        "contract" => "contract { id }".to_owned(),
        "versions" => "versions { body }".to_owned(),
        "mentions" => "mentions { id }".to_owned(),
        "mentionsOfMe" => "mentionsOfMe { nodes { mentionedAt } }".to_owned(),
        "ticketMerge" => input(&format!("into: \"{ticket}\"")),
        "cannedReplies" => "cannedReplies { nodes { id } }".to_owned(),
        "cannedReplyPreview" => {
            format!("cannedReplyPreview(id: \"{ticket}\", ticket: \"{ticket}\") {{ body }}")
        }
        "cannedReplyCreate" => errors("title: \"x\" body: \"x\" language: \"en\""),
        "cannedReplyUpdate" | "cannedReplyDelete" => errors(&format!("id: \"{ticket}\"")),
        "ticketPriority" => input("priority: HIGH"),
        "ticketsUpdate" => errors("ids: [] priority: HIGH"),
        "configurationItemCreate" => errors("company: \"\" name: \"x\" kind: \"y\""),
        "configurationExposureUpdate" => errors("company: \"\" exposed: true"),
        "ticketItemsUpdate" => input("items: []"),
        "savedViews" => "savedViews { nodes { id } }".to_owned(),
        "savedView" => "savedView(id: \"\") { id }".to_owned(),
        "configurationItemUpdate" | "savedViewUpdate" | "savedViewDelete" => errors("id: \"\""),
        "ticketSettings" => "ticketSettings { autoCloseDays }".to_owned(),
        "workspaceTicketSettingsUpdate" => errors("autoCloseDays: 7"),
        "workspaceStatusLabelsUpdate" => {
            errors("labels: [{status: OPEN labels: [{locale: \"en\" text: \"x\"}]}]")
        }
        "ticketContract" => input("contract: null"),
        "calendarCreate" => errors("name: \"x\" hours: \"24/7\" timeZone: \"UTC\""),
        "calendarUpdate" => errors(&format!(
            "id: \"{}\"",
            id::calendar(world.cast.promised.calendar.0)
        )),
        "slaPolicyCreate" => errors("name: \"x\" calendar: \"\" targets: []"),
        "slaPolicyUpdate" => errors(&format!(
            "id: \"{}\"",
            id::policy(world.cast.promised.own.0)
        )),
        "contractCreate" => errors("title: \"x\" companies: []"),
        "contractUpdate" => errors(&format!(
            "id: \"{}\"",
            id::contract(world.cast.promised.birchs.0)
        )),
        "internalAnswers" => "internalAnswers { key }".to_owned(),
        "labels" | "helps" => format!("{field} {{ text }}"),
        "ticketFormPublish" => errors("category: \"general\" fields: []"),
        "ticketNote" => input("body: \"x\""),
        "ticketAssign" => input("assignee: null"),
        "ticketResolve" => input("resolution: \"x\""),
        "ticketSetStatus" => input("status: WAITING"),
        "ticketSetVisibility" => input("visibility: INTERNAL_ONLY reason: \"x\""),
        "audit" | "companies" | "calendars" | "slaPolicies" | "contracts" => {
            format!("{field} {{ nodes {{ id }} }}")
        }
        "workspace" => "workspace { name }".to_owned(),
        "userExport" => format!("userExport({mia})"),
        "userErase" => errors(&mia),
        "savedViewCreate" | "companyCreate" | "workspaceUpdate" => errors("name: \"x\""),
        "staffInvite" => errors("email: \"x@x.example\" name: \"x\" role: MEMBER"),
        "staffUpdate" => errors(&format!("{member} name: \"x\"")),
        "workspaceCreate" => errors("workspace: \"new\" name: \"x\" ownerName: \"x\" email: \"x\""),
        _ => field.to_owned(),
    }
}

/// Shows Alder a configuration item: nothing is refused of what is not there.
async fn show_an_item(world: &World) {
    let owner = world.staff("owner@glass.example").await;
    let alder = id::company(world.cast.alder);
    for mutation in [
        format!(
            "configurationItemCreate(input: {{company: \"{alder}\", name: \"x\", kind: \"y\", visibility: CLIENT_VISIBLE}}) {{ errors {{ code }} }}"
        ),
        format!(
            "configurationExposureUpdate(input: {{company: \"{alder}\", exposed: true}}) {{ errors {{ code }} }}"
        ),
    ] {
        owner.read(&format!("mutation {{ {mutation} }}")).await;
    }
}

/// Internal fields of types that clients can reach.
fn internal_fields() -> BTreeSet<(String, String)> {
    let full = Sdl::full();
    let mut found = BTreeSet::new();
    for definition in full
        .types
        .iter()
        .filter(|definition| !is_internal(&definition.directives))
    {
        for field in full.fields(&definition.name.node) {
            if is_internal(&field.directives) {
                found.insert((
                    definition.name.node.to_string(),
                    field.name.node.to_string(),
                ));
            }
        }
    }
    found
}

on_both! {
    async fn every_internal_field_refuses_a_client(world) {
        show_an_item(&world).await;
        let ways = ways(&world);
        let mut tried = 0;
        for (owner, field) in internal_fields() {
            let (_, way) = ways.iter().find(|(name, _)| *name == owner)
                .unwrap_or_else(|| panic!("no way to {owner}: add one to `ways`"));
            let document = way.replace("HERE", &call(&world, &field));
            let code = world.through_the_full_schema("mia@alder.example", &document).await;
            assert_eq!(code, "FORBIDDEN", "{owner}.{field} does not refuse a client");
            tried += 1;
        }
        assert!(tried > 20, "the walk found {tried} fields");
    }
}

/// The query that takes a filter.
fn filtered(input: &str, field: &str) -> Option<String> {
    match input {
        "ConfigurationItemFilter" => Some(format!(
            "{{ configurationItems(filter: {{ {field} }}) {{ nodes {{ id }} }} }}"
        )),
        "TicketFilter" => Some(format!(
            "{{ tickets(filter: {{ {field} }}) {{ nodes {{ id }} }} }}"
        )),
        _ => None,
    }
}

/// The mutation that takes an input, and what it asks for besides.
fn surroundings(world: &World, input: &str) -> (&'static str, String) {
    match input {
        "TicketOpenInput" => ("ticketOpen", "subject: \"x\" description: \"x\"".to_owned()),
        "UserInviteInput" => (
            "userInvite",
            "email: \"x@x.example\" name: \"x\"".to_owned(),
        ),
        "UserUpdateInput" => (
            "userUpdate",
            format!("id: \"{}\" access: ADMIN", id::user(world.cast.mia)),
        ),
        "CompanyUpdateInput" => ("companyUpdate", "sharing: COMPANY".to_owned()),
        "MailPreferencesUpdateInput" => ("mailPreferencesUpdate", String::new()),
        other => panic!("no mutation for {other}: add one to `surroundings`"),
    }
}

/// A value that staff could give.
fn value(world: &World, input: &str, field: &str) -> String {
    match (input, field) {
        ("TicketOpenInput", "company") => format!("\"{}\"", id::company(world.cast.birch)),
        ("TicketOpenInput", "requester") => format!("\"{}\"", id::user(world.cast.bea)),
        ("TicketOpenInput", "visibility") => "INTERNAL_ONLY".to_owned(),
        ("TicketOpenInput", "priority") => "NORMAL".to_owned(),
        ("TicketFilter", "assignee") => format!("\"{}\"", id::staff(world.cast.member)),
        ("TicketFilter", "priority") => "[HIGH]".to_owned(),
        ("TicketFilter", "requester") => format!("\"{}\"", id::user(world.cast.mia)),
        ("TicketFilter", "visibility") => "CLIENT_VISIBLE".to_owned(),
        // Not even the own one is theirs to name.
        ("UserInviteInput" | "TicketFilter" | "ConfigurationItemFilter", "company") => {
            format!("\"{}\"", id::company(world.cast.alder))
        }
        ("UserUpdateInput", "email") => "\"x@x.example\"".to_owned(),
        ("UserUpdateInput", "locale") => "\"fr\"".to_owned(),
        ("UserUpdateInput" | "CompanyUpdateInput", "name") => "\"x\"".to_owned(),
        ("TicketFilter", "unassigned")
        | ("CompanyUpdateInput", "active")
        | ("MailPreferencesUpdateInput", "assigned" | "serviceLevel" | "mentioned" | "escalated") => {
            "true".to_owned()
        }
        _ => panic!("no value for {input}.{field}"),
    }
}

on_both! {
    /// The internal fields of an input count for staff alone.
    async fn every_internal_input_refuses_a_client(world) {
        let full = Sdl::full();
        let mut tried = 0;
        for definition in full.types.iter().filter(|definition| !is_internal(&definition.directives)) {
            let TypeKind::InputObject(input) = &definition.kind else { continue };
            for field in input.fields.iter().filter(|field| is_internal(&field.node.directives)) {
                let (owner, name) = (definition.name.node.as_str(), field.node.name.node.as_str());
                let value = value(&world, owner, name);
                if let Some(document) = filtered(owner, &format!("{name}: {value}")) {
                    let code = world.through_the_full_schema("ada@alder.example", &document).await;
                    assert_eq!(code, "FORBIDDEN", "{owner}.{name}");
                    tried += 1;
                    continue;
                }
                let (mutation, rest) = surroundings(&world, owner);
                let document = format!("mutation {{ {mutation}(input: {{ {rest} {name}: {value} }}) {{ errors {{ code }} }} }}");
                // Of an admin, whom nothing but the wall keeps out.
                let code = world.through_the_full_schema("ada@alder.example", &document).await;
                assert_eq!(code, "FORBIDDEN", "{owner}.{name}");
                tried += 1;
            }
        }
        assert_eq!(tried, 21);
    }
}

#[test]
fn what_returns_an_internal_type_is_internal() {
    let full = Sdl::full();
    let internal: BTreeSet<String> = full
        .types
        .iter()
        .filter(|definition| is_internal(&definition.directives))
        .map(|definition| definition.name.node.to_string())
        .collect();
    for definition in full
        .types
        .iter()
        .filter(|definition| !is_internal(&definition.directives))
    {
        for field in full.fields(&definition.name.node) {
            let ty = field.ty.node.to_string();
            let returned = ty.trim_matches(|c: char| !c.is_alphanumeric());
            let marked = is_internal(&field.directives);
            assert!(
                marked || !internal.contains(returned),
                "{}.{} needs the mark",
                definition.name.node,
                field.name.node
            );
        }
    }
}

on_both! {
    /// An internal field fails for a client exactly as a misspelt one does.
    async fn an_internal_field_is_as_unknown_as_a_misspelt_one(world) {
        let mia = world.client("mia@alder.example").await;
        let ask = async |name: &str| {
            let text = mia.ask(&format!("{{ tickets(first: 1) {{ nodes {{ {name} {{ resolutionDue }} }} }} }}"), serde_json::json!({})).await;
            text.to_string().replace(name, "FIELD")
        };
        assert_eq!(ask("sla").await, ask("slx").await);
        let staff = "{ __type(name: \"StaffMember\") { name } }";
        assert_eq!(mia.read(staff).await["__type"], serde_json::Value::Null);
        let schema = mia.read("{ __schema { types { name fields { name } enumValues { name } inputFields { name } } directives { name } } }").await.to_string();
        for name in ["\"sla\"", "ticketNote", "NOTE", "StaffMember", "internal", "assignee", "UNKNOWN_COMPANY", "\"Mail\"", "MailRetry", "TICKET_WORK", "serviceLevel", "NOT_DEAD", "\"Workspace\"", "workspaceCreate",
            "audit", "Audit", "userErase", "userExport", "staffInvite", "companies", "PlanLimits",
            "CannedReply", "mentionsOfMe", "ticketMerge", "TimelineEntryVersion", "UNKNOWN_MENTION",
            "slaQueue", "SlaPolicy", "\"Contract\"", "\"Calendar\"", "ticketPriority", "NEAR_BREACH", "URGENT", "ashboard", "scalation",
            "unassigned", "ticketsUpdate", "ticketSettings", "StatusLabelsUpdate", "\"TicketStatusLabel\"", "SavedView", "configurationItemCreate", "configurationExposed"] {
            assert!(!schema.contains(name), "introspection names {name}");
        }
    }
}
