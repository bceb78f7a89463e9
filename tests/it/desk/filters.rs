//! What staff filter tickets by.

use chrono::TimeDelta;
use end_to_end::{Kind, id, on_both};
use serde_json::{Value, json};
use visibility::Flag;

use crate::finding::{Seed, found, sow};

const MIAS: &str = "The printer on floor 2 is silent";
const NOAHS: &str = "A new laptop for the new colleague";
const HIDDEN: &str = "CANARY: renewal at risk";
const BEAS: &str = "Birch wants a second line";

on_both! {
    /// Each filter shows what it says, with words and without, to each of the team
    /// within what they may see.
    async fn each_filter_shows_what_it_says(world) {
        let cast = &world.cast;
        let owner = world.staff("owner@glass.example").await;
        let member = world.staff("member@glass.example").await;
        let raise = "mutation ($id: ID!) { ticketPriority(input: {id: $id, priority: URGENT}) { errors { code } } }";
        for ticket in [cast.mias, cast.beas] {
            owner.done(raise, json!({"id": id::ticket(ticket)})).await;
        }
        let (alder, birch) = (id::company(cast.alder), id::company(cast.birch));
        for (filter, expected, of_member) in [
            (json!({"assignee": id::staff(cast.member)}), vec![MIAS], vec![MIAS]),
            (json!({"assignee": id::staff(cast.manager)}), vec![HIDDEN], vec![]),
            (json!({"assignee": id::staff(cast.owner)}), vec![], vec![]),
            (json!({"assignee": id::user(cast.mia)}), vec![], vec![]),
            (json!({"assignee": "x"}), vec![], vec![]),
            (json!({"unassigned": true, "company": alder}), vec![NOAHS], vec![]),
            (json!({"unassigned": true, "priority": ["URGENT"]}), vec![BEAS], vec![]),
            (json!({"unassigned": false, "company": alder}), vec![HIDDEN, NOAHS, MIAS], vec![MIAS]),
            (json!({"priority": ["URGENT"]}), vec![BEAS, MIAS], vec![MIAS]),
            (json!({"priority": ["URGENT", "HIGH", "URGENT"]}), vec![BEAS, MIAS], vec![MIAS]),
            (json!({"priority": ["URGENT"], "status": ["OPEN"]}), vec![BEAS], vec![]),
            (json!({"priority": ["HIGH", "LOW"]}), vec![], vec![]),
            (json!({"priority": ["NORMAL"], "company": alder}), vec![HIDDEN, NOAHS], vec![]),
            (json!({"priority": ["LOW", "NORMAL", "HIGH", "URGENT"], "company": birch}), vec![BEAS], vec![]),
            (json!({"company": birch}), vec![BEAS], vec![]),
            (json!({"company": id::user(cast.mia)}), vec![], vec![]),
            (json!({"requester": id::user(cast.mia)}), vec![HIDDEN, MIAS], vec![MIAS]),
            (json!({"requester": id::user(cast.mia), "visibility": "CLIENT_VISIBLE"}), vec![MIAS], vec![MIAS]),
            (json!({"requester": id::user(cast.mia), "priority": ["URGENT"]}), vec![MIAS], vec![MIAS]),
            (json!({"visibility": "INTERNAL_ONLY"}), vec![HIDDEN], vec![]),
            (json!({"visibility": "INTERNAL_ONLY", "status": ["CLOSED"]}), vec![], vec![]),
            (json!({"visibility": "INTERNAL_ONLY", "assignee": id::staff(cast.manager), "category": ["general"]}), vec![HIDDEN], vec![]),
            (json!({"visibility": "CLIENT_VISIBLE", "company": alder, "status": ["OPEN", "IN_PROGRESS"]}), vec![NOAHS, MIAS], vec![MIAS]),
        ] {
            assert_eq!(found(&owner, filter.clone()).await, expected, "{filter}");
            assert_eq!(found(&member, filter.clone()).await, of_member, "{filter}");
            let mut with_words = filter.clone();
            with_words["text"] = "please help".into();
            assert_eq!(found(&owner, with_words).await, expected, "{filter}");
        }
        let both = owner.ask("query ($filter: TicketFilter) { tickets(filter: $filter) { nodes { id } } }",
            json!({"filter": {"assignee": id::staff(cast.member), "unassigned": true}})).await;
        let error = &both["errors"][0]["extensions"];
        assert_eq!((&error["code"], &error["field"]), (&json!("BAD_USER_INPUT"), &json!("filter.unassigned")));
        let others = world.sign_in(end_to_end::Realm::Staff, "other", "owner@other.example").await;
        for filter in [json!({"company": alder}), json!({"assignee": id::staff(cast.member)}), json!({"requester": id::user(cast.mia)})] {
            assert_eq!(found(&others, filter).await, Vec::<String>::new());
        }
    }
}

on_both! {
    /// Clients have no such filters; whoever reached them would be refused, where
    /// tickets are listed and where they are handed out.
    async fn a_filter_is_the_teams_alone(world) {
        let mia = world.client("mia@alder.example").await;
        for filter in ["unassigned: true", "unassigned: false", "priority: [HIGH]", "visibility: CLIENT_VISIBLE"] {
            for (field, rest) in [("tickets", "nodes { id }"), ("ticketsExport", "url")] {
                let document = format!("{{ {field}(filter: {{{filter}}}) {{ {rest} }} }}");
                assert_eq!(mia.code(&document, json!({})).await, "GRAPHQL_VALIDATION_FAILED", "{document}");
                if filter != "unassigned: false" {
                    let code = world.through_the_full_schema("mia@alder.example", &document).await;
                    assert_eq!(code, "FORBIDDEN", "{document}");
                }
            }
        }
    }
}

/// Every order that a list can have.
fn orders() -> Vec<Value> {
    let mut orders = Vec::new();
    for field in ["OPENED_AT", "UPDATED_AT", "REFERENCE"] {
        for direction in ["ASC", "DESC"] {
            orders.push(json!({"field": field, "direction": direction}));
        }
    }
    orders
}

on_both! {
    /// Paging meets each ticket of a filter once, in each order, and as the whole
    /// list has them.
    async fn pages_cover_a_filter_once(world) {
        let beginning = end_to_end::world::beginning();
        let seed = |n: i64| Seed {
            // Three at one instant.
            flag: if n % 3 == 0 { Flag::InternalOnly } else { Flag::ClientVisible },
            status: [tickets::Status::Open, tickets::Status::Waiting, tickets::Status::Closed][usize::try_from(n % 3).expect("small")],
            ..Seed::of_birch(&world, &format!("Toner {n}"), beginning - TimeDelta::days(n / 3))
        };
        let ids = sow(&world, (0..24).map(seed).collect()).await;
        let owner = world.staff("owner@glass.example").await;
        let assign = "mutation ($ids: [ID!]!, $to: ID!) { ticketsUpdate(input: {ids: $ids, assignee: $to, priority: HIGH}) { outcomes { errors { code } } } }";
        let given: Vec<String> = ids.iter().step_by(2).map(|ticket| id::ticket(*ticket)).collect();
        owner.done(assign, json!({"ids": given, "to": id::staff(world.cast.owner)})).await;
        let query = "query ($first: Int, $after: String, $filter: TicketFilter, $order: TicketOrder) { \
                     tickets(first: $first, after: $after, filter: $filter, orderBy: $order) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }";
        for (filter, expected) in [
            (json!({"assignee": id::staff(world.cast.owner)}), 12),
            (json!({"priority": ["HIGH", "LOW"]}), 12),
            (json!({"visibility": "INTERNAL_ONLY", "company": id::company(world.cast.birch)}), 8),
            (json!({"company": id::company(world.cast.birch)}), 25),
            (json!({"requester": id::user(world.cast.bea), "status": ["OPEN", "CLOSED"]}), 17),
            (json!({"unassigned": true, "requester": id::user(world.cast.bea)}), 13),
        ] {
            for order in orders() {
                let whole = owner.done(query, json!({"first": 100, "filter": filter, "order": order})).await["tickets"]["edges"].clone();
                assert_eq!(whole.as_array().map(Vec::len), Some(expected), "{filter}");
                let (mut paged, mut after) = (Vec::new(), Value::Null);
                loop {
                    let page = owner.done(query, json!({"first": 5, "after": after, "filter": filter, "order": order})).await["tickets"].clone();
                    paged.extend(page["edges"].as_array().expect("edges").clone());
                    if page["pageInfo"]["hasNextPage"] == false {
                        break;
                    }
                    after = page["pageInfo"]["endCursor"].clone();
                }
                assert_eq!(Value::Array(paged), whole, "{filter} {order}");
            }
        }
    }
}

on_both! {
    /// What is filtered by follows whatever moves a ticket, gives it to somebody or
    /// says how urgent it is.
    async fn the_desk_follows_every_command(world) {
        let mia = world.client("mia@alder.example").await;
        let owner = world.staff("owner@glass.example").await;
        let nobody = match world.kind {
            Kind::Sqlite => "zeroblob(16)",
            Kind::Postgres => "CAST('00000000-0000-0000-0000-000000000000' AS uuid)",
        };
        let wrong = format!("tickets t LEFT JOIN ticket_desk d ON d.ticket_id = t.id LEFT JOIN ticket_assignments a ON a.ticket_id = t.id \
            LEFT JOIN ticket_triage p ON p.ticket_id = t.id WHERE d.ticket_id IS NULL OR d.workspace_id <> t.workspace_id OR d.status <> t.status \
            OR d.opened_at <> t.opened_at OR d.changed_at <> t.changed_at OR d.number <> t.number \
            OR d.priority <> p.priority OR d.assignee_id <> coalesce(a.staff_user_id, {nobody})");
        assert_eq!(world.count(&wrong).await, 0);
        let opened = mia.read("mutation { ticketOpen(input: {subject: \"No sound\", description: \"x\"}) { ticket { id } } }").await;
        let ticket = opened["ticketOpen"]["ticket"]["id"].as_str().expect("an id").to_owned();
        let (member, manager) = (id::staff(world.cast.member), id::staff(world.cast.manager));
        for (who, command, rest) in [
            (&owner, "ticketAssign", format!("assignee: \"{member}\"")),
            (&owner, "ticketAssign", format!("assignee: \"{manager}\"")),
            (&owner, "ticketPriority", "priority: LOW".to_owned()),
            (&mia, "ticketReply", "body: \"x\"".to_owned()),
            (&owner, "ticketSetStatus", "status: WAITING".to_owned()),
            (&owner, "ticketAssign", "assignee: null".to_owned()),
            (&owner, "ticketResolve", "resolution: \"x\"".to_owned()),
            (&mia, "ticketReject", "reason: \"x\"".to_owned()),
            (&owner, "ticketSetVisibility", "visibility: INTERNAL_ONLY reason: \"x\"".to_owned()),
        ] {
            world.later(TimeDelta::minutes(1));
            let document = format!("mutation {{ {command}(input: {{id: \"{ticket}\" {rest}}}) {{ errors {{ code }} }} }}");
            assert_eq!(who.read(&document).await[command]["errors"], json!([]), "{command}");
            assert_eq!(world.count(&wrong).await, 0, "{command}");
            assert_eq!(world.count("ticket_desk").await, world.count("tickets").await);
        }
    }
}

on_both! {
    /// A ticket that is given away while others write on it: all of it is done.
    async fn giving_and_writing_at_once_wait_for_each_other(world) {
        let owner = world.staff("owner@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        let ticket = id::ticket(world.cast.mias);
        let assign = |to: &str| format!("mutation {{ ticketAssign(input: {{id: \"{ticket}\", assignee: \"{to}\"}}) {{ errors {{ code }} }} }}");
        let reply = format!("mutation {{ ticketReply(input: {{id: \"{ticket}\", body: \"x\"}}) {{ errors {{ code }} }} }}");
        let raise = format!("mutation {{ ticketPriority(input: {{id: \"{ticket}\", priority: LOW}}) {{ errors {{ code }} }} }}");
        let (one, two) = (assign(&id::staff(world.cast.owner)), assign(&id::staff(world.cast.manager)));
        let done = tokio::join!(owner.read(&one), mia.read(&reply), owner.read(&two), mia.read(&reply), owner.read(&raise), mia.read(&reply));
        let all = [done.0, done.1, done.2, done.3, done.4, done.5];
        assert!(all.iter().all(|answer| answer.to_string().contains("\"errors\":[]")), "{all:?}");
    }
}
