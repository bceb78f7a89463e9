//! How the databases find: along an index, and without sorting what they found.

use chrono::TimeDelta;
use contracts::Priority;
use end_to_end::{Kind, World, id, on_both};
use kernel::SessionId;
use sea_orm::{ConnectionTrait, DbBackend};
use tickets::{
    Assignee, Between, Desk, Direction, Filter, Order, OrderField, Status, Words,
    statement_of_a_list,
};
use visibility::{
    Access, ClientViewer, Flag, Modules, Reach, Sections, StaffRole, StaffViewer, Viewer,
};

use super::{Seed, sow, spans::part};

/// Enough for a planner to prefer an index.
const TICKETS: i64 = 4_000;

async fn grow(world: &World) {
    let beginning = end_to_end::world::beginning();
    let seed = |n: i64| {
        let mine = n % 4 == 0;
        let status = [
            Status::Closed,
            Status::Closed,
            Status::Closed,
            Status::Open,
            Status::Waiting,
        ];
        Seed {
            company: if mine {
                world.cast.alder
            } else {
                world.cast.birch
            },
            requester: if mine { world.cast.mia } else { world.cast.bea },
            status: status[usize::try_from(n % 5).expect("small")],
            category: if n % 10 == 0 { "hardware" } else { "general" },
            flag: if n % 7 == 0 {
                Flag::InternalOnly
            } else {
                Flag::ClientVisible
            },
            ..Seed::of_birch(
                world,
                &format!("Toner {n} printer {}", n % 50),
                beginning - TimeDelta::hours(n),
            )
        }
    };
    let spans: Vec<_> = (1..40)
        .map(|n| beginning - TimeDelta::hours(TICKETS - 100 * n))
        .collect();
    part(world, world.cast.glass.0, &spans).await;
    sow(world, (0..TICKETS).map(seed).collect()).await;
    world.store.analyze().await.expect("analysed");
}

fn backend(world: &World) -> DbBackend {
    world.store.connection().get_database_backend()
}

fn client(world: &World, reach: Reach) -> Viewer {
    Viewer::Client(ClientViewer {
        workspace: world.cast.glass,
        company: world.cast.alder,
        user: world.cast.mia,
        session: SessionId(uuid::Uuid::nil()),
        access: Access::Member,
        reach,
        sections: Sections::all(),
    })
}

fn staff(world: &World) -> Viewer {
    Viewer::Staff(StaffViewer {
        workspace: world.cast.glass,
        user: world.cast.owner,
        session: SessionId(uuid::Uuid::nil()),
        role: StaffRole::Owner,
        modules: Modules::all(),
    })
}

/// Whether the plan looks at every ticket, or at every document.
fn walks_all(plan: &str) -> bool {
    plan.lines().any(|line| {
        line.contains("Seq Scan on tickets ")
            || line.contains("Seq Scan on ticket_search_portal")
            || line.contains("Seq Scan on ticket_search_staff")
            || line.contains("SCAN tickets")
            || line.contains("SCAN ticket_search_keys")
    })
}

fn sorts(plan: &str) -> usize {
    let sorts = plan
        .lines()
        .filter(|line| line.contains("USE TEMP B-TREE") || line.contains("Sort Key"));
    sorts.count()
}

on_both! {
    /// Lists, filtered and not, walk an index in its order and sort nothing. With
    /// more than one way to the tickets, what each brings is sorted: a page of each.
    async fn lists_walk_an_index(world) {
        grow(&world).await;
        let beginning = end_to_end::world::beginning();
        let filters = [
            ("all", Filter::default()),
            ("one status", Filter { status: vec![Status::Open], ..Filter::default() }),
            ("one category", Filter { category: vec!["hardware".to_owned()], ..Filter::default() }),
            ("then", Filter { opened: Between { from: Some(beginning - TimeDelta::days(90)), to: Some(beginning - TimeDelta::days(30)) }, ..Filter::default() }),
            ("every status", Filter { status: vec![Status::Open, Status::InProgress, Status::Waiting, Status::Resolved, Status::Closed], ..Filter::default() }),
            ("two statuses", Filter { status: vec![Status::Open, Status::Waiting], ..Filter::default() }),
        ];
        let viewers = [("staff", staff(&world)), ("company", client(&world, Reach::Company)), ("own", client(&world, Reach::Own))];
        for (who, viewer) in &viewers {
            for (what, filter) in &filters {
                for field in [OrderField::OpenedAt, OrderField::ChangedAt] {
                    // By another time than it is filtered by, one of the two is not the index's.
                    if *what == "then" && field == OrderField::ChangedAt {
                        continue;
                    }
                    for direction in [Direction::Ascending, Direction::Descending] {
                        let order = Order { field, direction };
                        let statement = statement_of_a_list(viewer, filter, order, backend(&world));
                        let plan = world.plan_of_a_read(&statement).await;
                        let context = format!("{who}, {what}, {order:?}: {statement}\n{plan}");
                        if *who == "own" || *what == "two statuses" {
                            // Two pages; how they are joined is up to the size of the table.
                            assert!(plan.contains("ix_tickets_"), "{context}");
                        } else {
                            assert!(!walks_all(&plan), "{context}");
                            assert_eq!(sorts(&plan), 0, "{context}");
                        }
                    }
                }
            }
        }
    }
}

on_both! {
    /// What staff filter by is found along an index of its own, whatever the order:
    /// a page of each way, and the tickets by their ids.
    async fn lists_of_the_desk_walk_an_index(world) {
        grow(&world).await;
        let cast = &world.cast;
        let desk = |desk| Filter { desk, ..Filter::default() };
        let index = |of: &str, order: Order| {
            let key = match order.field {
                OrderField::OpenedAt => "opened_at",
                OrderField::ChangedAt => "changed_at",
                OrderField::Number => "number",
            };
            format!("{of}_{key}")
        };
        let open = vec![Status::Open];
        let filters = [
            ("somebody's", desk(Desk { assignee: Some(Assignee::Somebody(cast.member)), ..Desk::default() }), "ix_ticket_desk_workspace_id_assignee_id_status"),
            ("nobody's", desk(Desk { assignee: Some(Assignee::Nobody), ..Desk::default() }), "ix_ticket_desk_workspace_id_assignee_id_status"),
            ("nobody's, open", Filter { status: open.clone(), ..desk(Desk { assignee: Some(Assignee::Nobody), ..Desk::default() }) }, "ix_ticket_desk_workspace_id_assignee_id_status"),
            ("urgent", desk(Desk { priority: vec![Priority::Urgent], ..Desk::default() }), "ix_ticket_desk_workspace_id_priority_status"),
            ("normal or high, open", Filter { status: open.clone(), ..desk(Desk { priority: vec![Priority::Normal, Priority::High], ..Desk::default() }) }, "ix_ticket_desk_workspace_id_priority_status"),
            ("internal", desk(Desk { flag: Some(Flag::InternalOnly), ..Desk::default() }), "ix_tickets_workspace_id_flag_status"),
            ("internal, open", Filter { status: open, ..desk(Desk { flag: Some(Flag::InternalOnly), ..Desk::default() }) }, "ix_tickets_workspace_id_flag_status"),
            ("a company's", desk(Desk { company: Some(cast.alder), ..Desk::default() }), "ix_tickets_company_id_flag"),
            ("a company's, nobody's", desk(Desk { company: Some(cast.alder), assignee: Some(Assignee::Nobody), ..Desk::default() }), "ix_tickets_company_id_flag"),
            ("a person's", desk(Desk { requester: Some(cast.mia), ..Desk::default() }), "ix_tickets_requester_id_flag"),
        ];
        let viewer = staff(&world);
        for (what, filter, of) in &filters {
            for field in [OrderField::OpenedAt, OrderField::ChangedAt, OrderField::Number] {
                for direction in [Direction::Ascending, Direction::Descending] {
                    let order = Order { field, direction };
                    let statement = statement_of_a_list(&viewer, filter, order, backend(&world));
                    let plan = world.plan_of_a_read(&statement).await;
                    let context = format!("{what}, {order:?}: {statement}\n{plan}");
                    assert!(plan.contains(&index(of, order)), "{context}");
                    assert!(!plan.contains("SCAN tickets") && !plan.contains("SCAN ticket_desk"), "{context}");
                    assert!(!plan.contains("Seq Scan on ticket_desk"), "{context}");
                    // A page of each way; how they are joined is up to the size of the table.
                    assert!(plan.matches("Seq Scan on tickets ").count() <= 1, "{context}");
                }
            }
        }
    }
}

on_both! {
    /// A search asks the engine, span by span, and reads tickets by their id.
    async fn searches_ask_the_engine(world) {
        grow(&world).await;
        let viewers = [("staff", staff(&world)), ("company", client(&world, Reach::Company)), ("own", client(&world, Reach::Own))];
        for (who, viewer) in &viewers {
            for text in ["toner", "printer ton", "printer 17"] {
                for status in [vec![], vec![Status::Open]] {
                    let filter = Filter { words: Some(Words::parse(text).expect("words")), status, ..Filter::default() };
                    let statement = statement_of_a_list(viewer, &filter, Order::default(), backend(&world));
                    let plan = world.plan_of_a_read(&statement).await;
                    let context = format!("{who}: {statement}\n{plan}");
                    assert!(!walks_all(&plan), "{context}");
                    if world.kind == Kind::Postgres {
                        let plan = world.plan_for_any_values(&statement).await;
                        assert!(!walks_all(&plan), "{who}: {statement}\n{plan}");
                        assert!(!plan.contains("Rows Removed by Join Filter"), "{who}: {statement}\n{plan}");
                    }
                    let table = if *who == "staff" { "ticket_search_staff" } else { "ticket_search_portal" };
                    match world.kind {
                        Kind::Postgres => assert!(plan.contains(&format!("Bitmap Index Scan on ix_{table}_words")), "{context}"),
                        Kind::Sqlite => {
                            let engine = plan.lines().find(|line| line.contains("SCAN ticket_search_"));
                            let engine = engine.expect("the engine");
                            assert!(engine.contains(table) && engine.contains("VIRTUAL TABLE INDEX"), "{context}");
                            // The last one, of what was found.
                            assert_eq!(sorts(&plan), 1, "{context}");
                        }
                    }
                }
            }
        }
    }
}

on_both! {
    /// SQLite is compiled so that it plans for no values; each status has its own text.
    async fn plans_are_kept(world) {
        let viewer = client(&world, Reach::Company);
        let list = |status| {
            let filter = Filter { status: vec![status], ..Filter::default() };
            statement_of_a_list(&viewer, &filter, Order::default(), backend(&world))
        };
        let (open, closed) = (list(Status::Open), list(Status::Closed));
        assert_ne!(open.sql, closed.sql);
        assert_eq!(open.values, closed.values);
        if world.kind == Kind::Sqlite {
            let options = world.compile_options().await;
            assert!(options.contains(&"ENABLE_QPSG".to_owned()), "{options:?}");
        }
    }
}

/// Writes an entry on each ticket that is left.
#[expect(clippy::disallowed_methods, reason = "written behind everybody's back")]
async fn say_something(world: &World) {
    let written = world.store.connection().execute_unprepared(
        "INSERT INTO ticket_entries (id, workspace_id, company_id, ticket_id, kind, flag, body, created_at) \
         SELECT id, workspace_id, company_id, id, 'message', flag, 'x', opened_at FROM tickets",
    );
    written.await.expect("written");
    world.store.analyze().await.expect("analysed");
}

/// What grows with the years: nothing may look through all of it.
const GROWING: [&str; 6] = [
    "tickets",
    "ticket_entries",
    "ticket_clocks",
    "ticket_triage",
    "ticket_search_portal",
    "ticket_search_staff",
];

/// Whether the plan looks through a whole table of those.
fn looks_through(plan: &str, table: &str) -> bool {
    plan.lines().any(|line| {
        let line = format!("{line} ");
        line.contains(&format!("Seq Scan on {table} "))
            || (line.contains(&format!("SCAN {table} ")) && !line.contains("INDEX"))
    })
}

on_both! {
    /// Whatever a detail, a queue or a command sends finds its rows along an index.
    async fn details_queues_and_commands_walk_an_index(world) {
        grow(&world).await;
        say_something(&world).await;
        let mia = world.client("mia@alder.example").await;
        let owner = world.staff("owner@glass.example").await;
        let member = world.staff("member@glass.example").await;
        let ticket = id::ticket(world.cast.mias);
        let page = "reference subject requester { name } participants { name } company { name } attachments { nodes { fileName } } slaCountdown { paused } \
                    timeline(first: 50) { nodes { body author { name } attachments { nodes { fileName } } } }";
        let detail = format!("{{ ticket(id: \"{ticket}\") {{ {page} }} }}");
        let internal = format!("{{ ticket(id: \"{ticket}\") {{ {page} assignee {{ name }} priority contract {{ title }} escalations {{ percent }} \
                    sla {{ state responseRemainingSeconds }} }} }}");
        let queue = "{ slaQueue(state: BREACHED) { nodes { reference sla { state } } } }".to_owned();
        let near = "{ ticketDashboard { nearBreach breached } }".to_owned();
        let change = |field: &str, rest: &str| format!("mutation {{ {field}(input: {{id: \"{ticket}\" {rest}}}) {{ errors {{ code }} }} }}");
        let (mut seen, mut heard) = (0, Vec::new());
        for (who, document) in [
            (&mia, detail),
            (&mia, change("ticketReply", "body: \"Yes.\"")),
            (&owner, internal),
            (&owner, queue.clone()),
            (&owner, near.clone()),
            (&member, queue),
            (&member, near),
            (&owner, change("ticketPriority", "priority: HIGH")),
            (&owner, change("ticketNote", "body: \"x\"")),
            (&owner, change("ticketResolve", "resolution: \"x\"")),
        ] {
            let (sent, _) = world.sent_by(who.read(&document)).await;
            heard.extend(sent.into_iter().map(|statement| (document.clone(), statement)));
        }
        for (document, statement) in heard {
            let text = &statement.sql;
            let verb = text.split(' ').next().unwrap_or_default();
            if !["SELECT", "UPDATE", "DELETE", "WITH"].contains(&verb) || !GROWING.iter().any(|table| text.contains(table)) {
                continue;
            }
            let plan = world.plan(&statement).await;
            for table in GROWING {
                assert!(!looks_through(&plan, table), "{document}: {statement}\n{plan}");
            }
            seen += 1;
        }
        assert!(seen > 20, "{seen} statements");
    }
}
