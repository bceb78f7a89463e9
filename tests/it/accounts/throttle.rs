//! Too many tries (ID-10): for whom, from where, by whatever transport; and who
//! is not kept out by them.

use chrono::TimeDelta;
use end_to_end::{PASSWORD, Persona, Realm, World, letterbox, on_both, socket::Socket};
use serde_json::json;

use super::{FRESH, act, count, end, mail, sign_in, silence, token, visitor};

/// The name by which the persisted query of this file goes.
const NOAHS: &str = "dc6a87f0c0b2dfa16b2a1ac450701876204ae9c816c04035e9057bcea9717357";

/// A wrong password.
async fn guess(persona: &Persona, email: &str) -> String {
    sign_in(persona, "glass", email, "guess").await
}

async fn knock(persona: &Persona, email: &str) -> String {
    sign_in(persona, "glass", email, PASSWORD).await
}

/// Fills the bucket of an account and a network.
async fn hammer(persona: &Persona, email: &str) {
    for _ in 0..5 {
        assert_eq!(guess(persona, email).await, "INVALID_CREDENTIALS");
    }
    assert_eq!(guess(persona, email).await, "TOO_MANY_ATTEMPTS");
}

/// An attacker with a hundred networks keeps the account as a whole at its limit.
async fn besiege(world: &World, email: &str) {
    for index in 0..100 {
        let somebody = visitor(world).from_address(&format!("203.0.{index}.1"));
        if guess(&somebody, email).await == "TOO_MANY_ATTEMPTS" {
            return;
        }
    }
    panic!("nothing stops them");
}

on_both! {
    /// Five wrong tries, then a refusal that looks at nothing, for known and
    /// unknown addresses alike; with time tries come back.
    async fn five_tries_then_a_pause(world) {
        let nobody = visitor(&world).from_address("192.0.2.1");
        for email in ["mia@alder.example", "nobody@alder.example", "no address"] {
            hammer(&nobody, email).await;
            let input = json!({"workspace": "glass", "email": email, "password": PASSWORD});
            let payload = act(&nobody, "signIn", "session { accessToken }", input).await;
            let told = json!({"session": null, "errors": [{"code": "TOO_MANY_ATTEMPTS", "field": null,
                "message": "Too many attempts; try again later, or have a link or code mailed to you."}]});
            assert_eq!(payload, told, "{email}");
        }
        // Spellings of one address are one address.
        assert_eq!(knock(&nobody, " MIA@alder.EXAMPLE ").await, "TOO_MANY_ATTEMPTS");
        world.later(TimeDelta::minutes(2));
        assert_eq!(guess(&nobody, "mia@alder.example").await, "INVALID_CREDENTIALS");
        assert_eq!(knock(&nobody, "mia@alder.example").await, "TOO_MANY_ATTEMPTS");
        world.later(TimeDelta::minutes(2));
        // A success clears it.
        assert_eq!(knock(&nobody, "mia@alder.example").await, "ok");
        hammer(&nobody, "mia@alder.example").await;
        world.later(TimeDelta::minutes(10));
        hammer(&nobody, "mia@alder.example").await;
    }
}

on_both! {
    /// Known and unknown cost the same statements, refused or not.
    async fn throttles_tell_nothing(world) {
        let mut costs = Vec::new();
        for (index, email) in ["mia@alder.example", "nobody@alder.example", "owner@glass.example"].into_iter().enumerate() {
            let nobody = visitor(&world).from_address(&format!("192.0.{index}.1"));
            let mut each = Vec::new();
            for _ in 0..7 {
                each.push(world.statements(guess(&nobody, email)).await);
            }
            costs.push(each);
        }
        assert_eq!(costs[0], costs[1]);
        assert_eq!(costs[0], costs[2]);
    }
}

on_both! {
    /// Twenty from one network at whatever accounts; its neighbours' count is theirs.
    async fn a_network_has_twenty(world) {
        for index in 0..20 {
            let somebody = visitor(&world).from_address(&format!("192.0.2.{index}"));
            assert_eq!(guess(&somebody, &format!("p{index}@alder.example")).await, "INVALID_CREDENTIALS");
        }
        let somebody = visitor(&world).from_address("192.0.2.200");
        assert_eq!(knock(&somebody, "mia@alder.example").await, "TOO_MANY_ATTEMPTS");
        assert_eq!(knock(&somebody.at(Realm::Staff), "owner@glass.example").await, "TOO_MANY_ATTEMPTS");
        assert_eq!(knock(&visitor(&world).from_address("192.0.3.200"), "mia@alder.example").await, "ok");
        world.later(TimeDelta::seconds(3));
        assert_eq!(knock(&somebody, "mia@alder.example").await, "ok");
        // What succeeds takes nothing: an office signs in in the morning.
        for _ in 0..25 {
            assert_eq!(knock(&somebody, "noah@alder.example").await, "ok");
        }
    }
}

on_both! {
    /// Behind a trusted proxy the caller counts; what others claim does not.
    async fn a_forwarded_address_counts_only_from_a_proxy(world) {
        for index in 0..5 {
            let liar = visitor(&world).from_address("192.0.2.1").saying("x-forwarded-for", format!("198.51.{index}.1"));
            assert_eq!(guess(&liar, "mia@alder.example").await, "INVALID_CREDENTIALS");
        }
        let liar = visitor(&world).from_address("192.0.2.1").saying("x-forwarded-for", "198.51.100.1");
        assert_eq!(knock(&liar, "mia@alder.example").await, "TOO_MANY_ATTEMPTS");
        let behind = visitor(&world).from_address("10.0.0.1").saying("x-forwarded-for", "198.51.100.1");
        assert_eq!(knock(&behind, "mia@alder.example").await, "ok");
    }
}

on_both! {
    /// Parallel, by name, by persisted query, over a socket: each try counts.
    async fn every_transport_counts_the_same(world) {
        let email = "mia@alder.example";
        let tries: Vec<_> = (0..30).map(|_| {
            let nobody = visitor(&world).from_address("192.0.2.1");
            tokio::spawn(async move { guess(&nobody, email).await })
        }).collect();
        let mut looked_at = 0;
        for one in tries {
            match &*one.await.expect("no panic") {
                "TOO_MANY_ATTEMPTS" => {}
                "INVALID_CREDENTIALS" | "TOO_BUSY" => looked_at += 1,
                other => panic!("{other}"),
            }
        }
        assert_eq!(looked_at, 5, "of thirty at once five are looked at");

        let document = |email: &str| format!("mutation {{ a: signIn(input: {{workspace: \"glass\", email: \"{email}\", password: \"x\"}}) {{ errors {{ code }} }} }}");
        let nobody = visitor(&world).from_address("198.51.100.1");
        let noah = "noah@alder.example";
        for _ in 0..2 {
            assert_eq!(guess(&nobody, noah).await, "INVALID_CREDENTIALS");
        }
        let persisted = json!({"persistedQuery": {"version": 1, "sha256Hash": NOAHS}});
        for body in [
            json!({"query": document(noah), "extensions": persisted}),
            json!({"extensions": persisted}),
            json!({"query": document(&noah.to_uppercase())}),
        ] {
            let (_, text) = nobody.raw(body).await;
            assert!(text.contains("INVALID_CREDENTIALS"), "{text}");
        }
        let (_, text) = nobody.raw(json!({"extensions": persisted})).await;
        assert!(text.contains("TOO_MANY_ATTEMPTS"), "{text}");
        // Batches are no requests here.
        let (status, _) = nobody.raw(json!([{"query": document(noah)}, {"query": document(noah)}])).await;
        assert!(status.is_client_error());

        let address = world.serve().await;
        let mut socket = Socket::of(&address, &visitor(&world)).await;
        let mut codes = Vec::new();
        for index in 0..6 {
            let name = index.to_string();
            socket.ask(&name, &document("zoe@alder.example")).await;
            let told = socket.message().await.to_string();
            codes.push(if told.contains("TOO_MANY_ATTEMPTS") { "many" } else if told.contains("INVALID_CREDENTIALS") { "wrong" } else { "none" });
            if told.contains("\"next\"") {
                socket.message().await;
            }
        }
        let counted = codes.iter().filter(|code| **code == "wrong").count();
        assert!(counted <= 5, "{codes:?}");
    }
}

on_both! {
    /// An attacker with many networks keeps nobody out who has been here, or who
    /// reads their mail.
    async fn the_victim_comes_in_while_others_hammer(world) {
        let home = visitor(&world).from_address("192.0.2.1");
        assert_eq!(knock(&home, "mia@alder.example").await, "ok");
        besiege(&world, "mia@alder.example").await;
        // From home as ever, although not without end.
        assert_eq!(knock(&home, "mia@alder.example").await, "ok");
        hammer(&home, "mia@alder.example").await;
        world.later(TimeDelta::minutes(2));

        // On a journey the password alone is not believed while they hammer.
        let away = visitor(&world).from_address("198.51.100.1");
        besiege(&world, "mia@alder.example").await;
        assert_eq!(knock(&away, "mia@alder.example").await, "TOO_MANY_ATTEMPTS");
        // A mailed code is.
        let here = json!({"workspace": "glass", "email": "mia@alder.example"});
        assert_eq!(end(&away, "otpRequest", here.clone()).await, "ok");
        let code = letterbox::code(&mail(&world).await);
        let input = json!({"workspace": "glass", "email": "mia@alder.example", "code": code});
        assert_eq!(end(&away, "otpSignIn", input).await, "ok");
        // And from then on the place is known.
        assert_eq!(knock(&away, "mia@alder.example").await, "ok");

        // So is a mailed link.
        let abroad = visitor(&world).from_address("198.18.0.1");
        besiege(&world, "mia@alder.example").await;
        assert_eq!(knock(&abroad, "mia@alder.example").await, "TOO_MANY_ATTEMPTS");
        assert_eq!(end(&abroad, "passwordResetRequest", here).await, "ok");
        let link = token(&world).await;
        assert_eq!(end(&abroad, "passwordReset", json!({"token": link, "password": FRESH})).await, "ok");
        besiege(&world, "mia@alder.example").await;
        assert_eq!(sign_in(&abroad, "glass", "mia@alder.example", FRESH).await, "ok");
        // By itself it is over within the hour.
        world.later(TimeDelta::hours(1));
        let elsewhere = visitor(&world).from_address("198.19.0.1");
        assert_eq!(sign_in(&elsewhere, "glass", "mia@alder.example", FRESH).await, "ok");
    }
}

on_both! {
    /// Mails are counted for the address and for the network, whether anybody
    /// has the address or not.
    async fn mails_are_counted(world) {
        let ask = async |persona: &Persona, field: &str, email: &str| {
            end(persona, field, json!({"workspace": "glass", "email": email})).await
        };
        for email in ["mia@alder.example", "nobody@alder.example"] {
            let reset = "passwordResetRequest";
            let from = |network: usize| visitor(&world).from_address(&format!("198.51.{network}.1"));
            for _ in 0..3 {
                assert_eq!(ask(&from(0), reset, email).await, "ok");
            }
            // Who has asked three times uses up their own, and not the owner's.
            assert_eq!(ask(&from(0), reset, email).await, "TOO_MANY_REQUESTS");
            for network in 1..8 {
                assert_eq!(ask(&from(network), reset, email).await, "ok");
            }
            assert_eq!(ask(&from(8), reset, email).await, "TOO_MANY_REQUESTS");
            // Codes have buckets of their own.
            assert_eq!(ask(&from(8), "otpRequest", email).await, "ok");
        }
        let sent = world.post().await;
        assert!(sent.iter().all(|mail| mail.to == "mia@alder.example"));
        assert_eq!(sent.len(), 11);
        world.later(TimeDelta::minutes(10));
        assert_eq!(ask(&visitor(&world), "passwordResetRequest", "mia@alder.example").await, "ok");
        mail(&world).await;

        let office = visitor(&world).from_address("192.0.2.1");
        for index in 0..20 {
            assert_eq!(ask(&office, "passwordResetRequest", &format!("p{index}@alder.example")).await, "ok");
        }
        assert_eq!(ask(&office, "passwordResetRequest", "noah@alder.example").await, "TOO_MANY_REQUESTS");
        let join = json!({"workspace": "glass", "email": "new@alder.example", "name": "New"});
        assert_eq!(end(&office, "joinRequestCreate", join).await, "TOO_MANY_REQUESTS");
        let begin = json!({"workspace": "north", "name": "North", "ownerName": "Olga", "email": "o@north.example"});
        assert_eq!(end(&office.at(Realm::Staff), "workspaceCreate", begin).await, "TOO_MANY_REQUESTS");
        silence(&world).await;
    }
}

on_both! {
    /// The audit trail has each try that was looked at, and says once that more
    /// were refused: a flood must not fill it.
    async fn the_trail_shows_tries_and_not_the_flood(world) {
        let nobody = visitor(&world).from_address("192.0.2.77");
        hammer(&nobody, "mia@alder.example").await;
        for _ in 0..20 {
            assert_eq!(knock(&nobody, "mia@alder.example").await, "TOO_MANY_ATTEMPTS");
        }
        let owner = world.staff("owner@glass.example").await;
        let query = "query ($kind: String) { audit(kind: $kind, first: 100) { nodes { kind side actor subjectKind subject network detail } } }";
        let of = async |kind: &str| owner.done(query, json!({"kind": kind})).await["audit"]["nodes"].as_array().expect("entries").clone();
        let failed = of("signIn.failed").await;
        assert_eq!(failed.len(), 5);
        assert_eq!(failed[0], json!({"kind": "signIn.failed", "side": null, "actor": null, "subjectKind": "USER",
            "subject": end_to_end::id::user(world.cast.mia), "network": "192.0.2.0/24", "detail": {"realm": "portal"}}));
        assert_eq!(of("signIn.throttled").await.len(), 1);
        world.later(TimeDelta::minutes(1));
        let owner = world.staff("owner@glass.example").await;
        assert_eq!(knock(&nobody, "mia@alder.example").await, "TOO_MANY_ATTEMPTS");
        let again = owner.done(query, json!({"kind": "signIn.throttled"})).await["audit"]["nodes"].as_array().map(Vec::len);
        assert_eq!(again, Some(2));
        // No address that was typed in, known or not.
        guess(&nobody, "nobody@alder.example").await;
        for table in ["audit", "throttles", "known_networks"] {
            let rows = crate::outbox::rows(&world.store, &format!("SELECT * FROM {table}")).await;
            assert!(!format!("{rows:?}").contains("@alder.example"), "{table}");
        }
        assert_eq!(count(&world, "SELECT id FROM audit WHERE CAST(detail AS TEXT) LIKE '%@%'").await, 0);
    }
}
