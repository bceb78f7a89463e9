//! What a workspace has switched off does not exist (WS-5).

use end_to_end::{
    PASSWORD, Persona, Realm, id, on_both,
    patience::until,
    socket::{Heard, Socket},
};
use serde_json::{Value, json};

use super::{WHO, end, mail, sign_in, silence, visitor};

async fn modules(owner: &Persona, modules: Value) {
    let input = json!({"modules": modules});
    assert_eq!(end(owner, "workspaceUpdate", input).await, "ok");
}

/// The answer to a document, with one id in its place.
async fn answer(persona: &Persona, document: &str, id: &str) -> String {
    let text = persona
        .ask(&document.replace("ID", id), json!({}))
        .await
        .to_string();
    text.replace(id, "ID")
}

on_both! {
    /// Without tickets there are none: of client, admin and staff alike, and a
    /// ticket that there is answers as one that there never was.
    async fn a_module_that_is_off_does_not_exist(world) {
        let owner = world.staff("owner@glass.example").await;
        let everybody = [world.client("mia@alder.example").await, world.client("ada@alder.example").await, world.staff("manager@glass.example").await];
        let address = world.serve().await;
        let mut socket = Socket::of(&address, &everybody[1]).await;
        socket.ask("1", "subscription { ticketChanged { subject } }").await;
        until("it listens", async || world.hub.listeners() == 1).await;
        let before = owner.read("{ tickets(first: 100) { nodes { id status timeline(first: 100) { nodes { id } } } } }").await;
        let reply = json!({"id": id::ticket(world.cast.mias), "body": "Said before it was switched off."});
        assert_eq!(end(&owner, "ticketReply", reply).await, "ok");
        modules(&owner, json!(["JOBS", "INVOICES", "PORTAL"])).await;
        world.drain().await;
        let (one, none) = (id::ticket(world.cast.mias), id::no_ticket());
        for persona in &everybody {
            for document in [
                "{ ticket(id: \"ID\") { subject } }",
                "{ node(id: \"ID\") { id } }",
                "mutation { ticketReply(input: {id: \"ID\", body: \"x\"}) { errors { code } } }",
                "mutation { ticketAccept(input: {id: \"ID\"}) { errors { code } } }",
                "subscription { ticketTimeline(id: \"ID\") { body } }",
            ] {
                assert_eq!(answer(persona, document, &one).await, answer(persona, document, &none).await, "{document}");
            }
            let lists = persona.read("{ categories { key } tickets(first: 100) { nodes { id } } }").await;
            assert_eq!(lists, json!({"categories": [], "tickets": {"nodes": []}}));
            let open = json!({"subject": "x", "description": "x"});
            let refused = end(persona, "ticketOpen", open).await;
            assert!(["FORBIDDEN", "NOT_FOUND"].contains(&&*refused), "{refused}");
        }
        let sections = everybody[1].read("{ viewer { sections } }").await["viewer"]["sections"].clone();
        assert!(!sections.to_string().contains("TICKETS") && sections.to_string().contains("JOBS"), "{sections}");

        modules(&owner, json!(["TICKETS", "PORTAL"])).await;
        let after = owner.read("{ tickets(first: 100) { nodes { id status timeline(first: 100) { nodes { id } } } } }").await;
        assert_eq!(after["tickets"]["nodes"].as_array().map(Vec::len), before["tickets"]["nodes"].as_array().map(Vec::len));
        let reply = json!({"id": id::ticket(world.cast.noahs), "body": "And after."});
        assert_eq!(end(&owner, "ticketReply", reply).await, "ok");
        world.drain().await;
        assert_eq!(socket.next("1").await["ticketChanged"]["subject"], "A new laptop for the new colleague");
    }
}

on_both! {
    /// Without the portal no client is let in; the team goes on working.
    async fn without_the_portal_clients_stay_out(world) {
        let owner = world.staff("owner@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        let carl = world.sign_in(Realm::Portal, "other", "carl@cedar.example").await;
        let address = world.serve().await;
        let mut socket = Socket::of(&address, &mia).await;
        socket.ask("1", "subscription { ticketChanged { subject } }").await;
        until("it listens", async || world.hub.listeners() == 1).await;
        modules(&owner, json!(["TICKETS"])).await;
        assert_eq!(socket.hear().await, Heard::Closed(4403, "Forbidden".into()));
        assert_eq!(mia.code(WHO, json!({})).await, "UNAUTHENTICATED");
        assert_eq!(sign_in(&visitor(&world), "glass", "mia@alder.example", PASSWORD).await, "INVALID_CREDENTIALS");
        for field in ["passwordResetRequest", "otpRequest"] {
            assert_eq!(end(&visitor(&world), field, json!({"workspace": "glass", "email": "mia@alder.example"})).await, "ok");
        }
        silence(&world).await;
        carl.read(WHO).await;
        let manager = world.staff("manager@glass.example").await;
        assert_eq!(end(&manager, "ticketReply", json!({"id": id::ticket(world.cast.mias), "body": "x"})).await, "ok");
        modules(&owner, json!(["TICKETS", "PORTAL"])).await;
        world.client("mia@alder.example").await;
    }
}

on_both! {
    /// Settings are for those with the permission; what cannot be is refused.
    async fn who_changes_settings_to_what(world) {
        let owner = world.staff("owner@glass.example").await;
        let settings = "{ workspace { name locale timeZone currency modules signInMethods portalUrl } }";
        let before = owner.read(settings).await;
        for email in ["manager@glass.example", "member@glass.example"] {
            let persona = world.staff(email).await;
            assert_eq!(end(&persona, "workspaceUpdate", json!({"modules": []})).await, "FORBIDDEN");
        }
        for (input, code) in [
            (json!({}), "NOTHING_TO_CHANGE"), (json!({"name": ""}), "INVALID_NAME"), (json!({"locale": "xx"}), "UNKNOWN_LOCALE"),
            (json!({"timeZone": "Moon"}), "UNKNOWN_TIME_ZONE"), (json!({"currency": "€"}), "UNKNOWN_CURRENCY"),
            (json!({"portalUrl": "http://portal.example"}), "INVALID_PORTAL_URL"), (json!({"portalUrl": "javascript:alert(1)"}), "INVALID_PORTAL_URL"),
            (json!({"portalUrl": "https://portal.example/\r\nX: y"}), "INVALID_PORTAL_URL"), (json!({"signInMethods": []}), "NO_SIGN_IN_METHOD"),
            (json!({"modules": vec!["TICKETS"; 101]}), "BAD_USER_INPUT"),
        ] {
            assert_eq!(end(&owner, "workspaceUpdate", input.clone()).await, code, "{input}");
        }
        assert_eq!(owner.read(settings).await, before);
        // Links in mails follow the address that is set.
        assert_eq!(end(&owner, "workspaceUpdate", json!({"portalUrl": "https://help.glass.example/"})).await, "ok");
        assert_eq!(end(&visitor(&world), "passwordResetRequest", json!({"workspace": "glass", "email": "mia@alder.example"})).await, "ok");
        let letter = mail(&world).await;
        assert!(letter.text.contains("https://help.glass.example/glass/reset#token="), "{}", letter.text);
    }
}
