//! What the main operations cost in statements, whatever the size of a page.

use chrono::TimeDelta;
use end_to_end::{PASSWORD, Realm, World, cast, id, on_both, persona::SIGN_IN};
use sea_orm::ConnectionTrait;
use serde_json::json;
use tickets::{
    Entry, Ticket, TicketId,
    provision::{self, History},
};
use visibility::Flag;

use crate::outbox::rows;

/// Adds tickets to Birch, each with entries.
async fn grow(world: &World, tickets: usize, entries: usize) -> TicketId {
    let work = world.work();
    let tx = work.begin().await.expect("a transaction");
    let count = u32::try_from(tickets).expect("few");
    let first = provision::next_numbers(&tx, world.cast.glass, count)
        .await
        .expect("numbers");
    let mut histories = Vec::new();
    for (index, number) in (first..).take(tickets).enumerate() {
        let at = work.now - TimeDelta::minutes(i64::try_from(index).expect("few"));
        let ticket = Ticket {
            id: TicketId::fresh(at, work.entropy),
            workspace_id: world.cast.glass,
            company_id: world.cast.birch,
            number,
            subject: format!("Ticket {index}"),
            description: "A story.".to_owned(),
            category: "general".to_owned(),
            status: tickets::Status::Open,
            flag: Flag::ClientVisible,
            requester_id: Some(world.cast.bea),
            opened_at: at,
            changed_at: at,
            resolved_at: None,
            closed_at: None,
        };
        let replies: Vec<Entry> = (0..entries)
            .map(|_| {
                cast::message(
                    &ticket,
                    -1,
                    Flag::ClientVisible,
                    world.cast.owner,
                    "Yes.",
                    &work,
                )
            })
            .collect();
        histories.push(History {
            ticket,
            entries: replies,
            assignee: Some(world.cast.member),
        });
    }
    let one = histories[0].ticket.id;
    provision::histories(&tx, histories)
        .await
        .expect("histories");
    tx.commit().await.expect("committed");
    one
}

/// Names ben on every ticket of his company.
async fn name_ben(world: &World) {
    let statement = "INSERT INTO ticket_participants (ticket_id, client_user_id, workspace_id, company_id, role, added_at) \
        SELECT t.id, u.id, t.workspace_id, t.company_id, 'participant', t.opened_at FROM tickets t JOIN client_users u ON u.company_id = t.company_id \
        WHERE u.email = 'ben@birch.example'";
    #[expect(clippy::disallowed_methods, reason = "many rows at once")]
    let done = world.store.connection().execute_unprepared(statement).await;
    done.expect("named");
}

on_both! {
    async fn a_page_of_100_costs_as_much_as_a_page_of_1(world) {
        grow(&world, 120, 1).await;
        let query = "query ($first: Int) { tickets(first: $first) { nodes { id reference subject status requester { name } company { name } } } }";
        let bea = world.client("bea@birch.example").await;
        let small = world.cost(&bea, query, json!({"first": 1})).await;
        let large = world.cost(&bea, query, json!({"first": 100})).await;
        // The tickets, their requesters, their companies.
        assert_eq!((small, large), (3, 3));

        name_ben(&world).await;
        let query = "query ($first: Int) { tickets(first: $first) { nodes { id openedBy { name } participants { name } } } }";
        let small = world.cost(&bea, query, json!({"first": 1})).await;
        let large = world.cost(&bea, query, json!({"first": 100})).await;
        // The tickets, who takes part in them, and their people.
        assert_eq!((small, large), (3, 3));

        let query = "query ($first: Int) { tickets(first: $first) { nodes { id assignee { name } sla { state } requester { name } \
                     timeline(first: 3) { nodes { body author { name } } } } } }";
        let owner = world.staff("owner@glass.example").await;
        let small = world.cost(&owner, query, json!({"first": 1})).await;
        let large = world.cost(&owner, query, json!({"first": 100})).await;
        // Tickets, assignments and their people, clocks, requesters, entries, authors.
        assert_eq!((small, large), (7, 7));
    }
}

on_both! {
    /// Who reads, the workspace's words, and its language if it has any: once for a
    /// page, and nothing where nobody asks.
    async fn labels_of_statuses_cost_the_same_for_a_page(world) {
        grow(&world, 120, 2).await;
        let moved = "UPDATE ticket_entries SET from_status = 'open', to_status = 'in_progress'";
        #[expect(clippy::disallowed_methods, reason = "many rows at once")]
        let done = world.store.connection().execute_unprepared(moved).await;
        done.expect("moved");
        let bea = world.client("bea@birch.example").await;
        let owner = world.staff("owner@glass.example").await;
        let page = "query ($first: Int) { tickets(first: $first) { nodes { statusLabel LOCALE timeline(first: 3) { nodes { fromStatusLabel toStatusLabel } } mergedFrom { statusLabel(locale: \"de\") } } } }";
        let (own, named) = (page.replace("LOCALE", ""), page.replace("statusLabel LOCALE", "statusLabel(locale: \"fr\")").replace("StatusLabel ", "StatusLabel(locale: \"de\") "));
        for (more, text) in [(0, "null"), (1, "\"Received\"")] {
            if more > 0 {
                owner.read(&format!("mutation {{ workspaceStatusLabelsUpdate(input: {{labels: [{{status: OPEN, labels: [{{locale: \"en\", text: {text}}}]}}]}}) {{ errors {{ code }} }} }}")).await;
            }
            // The tickets, entries and merges; the words; whoever reads, unless told.
            for (query, cost_of_all) in [(&own, 5 + more), (&named, 4 + more)] {
                let small = world.cost(&bea, query, json!({"first": 1})).await;
                let large = world.cost(&bea, query, json!({"first": 100})).await;
                assert_eq!((small, large), (cost_of_all, cost_of_all), "{query}");
            }
            let choices = "{ ticketStatuses { label } a: ticketStatuses(locale: \"fr\") { label } }";
            assert_eq!(world.cost(&bea, choices, json!({})).await, 2 + more);
        }
        let without = "query ($first: Int) { tickets(first: $first) { nodes { status } } }";
        assert_eq!(world.cost(&bea, without, json!({"first": 100})).await, 1);
    }
}

on_both! {
    /// However many were merged, and however much was named and changed.
    async fn merges_mentions_and_versions_cost_the_same_for_a_page(world) {
        let target = grow(&world, 120, 1).await;
        let one = "(SELECT e.id FROM ticket_entries e WHERE e.ticket_id = t.id LIMIT 1)";
        let merge = format!(
            "INSERT INTO ticket_merges (source_id, target_id, workspace_id, company_id, source_entry_id, target_entry_id, merged_at) \
             SELECT t.id, g.id, t.workspace_id, t.company_id, {one}, {one}, t.opened_at FROM tickets t JOIN tickets g ON g.company_id = t.company_id \
             WHERE t.subject LIKE 'Ticket %' AND g.subject = 'Ticket 0' AND t.id <> g.id"
        );
        let name = "INSERT INTO ticket_mentions (entry_id, staff_user_id, workspace_id, ticket_id, mentioned_at) \
             SELECT e.id, s.id, e.workspace_id, e.ticket_id, e.created_at FROM ticket_entries e JOIN staff_users s ON s.workspace_id = e.workspace_id";
        let keep = "INSERT INTO ticket_entry_versions (entry_id, position, workspace_id, ticket_id, body, written_at, replaced_at) \
             SELECT id, 1, workspace_id, ticket_id, 'x', created_at, created_at FROM ticket_entries";
        for statement in [merge.as_str(), name, keep] {
            #[expect(clippy::disallowed_methods, reason = "many rows at once")]
            let done = world.store.connection().execute_unprepared(statement).await;
            done.expect(statement);
        }
        let bea = world.client("bea@birch.example").await;
        let query = "query ($first: Int) { tickets(first: $first) { nodes { mergedInto { subject requester { name } } } } }";
        let small = world.cost(&bea, query, json!({"first": 2})).await;
        let large = world.cost(&bea, query, json!({"first": 100})).await;
        // The tickets, merges, the others, and their requesters.
        assert_eq!((small, large), (4, 4));
        let query = "query ($id: ID!) { ticket(id: $id) { mergedFrom { subject requester { name } } } }";
        assert_eq!(world.cost(&bea, query, json!({"id": id::ticket(target)})).await, 4);

        let owner = world.staff("owner@glass.example").await;
        let query = "query ($first: Int) { tickets(first: $first) { nodes { timeline { nodes { versions { body } mentions { name } } } } } }";
        let small = world.cost(&owner, query, json!({"first": 1})).await;
        let large = world.cost(&owner, query, json!({"first": 100})).await;
        // The tickets, entries, versions, who is named, and their names.
        assert_eq!((small, large), (5, 5));
        let query = "query ($first: Int) { mentionsOfMe(first: $first) { nodes { entry { body } ticket { subject } } } }";
        let small = world.cost(&owner, query, json!({"first": 1})).await;
        let large = world.cost(&owner, query, json!({"first": 100})).await;
        // The rows, their notes, their tickets.
        assert_eq!((small, large), (3, 3));
    }
}

on_both! {
    async fn a_ticket_with_50_entries_costs_three_statements(world) {
        let one = grow(&world, 1, 60).await;
        let query = "query ($id: ID!) { ticket(id: $id) { subject timeline(first: 50) { nodes { kind body author { name side } } } } }";
        let bea = world.client("bea@birch.example").await;
        // The ticket, its entries, their authors.
        assert_eq!(world.cost(&bea, query, json!({"id": id::ticket(one)})).await, 3);
    }
}

on_both! {
    /// A flood that is refused anyway reads the account and its counts, and
    /// writes nothing that others would have to wait for.
    async fn a_refused_sign_in_costs_two_statements(world) {
        for (realm, network) in [(Realm::Portal, "192.0.2.1"), (Realm::Staff, "198.51.100.1")] {
            let mallory = world.anonymous(realm).from_address(network);
            for (workspace, email) in [("glass", "mia@alder.example"), ("glass", "owner@glass.example"), ("nowhere", "nobody@alder.example")] {
                let attempt = async |password: &str| {
                    let input = json!({"workspace": workspace, "email": email, "password": password});
                    let answer = mallory.done(SIGN_IN, json!({ "input": input })).await;
                    answer["signIn"]["errors"][0]["code"].clone()
                };
                for _ in 0..5 {
                    assert_eq!(attempt("wrong").await, "INVALID_CREDENTIALS");
                }
                // The first refusal is entered into the audit trail.
                assert_eq!(attempt("wrong").await, "TOO_MANY_ATTEMPTS");
                let before = written(&world).await;
                for password in ["wrong", "wrong", "", PASSWORD] {
                    let (statements, code) = world.statements(attempt(password)).await;
                    assert_eq!((statements, code), (2, json!("TOO_MANY_ATTEMPTS")), "{email}");
                }
                assert_eq!(written(&world).await, before, "{email}");
            }
        }
    }
}

/// What tries of credentials write: their counts, and entries of the audit trail.
async fn written(world: &World) -> Vec<String> {
    let mut lines = Vec::new();
    for select in [
        "SELECT key || ' ' || full_at AS line FROM throttles ORDER BY 1",
        "SELECT kind AS line FROM audit ORDER BY 1",
        "SELECT kind AS line FROM outbox ORDER BY 1",
    ] {
        let found = rows(&world.store, select).await;
        let line = |row: &sea_orm::QueryResult| row.try_get::<String>("", "line").expect("a line");
        lines.extend(found.iter().map(line));
    }
    lines
}

on_both! {
    async fn a_node_costs_one_statement(world) {
        let mia = world.client("mia@alder.example").await;
        let query = "query ($id: ID!) { node(id: $id) { id ... on Ticket { subject } } }";
        assert_eq!(world.cost(&mia, query, json!({"id": id::ticket(world.cast.mias)})).await, 1);
    }
}

on_both! {
    /// Who sees own and shared tickets has them from two places, in one statement.
    async fn a_list_of_own_and_shared_tickets_costs_one_statement(world) {
        let dina = world.client("dina@dogwood.example").await;
        let query = "{ tickets(first: 100) { nodes { subject } } }";
        assert_eq!(world.cost(&dina, query, json!({})).await, 1);
    }
}

on_both! {
    /// The viewer is read once and believed for seconds, not asked for each request.
    async fn a_session_costs_one_statement_when_it_is_new(world) {
        let mia = world.client("mia@alder.example").await;
        let query = "query ($id: ID!) { node(id: $id) { id } }";
        let variables = json!({"id": id::ticket(world.cast.mias)});
        assert_eq!(world.statements(mia.done(query, variables)).await.0, 2);
    }
}
