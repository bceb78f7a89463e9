//! Resolved tickets that close by themselves.

use chrono::{DateTime, TimeDelta, Utc};
use end_to_end::{Persona, World, id, on_both};
use serde_json::{Value, json};

async fn set(persona: &Persona, days: Value) -> Value {
    let update = "mutation ($input: WorkspaceTicketSettingsUpdateInput!) { workspaceTicketSettingsUpdate(input: $input) { settings { autoCloseDays } errors { code field } } }";
    let done = persona
        .done(update, json!({"input": {"autoCloseDays": days}}))
        .await;
    done["workspaceTicketSettingsUpdate"].clone()
}

async fn resolve(owner: &Persona, ticket: &str) {
    let resolve = "mutation ($id: ID!) { ticketResolve(input: {id: $id, resolution: \"Done.\"}) { errors { code } } }";
    let done = owner.done(resolve, json!({"id": ticket})).await;
    assert_eq!(done["ticketResolve"]["errors"], json!([]));
}

/// What is seen of a ticket.
async fn seen(persona: &Persona, ticket: &str) -> Value {
    let query = "query ($id: ID!) { ticket(id: $id) { status closesAt closedAt timeline(first: 100) { nodes { kind automatic fromStatus toStatus author { name } } } } }";
    persona.done(query, json!({"id": ticket})).await["ticket"].clone()
}

fn instant(value: &Value) -> Option<DateTime<Utc>> {
    value.as_str().map(|text| text.parse().expect("an instant"))
}

async fn close(world: &World) -> usize {
    tickets::close_quiet(&world.work()).await.expect("closed")
}

on_both! {
    /// After the quiet time a resolved ticket closes, once, whoever looks; the
    /// client sees when it will, that it did, and that nobody did it.
    async fn a_quiet_ticket_closes_once(world) {
        let owner = world.staff("owner@glass.example").await;
        let mias = id::ticket(world.cast.mias);
        assert_eq!(owner.read("{ ticketSettings { autoCloseDays } }").await["ticketSettings"]["autoCloseDays"], Value::Null);
        resolve(&owner, &mias).await;
        world.later(TimeDelta::days(400));
        let owner = world.staff("owner@glass.example").await;
        assert_eq!(close(&world).await, 0, "off until somebody says so");
        assert_eq!(set(&owner, json!(14)).await, json!({"settings": {"autoCloseDays": 14}, "errors": []}));
        let mia = world.client("mia@alder.example").await;
        let before = seen(&mia, &mias).await;
        let said = world.work().now;
        assert_eq!(instant(&before["closesAt"]), Some(said + TimeDelta::days(14)), "nobody was told before");
        world.later(TimeDelta::days(14) - TimeDelta::seconds(1));
        assert_eq!(close(&world).await, 0);
        world.later(TimeDelta::seconds(1));
        let work = world.work();
        // Two workers at once, and one that starts anew.
        let (one, other) = tokio::join!(tickets::close_quiet(&work), tickets::close_quiet(&work));
        assert_eq!(one.expect("closed") + other.expect("closed"), 1);
        assert_eq!(close(&world).await, 0);
        assert_eq!(world.count("outbox WHERE kind = 'ticket.closed' AND audience = 'client'").await, 1);
        let mia = world.client("mia@alder.example").await;
        let after = seen(&mia, &mias).await;
        assert_eq!((&after["status"], &after["closesAt"]), (&json!("CLOSED"), &Value::Null));
        assert_eq!(instant(&after["closedAt"]), Some(work.now));
        let nodes = after["timeline"]["nodes"].as_array().expect("nodes");
        assert_eq!(nodes.last(), Some(&json!({"kind": "STATUS_CHANGE", "automatic": true, "fromStatus": "RESOLVED", "toStatus": "CLOSED", "author": null})));
        assert!(nodes.iter().rev().skip(1).all(|node| node["automatic"] == false), "{nodes:?}");
        let owner = world.staff("owner@glass.example").await;
        let clock = owner.done("query ($id: ID!) { ticket(id: $id) { sla { state } } }", json!({"id": mias})).await;
        assert_ne!(clock["ticket"]["sla"]["state"], "RUNNING");
    }
}

on_both! {
    /// Whatever the client's side can see begins the quiet time anew; what only the
    /// team sees does not.
    async fn only_what_clients_see_disturbs_the_quiet(world) {
        let owner = world.staff("owner@glass.example").await;
        set(&owner, json!(2)).await;
        let [mias, noahs] = [world.cast.mias, world.cast.noahs].map(id::ticket);
        for ticket in [&mias, &noahs] {
            resolve(&owner, ticket).await;
        }
        world.later(TimeDelta::days(1));
        let (owner, mia) = (world.staff("owner@glass.example").await, world.client("mia@alder.example").await);
        let reply = "mutation ($id: ID!) { ticketReply(input: {id: $id, body: \"Let me see.\"}) { ticket { status closesAt } } }";
        let replied = mia.done(reply, json!({"id": mias})).await["ticketReply"]["ticket"].clone();
        assert_eq!((&replied["status"], instant(&replied["closesAt"])), (&json!("RESOLVED"), Some(world.work().now + TimeDelta::days(2))));
        let note = "mutation ($id: ID!) { ticketNote(input: {id: $id, body: \"CANARY\"}) { errors { code } } }";
        owner.done(note, json!({"id": noahs})).await;
        world.later(TimeDelta::days(1));
        assert_eq!(close(&world).await, 1);
        let owner = world.staff("owner@glass.example").await;
        assert_eq!(seen(&owner, &noahs).await["status"], "CLOSED");
        assert_eq!(seen(&owner, &mias).await["status"], "RESOLVED");
        assert_eq!(set(&owner, Value::Null).await["settings"]["autoCloseDays"], Value::Null);
        world.later(TimeDelta::days(10));
        assert_eq!(close(&world).await, 0);
    }
}

on_both! {
    /// A client who answers in the same instant wins or loses, and never both.
    async fn an_answer_in_the_same_instant_wins_or_loses(world) {
        let owner = world.staff("owner@glass.example").await;
        set(&owner, json!(1)).await;
        let mias = id::ticket(world.cast.mias);
        resolve(&owner, &mias).await;
        world.later(TimeDelta::days(1));
        let mia = world.client("mia@alder.example").await;
        let work = world.work();
        let reject = format!("mutation {{ ticketReject(input: {{id: \"{mias}\", reason: \"No.\"}}) {{ errors {{ code }} }} }}");
        let (closed, rejected) = tokio::join!(tickets::close_quiet(&work), mia.read(&reject));
        let (closed, rejected) = (closed.expect("answered"), rejected["ticketReject"]["errors"].clone());
        let after = seen(&mia, &mias).await;
        match closed {
            1 => assert_eq!((rejected, &after["status"]), (json!([{"code": "NOT_RESOLVED"}]), &json!("CLOSED"))),
            _ => assert_eq!((rejected, &after["status"]), (json!([]), &json!("OPEN"))),
        }
    }
}

on_both! {
    /// What is internal closes as well, and clients are told nothing.
    async fn an_internal_ticket_closes_unseen(world) {
        let owner = world.staff("owner@glass.example").await;
        set(&owner, json!(1)).await;
        resolve(&owner, &id::ticket(world.cast.hidden)).await;
        world.later(TimeDelta::days(1));
        assert_eq!(close(&world).await, 1);
        assert_eq!(world.count("outbox WHERE kind = 'ticket.closed' AND audience = 'internal'").await, 1);
        assert_eq!(world.count("outbox WHERE kind = 'ticket.closed'").await, 1);
    }
}

on_both! {
    /// The quiet time is between a day and a year, each workspace's own, and whoever
    /// changes it is in the trail.
    async fn the_quiet_time_is_set_within_bounds(world) {
        let owner = world.staff("owner@glass.example").await;
        for days in [json!(0), json!(-1), json!(366), json!(i64::MAX), json!(i64::MIN)] {
            assert_eq!(set(&owner, days).await["errors"], json!([{"code": "OUT_OF_RANGE", "field": "autoCloseDays"}]));
        }
        assert_eq!(set(&owner, Value::Null).await["errors"][0]["code"], "NOTHING_TO_CHANGE");
        assert_eq!(set(&owner, json!(365)).await["errors"], json!([]));
        assert_eq!(set(&owner, json!(365)).await["errors"][0]["code"], "NOTHING_TO_CHANGE");
        let trail = owner.read("{ audit(kind: \"ticketSettings.changed\") { nodes { subjectKind detail } } }").await;
        assert_eq!(trail["audit"]["nodes"].as_array().map(Vec::len), Some(1));
        let others = world.sign_in(end_to_end::Realm::Staff, "other", "owner@other.example").await;
        assert_eq!(others.read("{ ticketSettings { autoCloseDays } }").await["ticketSettings"]["autoCloseDays"], Value::Null);
    }
}
