//! Forgotten and changed passwords (ID-4).

use chrono::TimeDelta;
use end_to_end::{
    PASSWORD, Persona, Realm, World, id, letterbox, on_both,
    patience::until,
    socket::{Heard, Socket},
};
use serde_json::{Value, json};

use super::{
    FRESH, WHO, act, count, end, links_to, mail, sign_in, silence, token, trail, visitor, write,
};

async fn ask(persona: &Persona, workspace: &str, email: &str) -> Value {
    act(
        persona,
        "passwordResetRequest",
        "requested",
        json!({"workspace": workspace, "email": email}),
    )
    .await
}

async fn reset(persona: &Persona, token: &str, password: &str) -> String {
    end(
        persona,
        "passwordReset",
        json!({"token": token, "password": password}),
    )
    .await
}

/// Asks for a link and takes it from the mail.
async fn link(world: &World, persona: &Persona, email: &str) -> String {
    assert_eq!(
        ask(persona, "glass", email).await,
        json!({"requested": true, "errors": []})
    );
    token(world).await
}

async fn hash(world: &World, email: &str) -> String {
    let select = format!("SELECT password_hash AS hash FROM client_users WHERE email = '{email}'");
    let row = crate::outbox::rows(&world.store, &select)
        .await
        .pop()
        .expect("a row");
    row.try_get("", "hash").expect("a hash")
}

on_both! {
    /// The link sets a new password; every session and stream ends, and the
    /// owner is told.
    async fn a_forgotten_password_is_set_anew(world) {
        let address = world.serve().await;
        let (here, there) = (world.client("mia@alder.example").await, world.client("mia@alder.example").await);
        let noah = world.client("noah@alder.example").await;
        let mut socket = Socket::of(&address, &here).await;
        socket.ask("1", "subscription { ticketChanged { subject } }").await;
        until("it listens", async || world.hub.listeners() == 1).await;
        let nobody = visitor(&world).saying("host", "evil.example");
        assert_eq!(ask(&nobody, "glass", " MIA@Alder.Example ").await["requested"], true);
        let letter = mail(&world).await;
        assert!(letter.to == "mia@alder.example" && letter.text.contains("Mia"), "{}", letter.text);
        links_to(&letter, "/glass/reset");
        let token = letterbox::token(&letter);
        for (password, code) in [("", "PASSWORD_TOO_SHORT"), ("x", "PASSWORD_TOO_SHORT"), (&*"x".repeat(10_000), "PASSWORD_TOO_LONG"), ("letmein1", "PASSWORD_TOO_WEAK")] {
            assert_eq!(reset(&nobody, &token, password).await, code);
        }
        here.read(WHO).await;
        assert_eq!(reset(&nobody, &token, FRESH).await, "ok");
        assert_eq!(socket.hear().await, Heard::Closed(4403, "Forbidden".into()));
        for persona in [&here, &there] {
            assert_eq!(persona.code(WHO, json!({})).await, "UNAUTHENTICATED");
        }
        noah.read(WHO).await;
        assert_eq!(reset(&nobody, &token, "another good password").await, "INVALID_TOKEN");
        let warning = mail(&world).await;
        assert!(warning.to == "mia@alder.example" && warning.subject == "Your password was changed", "{}", warning.subject);
        assert!(warning.text.contains("https://vitrine.example/glass/forgotten") && !warning.text.contains("token="), "{}", warning.text);
        assert_eq!(sign_in(&nobody, "glass", "mia@alder.example", PASSWORD).await, "INVALID_CREDENTIALS");
        assert_eq!(sign_in(&nobody, "glass", "mia@alder.example", FRESH).await, "ok");
        assert!(trail(&world).await.contains("password.changed"));
    }
}

on_both! {
    /// A link is good once, for an hour, in one realm. Asking again leaves it good:
    /// else anybody could void what its owner was mailed.
    async fn a_link_is_good_once(world) {
        let nobody = visitor(&world);
        let before = hash(&world, "mia@alder.example").await;
        let first = link(&world, &nobody, "mia@alder.example").await;
        let second = link(&world, &nobody, "mia@alder.example").await;
        for bad in ["", "x", "\0", &"A".repeat(43), &"A".repeat(100_000), &second[1..]] {
            assert_eq!(reset(&nobody, bad, FRESH).await, "INVALID_TOKEN", "{bad:.50}");
        }
        assert_eq!(reset(&nobody.at(Realm::Staff), &second, FRESH).await, "INVALID_TOKEN");
        world.later(TimeDelta::hours(1));
        for late in [&first, &second] {
            assert_eq!(reset(&nobody, late, FRESH).await, "INVALID_TOKEN");
        }
        assert_eq!(hash(&world, "mia@alder.example").await, before);
        let third = link(&world, &nobody, "mia@alder.example").await;
        world.later(TimeDelta::hours(1) - TimeDelta::seconds(1));
        let tries: Vec<_> = (0..6).map(|_| {
            let (nobody, third) = (nobody.clone(), third.clone());
            tokio::spawn(async move { reset(&nobody, &third, FRESH).await })
        }).collect();
        let mut won = 0;
        for one in tries {
            won += usize::from(one.await.expect("no panic") == "ok");
        }
        assert_eq!(won, 1);
    }
}

on_both! {
    /// Whether an address has an account shows in its mailbox alone: the answer
    /// and the statements are the same for everybody.
    async fn asking_tells_nothing(world) {
        let manager = world.staff("manager@glass.example").await;
        assert_eq!(end(&manager, "userDisable", json!({"id": id::user(world.cast.noah)})).await, "ok");
        world.post().await;
        let nobody = visitor(&world);
        let (usual, told) = world.statements(ask(&nobody, "glass", "mia@alder.example")).await;
        mail(&world).await;
        let before = count(&world, "SELECT id FROM client_credentials").await;
        let strangers = [("glass", "nobody@alder.example"), ("glass", "noah@alder.example"), ("glass", "owner@glass.example"),
            ("other", "mia@alder.example"), ("glass", "no address"), ("glass", "")];
        for (workspace, email) in strangers {
            let (cost, answer) = world.statements(ask(&nobody, workspace, email)).await;
            assert_eq!((cost, &answer), (usual, &told), "{workspace} {email}");
            silence(&world).await;
        }
        // A workspace that does not exist has no trail to enter it in.
        for workspace in ["nowhere", "", "glass\0", &"x".repeat(10_000)] {
            let (cost, answer) = world.statements(ask(&nobody, workspace, "mia@alder.example")).await;
            assert!(answer == told && cost <= usual, "{workspace:.20}: {cost}");
            silence(&world).await;
        }
        assert_eq!(count(&world, "SELECT id FROM client_credentials").await, before + strangers.len() + 4);
        assert_eq!(count(&world, "SELECT id FROM client_credentials WHERE user_id IS NULL").await, strangers.len() + 4);
        // With passwords switched off there is none to reset.
        let owner = world.staff("owner@glass.example").await;
        assert_eq!(end(&owner, "workspaceUpdate", json!({"signInMethods": ["CODE"]})).await, "ok");
        world.later(TimeDelta::hours(1));
        assert_eq!(ask(&nobody, "glass", "mia@alder.example").await, told);
        silence(&world).await;
    }
}

on_both! {
    /// Who was switched off, or erased, before they used the link gets nothing.
    async fn a_link_ends_with_the_account(world) {
        let nobody = visitor(&world);
        let manager = world.staff("manager@glass.example").await;
        let token = link(&world, &nobody, "noah@alder.example").await;
        let noah = json!({"id": id::user(world.cast.noah)});
        assert_eq!(end(&manager, "userDisable", noah.clone()).await, "ok");
        assert_eq!(reset(&nobody, &token, FRESH).await, "INVALID_TOKEN");
        assert_eq!(end(&manager, "userEnable", noah).await, "ok");
        assert_eq!(reset(&nobody, &token, FRESH).await, "INVALID_TOKEN");
        // Asked for while in force, written after: no mail.
        ask(&nobody, "glass", "mia@alder.example").await;
        write(&world, "UPDATE client_users SET status = 'disabled' WHERE email = 'mia@alder.example'").await;
        silence(&world).await;
    }
}

on_both! {
    /// The team resets at its own endpoint.
    async fn the_team_resets_its_own(world) {
        let nobody = world.anonymous(Realm::Staff);
        let member = world.staff("member@glass.example").await;
        ask(&nobody.at(Realm::Portal), "glass", "member@glass.example").await;
        silence(&world).await;
        ask(&nobody, "glass", "member@glass.example").await;
        let letter = mail(&world).await;
        links_to(&letter, "/staff/glass/reset");
        let token = letterbox::token(&letter);
        assert_eq!(reset(&nobody.at(Realm::Portal), &token, FRESH).await, "INVALID_TOKEN");
        assert_eq!(reset(&nobody, &token, FRESH).await, "ok");
        assert_eq!(member.code(WHO, json!({})).await, "UNAUTHENTICATED");
        assert!(mail(&world).await.text.contains("/staff/glass/forgotten"));
        assert_eq!(sign_in(&nobody, "glass", "member@glass.example", FRESH).await, "ok");
    }
}

on_both! {
    /// Changing one's own password ends the other sessions, and asks for the old one.
    async fn changing_a_password_ends_the_others(world) {
        for (realm, email) in [(Realm::Portal, "mia@alder.example"), (Realm::Staff, "member@glass.example")] {
            let here = world.sign_in(realm, "glass", email).await;
            let there = world.sign_in(realm, "glass", email).await;
            let change = |current: &str, new: &str| json!({"current": current, "new": new});
            for (current, new, code) in [("wrong", FRESH, "WRONG_PASSWORD"), ("", FRESH, "WRONG_PASSWORD"), (PASSWORD, "x", "PASSWORD_TOO_SHORT"), (PASSWORD, "password1", "PASSWORD_TOO_WEAK")] {
                assert_eq!(end(&here, "passwordChange", change(current, new)).await, code);
            }
            there.read(WHO).await;
            assert_eq!(end(&here, "passwordChange", change(PASSWORD, FRESH)).await, "ok");
            here.read(WHO).await;
            assert_eq!(there.code(WHO, json!({})).await, "UNAUTHENTICATED");
            assert_eq!(mail(&world).await.subject, "Your password was changed");
            // A stolen session is no place to guess at.
            for _ in 0..5 {
                assert_eq!(end(&here, "passwordChange", change("guess", FRESH)).await, "WRONG_PASSWORD");
            }
            assert_eq!(end(&here, "passwordChange", change("guess", FRESH)).await, "TOO_MANY_ATTEMPTS");
            assert_eq!(end(&here, "passwordChange", change(FRESH, PASSWORD)).await, "TOO_MANY_ATTEMPTS");
            assert_eq!(end(&world.anonymous(realm), "passwordChange", change(FRESH, PASSWORD)).await, "UNAUTHENTICATED");
        }
    }
}
