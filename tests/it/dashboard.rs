//! What staff count up: against the tickets that a test has made, and within
//! the scope of whoever asks.

use chrono::TimeDelta;
use end_to_end::{Persona, World, id, on_both};
use serde_json::{Value, json};

const ALL: &str = "{ ticketDashboard { open { status count underADay underAWeek underAMonth older } nearBreach breached \
                   firstResponse { opened answered medianSeconds p90Seconds } \
                   compliance { policy { name } month responsesMet responsesMissed resolutionsMet resolutionsMissed } \
                   workload { assignee { id } open waiting nearBreach breached } } }";

async fn dashboard(staff: &Persona) -> Value {
    staff.read(ALL).await["ticketDashboard"].clone()
}

async fn open(world: &World, subject: &str) -> String {
    let mia = world.client("mia@alder.example").await;
    let document = format!(
        "mutation {{ ticketOpen(input: {{subject: \"{subject}\", description: \"x\"}}) {{ ticket {{ id }} }} }}"
    );
    mia.read(&document).await["ticketOpen"]["ticket"]["id"]
        .as_str()
        .expect("an id")
        .to_owned()
}

/// The sum of a number over all rows.
fn sum(rows: &Value, field: &str) -> i64 {
    rows.as_array()
        .expect("rows")
        .iter()
        .map(|row| row[field].as_i64().expect("a number"))
        .sum()
}

on_both! {
    async fn it_counts_what_there_is(world) {
        let owner = world.staff("owner@glass.example").await;
        let before = dashboard(&owner).await;
        // Four are answered after ten, twenty, thirty and sixty minutes, one is not.
        let mut tickets = Vec::new();
        for subject in ["a", "b", "c", "d", "e"] {
            tickets.push(open(&world, subject).await);
        }
        for (ticket, minutes) in tickets.iter().zip([10, 10, 10, 30]) {
            world.later(TimeDelta::minutes(minutes));
            let owner = world.staff("owner@glass.example").await;
            owner.act("ticketReply", &format!("id: \"{ticket}\" body: \"Yes.\"")).await;
        }
        let owner = world.staff("owner@glass.example").await;
        owner.act("ticketSetStatus", &format!("id: \"{}\" status: WAITING", tickets[0])).await;
        owner.act("ticketResolve", &format!("id: \"{}\" resolution: \"Done.\"", tickets[1])).await;
        owner.act("ticketAssign", &format!("id: \"{}\" assignee: \"{}\"", tickets[2], id::staff(world.cast.member))).await;
        let now = dashboard(&owner).await;
        let grown = |rows: &str, field: &str| sum(&now[rows], field) - sum(&before[rows], field);
        assert_eq!((grown("open", "count"), grown("open", "underADay"), grown("open", "older")), (5, 5, 0));
        let of_status = |all: &Value, status: &str| sum(&Value::Array(all["open"].as_array().expect("rows").iter().filter(|row| row["status"] == status).cloned().collect()), "count");
        assert_eq!(of_status(&now, "WAITING") - of_status(&before, "WAITING"), 1);
        assert_eq!(of_status(&now, "RESOLVED") - of_status(&before, "RESOLVED"), 1);
        assert_eq!((grown("workload", "open"), grown("workload", "waiting")), (4, 1));
        let member = id::staff(world.cast.member);
        let members = now["workload"].as_array().expect("rows").iter().find(|row| row["assignee"]["id"] == member);
        let had = before["workload"].as_array().expect("rows").iter().find(|row| row["assignee"]["id"] == member);
        assert_eq!(members.expect("the member's")["open"].as_i64(), had.map_or(0, |row| row["open"].as_i64().expect("a number")).checked_add(1));
        assert_eq!(now["firstResponse"]["opened"].as_i64(), before["firstResponse"]["opened"].as_i64().map(|count| count + 5));
        assert_eq!(now["firstResponse"]["answered"].as_i64(), before["firstResponse"]["answered"].as_i64().map(|count| count + 4));
        assert_eq!((grown("compliance", "responsesMet"), grown("compliance", "resolutionsMet")), (4, 1));

        // A day later: they have grown older, and what nobody answered was missed.
        world.later(TimeDelta::hours(30));
        while tickets::watch(&world.work()).await.expect("watched") > 0 {}
        let owner = world.staff("owner@glass.example").await;
        let later = dashboard(&owner).await;
        assert_eq!(sum(&later["open"], "underADay"), 0);
        assert_eq!(sum(&later["open"], "count"), sum(&now["open"], "count"));
        let missed = sum(&later["compliance"], "responsesMissed");
        assert!(missed > sum(&now["compliance"], "responsesMissed"), "{later}");
        // The queues say the same.
        for (field, state) in [("nearBreach", "NEAR_BREACH"), ("breached", "BREACHED")] {
            let queue = owner.read(&format!("{{ slaQueue(state: {state}, first: 100) {{ nodes {{ id }} }} }}")).await;
            assert_eq!(later[field].as_u64(), queue["slaQueue"]["nodes"].as_array().map(|nodes| nodes.len() as u64), "{field}");
        }
    }
}

on_both! {
    async fn waits_are_counted_from_the_middle(world) {
        let owner = world.staff("owner@glass.example").await;
        world.later(TimeDelta::days(60));
        let none = dashboard(&world.staff("owner@glass.example").await).await;
        assert_eq!(none["firstResponse"], json!({"opened": 0, "answered": 0, "medianSeconds": null, "p90Seconds": null}));
        drop(owner);
        let mut tickets = Vec::new();
        for _ in 0..10 {
            tickets.push(open(&world, "x").await);
        }
        for ticket in &tickets {
            world.later(TimeDelta::minutes(1));
            let owner = world.staff("owner@glass.example").await;
            owner.act("ticketReply", &format!("id: \"{ticket}\" body: \"Yes.\"")).await;
        }
        let owner = world.staff("owner@glass.example").await;
        let answers = dashboard(&owner).await["firstResponse"].clone();
        assert_eq!(answers, json!({"opened": 10, "answered": 10, "medianSeconds": 300, "p90Seconds": 540}));
    }
}

on_both! {
    /// A merge answers and resolves nothing, and counts for nothing.
    async fn a_merge_keeps_no_promise(world) {
        let before = dashboard(&world.staff("owner@glass.example").await).await;
        let (merged, other) = (open(&world, "a").await, open(&world, "b").await);
        let owner = world.staff("owner@glass.example").await;
        owner.act("ticketMerge", &format!("id: \"{merged}\" into: \"{other}\"")).await;
        world.later(TimeDelta::minutes(10));
        let owner = world.staff("owner@glass.example").await;
        owner.act("ticketResolve", &format!("id: \"{other}\" resolution: \"Done.\"")).await;
        let now = dashboard(&owner).await;
        let grown = |field: &str| sum(&now["compliance"], field) - sum(&before["compliance"], field);
        assert_eq!((grown("responsesMet"), grown("resolutionsMet"), grown("resolutionsMissed")), (1, 1, 0));
        let count = |of: &Value, field: &str| of["firstResponse"][field].as_i64().expect("a number");
        for field in ["opened", "answered"] {
            assert_eq!(count(&now, field) - count(&before, field), 1, "{field}");
        }
        let sla = owner.read(&format!("{{ ticket(id: \"{merged}\") {{ sla {{ state resolutionRemainingSeconds }} }} }}")).await;
        assert_eq!(sla["ticket"]["sla"], json!({"state": "PAUSED", "resolutionRemainingSeconds": null}));
    }
}

on_both! {
    /// A member counts what is assigned to them, another workspace its own.
    async fn everybody_counts_what_they_see(world) {
        let ticket = open(&world, "x").await;
        let member = world.staff("member@glass.example").await;
        let before = dashboard(&member).await;
        let owner = world.staff("owner@glass.example").await;
        owner.act("ticketAssign", &format!("id: \"{ticket}\" assignee: \"{}\"", id::staff(world.cast.member))).await;
        let after = dashboard(&member).await;
        assert_eq!(sum(&after["open"], "count"), sum(&before["open"], "count") + 1);
        assert_eq!(sum(&after["workload"], "open"), sum(&before["workload"], "open") + 1);
        let people: Vec<_> = after["workload"].as_array().expect("rows").iter().map(|row| &row["assignee"]["id"]).collect();
        assert_eq!(people, [&json!(id::staff(world.cast.member))]);
        assert!(after["compliance"].as_array().expect("rows").iter().all(|row| row["policy"].is_null()), "without contracts.read");
        let other = world.sign_in(end_to_end::Realm::Staff, "other", "owner@other.example").await;
        let elsewhere = dashboard(&other).await;
        assert_eq!((sum(&elsewhere["open"], "count"), sum(&elsewhere["workload"], "open")), (1, 1));
    }
}

on_both! {
    async fn its_bounds_are_told(world) {
        let owner = world.staff("owner@glass.example").await;
        for question in ["firstResponse(days: 0) { opened }", "firstResponse(days: 367) { opened }", "compliance(months: 0) { month }", "compliance(months: 25) { month }"] {
            assert_eq!(owner.code(&format!("{{ ticketDashboard {{ {question} }} }}"), json!({})).await, "BAD_USER_INPUT", "{question}");
        }
    }
}
