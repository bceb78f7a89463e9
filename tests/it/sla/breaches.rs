//! What was missed: noted once, by whoever looks, and queued for staff.

use chrono::TimeDelta;
use end_to_end::{id, on_both};
use serde_json::{Value, json};

use super::{instant, minutes, open, sla};

const FACTS: &str = "outbox WHERE kind = 'ticket.slaBreached' AND audience = 'internal'";

on_both! {
    /// Noah's ticket, Bea's and the hidden one will have waited for too long.
    async fn a_breach_fires_once(world) {
        let owner = world.staff("owner@glass.example").await;
        assert_eq!(sla(&owner, world.cast.noahs).await["sla"]["state"], "RUNNING");
        assert_eq!(tickets::watch(&world.work()).await.expect("watched"), 0);
        world.later(TimeDelta::hours(8));
        let work = world.work();
        // Two workers at once.
        let (one, other) = tokio::join!(tickets::watch(&work), tickets::watch(&work));
        assert!(one.expect("watched") + other.expect("watched") >= 3);
        assert_eq!((world.count(FACTS).await, world.count("ticket_breaches").await), (3, 3));
        // And one that starts anew.
        assert_eq!(tickets::watch(&work).await.expect("watched"), 0);
        world.later(TimeDelta::days(10));
        let owner = world.staff("owner@glass.example").await;
        while tickets::watch(&world.work()).await.expect("watched") > 0 {}
        // Both sides of what nobody has touched, and the resolution of mia's.
        let (facts, rows) = (world.count(FACTS).await, world.count("ticket_breaches").await);
        assert_eq!((facts, rows), (7, 7));
        let noahs = sla(&owner, world.cast.noahs).await;
        assert_eq!(instant(&noahs["sla"]["responseBreachedAt"]), Some(minutes(360)), "at the instant at which it was due");
        // It stays missed, whatever is promised from now on.
        owner.act("ticketPriority", &format!("id: \"{}\" priority: LOW", id::ticket(world.cast.noahs))).await;
        assert_eq!(sla(&owner, world.cast.noahs).await["sla"]["state"], "BREACHED");
        while tickets::watch(&world.work()).await.expect("watched") > 0 {}
        assert_eq!(world.count(FACTS).await, facts);
    }
}

on_both! {
    /// Whoever comes late with an answer has missed it, whether or not anybody looked.
    async fn a_late_answer_is_a_breach_of_its_own(world) {
        world.later(TimeDelta::hours(8));
        let owner = world.staff("owner@glass.example").await;
        let noahs = id::ticket(world.cast.noahs);
        owner.act("ticketReply", &format!("id: \"{noahs}\" body: \"Sorry.\"")).await;
        assert_eq!(world.count(FACTS).await, 1);
        let clock = sla(&owner, world.cast.noahs).await;
        assert_eq!((&clock["sla"]["state"], instant(&clock["sla"]["responseBreachedAt"])), (&json!("BREACHED"), Some(minutes(360))));
    }
}

on_both! {
    async fn queues_page_by_what_is_due(world) {
        let mia = world.client("mia@alder.example").await;
        let mut near = Vec::new();
        for _ in 0..3 {
            near.push(open(&mia).await);
            world.later(TimeDelta::minutes(1));
        }
        world.later(TimeDelta::minutes(600));
        while tickets::watch(&world.work()).await.expect("watched") > 0 {}
        let owner = world.staff("owner@glass.example").await;
        let mut told = Vec::new();
        let mut after = Value::Null;
        loop {
            let query = "query ($after: String) { slaQueue(state: NEAR_BREACH, first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }";
            let page = owner.done(query, json!({"after": after})).await["slaQueue"].clone();
            told.extend(page["nodes"].as_array().expect("nodes").iter().map(|node| node["id"].as_str().expect("an id").to_owned()));
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert!(near.iter().all(|ticket| told.contains(ticket)), "{told:?}");
        let place = |ticket: &String| told.iter().position(|one| one == ticket);
        assert!(place(&near[0]) < place(&near[1]) && place(&near[1]) < place(&near[2]));
        let breached = "{ slaQueue(state: BREACHED) { nodes { id } } }";
        let missed = owner.read(breached).await["slaQueue"]["nodes"].clone();
        let (noahs, beas) = (id::ticket(world.cast.noahs), id::ticket(world.cast.beas));
        let mut all = [noahs.clone(), beas, id::ticket(world.cast.hidden)];
        all.sort();
        let mut found: Vec<_> = missed.as_array().expect("nodes").iter().map(|node| node["id"].as_str().expect("an id").to_owned()).collect();
        found.sort();
        assert_eq!(found, all);
        // What is resolved is in no queue.
        owner.act("ticketResolve", &format!("id: \"{noahs}\" resolution: \"Done.\"")).await;
        assert_eq!(owner.read(breached).await["slaQueue"]["nodes"].as_array().map(Vec::len), Some(2));
        // A member sees what is assigned to them.
        let member = world.staff("member@glass.example").await;
        assert_eq!(member.read(breached).await["slaQueue"]["nodes"], json!([]));
    }
}
