//! Merging tickets: what each side is told, who follows, and that internal
//! tickets leave no trace.

use chrono::TimeDelta;
use end_to_end::{Persona, id, on_both};
use serde_json::{Value, json};

use super::{act, done, facts, open, refused, say, told};

const TICKET: &str = "query ($id: ID!) { ticket(id: $id) { status closedAt updatedAt mergedInto { id } mergedFrom { id } participants { name } \
    timeline(first: 100) { nodes { kind fromStatus toStatus author { name } } } } }";

async fn read(persona: &Persona, id: &Value) -> Value {
    persona.done(TICKET, json!({"id": id})).await["ticket"].clone()
}

async fn merge(persona: &Persona, id: &Value, into: &Value) -> Value {
    done(
        persona,
        "ticketMerge",
        "ticket { status } into { status }",
        json!({"id": id, "into": into}),
    )
    .await
}

on_both! {
    /// The one is closed and keeps what it has, the other goes on; each tells of
    /// it, to whoever sees it, and names the other to whoever sees that, too.
    async fn a_merged_ticket_closes_and_points_on(world) {
        let (dan, dina) = (world.client("dan@dogwood.example").await, world.client("dina@dogwood.example").await);
        let manager = world.staff("manager@glass.example").await;
        let (own, shared) = (json!(id::ticket(world.cast.sharers.dans_own)), json!(id::ticket(world.cast.sharers.dans)));
        let reply = say(&dan, "ticketReply", &own, "It stays here.").await;
        world.later(TimeDelta::minutes(1));
        let before = facts(&world, 0).await.len();
        let merged = merge(&manager, &own, &shared).await;
        assert_eq!(merged, json!({"ticket": {"status": "CLOSED"}, "into": {"status": "OPEN"}, "errors": []}));
        assert_eq!(facts(&world, before).await, [told("ticket.merged", "client"), told("ticket.merged", "client")]);
        let told_by = json!({"name": "Manager"});
        let source = read(&dan, &own).await;
        assert_eq!((&source["mergedInto"]["id"], &source["status"], &source["closedAt"]), (&shared, &json!("CLOSED"), &source["updatedAt"]));
        assert_eq!(source["timeline"]["nodes"][1], json!({"kind": "MERGED", "fromStatus": "OPEN", "toStatus": "CLOSED", "author": told_by}));
        let target = read(&dan, &shared).await;
        assert_eq!((&target["mergedFrom"], &target["status"]), (&json!([{"id": own}]), &json!("OPEN")));
        assert_eq!(target["timeline"]["nodes"], json!([{"kind": "MERGED", "fromStatus": null, "toStatus": null, "author": told_by}]));
        assert_eq!(target["updatedAt"], source["updatedAt"]);
        // Dina takes part in the one that goes on, and does not know of the other.
        let seen = read(&dina, &shared).await;
        assert_eq!((&seen["mergedFrom"], &seen["timeline"]), (&json!([]), &target["timeline"]));

        let reference = manager.done("query ($id: ID!) { ticket(id: $id) { reference } }", json!({"id": shared})).await["ticket"]["reference"].clone();
        let message = format!("The ticket was merged into {}.", reference.as_str().expect("a reference"));
        for (persona, mutation, input) in [
            (&dan, "ticketReply", json!({"id": own, "body": "x"})), (&dan, "ticketAccept", json!({"id": own})),
            (&dan, "ticketReject", json!({"id": own, "reason": "x"})), (&manager, "ticketReply", json!({"id": own, "body": "x"})),
            (&dan, "ticketAnswersUpdate", json!({"id": own, "answers": []})), (&manager, "ticketAnswersUpdate", json!({"id": own, "answers": []})),
            (&manager, "ticketResolve", json!({"id": own, "resolution": "x"})), (&manager, "ticketSetStatus", json!({"id": own, "status": "WAITING"})),
        ] {
            let payload = act(persona, mutation, "", input).await;
            assert_eq!(payload["errors"], json!([{"code": "MERGED", "field": "id", "message": message}]), "{mutation}");
        }
        assert_eq!(refused(&dan, "ticketEntryEdit", json!({"id": reply, "body": "x"})).await, told("MERGED", "id"));
        say(&manager, "ticketNote", &own, "Notes go on.").await;
    }
}

on_both! {
    /// The requester and who took part take part in the other one, as far as the
    /// company shares; who could not see it even then keeps the merge away.
    async fn people_follow_as_far_as_their_company_shares(world) {
        let manager = world.staff("manager@glass.example").await;
        let dina = world.client("dina@dogwood.example").await;
        let dan = world.client("dan@dogwood.example").await;
        let dinas = open(&dina, "Dina asks the same").await;
        assert_eq!(dan.code(TICKET, json!({"id": dinas})).await, "NOT_FOUND");
        let before = facts(&world, 0).await.len();
        merge(&manager, &json!(id::ticket(world.cast.sharers.dans)), &dinas).await;
        let kinds: Vec<_> = facts(&world, before).await.into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, ["ticket.merged", "ticket.merged", "ticket.participantsChanged"]);
        assert_eq!(read(&dan, &dinas).await["participants"], json!([{"name": "Dan"}]));
        let found = dan.read("{ tickets(filter: {text: \"dina asks\"}) { nodes { id } } }").await;
        assert_eq!(found["tickets"]["nodes"], json!([{"id": dinas}]));

        // Alder's members see their own alone: mia would be left with a closed ticket.
        let (mias, noahs) = (json!(id::ticket(world.cast.mias)), json!(id::ticket(world.cast.noahs)));
        assert_eq!(refused(&manager, "ticketMerge", json!({"id": mias, "into": noahs})).await, told("REQUESTER_CANNOT_SEE", "into"));
        let ada = world.client("ada@alder.example").await;
        let adas = open(&ada, "Ada asks for Mia").await;
        merge(&manager, &adas, &mias).await;
        let mia = world.client("mia@alder.example").await;
        let seen = read(&mia, &mias).await;
        assert_eq!((&seen["participants"], &seen["mergedFrom"]), (&json!([{"name": "Ada"}]), &json!([])));
        assert_eq!(read(&ada, &mias).await["mergedFrom"], json!([{"id": adas}]));
        // Emil raised one for Ella and reaches his own alone: he stays behind.
        let ella = world.client("ella@elm.example").await;
        let ellas = open(&ella, "Ella asks again").await;
        merge(&manager, &json!(id::ticket(world.cast.sharers.ellas)), &ellas).await;
        assert_eq!(read(&ella, &ellas).await["participants"], json!([]));
        let emil = world.client("emil@elm.example").await;
        let left = read(&emil, &json!(id::ticket(world.cast.sharers.ellas))).await;
        assert_eq!((&left["status"], &left["mergedInto"]), (&json!("CLOSED"), &Value::Null));
        let reply = act(&emil, "ticketReply", "", json!({"id": id::ticket(world.cast.sharers.ellas), "body": "x"})).await;
        assert_eq!(reply["errors"][0]["message"], "The ticket was merged into another.");
    }
}

on_both! {
    /// An internal ticket that is merged into a visible one is nothing to clients,
    /// for as long as it is internal.
    async fn an_internal_ticket_leaves_no_trace(world) {
        let mia = world.client("mia@alder.example").await;
        let manager = world.staff("manager@glass.example").await;
        let (mias, hidden) = (json!(id::ticket(world.cast.mias)), json!(id::ticket(world.cast.hidden)));
        done(&manager, "ticketParticipantsAdd", "", json!({"id": hidden, "users": [id::user(world.cast.ada)]})).await;
        let before = read(&mia, &mias).await;
        let sent = facts(&world, 0).await.len();
        world.later(TimeDelta::minutes(1));
        merge(&manager, &hidden, &mias).await;
        assert_eq!(facts(&world, sent).await, [told("ticket.merged", "internal"), told("ticket.merged", "internal")]);
        assert_eq!(read(&mia, &mias).await, before);
        assert_eq!(mia.code(TICKET, json!({"id": hidden})).await, "NOT_FOUND");
        assert_eq!(read(&manager, &mias).await["mergedFrom"], json!([{"id": hidden}]));
        // Shown, it is told of; withdrawn, it never was.
        world.later(TimeDelta::minutes(1));
        let (mia, manager) = (world.client("mia@alder.example").await, world.staff("manager@glass.example").await);
        let flag = async |visibility: &str| {
            done(&manager, "ticketSetVisibility", "", json!({"id": hidden, "visibility": visibility, "reason": "x"})).await;
        };
        let sent = facts(&world, 0).await.len();
        flag("CLIENT_VISIBLE").await;
        assert_eq!(facts(&world, sent).await, [told("ticket.shown", "client"), told("ticket.mergeShown", "client")]);
        let shown = read(&mia, &mias).await;
        assert_eq!(shown["mergedFrom"], json!([{"id": hidden}]));
        assert_eq!(shown["timeline"]["nodes"].as_array().map(Vec::len), Some(2));
        assert_ne!(shown["updatedAt"], before["updatedAt"], "who polls by it has to look again");
        flag("INTERNAL_ONLY").await;
        let mut after = read(&mia, &mias).await;
        assert_eq!(after["updatedAt"].take(), shown["updatedAt"]);
        let mut before = before;
        before["updatedAt"].take();
        assert_eq!(after, before);
    }
}

on_both! {
    /// Whoever sees a ticket that was merged into another sees that one, too: it
    /// is not withdrawn before, and shown first.
    async fn nobody_is_left_with_a_closed_ticket_alone(world) {
        let manager = world.staff("manager@glass.example").await;
        let (mias, hidden) = (json!(id::ticket(world.cast.mias)), json!(id::ticket(world.cast.hidden)));
        merge(&manager, &hidden, &mias).await;
        let input = |id: &Value, visibility: &str| json!({"id": id, "visibility": visibility, "reason": "x"});
        done(&manager, "ticketSetVisibility", "", input(&hidden, "CLIENT_VISIBLE")).await;
        assert_eq!(refused(&manager, "ticketSetVisibility", input(&mias, "INTERNAL_ONLY")).await, told("HAS_MERGED", "visibility"));
        let both = json!({"ids": [mias, hidden], "visibility": "INTERNAL_ONLY", "reason": "x"});
        let payload = act(&manager, "ticketsUpdate", "outcomes { ticket { visibility } errors { code field } }", both).await;
        let outcome = |visibility: &str, errors: Value| json!({"ticket": {"visibility": visibility}, "errors": errors});
        let kept = json!([{"code": "HAS_MERGED", "field": "visibility"}]);
        assert_eq!(payload["outcomes"], json!([outcome("CLIENT_VISIBLE", kept), outcome("INTERNAL_ONLY", json!([]))]));
        done(&manager, "ticketSetVisibility", "", input(&mias, "INTERNAL_ONLY")).await;
        assert_eq!(refused(&manager, "ticketSetVisibility", input(&hidden, "CLIENT_VISIBLE")).await, told("TARGET_HIDDEN", "visibility"));
        let shown = json!({"ids": [hidden, mias], "visibility": "CLIENT_VISIBLE", "reason": "x"});
        let payload = act(&manager, "ticketsUpdate", "outcomes { ticket { visibility } errors { code field } }", shown).await;
        let kept = json!([{"code": "TARGET_HIDDEN", "field": "visibility"}]);
        assert_eq!(payload["outcomes"], json!([outcome("INTERNAL_ONLY", kept), outcome("CLIENT_VISIBLE", json!([]))]));
        done(&manager, "ticketSetVisibility", "", input(&hidden, "CLIENT_VISIBLE")).await;
        let mia = world.client("mia@alder.example").await;
        assert_eq!(read(&mia, &hidden).await["mergedInto"], json!({"id": mias}));
        // A ticket of mia's goes on in one that she does not see: it stays internal.
        let (own, noahs) = (open(&mia, "Mia asks what Noah asks").await, json!(id::ticket(world.cast.noahs)));
        done(&manager, "ticketSetVisibility", "", input(&own, "INTERNAL_ONLY")).await;
        merge(&manager, &own, &noahs).await;
        assert_eq!(refused(&manager, "ticketSetVisibility", input(&own, "CLIENT_VISIBLE")).await, told("REQUESTER_CANNOT_SEE", "visibility"));
    }
}

on_both! {
    /// Nothing is due on a merged ticket any more.
    async fn a_merge_ends_the_clock(world) {
        let bea = world.client("bea@birch.example").await;
        let manager = world.staff("manager@glass.example").await;
        let merged = open(&bea, "Counted no more").await;
        let other = open(&bea, "Counted on").await;
        merge(&manager, &merged, &other).await;
        world.later(TimeDelta::days(60));
        tickets::watch(&world.work()).await.expect("watched");
        let manager = world.staff("manager@glass.example").await;
        let missed = manager.read("{ slaQueue(state: BREACHED, first: 100) { nodes { subject } } }").await.to_string();
        assert!(missed.contains("Counted on") && !missed.contains("Counted no more"), "{missed}");
        let near = manager.read("{ slaQueue(state: NEAR_BREACH, first: 100) { nodes { subject } } }").await.to_string();
        assert!(!near.contains("Counted no more"), "{near}");
    }
}
