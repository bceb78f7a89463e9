//! Merges that do not fit, and merges that cross.

use end_to_end::{Realm, id, on_both};
use serde_json::{Value, json};

use super::{act, done, faulted, open, refused, told};

on_both! {
    /// Each misfit has its code, and changes nothing.
    async fn what_does_not_fit_is_refused(world) {
        let bea = world.client("bea@birch.example").await;
        let manager = world.staff("manager@glass.example").await;
        let beas = json!(id::ticket(world.cast.beas));
        let (mias, hidden) = (json!(id::ticket(world.cast.mias)), json!(id::ticket(world.cast.hidden)));
        let (gone, closed) = (open(&bea, "Gone").await, open(&bea, "Closed").await);
        done(&manager, "ticketMerge", "", json!({"id": gone, "into": beas})).await;
        done(&manager, "ticketResolve", "", json!({"id": closed, "resolution": "x"})).await;
        done(&bea, "ticketAccept", "", json!({"id": closed})).await;
        for (source, target, code, field) in [
            (&beas, &beas, "ITSELF", "into"),
            (&beas, &json!(id::no_ticket()), "UNKNOWN_TICKET", "into"),
            (&beas, &json!(id::ticket(world.cast.others)), "UNKNOWN_TICKET", "into"),
            (&beas, &json!(id::company(world.cast.birch)), "UNKNOWN_TICKET", "into"),
            (&beas, &mias, "OTHER_COMPANY", "into"),
            (&beas, &closed, "TARGET_CLOSED", "into"),
            (&beas, &gone, "TARGET_CLOSED", "into"),
            (&gone, &beas, "MERGED", "id"),
            (&closed, &beas, "TICKET_CLOSED", "id"),
            (&mias, &hidden, "TARGET_HIDDEN", "into"),
        ] {
            let input = json!({"id": source, "into": target});
            assert_eq!(refused(&manager, "ticketMerge", input).await, told(code, field), "{code}");
        }
        let member = world.staff("member@glass.example").await;
        assert_eq!(faulted(&member, "ticketMerge", json!({"id": beas, "into": mias})).await, "NOT_FOUND");
        assert_eq!(refused(&member, "ticketMerge", json!({"id": mias, "into": beas})).await, told("UNKNOWN_TICKET", "into"));
        let stranger = world.sign_in(Realm::Staff, "other", "owner@other.example").await;
        assert_eq!(faulted(&stranger, "ticketMerge", json!({"id": beas, "into": mias})).await, "NOT_FOUND");
        let read = "query ($id: ID!) { ticket(id: $id) { status mergedFrom { id } } }";
        let seen = manager.done(read, json!({"id": beas})).await;
        assert_eq!(seen["ticket"], json!({"status": "OPEN", "mergedFrom": [{"id": gone}]}));
    }
}

on_both! {
    /// Around a ring of merges at once, the one that would close it is refused:
    /// there is a ticket that goes on, whoever comes first.
    async fn merges_at_once_make_no_ring(world) {
        let bea = world.client("bea@birch.example").await;
        let manager = world.staff("manager@glass.example").await;
        for length in [2, 3, 5] {
            let mut ring: Vec<Value> = Vec::new();
            for place in 0..length {
                ring.push(open(&bea, &format!("Ring of {length}, {place}")).await);
            }
            let merges = (0..length).map(|place| {
                let (manager, input) = (manager.clone(), json!({"id": ring[place], "into": ring[(place + 1) % length]}));
                tokio::spawn(async move {
                    let payload = act(&manager, "ticketMerge", "", input).await;
                    payload["errors"][0]["code"].as_str().unwrap_or("done").to_owned()
                })
            });
            let mut outcomes = Vec::new();
            for merge in merges.collect::<Vec<_>>() {
                outcomes.push(merge.await.expect("no panic"));
            }
            let count = |code: &str| outcomes.iter().filter(|outcome| *outcome == code).count();
            let open = count_open(&manager, &ring).await;
            // Whatever was merged into a closed one was refused.
            assert_eq!(count("done") + count("TARGET_CLOSED"), length, "{outcomes:?}");
            assert!(open >= 1 && open == length - count("done"), "{open} open: {outcomes:?}");
        }
    }
}

async fn count_open(persona: &end_to_end::Persona, ring: &[Value]) -> usize {
    let mut open = 0;
    for id in ring {
        let read = "query ($id: ID!) { ticket(id: $id) { status } }";
        let status = persona.done(read, json!({"id": id})).await["ticket"]["status"].clone();
        open += usize::from(status == "OPEN");
    }
    open
}

on_both! {
    /// A chain is told link by link; whoever began it takes part at its end.
    async fn a_chain_is_followed_to_its_end(world) {
        let (bea, ben) = (world.client("bea@birch.example").await, world.client("ben@birch.example").await);
        let manager = world.staff("manager@glass.example").await;
        let (first, second, third) = (open(&ben, "First").await, open(&bea, "Second").await, open(&bea, "Third").await);
        done(&manager, "ticketMerge", "", json!({"id": first, "into": second})).await;
        done(&manager, "ticketMerge", "", json!({"id": second, "into": third})).await;
        let read = "query ($id: ID!) { ticket(id: $id) { mergedInto { id mergedInto { id mergedInto { id } } } } }";
        let chain = ben.done(read, json!({"id": first})).await;
        assert_eq!(chain["ticket"], json!({"mergedInto": {"id": second, "mergedInto": {"id": third, "mergedInto": null}}}));
        let part = "query ($id: ID!) { ticket(id: $id) { participants { name } mergedFrom { id mergedFrom { id } } } }";
        let end = bea.done(part, json!({"id": third})).await;
        assert_eq!(end["ticket"], json!({"participants": [{"name": "Ben"}], "mergedFrom": [{"id": second, "mergedFrom": [{"id": first}]}]}));
    }
}
