//! A workspace from sign-up to the first ticket (WS-3).

use chrono::TimeDelta;
use end_to_end::{Kind, PASSWORD, Persona, Realm, World, on_both};
use gateway::{Faces, Services, ServicesConfig, TrustedProxies, router};
use identity::{Passwords, SignUpPolicy};
use serde_json::{Value, json};

use super::{FRESH, act, count, end, links_to, mail, sign_in, silence, token, write};

/// What a founder says.
fn wish(workspace: &str, email: &str) -> Value {
    json!({
        "workspace": workspace, "name": "North Shore", "ownerName": "Olga Nord", "email": email,
        "locale": "de", "timeZone": "Europe/Berlin", "currency": "EUR",
    })
}

/// The same with another value in one place.
fn with(name: &str, value: &str) -> Value {
    let mut wish = wish("north", "olga@north.example");
    wish[name] = value.into();
    wish
}

async fn confirm(persona: &Persona, token: &str) -> Value {
    let input = json!({"token": token, "password": PASSWORD});
    act(
        persona,
        "emailConfirm",
        "confirmed session { accessToken }",
        input,
    )
    .await
}

async fn workspaces(world: &World) -> usize {
    count(world, "SELECT id FROM workspaces").await
}

/// The same world, whose server takes new workspaces by another policy.
fn under(world: &World, sign_up: SignUpPolicy) -> Persona {
    let services = Services::new(ServicesConfig {
        store: world.store.clone(),
        clock: world.clock.clone(),
        entropy: world.entropy.clone(),
        passwords: Passwords::cheap(world.entropy.as_ref()),
        tokens: world.tokens.clone(),
        files: world.files.clone(),
        hub: world.hub.clone(),
        sign_up,
    });
    let faces = Faces {
        portal: true,
        staff: true,
        graphiql: false,
        allowed_origins: Vec::new(),
        trusted_proxies: TrustedProxies::parse("").expect("none"),
    };
    Persona::anonymous(router(&services, &faces), Realm::Staff)
}

on_both! {
    /// From the first word to the first ticket of the first customer.
    async fn a_workspace_begins_with_a_confirmed_owner(world) {
        let nobody = world.anonymous(Realm::Staff).saying("host", "evil.example");
        assert_eq!(end(&nobody, "workspaceCreate", wish("north", "Olga@North.example")).await, "ok");
        assert_eq!(workspaces(&world).await, 2, "nothing exists before the address is confirmed");
        assert_eq!(sign_in(&nobody, "north", "olga@north.example", PASSWORD).await, "INVALID_CREDENTIALS");
        let letter = mail(&world).await;
        assert_eq!((&*letter.to, letter.from_name.as_str()), ("olga@north.example", "north"));
        // Anybody can type in anybody's address: what else they typed is not mailed.
        assert!(letter.subject.contains("north") && !letter.text.contains("North Shore") && !letter.text.contains("Olga"), "{}", letter.text);
        links_to(&letter, "/staff/north/confirm");

        let token = end_to_end::letterbox::token(&letter);
        let query = "query ($token: String!) { confirmation(token: $token) { email name workspaceName expiresAt } }";
        let shown = nobody.done(query, json!({"token": token})).await;
        assert_eq!(shown["confirmation"]["email"], "olga@north.example");
        assert_eq!(shown["confirmation"]["workspaceName"], "North Shore");
        let confirmed = confirm(&nobody, &token).await;
        assert_eq!((&confirmed["confirmed"], &confirmed["errors"]), (&json!(true), &json!([])));
        world.drain().await;

        let olga = nobody.with(&confirmed["session"]);
        let data = olga.read("{ viewer { name email role locale } workspace { slug name locale timeZone currency plan modules signInMethods \
            limits { members clientUsers portalContracts } } categories { key name } staffMembers { name status } tickets { nodes { id } } }").await;
        assert_eq!(data["viewer"], json!({"name": "Olga Nord", "email": "olga@north.example", "role": "OWNER", "locale": "de"}));
        assert_eq!(data["workspace"]["slug"], "north");
        assert_eq!(data["workspace"]["timeZone"], "Europe/Berlin");
        assert_eq!(data["workspace"]["limits"], json!({"members": 6, "clientUsers": 50, "portalContracts": 10}));
        assert_eq!(data["staffMembers"], json!([{"name": "Olga Nord", "status": "ACTIVE"}]));
        assert_eq!(data["tickets"]["nodes"], json!([]), "nothing of the other workspaces");
        let category = data["categories"][0]["key"].as_str().expect("a category to begin with");

        let company = act(&olga, "companyCreate", "company { id name kind sharing status }", json!({"name": "Shipyard", "sharing": "COMPANY"})).await;
        assert_eq!(company["company"]["status"], "ACTIVE");
        let open = json!({"subject": "First", "description": "x", "category": category, "company": company["company"]["id"]});
        let opened = act(&olga, "ticketOpen", "ticket { reference company { name } }", open).await;
        assert_eq!(opened["ticket"], json!({"reference": "TKT-0001", "company": {"name": "Shipyard"}}));
        let branding = nobody.at(Realm::Portal).read("{ branding(workspace: \"north\") { name locale } }").await;
        assert_eq!(branding["branding"], json!({"name": "North Shore", "locale": "de"}));
    }
}

on_both! {
    /// A token of a confirmation is good once, for a day, in one realm.
    async fn a_confirmation_is_good_once(world) {
        let nobody = world.anonymous(Realm::Staff);
        end(&nobody, "workspaceCreate", wish("north", "olga@north.example")).await;
        let good = token(&world).await;
        let bad = |payload: &Value| payload["errors"][0]["code"] == "INVALID_TOKEN" && payload["session"].is_null();
        assert!(bad(&confirm(&nobody.at(Realm::Portal), &good).await), "the other realm");
        for wrong in ["", "x", &good[1..], &format!("{good}x"), &good.to_lowercase(), "\0", &"A".repeat(10_000)] {
            assert!(bad(&confirm(&nobody, wrong).await), "{wrong:?}");
        }
        assert_eq!(end(&nobody, "invitationAccept", json!({"token": good, "password": FRESH})).await, "INVALID_TOKEN");
        assert_eq!(end(&nobody, "passwordReset", json!({"token": good, "password": FRESH})).await, "INVALID_TOKEN");
        assert_eq!(workspaces(&world).await, 2);
        world.later(TimeDelta::hours(24) - TimeDelta::seconds(1));
        assert_eq!(confirm(&nobody, &good).await["errors"], json!([]));
        assert!(bad(&confirm(&nobody, &good).await), "used");
        assert_eq!(workspaces(&world).await, 3);

        end(&nobody, "workspaceCreate", wish("south", "olga@north.example")).await;
        let late = token(&world).await;
        world.later(TimeDelta::hours(24));
        assert!(bad(&confirm(&nobody, &late).await), "a day later");
        let query = "query ($token: String!) { confirmation(token: $token) { email } }";
        assert_eq!(nobody.done(query, json!({"token": late})).await["confirmation"], Value::Null);
        assert_eq!(workspaces(&world).await, 3);
    }
}

on_both! {
    /// What cannot be taken says so, by field, and leaves nothing behind.
    async fn what_a_workspace_cannot_be_like(world) {
        let nobody = world.anonymous(Realm::Staff);
        let long = "x".repeat(10_000);
        for (name, value, code) in [
            ("workspace", "glass", "NAME_TAKEN"),
            ("workspace", "", "INVALID_WORKSPACE"),
            ("workspace", "ab", "INVALID_WORKSPACE"),
            ("workspace", "North", "INVALID_WORKSPACE"),
            ("workspace", "north shore", "INVALID_WORKSPACE"),
            ("workspace", "north.example", "INVALID_WORKSPACE"),
            ("workspace", "../north", "INVALID_WORKSPACE"),
            ("workspace", "nörd", "INVALID_WORKSPACE"),
            ("workspace", "staff", "INVALID_WORKSPACE"),
            ("workspace", "graphql", "INVALID_WORKSPACE"),
            ("workspace", "no\0rth", "INVALID_WORKSPACE"),
            ("workspace", &long, "INVALID_WORKSPACE"),
            ("name", "", "INVALID_NAME"),
            ("name", "a\nb", "INVALID_NAME"),
            ("ownerName", &long, "INVALID_NAME"),
            ("ownerName", "\0", "INVALID_NAME"),
            ("email", "olga", "INVALID_EMAIL"),
            ("email", "olga@north.example\r\nBcc: x@y.example", "INVALID_EMAIL"),
            ("locale", "tlh", "UNKNOWN_LOCALE"),
            ("timeZone", "Europe/Nowhere", "UNKNOWN_TIME_ZONE"),
            ("currency", "euro", "UNKNOWN_CURRENCY"),
        ] {
            let payload = act(&nobody, "workspaceCreate", "requested", with(name, value)).await;
            assert_eq!((&payload["errors"][0]["code"], &payload["errors"][0]["field"]), (&json!(code), &json!(name)), "{value:?}: {payload}");
            assert_eq!(payload["requested"], Value::Null);
        }
        assert_eq!(count(&world, "SELECT id FROM sign_ups").await, 0);
        silence(&world).await;
    }
}

on_both! {
    /// Two who want the same name: the name is whose address is confirmed first.
    async fn of_two_founders_one_has_the_name(world) {
        let nobody = world.anonymous(Realm::Staff);
        let mut tokens = Vec::new();
        for email in ["olga@north.example", "omar@north.example", "otto@north.example"] {
            assert_eq!(end(&nobody, "workspaceCreate", wish("north", email)).await, "ok");
            tokens.push(token(&world).await);
        }
        let confirming = tokens.clone().into_iter().map(|token| {
            let nobody = nobody.clone();
            tokio::spawn(async move { confirm(&nobody, &token).await })
        });
        let confirming: Vec<_> = confirming.collect();
        let mut codes = Vec::new();
        for one in confirming {
            let payload = one.await.expect("no panic");
            codes.push(payload["errors"][0]["code"].as_str().unwrap_or("ok").to_owned());
        }
        codes.sort();
        assert_eq!(codes, ["NAME_TAKEN", "NAME_TAKEN", "ok"]);
        assert_eq!(workspaces(&world).await, 3);
        let owners = "SELECT u.id FROM staff_users u JOIN workspaces w ON w.id = u.workspace_id WHERE w.slug = 'north'";
        assert_eq!(count(&world, owners).await, 1);
        assert_eq!(count(&world, "SELECT s.id FROM staff_sessions s JOIN staff_users u ON u.id = s.user_id JOIN workspaces w ON w.id = u.workspace_id WHERE w.slug = 'north'").await, 1);
    }
}

on_both! {
    /// Who may begin a workspace is the operator's to say.
    async fn a_closed_server_takes_no_workspaces(world) {
        for policy in [SignUpPolicy::Closed, SignUpPolicy::First] {
            let nobody = under(&world, policy);
            assert_eq!(end(&nobody, "workspaceCreate", wish("north", "olga@north.example")).await, "CLOSED");
            // A name that exists is no exception.
            assert_eq!(end(&nobody, "workspaceCreate", wish("glass", "olga@north.example")).await, "CLOSED");
        }
        assert_eq!(end(&world.anonymous(Realm::Portal), "workspaceCreate", wish("north", "olga@north.example")).await, "GRAPHQL_VALIDATION_FAILED");
        assert_eq!(count(&world, "SELECT id FROM sign_ups").await, 0);
        silence(&world).await;
    }
}

on_both! {
    /// Where only the first may begin a workspace, several may want to: the
    /// first whose address is confirmed is the first, and the others are refused.
    async fn of_several_who_want_to_be_first_one_is(world) {
        let nobody = under(&world, SignUpPolicy::First);
        for at_once in [false, true] {
            forget_workspaces(&world).await;
            let mut tokens = Vec::new();
            for (slug, email) in [("north", "olga@north.example"), ("south", "omar@south.example"), ("west", "otto@west.example")] {
                assert_eq!(end(&nobody, "workspaceCreate", wish(slug, email)).await, "ok");
                tokens.push(token(&world).await);
            }
            let mut codes = Vec::new();
            let mut under_way = Vec::new();
            for token in tokens.clone() {
                let nobody = nobody.clone();
                let confirming = tokio::spawn(async move { confirm(&nobody, &token).await });
                if at_once {
                    under_way.push(confirming);
                } else {
                    codes.push(code_of(&confirming.await.expect("no panic")));
                }
            }
            for confirming in under_way {
                codes.push(code_of(&confirming.await.expect("no panic")));
            }
            assert_eq!(codes.iter().filter(|code| *code == "ok").count(), 1, "{codes:?}");
            assert_eq!(codes.iter().filter(|code| *code == "INVALID_TOKEN").count(), 2, "{codes:?}");
            assert!(at_once || codes[0] == "ok", "{codes:?}");
            assert_eq!(workspaces(&world).await, 1);
            // Those who came late stay out, and so does whoever comes now.
            for token in &tokens {
                assert_eq!(code_of(&confirm(&nobody, token).await), "INVALID_TOKEN");
            }
            assert_eq!(end(&nobody, "workspaceCreate", wish("east", "edda@east.example")).await, "CLOSED");
            assert_eq!(workspaces(&world).await, 1);
            world.drain().await;
            world.later(TimeDelta::hours(1));
        }
    }
}

/// How a confirmation ended; without an error there is a session.
fn code_of(payload: &Value) -> String {
    let code = payload["errors"][0]["code"].as_str().unwrap_or("ok");
    assert_eq!(payload["session"].is_object(), code == "ok", "{payload}");
    code.to_owned()
}

/// Nobody has begun a workspace on this server.
async fn forget_workspaces(world: &World) {
    let (off, on) = match world.kind {
        Kind::Postgres => (
            "SET session_replication_role = replica",
            "SET session_replication_role = DEFAULT",
        ),
        Kind::Sqlite => ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"),
    };
    write(
        world,
        &format!(
            "{off}; DELETE FROM workspaces; DELETE FROM staff_users; DELETE FROM sign_ups; {on}"
        ),
    )
    .await;
    assert_eq!(workspaces(world).await, 0);
}
