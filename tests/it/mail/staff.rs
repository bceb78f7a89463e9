//! The list and the retry, and who may.

use chrono::TimeDelta;
use end_to_end::{Persona, Realm, id, on_both};
use serde_json::Value;

use super::*;

const LIST: &str = "query ($first: Int, $after: String, $filter: MailFilter) { \
    mails(first: $first, after: $after, filter: $filter) { \
    nodes { id template recipientKind recipientId status attempts createdAt dueAt sentAt lastError } \
    edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } }";
const RETRY: &str = "mutation ($id: ID!) { mailRetry(input: {id: $id}) { \
    mail { id status attempts dueAt } errors { code field } } }";

async fn mails(persona: &Persona, status: &str) -> Vec<Value> {
    let filter = json!({"first": 100, "filter": {"status": status}});
    let found = persona.done(LIST, filter).await;
    found["mails"]["nodes"].as_array().expect("nodes").clone()
}

/// One mail that three refusals have killed.
async fn a_dead_mail(world: &World) {
    queue(world, 1).await;
    let probe = Probe::refusing(&vec![Refused::for_good("no such mailbox"); 3]);
    for _ in 0..3 {
        assert_eq!(send(world, &probe).await, 1);
        world.later(TimeDelta::minutes(1));
    }
    assert_eq!(send(world, &probe).await, 0);
}

on_both! {
    async fn a_dead_letter_is_seen_and_retried(world) {
        a_dead_mail(&world).await;
        let owner = world.staff("owner@glass.example").await;
        let dead = mails(&owner, "DEAD").await;
        let [mail] = &dead[..] else { panic!("{dead:?}") };
        assert_eq!(mail["template"], "INVITATION");
        assert_eq!(mail["recipientKind"], "CREDENTIAL");
        assert_eq!(mail["recipientId"], Value::Null);
        assert_eq!((&mail["attempts"], &mail["dueAt"], &mail["sentAt"]), (&json!(3), &Value::Null, &Value::Null));
        assert_eq!(mail["lastError"], "no such mailbox");
        let mail_id = json!({"id": mail["id"]});
        let again = owner.done(RETRY, mail_id.clone()).await;
        assert_eq!(again["mailRetry"]["mail"]["status"], "QUEUED");
        assert_eq!(again["mailRetry"]["mail"]["attempts"], 0);
        let twice = owner.done(RETRY, mail_id.clone()).await;
        assert_eq!(twice["mailRetry"], json!({"mail": null, "errors": [{"code": "NOT_DEAD", "field": "id"}]}));
        let probe = Probe::refusing(&[]);
        assert_eq!((send(&world, &probe).await, probe.sent()), (1, 1));
        let sent = mails(&owner, "SENT").await;
        assert_eq!((&sent[0]["id"], &sent[0]["lastError"]), (&mail["id"], &Value::Null));
        assert!(sent[0]["sentAt"].is_string());
        let done = owner.done(RETRY, mail_id).await;
        assert_eq!(done["mailRetry"]["errors"][0]["code"], "NOT_DEAD");
    }
}

on_both! {
    /// Two who retry at once queue it once.
    async fn two_retry_at_once_and_one_wins(world) {
        a_dead_mail(&world).await;
        let owner = world.staff("owner@glass.example").await;
        let mail_id = json!({"id": mails(&owner, "DEAD").await[0]["id"]});
        let (one, other) = tokio::join!(owner.done(RETRY, mail_id.clone()), owner.done(RETRY, mail_id));
        let won = [one, other].iter().filter(|answer| answer["mailRetry"]["errors"] == json!([])).count();
        assert_eq!(won, 1);
        let probe = Probe::refusing(&[]);
        assert_eq!(send(&world, &probe).await, 1);
    }
}

on_both! {
    /// Owner and admin of the workspace; nobody else, and nothing moves.
    async fn mails_are_for_those_who_manage_them(world) {
        a_dead_mail(&world).await;
        let owner = world.staff("owner@glass.example").await;
        let admin = world.staff("admin@glass.example").await;
        let before = mails(&owner, "DEAD").await;
        assert_eq!(mails(&admin, "DEAD").await, before);
        let mail_id = json!({"id": before[0]["id"]});
        let node = "query ($id: ID!) { node(id: $id) { __typename id } }";
        let found = admin.done(node, mail_id.clone()).await;
        assert_eq!(found["node"], json!({"__typename": "Mail", "id": before[0]["id"]}));
        for email in ["manager@glass.example", "member@glass.example"] {
            let other = world.staff(email).await;
            for (document, variables) in [(LIST, json!({})), (RETRY, mail_id.clone()), (node, mail_id.clone())] {
                assert_eq!(other.code(document, variables).await, "FORBIDDEN", "{email}");
            }
        }
        let stranger = world.sign_in(Realm::Staff, "other", "owner@other.example").await;
        assert_eq!(stranger.done(LIST, json!({})).await["mails"]["nodes"], json!([]));
        for document in [RETRY, node] {
            assert_eq!(stranger.code(document, mail_id.clone()).await, "NOT_FOUND");
        }
        let mia = world.client("mia@alder.example").await;
        assert_eq!(mia.code(node, mail_id.clone()).await, "NOT_FOUND");
        assert_eq!(mia.code(LIST, json!({})).await, "GRAPHQL_VALIDATION_FAILED");
        assert_eq!(mails(&owner, "DEAD").await, before);
    }
}

on_both! {
    /// To a client the id of a mail is as good as one that never was.
    async fn a_mail_is_no_record_to_a_client(world) {
        a_dead_mail(&world).await;
        let owner = world.staff("owner@glass.example").await;
        let real = mails(&owner, "DEAD").await[0]["id"].clone();
        let unreal = json!(id::mail(Uuid::nil()));
        let mia = world.client("mia@alder.example").await;
        let ask = async |id: Value| {
            mia.raw(json!({"query": "query ($id: ID!) { node(id: $id) { id } }", "variables": {"id": id}})).await
        };
        assert_eq!(ask(real).await, ask(unreal).await);
    }
}

on_both! {
    async fn the_list_pages_from_new_to_old(world) {
        for _ in 0..5 {
            queue(&world, 5).await;
            world.later(TimeDelta::seconds(1));
        }
        let owner = world.staff("owner@glass.example").await;
        for filter in [json!(null), json!({"status": "QUEUED"})] {
            let (mut seen, mut after) = (Vec::new(), Value::Null);
            loop {
                let variables = json!({"first": 10, "after": after, "filter": filter});
                let page = owner.done(LIST, variables).await["mails"].clone();
                assert_eq!(page["pageInfo"]["hasPreviousPage"], json!(!after.is_null()));
                let nodes = page["nodes"].as_array().expect("nodes").clone();
                let edges = page["edges"].as_array().expect("edges");
                assert!(nodes.iter().zip(edges).all(|(node, edge)| node["id"] == edge["node"]["id"]));
                seen.extend(nodes);
                if page["pageInfo"]["hasNextPage"] == json!(false) { break; }
                after = page["pageInfo"]["endCursor"].clone();
            }
            let mut ids: Vec<String> = seen.iter().map(|mail| mail["id"].to_string()).collect();
            let times: Vec<&str> = seen.iter().filter_map(|mail| mail["createdAt"].as_str()).collect();
            assert!(times.is_sorted_by(|one, other| one >= other), "{times:?}");
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), 25);
        }
        assert_eq!(owner.done(LIST, json!({"filter": {"status": "SENT"}})).await["mails"]["nodes"], json!([]));
        for (variables, field) in [(json!({"first": 101}), "first"), (json!({"after": "x"}), "after")] {
            let answer = owner.ask(LIST, variables).await;
            assert_eq!(answer["errors"][0]["extensions"]["field"], field);
        }
    }
}

on_both! {
    async fn a_page_of_mails_costs_one_statement(world) {
        queue(&world, 30).await;
        let owner = world.staff("owner@glass.example").await;
        for first in [1, 100] {
            assert_eq!(world.cost(&owner, LIST, json!({"first": first})).await, 1);
        }
    }
}
