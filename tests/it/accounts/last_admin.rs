//! A company keeps at least one admin in force (CT-2), by whatever way and
//! however many leave at once.

use end_to_end::{Persona, World, id, on_both};
use serde_json::{Value, json};

use super::{act, count, end, invited, user_id, write};

/// How many admins in force a company has.
async fn admins(world: &World, domain: &str) -> usize {
    let select = format!(
        "SELECT id FROM client_users WHERE access = 'admin' AND status = 'active' AND email LIKE '%@{domain}'"
    );
    count(world, &select).await
}

/// Every way to lose an admin.
fn ways(id: &str) -> Vec<(&'static str, Value)> {
    vec![
        ("userUpdate", json!({"id": id, "access": "MEMBER"})),
        (
            "userUpdate",
            json!({"id": id, "access": "NONE", "sections": []}),
        ),
        ("userDisable", json!({"id": id})),
    ]
}

on_both! {
    /// By themselves, by staff, and by an owner: the last admin stays.
    async fn the_last_admin_stays(world) {
        let ada = world.client("ada@alder.example").await;
        let id = id::user(world.cast.ada);
        for (field, input) in ways(&id) {
            let payload = act(&ada, field, "user { id }", input.clone()).await;
            assert_eq!((&payload["errors"][0]["code"], &payload["user"]), (&json!("LAST_ADMIN"), &Value::Null), "{input}");
        }
        for email in ["manager@glass.example", "owner@glass.example"] {
            let staff = world.staff(email).await;
            for (field, input) in ways(&id) {
                assert_eq!(end(&staff, field, input).await, "LAST_ADMIN");
            }
        }
        let owner = world.staff("owner@glass.example").await;
        assert_eq!(end(&owner, "userErase", json!({"id": id})).await, "LAST_ADMIN");
        assert_eq!(admins(&world, "alder.example").await, 1);
        assert_eq!(count(&world, "SELECT id FROM audit WHERE kind LIKE 'clientUser.%'").await, 0);

        // Who is invited, or switched off, does not count as one who is there.
        invited(&world, &ada, "nia@alder.example", json!({"access": "ADMIN"})).await;
        assert_eq!(end(&ada, "userDisable", json!({"id": id})).await, "LAST_ADMIN");
        assert_eq!(end(&ada, "userUpdate", json!({"id": id::user(world.cast.mia), "access": "ADMIN"})).await, "ok");
        assert_eq!(end(&ada, "userDisable", json!({"id": id::user(world.cast.mia)})).await, "ok");
        assert_eq!(end(&ada, "userUpdate", json!({"id": id, "access": "MEMBER"})).await, "LAST_ADMIN");
        assert_eq!(end(&ada, "userEnable", json!({"id": id::user(world.cast.mia)})).await, "ok");
        assert_eq!(end(&ada, "userUpdate", json!({"id": id, "access": "MEMBER"})).await, "ok");
        assert_eq!(admins(&world, "alder.example").await, 1);
        // Ada is a member now, and nobody raises themselves.
        assert_eq!(end(&ada, "userUpdate", json!({"id": id, "access": "ADMIN"})).await, "FORBIDDEN");
    }
}

/// Two admins, each of whom takes the other's rights away at the same moment.
async fn duel(world: &World, a: (&Persona, &str), b: (&Persona, &str), round: usize) {
    let spawn = |by: &Persona, whom: &str| {
        let (by, (field, input)) = (by.clone(), ways(whom).swap_remove(round % 3));
        tokio::spawn(async move { end(&by, field, input).await })
    };
    let (one, two) = (spawn(a.0, b.1), spawn(b.0, a.1));
    let ends = [one.await.expect("no panic"), two.await.expect("no panic")];
    let won = ends.iter().filter(|end| *end == "ok").count();
    assert_eq!(
        (won, admins(world, "alder.example").await),
        (1, 1),
        "{round}: {ends:?}"
    );
}

on_both! {
    async fn two_who_demote_each_other_leave_one(world) {
        let (ada, mia) = (id::user(world.cast.ada), id::user(world.cast.mia));
        for round in 0..12 {
            write(&world, "UPDATE client_users SET access = 'admin', status = 'active' WHERE email IN ('ada@alder.example', 'mia@alder.example')").await;
            let (a, b) = (world.client("ada@alder.example").await, world.client("mia@alder.example").await);
            duel(&world, (&a, &ada), (&b, &mia), round).await;
        }
    }
}

on_both! {
    /// Many at once, clients and staff, each against another: one is left.
    async fn of_many_at_once_one_is_left(world) {
        write(&world, "UPDATE client_users SET access = 'admin' WHERE email LIKE '%@alder.example'").await;
        let owner = world.staff("owner@glass.example").await;
        let ada = world.client("ada@alder.example").await;
        let zoe = user_id(&ada, "zoe@alder.example").await;
        let everybody = [id::user(world.cast.ada), id::user(world.cast.mia), id::user(world.cast.noah), zoe];
        let mut tries = Vec::new();
        for (index, whom) in everybody.iter().enumerate() {
            for (field, input) in ways(whom) {
                let by = if index % 2 == 0 { owner.clone() } else { ada.clone() };
                tries.push(tokio::spawn(async move { end(&by, field, input).await }));
            }
            let (owner, input) = (owner.clone(), json!({"id": whom}));
            tries.push(tokio::spawn(async move { end(&owner, "userErase", input).await }));
        }
        for one in tries {
            let end = one.await.expect("no panic");
            let known = ["ok", "LAST_ADMIN", "UNCHANGED", "NOTHING_TO_CHANGE", "NOT_FOUND", "FORBIDDEN", "UNAUTHENTICATED"];
            assert!(known.contains(&&*end), "{end}");
        }
        let select = "SELECT u.id FROM client_users u JOIN companies c ON c.id = u.company_id WHERE c.name = 'Alder' AND access = 'admin' AND u.status = 'active'";
        assert_eq!(count(&world, select).await, 1);
    }
}
