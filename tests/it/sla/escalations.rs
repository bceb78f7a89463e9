//! Steps of a policy: written down, refused, come once and on time, and done.

use chrono::TimeDelta;
use end_to_end::{Persona, World, id, on_both};
use serde_json::{Value, json};

use super::{instant, minutes, open};

const FACTS: &str = "outbox WHERE kind = 'ticket.escalated'";

/// Half of the answer's time, the whole of it, and half of the resolution's.
async fn write_steps(world: &World, owner: &Persona) {
    let (policy, member) = (
        id::policy(world.cast.promised.own.0),
        id::staff(world.cast.member),
    );
    let steps = format!(
        "{{target: RESOLUTION, percent: 50, priority: URGENT}}, \
         {{target: RESPONSE, percent: 100, assignee: \"{member}\", priority: NORMAL}}, \
         {{target: RESPONSE, percent: 50, notify: [\"{member}\", \"{member}\"], priority: HIGH}}"
    );
    owner
        .act(
            "slaPolicyUpdate",
            &format!("id: \"{policy}\" escalations: [{steps}]"),
        )
        .await;
    world.drain().await;
}

async fn shown(world: &World, ticket: &str) -> Value {
    let owner = world.staff("owner@glass.example").await;
    let query = format!(
        "{{ ticket(id: \"{ticket}\") {{ priority assignee {{ id }} escalations {{ target percent dueAt escalatedAt }} }} }}"
    );
    owner.read(&query).await["ticket"].clone()
}

async fn watched(world: &World) {
    while tickets::watch(&world.work()).await.expect("watched") > 0 {}
    world.drain().await;
}

on_both! {
    async fn a_team_writes_down_what_happens_by_itself(world) {
        let owner = world.staff("owner@glass.example").await;
        write_steps(&world, &owner).await;
        let query = "{ slaPolicies { nodes { id escalations { target percent notify { id } assignee { id } priority } } } }";
        let own = id::policy(world.cast.promised.own.0);
        let all = owner.read(query).await["slaPolicies"]["nodes"].clone();
        let policy = all.as_array().expect("policies").iter().find(|policy| policy["id"] == own).cloned().expect("own");
        let member = json!({"id": id::staff(world.cast.member)});
        // In the order in which they come.
        assert_eq!(policy["escalations"], json!([
            {"target": "RESPONSE", "percent": 50, "notify": [member], "assignee": null, "priority": "HIGH"},
            {"target": "RESPONSE", "percent": 100, "notify": [], "assignee": member, "priority": "NORMAL"},
            {"target": "RESOLUTION", "percent": 50, "notify": [], "assignee": null, "priority": "URGENT"},
        ]));
        let same = "{target: RESPONSE, percent: 50, priority: HIGH}";
        let nobody = format!("{{target: RESPONSE, percent: 50, assignee: \"{}\"}}", id::user(world.cast.mia));
        let many = (1..=21).map(|percent| format!("{{target: RESPONSE, percent: {percent}, priority: HIGH}}")).collect::<Vec<_>>().join(", ");
        for (steps, code) in [
            (format!("{same}, {same}"), "INVALID_ESCALATIONS"),
            ("{target: RESPONSE, percent: 0, priority: HIGH}".to_owned(), "INVALID_ESCALATIONS"),
            ("{target: RESPONSE, percent: 1001, priority: HIGH}".to_owned(), "INVALID_ESCALATIONS"),
            ("{target: RESPONSE, percent: 50, notify: []}".to_owned(), "INVALID_ESCALATIONS"),
            (many, "INVALID_ESCALATIONS"),
            (nobody, "UNKNOWN_STAFF_MEMBER"),
        ] {
            let document = format!("mutation {{ slaPolicyUpdate(input: {{id: \"{own}\", escalations: [{steps}]}}) {{ policy {{ id }} errors {{ code field }} }} }}");
            let refused = owner.read(&document).await["slaPolicyUpdate"].clone();
            assert_eq!(refused, json!({"policy": null, "errors": [{"code": code, "field": "escalations"}]}), "{steps}");
        }
        // Nothing is left of them once they are taken away.
        owner.act("slaPolicyUpdate", &format!("id: \"{own}\" escalations: []")).await;
        let none = owner.read(query).await["slaPolicies"]["nodes"].to_string();
        assert!(!none.contains("RESPONSE"), "{none}");
    }
}

on_both! {
    async fn a_step_comes_once_and_on_time(world) {
        let owner = world.staff("owner@glass.example").await;
        write_steps(&world, &owner).await;
        let mia = world.client("mia@alder.example").await;
        let ticket = open(&mia).await;
        world.later(TimeDelta::minutes(359));
        watched(&world).await;
        assert_eq!(shown(&world, &ticket).await["escalations"], json!([]));
        world.later(TimeDelta::minutes(1));
        let work = world.work();
        // Two workers at once.
        let (one, other) = tokio::join!(tickets::watch(&work), tickets::watch(&work));
        assert!(one.expect("watched") + other.expect("watched") >= 1);
        watched(&world).await;
        let now = shown(&world, &ticket).await;
        assert_eq!((&now["priority"], &now["assignee"]), (&json!("HIGH"), &Value::Null));
        assert_eq!(now["escalations"][0]["percent"], 50);
        assert_eq!(instant(&now["escalations"][0]["dueAt"]), Some(minutes(360)));
        let mine = format!("{FACTS} AND subject_id = (SELECT id FROM tickets WHERE opened_at = (SELECT MAX(opened_at) FROM tickets))");
        assert_eq!((world.count(&mine).await, now["escalations"].as_array().map(Vec::len)), (1, Some(1)));

        // Late, and everything that has come since comes at once; nobody is made less urgent.
        world.later(TimeDelta::minutes(2_000));
        watched(&world).await;
        watched(&world).await;
        let late = shown(&world, &ticket).await;
        assert_eq!((&late["priority"], &late["assignee"]["id"]), (&json!("URGENT"), &json!(id::staff(world.cast.member))));
        let due: Vec<_> = late["escalations"].as_array().expect("steps").iter().map(|step| instant(&step["dueAt"])).collect();
        assert_eq!(due, [Some(minutes(360)), Some(minutes(720)), Some(minutes(1_440))]);
        assert_eq!(world.count(&mine).await, 3);
    }
}

on_both! {
    async fn what_was_answered_escalates_no_more(world) {
        let owner = world.staff("owner@glass.example").await;
        write_steps(&world, &owner).await;
        let mia = world.client("mia@alder.example").await;
        let ticket = open(&mia).await;
        world.later(TimeDelta::minutes(300));
        let owner = world.staff("owner@glass.example").await;
        owner.act("ticketReply", &format!("id: \"{ticket}\" body: \"Which one?\"")).await;
        owner.act("ticketSetStatus", &format!("id: \"{ticket}\" status: WAITING")).await;
        // It stands for a while, and so does the step.
        world.later(TimeDelta::minutes(5_000));
        watched(&world).await;
        assert_eq!(shown(&world, &ticket).await["escalations"], json!([]));
        let mia = world.client("mia@alder.example").await;
        mia.act("ticketReply", &format!("id: \"{ticket}\" body: \"This one.\"")).await;
        world.later(TimeDelta::minutes(1_140));
        watched(&world).await;
        let now = shown(&world, &ticket).await;
        assert_eq!((now["escalations"].as_array().map(Vec::len), instant(&now["escalations"][0]["dueAt"])), (Some(1), Some(minutes(6_440))));
        // The client is told nothing of it, and nothing of it has moved.
        let mia = world.client("mia@alder.example").await;
        let told = mia.read(&format!("{{ ticket(id: \"{ticket}\") {{ updatedAt timeline {{ nodes {{ kind }} }} }} }}")).await["ticket"].clone();
        assert_eq!((instant(&told["updatedAt"]), told["timeline"]["nodes"].as_array().map(Vec::len)), (Some(minutes(5_300)), Some(3)));
    }
}

on_both! {
    /// Whoever has left the team gets nothing, and the step is done all the same.
    async fn nobody_who_has_left_gets_a_ticket(world) {
        let owner = world.staff("owner@glass.example").await;
        write_steps(&world, &owner).await;
        let mia = world.client("mia@alder.example").await;
        let ticket = open(&mia).await;
        owner.act("staffUpdate", &format!("id: \"{}\" active: false", id::staff(world.cast.member))).await;
        world.later(TimeDelta::minutes(720));
        watched(&world).await;
        let now = shown(&world, &ticket).await;
        assert_eq!((&now["assignee"], now["escalations"].as_array().map(Vec::len)), (&Value::Null, Some(2)));
    }
}

on_both! {
    /// Steps that come while the team changes the same tickets: each waits for the
    /// other, nothing is refused, and every step is done.
    async fn steps_and_the_team_wait_for_each_other(world) {
        let owner = world.staff("owner@glass.example").await;
        let (policy, member) = (id::policy(world.cast.promised.own.0), id::staff(world.cast.member));
        let step = |percent: usize| format!("{{target: RESPONSE, percent: {}, assignee: \"{member}\", priority: URGENT}}", percent * 5);
        let steps: Vec<_> = (1..=20).map(step).collect();
        owner.act("slaPolicyUpdate", &format!("id: \"{policy}\" escalations: [{}]", steps.join(", "))).await;
        world.drain().await;
        let mia = world.client("mia@alder.example").await;
        let mut tickets = Vec::new();
        for _ in 0..3 {
            tickets.push(open(&mia).await);
        }
        world.later(TimeDelta::minutes(2_000));
        while tickets::watch(&world.work()).await.expect("watched") > 0 {}
        let owner = world.staff("owner@glass.example").await;
        let change = async |priorities: [&str; 2]| {
            let mut answers = Vec::new();
            for ticket in tickets.iter().cycle().take(15) {
                for priority in priorities {
                    let raise = format!("mutation {{ ticketPriority(input: {{id: \"{ticket}\", priority: {priority}}}) {{ errors {{ code }} }} }}");
                    answers.push(owner.read(&raise).await.to_string());
                }
            }
            answers
        };
        let (_, one, other) = tokio::join!(world.drain(), change(["LOW", "NORMAL"]), change(["NORMAL", "HIGH"]));
        let told = [one, other].concat();
        assert!(told.iter().all(|answer| answer.contains("[]") || answer.contains("UNCHANGED")), "{told:?}");
        world.drain().await;
        assert_eq!(world.count("ticket_escalations WHERE done_at IS NULL").await, 0);
        assert!(world.count("ticket_escalations").await >= 60);
    }
}
