//! What is kept of a person is handed out to them, and erased: what they wrote
//! stays, without them (OP-5).

use end_to_end::{
    PASSWORD, Realm, World, id, on_both,
    patience::until,
    socket::{Heard, Socket},
};
use serde_json::json;

use super::{FRESH, WHO, accepted, act, count, end, invited, sign_in, silence, visitor};

const EXPORT: &str = "query ($id: ID!) { userExport(id: $id) }";

/// Mia says something on her ticket.
async fn word(world: &World) {
    let mia = world.client("mia@alder.example").await;
    let reply = json!({"id": id::ticket(world.cast.mias), "body": "It is still silent."});
    assert_eq!(end(&mia, "ticketReply", reply).await, "ok");
}

on_both! {
    /// Everything of the person, and nothing internal.
    async fn an_export_holds_what_is_theirs(world) {
        word(&world).await;
        let owner = world.staff("owner@glass.example").await;
        let data = owner.done(EXPORT, json!({"id": id::user(world.cast.mia)})).await["userExport"].clone();
        assert_eq!((&data["account"]["email"], &data["account"]["name"]), (&json!("mia@alder.example"), &json!("Mia")));
        assert_eq!(data["account"]["sessions"].as_array().map(Vec::len), Some(1));
        assert_eq!(data["tickets"]["opened"].as_array().map(Vec::len), Some(1), "what is internal is not among them");
        assert_eq!(data["tickets"]["written"][0]["body"], "It is still silent.");
        let text = data.to_string();
        for internal in ["CANARY", "hash", "argon2", "owner", "staff", "noah", "laptop", "Internal", "flag"] {
            assert!(!text.contains(internal), "{internal}: {text}");
        }
        assert_eq!(count(&world, "SELECT id FROM audit WHERE kind = 'clientUser.exported'").await, 1);
        for (email, code) in [("manager@glass.example", "FORBIDDEN"), ("member@glass.example", "FORBIDDEN")] {
            assert_eq!(world.staff(email).await.code(EXPORT, json!({"id": id::user(world.cast.mia)})).await, code);
        }
        let stranger = world.sign_in(Realm::Staff, "other", "owner@other.example").await;
        assert_eq!(stranger.code(EXPORT, json!({"id": id::user(world.cast.mia)})).await, "NOT_FOUND");
        assert_eq!(world.client("ada@alder.example").await.code(EXPORT, json!({"id": id::user(world.cast.mia)})).await, "GRAPHQL_VALIDATION_FAILED");
        assert_eq!(count(&world, "SELECT id FROM audit WHERE kind = 'clientUser.exported'").await, 1);
    }
}

on_both! {
    /// Sessions and streams end, the address is free, and what they wrote stays
    /// by an author without a name.
    async fn an_erased_person_is_gone_and_their_words_stay(world) {
        word(&world).await;
        let owner = world.staff("owner@glass.example").await;
        let ada = world.client("ada@alder.example").await;
        let mia = world.client("mia@alder.example").await;
        let me = id::user(world.cast.mia);
        assert_eq!(sign_in(&visitor(&world).from_address("192.0.2.1"), "glass", "mia@alder.example", PASSWORD).await, "ok");
        assert_eq!(count(&world, "SELECT * FROM known_networks").await, 1);
        let address = world.serve().await;
        let mut socket = Socket::of(&address, &mia).await;
        socket.ask("1", "subscription { ticketChanged { subject } }").await;
        until("it listens", async || world.hub.listeners() == 1).await;
        end(&visitor(&world), "passwordResetRequest", json!({"workspace": "glass", "email": "mia@alder.example"})).await;
        for email in ["manager@glass.example", "member@glass.example"] {
            assert_eq!(end(&world.staff(email).await, "userErase", json!({"id": me})).await, "FORBIDDEN");
        }
        assert_eq!(end(&ada, "userErase", json!({"id": me})).await, "GRAPHQL_VALIDATION_FAILED");
        let stranger = world.sign_in(Realm::Staff, "other", "owner@other.example").await;
        assert_eq!(end(&stranger, "userErase", json!({"id": me})).await, "NOT_FOUND");
        mia.read(WHO).await;

        let payload = act(&owner, "userErase", "user { name access status sections }", json!({"id": me})).await;
        assert_eq!(payload["user"], json!({"name": "—", "access": "NONE", "status": "DISABLED", "sections": []}));
        assert_eq!(socket.hear().await, Heard::Closed(4403, "Forbidden".into()));
        assert_eq!(mia.code(WHO, json!({})).await, "UNAUTHENTICATED");
        assert_eq!(sign_in(&visitor(&world), "glass", "mia@alder.example", PASSWORD).await, "INVALID_CREDENTIALS");
        silence(&world).await;
        let timeline = "query ($id: ID!) { ticket(id: $id) { subject requester { name email } timeline(first: 100) { nodes { body author { name side } } } } }";
        for persona in [&ada, &owner] {
            let ticket = persona.done(timeline, json!({"id": id::ticket(world.cast.mias)})).await["ticket"].clone();
            let nodes = ticket["timeline"]["nodes"].as_array().expect("entries").clone();
            let hers = nodes.iter().find(|node| node["body"] == "It is still silent.").expect("her words");
            assert_eq!(hers["author"], json!({"name": "—", "side": "CLIENT"}));
            assert!(!ticket.to_string().contains("mia@") && !ticket.to_string().contains("\"Mia\""), "{ticket}");
        }
        for (field, input, code) in [
            ("userErase", json!({"id": me}), "UNCHANGED"), ("userEnable", json!({"id": me}), "NOT_FOUND"),
            ("userUpdate", json!({"id": me, "access": "ADMIN"}), "NOT_FOUND"), ("invitationResend", json!({"id": me}), "NOT_INVITED"),
        ] {
            assert_eq!(end(&owner, field, input).await, code, "{field}");
        }
        // Nothing of her is left in any table.
        assert_eq!(count(&world, "SELECT * FROM known_networks").await, 0);
        for table in ["client_users", "client_sessions", "client_credentials", "join_requests", "mails", "audit", "outbox", "known_networks", "throttles"] {
            let rows = crate::outbox::rows(&world.store, &format!("SELECT * FROM {table}")).await;
            let text = format!("{rows:?}");
            assert!(!text.contains("mia@alder.example"), "{table}");
        }
        for table in ["client_sessions", "client_credentials"] {
            let select = format!("SELECT t.id FROM {table} t JOIN client_users u ON u.id = t.user_id WHERE u.erased_at IS NOT NULL");
            assert_eq!(count(&world, &select).await, 0, "{table}");
        }

        // Whoever has the address now is somebody else.
        let token = invited(&world, &ada, "mia@alder.example", json!({"sections": ["TICKETS"]})).await;
        let next = accepted(&visitor(&world), &token).await;
        assert_eq!(next.read("{ viewer { name } tickets { nodes { id } } }").await, json!({"viewer": {"name": "Nia Novak"}, "tickets": {"nodes": []}}));
        assert_eq!(sign_in(&visitor(&world), "glass", "mia@alder.example", FRESH).await, "ok");
    }
}
