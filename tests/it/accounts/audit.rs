//! The audit trail: what is entered, who reads it, and that nobody rewrites it.

use end_to_end::{Persona, Realm, World, id, on_both};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::{FRESH, accepted, act, count, end, invited, sign_in, token, user_id, visitor};

const TRAIL: &str = "query ($first: Int, $after: String, $kind: String) { audit(first: $first, after: $after, kind: $kind) { \
     nodes { id kind at side actor subjectKind subject network detail } pageInfo { hasNextPage endCursor } } }";

async fn page(persona: &Persona, variables: Value) -> (Vec<Value>, Value) {
    let data = persona.done(TRAIL, variables).await;
    let nodes = data["audit"]["nodes"].as_array().expect("entries").clone();
    (nodes, data["audit"]["pageInfo"].clone())
}

/// Some of everything that is entered.
async fn happenings(world: &World) {
    let ada = world.client("ada@alder.example").await;
    let owner = world.staff("owner@glass.example").await;
    let nobody = visitor(world).from_address("192.0.2.5");
    assert_eq!(
        sign_in(&nobody, "glass", "mia@alder.example", "guess").await,
        "INVALID_CREDENTIALS"
    );
    assert_eq!(
        sign_in(&nobody, "glass", "nobody@alder.example", "guess").await,
        "INVALID_CREDENTIALS"
    );
    let link = invited(
        world,
        &ada,
        "nia@alder.example",
        json!({"sections": ["TICKETS"]}),
    )
    .await;
    accepted(&nobody, &link).await;
    let nia = user_id(&ada, "nia@alder.example").await;
    for (field, input) in [
        (
            "userUpdate",
            json!({"id": nia, "access": "ADMIN", "sections": ["JOBS"]}),
        ),
        ("companyUpdate", json!({"sharing": "COMPANY"})),
        ("userDisable", json!({"id": nia})),
        ("userEnable", json!({"id": nia})),
    ] {
        assert_eq!(end(&ada, field, input).await, "ok", "{field}");
    }
    for (field, input) in [
        (
            "userUpdate",
            json!({"id": nia, "name": "Nia Secretname", "email": "secret@alder.example"}),
        ),
        (
            "workspaceUpdate",
            json!({"name": "Secretglass", "modules": ["TICKETS", "PORTAL"]}),
        ),
        ("companyCreate", json!({"name": "Secretcompany"})),
        (
            "staffInvite",
            json!({"email": "rita@glass.example", "name": "Rita Secret", "role": "MEMBER"}),
        ),
        (
            "staffUpdate",
            json!({"id": id::staff(world.cast.member), "role": "MANAGER"}),
        ),
    ] {
        assert_eq!(end(&owner, field, input).await, "ok", "{field}");
    }
    world.post().await;
    let ask = json!({"workspace": "glass", "email": "noah@alder.example"});
    assert_eq!(end(&nobody, "passwordResetRequest", ask).await, "ok");
    let link = token(world).await;
    assert_eq!(
        end(
            &nobody,
            "passwordReset",
            json!({"token": link, "password": FRESH})
        )
        .await,
        "ok"
    );
    let export = "query ($id: ID!) { userExport(id: $id) }";
    owner.done(export, json!({"id": nia})).await;
    assert_eq!(end(&owner, "userErase", json!({"id": nia})).await, "ok");
}

on_both! {
    /// What concerns accounts is there, with ids and without names.
    async fn what_is_entered(world) {
        happenings(&world).await;
        let owner = world.staff("owner@glass.example").await;
        let (entries, _) = page(&owner, json!({"first": 100})).await;
        let kinds: std::collections::BTreeSet<&str> = entries.iter().filter_map(|entry| entry["kind"].as_str()).collect();
        for kind in ["session.opened", "signIn.failed", "clientUser.invited", "invitation.accepted", "clientUser.changed", "company.changed",
            "clientUser.disabled", "clientUser.enabled", "workspace.changed", "company.created", "staffUser.invited", "staffUser.changed",
            "reset.requested", "password.changed", "clientUser.exported", "clientUser.erased"] {
            assert!(kinds.contains(kind), "{kind}: {kinds:?}");
        }
        let told = serde_json::to_string(&entries).expect("JSON");
        for personal in ["@", "Secret", "Nia", "Novak", "Alder", "nobody", "192.0.2.5", FRESH] {
            assert!(!told.contains(personal), "{personal}: {told}");
        }
        let changed = entries.iter().find(|entry| entry["kind"] == "clientUser.changed" && entry["side"] == "CLIENT").expect("a change of rights");
        assert_eq!(changed["actor"], id::user(world.cast.ada));
        assert_eq!(changed["detail"], json!({"access": {"from": "member", "to": "admin"}, "sections": {"from": ["tickets"], "to": ["jobs"]}}));
        let node = owner.done("query ($id: ID!) { node(id: $id) { id } }", json!({"id": changed["subject"]})).await;
        assert_eq!(node["node"]["id"], changed["subject"]);
        let failed: Vec<_> = entries.iter().filter(|entry| entry["kind"] == "signIn.failed").collect();
        assert_eq!(failed.len(), 2);
        assert!(failed.iter().all(|entry| entry["network"] == "192.0.2.0/24" && entry["actor"].is_null()));
    }
}

on_both! {
    /// How sessions end, and tries at a password from within one; of a flood of
    /// those the trail is told once.
    async fn how_sessions_end(world) {
        const REFRESH: &str = "mutation ($token: String!) { sessionRefresh(input: {refreshToken: $token}) { session { refreshToken } } }";
        let portal = world.anonymous(Realm::Portal);
        let in_session = async || {
            let credentials = json!({"workspace": "glass", "email": "mia@alder.example", "password": end_to_end::PASSWORD});
            act(&portal, "signIn", "session { accessToken refreshToken }", credentials).await["session"].clone()
        };
        for end in ["signOut { signedOut }", "signOutEverywhere { signedOut }"] {
            portal.with(&in_session().await).read(&format!("mutation {{ {end} }}")).await;
        }
        let stolen = in_session().await["refreshToken"].clone();
        for _ in 0..2 {
            portal.done(REFRESH, json!({ "token": stolen })).await;
        }
        let (here, _there) = (portal.with(&in_session().await), in_session().await);
        let listed = here.read("{ sessions { id current } }").await;
        let other = listed["sessions"].as_array().expect("sessions").iter().find(|one| one["current"] == false).expect("another");
        assert_eq!(end(&here, "sessionRevoke", json!({"id": other["id"]})).await, "ok");
        let wrong = json!({"current": "not this one", "new": FRESH});
        for index in 0..9 {
            let code = end(&here, "passwordChange", wrong.clone()).await;
            assert_eq!(code, if index < 5 { "WRONG_PASSWORD" } else { "TOO_MANY_ATTEMPTS" });
        }
        let owner = world.staff("owner@glass.example").await;
        let mia = id::user(world.cast.mia);
        for (kind, count, by_mia) in [("session.ended", 1, true), ("session.allEnded", 1, true), ("session.tokenReused", 1, false),
            ("session.revoked", 1, true), ("password.failed", 5, true), ("password.throttled", 1, true)] {
            let (entries, _) = page(&owner, json!({"kind": kind})).await;
            assert_eq!(entries.len(), count, "{kind}");
            assert!(entries.iter().all(|entry| entry["subject"] == mia && (entry["actor"] == mia) == by_mia), "{kind}: {entries:?}");
        }
        // The same account, the same buckets: who may not try here may not there.
        assert_eq!(sign_in(&portal, "glass", "mia@alder.example", end_to_end::PASSWORD).await, "TOO_MANY_ATTEMPTS");
    }
}

on_both! {
    /// Owners and admins read it, of their own workspace.
    async fn who_reads_the_trail(world) {
        happenings(&world).await;
        for email in ["owner@glass.example", "admin@glass.example"] {
            assert!(page(&world.staff(email).await, json!({})).await.0.len() == 20);
        }
        let manager = world.staff("manager@glass.example").await;
        assert_eq!(manager.code(TRAIL, json!({})).await, "FORBIDDEN");
        let ada = world.client("ada@alder.example").await;
        assert_eq!(ada.code(TRAIL, json!({})).await, "GRAPHQL_VALIDATION_FAILED");
        assert_eq!(world.through_the_full_schema("ada@alder.example", "{ audit { nodes { id } } }").await, "FORBIDDEN");
        assert_eq!(world.anonymous(Realm::Staff).code(TRAIL, json!({})).await, "UNAUTHENTICATED");
        let stranger = world.sign_in(Realm::Staff, "other", "owner@other.example").await;
        let (entries, _) = page(&stranger, json!({"first": 100})).await;
        assert_eq!(entries.len(), 1, "the stranger's own coming: {entries:?}");
    }
}

on_both! {
    /// Page after page, each entry once, the newest first; by kind as well.
    async fn the_trail_has_pages(world) {
        happenings(&world).await;
        let owner = world.staff("owner@glass.example").await;
        for kind in [Value::Null, json!("clientUser.changed"), json!("session.opened"), json!("none"), json!("\0")] {
            let (all, _) = page(&owner, json!({"first": 100, "kind": kind})).await;
            let (mut paged, mut after) = (Vec::new(), Value::Null);
            loop {
                let (nodes, info) = page(&owner, json!({"first": 3, "after": after, "kind": kind})).await;
                paged.extend(nodes);
                if info["hasNextPage"] == false {
                    break;
                }
                after = info["endCursor"].clone();
            }
            assert_eq!(paged, all, "{kind}");
            let times: Vec<&str> = all.iter().filter_map(|entry| entry["at"].as_str()).collect();
            assert!(times.windows(2).all(|pair| pair[0] >= pair[1]));
        }
        for bad in [json!({"first": 0}), json!({"first": 101}), json!({"after": "x"}), json!({"after": "\0"})] {
            assert_eq!(owner.code(TRAIL, bad.clone()).await, "BAD_USER_INPUT", "{bad}");
        }
        let small = world.cost(&owner, TRAIL, json!({"first": 1})).await;
        let large = world.cost(&owner, TRAIL, json!({"first": 100})).await;
        assert_eq!((small, large), (1, 1));
    }
}

on_both! {
    /// The database itself refuses to rewrite it.
    async fn the_database_refuses_to_rewrite_the_trail(world) {
        world.client("mia@alder.example").await;
        let before = count(&world, "SELECT id FROM audit").await;
        let mut verbs = vec!["UPDATE audit SET kind = 'x'", "DELETE FROM audit", "UPDATE audit SET actor_id = NULL WHERE kind = 'session.opened'"];
        verbs.push(match world.kind {
            end_to_end::Kind::Postgres => "TRUNCATE audit",
            end_to_end::Kind::Sqlite => "INSERT OR REPLACE INTO audit SELECT * FROM audit",
        });
        for verb in verbs {
            #[expect(clippy::disallowed_methods, reason = "tries what no command does")]
            let done = world.store.connection().execute_unprepared(verb).await;
            assert!(done.is_err(), "{verb}");
        }
        assert_eq!(count(&world, "SELECT id FROM audit WHERE kind = 'session.opened'").await, before);
    }
}

on_both! {
    /// What is rolled back leaves no entry, what is refused neither.
    async fn a_refusal_leaves_no_entry(world) {
        let (ada, mia) = (world.client("ada@alder.example").await, world.client("mia@alder.example").await);
        let before = count(&world, "SELECT id FROM audit").await;
        assert_eq!(end(&ada, "userInvite", json!({"email": "mia@alder.example", "name": "x"})).await, "EMAIL_TAKEN");
        assert_eq!(end(&ada, "userDisable", json!({"id": id::user(world.cast.ada)})).await, "LAST_ADMIN");
        assert_eq!(end(&mia, "userDisable", json!({"id": id::user(world.cast.ada)})).await, "FORBIDDEN");
        let payload = act(&ada, "userUpdate", "user { id }", json!({"id": id::user(world.cast.mia)})).await;
        assert_eq!(payload["errors"][0]["code"], "NOTHING_TO_CHANGE");
        assert_eq!(count(&world, "SELECT id FROM audit").await, before);
    }
}
