//! Sign-ins and changes of password that are under way when a reset or a
//! disabling comes (ID-4, ID-11): the reset and the disabling win.

use chrono::TimeDelta;
use end_to_end::{PASSWORD, Persona, Realm, World, id, on_both};
use serde_json::{Value, json};

use super::{FRESH, WHO, act, count, end, mail, sign_in, token, write};

const BOTH: [(Realm, &str, &str, &str); 2] = [
    (
        Realm::Portal,
        "client",
        "mia@alder.example",
        "noah@alder.example",
    ),
    (
        Realm::Staff,
        "staff",
        "member@glass.example",
        "owner@glass.example",
    ),
];

/// How many sessions of somebody are open.
async fn open(world: &World, side: &str, email: &str) -> usize {
    let select = format!(
        "SELECT s.id FROM {side}_sessions s JOIN {side}_users u ON u.id = s.user_id \
         WHERE u.email = '{email}' AND s.revoked_at IS NULL"
    );
    count(world, &select).await
}

on_both! {
    /// The password that was verified is another one by the time at which the
    /// session would open, or the account is switched off: nothing opens.
    async fn a_sign_in_under_way_heeds_a_reset_and_a_disabling(world) {
        for (realm, side, email, other) in BOTH {
            let nobody = world.anonymous(realm);
            for change in ["password_hash = 'another'", "status = 'disabled'"] {
                let change = format!("UPDATE {side}_users SET {change} WHERE email = '{email}'");
                let persona = nobody.clone();
                let request = async move { sign_in(&persona, "glass", email, PASSWORD).await };
                assert_eq!(world.meanwhile(&[&change], request).await, "INVALID_CREDENTIALS", "{change}");
                assert_eq!(open(&world, side, email).await, 0, "{change}");
                write(&world, &format!("UPDATE {side}_users SET status = 'active', \
                    password_hash = (SELECT password_hash FROM {side}_users WHERE email = '{other}') WHERE email = '{email}'")).await;
            }
            assert_eq!(sign_in(&nobody, "glass", email, PASSWORD).await, "ok");
        }
    }
}

on_both! {
    /// The same with a mailed code, which the disabling did not come to void.
    async fn a_code_under_way_heeds_a_disabling(world) {
        let (email, nobody) = ("mia@alder.example", world.anonymous(Realm::Portal));
        end(&nobody, "otpRequest", json!({"workspace": "glass", "email": email})).await;
        let code = end_to_end::letterbox::code(&mail(&world).await);
        let input = json!({"workspace": "glass", "email": email, "code": code});
        let (persona, again) = (nobody.clone(), input.clone());
        let request = async move { end(&persona, "otpSignIn", again).await };
        let change = "UPDATE client_users SET status = 'disabled' WHERE email = 'mia@alder.example'";
        assert_eq!(world.meanwhile(&[change], request).await, "INVALID_CREDENTIALS");
        assert_eq!(open(&world, "client", email).await, 0);
    }
}

/// What ends every session of somebody: who asks, and what for; and how the
/// account is opened again.
struct Ending {
    by: Persona,
    command: (&'static str, Value),
    undo: Option<(&'static str, Value)>,
}

/// The ways to end sessions, by their names.
const WAYS: [&str; 3] = ["change", "reset", "switch off"];

/// Makes one of the ways ready.
async fn ending(world: &World, realm: Realm, email: &str, way: &str) -> Ending {
    let (by, command, undo) = match way {
        "change" => {
            let own = world.sign_in(realm, "glass", email).await;
            let input = json!({"current": PASSWORD, "new": PASSWORD});
            (own, ("passwordChange", input), None)
        }
        "reset" => {
            let nobody = world.anonymous(realm);
            let ask = json!({"workspace": "glass", "email": email});
            assert_eq!(end(&nobody, "passwordResetRequest", ask).await, "ok");
            let input = json!({"token": token(world).await, "password": PASSWORD});
            (nobody, ("passwordReset", input), None)
        }
        _ => {
            let owner = world.staff("owner@glass.example").await;
            let (mia, member) = (id::user(world.cast.mia), id::staff(world.cast.member));
            let (off, on) = match realm {
                Realm::Portal => (
                    ("userDisable", json!({"id": mia})),
                    ("userEnable", json!({"id": mia})),
                ),
                Realm::Staff => (
                    ("staffUpdate", json!({"id": member, "active": false})),
                    ("staffUpdate", json!({"id": member, "active": true})),
                ),
            };
            (owner, off, Some(on))
        }
    };
    Ending { by, command, undo }
}

/// Signs in; answers the token of the session, if one was opened.
async fn opened(persona: Persona, email: &'static str) -> Option<Persona> {
    let input = json!({"workspace": "glass", "email": email, "password": PASSWORD});
    let payload = act(&persona, "signIn", "session { accessToken }", input).await;
    let code = payload["errors"][0]["code"].as_str().unwrap_or("ok");
    assert!(["ok", "INVALID_CREDENTIALS"].contains(&code), "{payload}");
    (code == "ok").then(|| persona.with(&payload["session"]))
}

on_both! {
    /// Sessions that open in the very moment of a reset, a change of password or
    /// a disabling end with all others, and stay closed when the account is
    /// switched on again.
    async fn what_opens_in_the_moment_of_an_ending_ends_too(world) {
        for ((realm, side, email, _), way) in BOTH.into_iter().flat_map(|who| WAYS.map(|way| (who, way))) {
            let ending = ending(&world, realm, email, way).await;
            let sign_ins = (1..5).map(|network| {
                let nobody = world.anonymous(realm).from_address(&format!("192.0.{network}.1"));
                opened(nobody, email)
            });
            let (by, (field, input)) = (ending.by.clone(), ending.command.clone());
            let another = async move { end(&by, field, input).await };
            let (sessions, ended) = world.overlapping(sign_ins.collect(), another).await;
            assert_eq!(ended, "ok", "{email}: {way}");
            // Whoever came later had verified the hash that is gone.
            let own = usize::from(way == "change");
            assert_eq!(open(&world, side, email).await, own, "{email}: {way}");
            if let Some((field, input)) = ending.undo {
                assert_eq!(end(&ending.by, field, input).await, "ok", "{email}: {way}");
            }
            for session in sessions.into_iter().flatten() {
                assert_eq!(session.code(WHO, json!({})).await, "UNAUTHENTICATED", "{email}: {way}");
            }
            world.post().await;
        }
    }
}

on_both! {
    /// A sign-in and a change of password, of one person in one place, take
    /// what they hold in the same order: neither waits for the other for ever.
    async fn a_sign_in_and_a_change_of_password_come_one_after_the_other(world) {
        for (realm, side, email, _) in BOTH {
            let here = world.anonymous(realm).from_address("192.0.2.1");
            let session = opened(here.clone(), email).await.expect("signed in");
            let change = json!({"current": PASSWORD, "new": FRESH});
            let requests = [(here, "signIn", json!({"workspace": "glass", "email": email, "password": PASSWORD})), (session, "passwordChange", change)];
            let requests = requests.map(|(by, field, input)| async move { end(&by, field, input).await });
            let held = format!("UPDATE {side}_users SET name = name WHERE email = '{email}'");
            let ends = world.in_line(&[&held], requests.into()).await;
            // Whoever came first: a sign-in that comes second has verified what is gone.
            assert!(["ok", "INVALID_CREDENTIALS"].contains(&&*ends[0]) && ends[1] == "ok", "{email}: {ends:?}");
        }
    }
}

on_both! {
    /// Of two who change the same password at once, from two sessions, one wins.
    async fn of_two_changes_of_a_password_one_wins(world) {
        for (realm, side, email, _) in BOTH {
            let mut current = PASSWORD.to_owned();
            for round in 0..5 {
                world.later(TimeDelta::hours(1));
                let nobody = world.anonymous(realm);
                let mut tries = Vec::new();
                for index in 0..2 {
                    let input = json!({"workspace": "glass", "email": email, "password": current});
                    let payload = act(&nobody, "signIn", "session { accessToken }", input).await;
                    let session = nobody.with(&payload["session"]);
                    let new = format!("{FRESH} {round} {index}");
                    let input = json!({"current": current, "new": new});
                    tries.push((new, session.clone(), tokio::spawn(async move { end(&session, "passwordChange", input).await })));
                }
                let mut winners = Vec::new();
                for (new, session, ending) in tries {
                    match &*ending.await.expect("no panic") {
                        "ok" => winners.push((new, session)),
                        code => {
                            assert!(["WRONG_PASSWORD", "UNAUTHENTICATED"].contains(&code), "{code}");
                            assert_eq!(session.code(WHO, json!({})).await, "UNAUTHENTICATED");
                        }
                    }
                }
                assert_eq!(winners.len(), 1, "{email} {round}");
                let (new, session) = winners.remove(0);
                session.read(WHO).await;
                assert_eq!(sign_in(&nobody, "glass", email, &current).await, "INVALID_CREDENTIALS");
                current = new;
                assert_eq!(sign_in(&nobody, "glass", email, &current).await, "ok");
            }
            // Verified, and overtaken before it was written.
            let input = json!({"workspace": "glass", "email": email, "password": current});
            let payload = act(&world.anonymous(realm), "signIn", "session { accessToken }", input).await;
            let session = world.anonymous(realm).with(&payload["session"]);
            let input = json!({"current": current, "new": PASSWORD});
            let request = async move { end(&session, "passwordChange", input).await };
            let change = format!("UPDATE {side}_users SET password_hash = 'another' WHERE email = '{email}'");
            assert_eq!(world.meanwhile(&[&change], request).await, "WRONG_PASSWORD");
            assert_eq!(count(&world, &format!("SELECT id FROM {side}_users WHERE email = '{email}' AND password_hash = 'another'")).await, 1);
        }
    }
}
