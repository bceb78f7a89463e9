//! Rights are looked at again when a request's turn to write has come: whoever
//! lost them meanwhile changes nothing any more (VI-11, CT-2).

use end_to_end::{Persona, Realm, World, id, on_both};
use serde_json::{Value, json};

use super::{end, invited, joining, snapshot, user_id, write};

/// A command, and what it asks for.
type Command = (&'static str, Value);

/// A way to lose rights, and how it is undone.
struct Loss {
    change: String,
    undo: String,
}

impl Loss {
    fn of(table: &str, who: &str, lost: &str, kept: &str) -> Self {
        Self {
            change: format!("UPDATE {table} SET {lost} WHERE {who}"),
            undo: format!("UPDATE {table} SET {kept} WHERE {who}"),
        }
    }
}

/// Somebody invited, somebody switched off, and two who ask to join; answers
/// what an admin of Alder can do about them and the others.
async fn commands(world: &World) -> Vec<Command> {
    let ada = world.client("ada@alder.example").await;
    joining::opened(&ada, &["alder.example"]).await;
    for email in ["n1@alder.example", "n2@alder.example"] {
        joining::waiting(world, email).await;
        world.post().await;
    }
    let requests = joining::requests(&ada).await;
    invited(world, &ada, "nia@alder.example", json!({})).await;
    let noah = json!({"id": id::user(world.cast.noah)});
    assert_eq!(end(&ada, "userDisable", noah.clone()).await, "ok");
    let person = async |email: &str| user_id(&ada, email).await;
    vec![
        (
            "userInvite",
            json!({"email": "new@alder.example", "name": "New"}),
        ),
        (
            "invitationResend",
            json!({"id": person("nia@alder.example").await}),
        ),
        (
            "userUpdate",
            json!({"id": id::user(world.cast.mia), "access": "ADMIN"}),
        ),
        ("userEnable", noah),
        (
            "userDisable",
            json!({"id": person("zoe@alder.example").await}),
        ),
        ("companyUpdate", json!({"sharing": "COMPANY"})),
        ("joinRequestApprove", json!({"id": requests[0]["id"]})),
        ("joinRequestDecline", json!({"id": requests[1]["id"]})),
    ]
}

/// Each command, begun with rights that are lost before its turn comes, is
/// refused and changes nothing; begun with rights that stay, it is carried out.
async fn refused_behind_the_lock(
    world: &World,
    realm: Realm,
    email: &str,
    commands: &[Command],
    losses: &[Loss],
) {
    // Whoever changes rights holds the workspace.
    let hold = "UPDATE workspaces SET plan = plan WHERE slug = 'glass'";
    for (field, input) in commands {
        for loss in losses {
            // A new session: nobody has read its viewer yet.
            let persona = world.sign_in(realm, "glass", email).await;
            let before = snapshot(world).await;
            let (field, input) = (*field, input.clone());
            let request = async move { end(&persona, field, input).await };
            let code = world.meanwhile(&[hold, &loss.change], request).await;
            assert_eq!(code, "FORBIDDEN", "{field}: {}", loss.change);
            write(world, &loss.undo).await;
            assert_eq!(snapshot(world).await, before, "{field}: {}", loss.change);
        }
        let persona = world.sign_in(realm, "glass", email).await;
        assert_eq!(end(&persona, field, input.clone()).await, "ok", "{field}");
    }
}

on_both! {
    /// An admin who is demoted, closed out or switched off, or whose company is.
    async fn a_client_admin_who_lost_their_rights_meanwhile_changes_nothing(world) {
        let commands = commands(&world).await;
        let ada = "email = 'ada@alder.example'";
        let losses = [
            Loss::of("client_users", ada, "access = 'member'", "access = 'admin'"),
            Loss::of("client_users", ada, "access = 'none'", "access = 'admin'"),
            Loss::of("client_users", ada, "status = 'disabled'", "status = 'active'"),
            Loss::of("companies", "name = 'Alder'", "status = 'disabled'", "status = 'active'"),
        ];
        refused_behind_the_lock(&world, Realm::Portal, "ada@alder.example", &commands, &losses).await;
    }
}

on_both! {
    /// Somebody of the team who is demoted, if only by a step, or switched off.
    async fn staff_who_lost_their_rights_meanwhile_change_nothing(world) {
        let mut commands = commands(&world).await;
        for (_, input) in commands.iter_mut().filter(|(field, _)| *field == "userInvite") {
            input["company"] = json!(id::company(world.cast.alder));
        }
        for (_, input) in commands.iter_mut().filter(|(field, _)| *field == "companyUpdate") {
            *input = json!({"id": id::company(world.cast.alder), "name": "Alder & Sons"});
        }
        let rita = json!({"email": "rita@glass.example", "name": "Rita", "role": "MEMBER"});
        commands.extend([
            ("companyCreate", json!({"name": "Yew"})),
            ("staffInvite", rita),
            ("staffUpdate", json!({"id": id::staff(world.cast.member), "role": "ADMIN"})),
            ("workspaceUpdate", json!({"name": "Glass & Co"})),
            ("userErase", json!({"id": id::user(world.cast.noah)})),
        ]);
        let admin = "email = 'admin@glass.example'";
        let losses = [
            Loss::of("staff_users", admin, "role = 'member'", "role = 'admin'"),
            Loss::of("staff_users", admin, "role = 'manager'", "role = 'admin'"),
            Loss::of("staff_users", admin, "status = 'disabled'", "status = 'active'"),
        ];
        refused_behind_the_lock(&world, Realm::Staff, "admin@glass.example", &commands, &losses).await;
    }
}

/// Two commands at the same moment; how each ended.
async fn at_once(one: (&Persona, Command), two: (&Persona, Command)) -> [String; 2] {
    let spawn = |(by, (field, input)): (&Persona, Command)| {
        let by = by.clone();
        tokio::spawn(async move { end(&by, field, input).await })
    };
    let (one, two) = (spawn(one), spawn(two));
    [one.await.expect("no panic"), two.await.expect("no panic")]
}

/// Whether somebody is an admin in force.
async fn is_admin(world: &World, table: &str, level: &str, email: &str) -> bool {
    let select = format!(
        "SELECT id FROM {table} WHERE email = '{email}' AND status = 'active' AND {level} = 'admin'"
    );
    super::count(world, &select).await > 0
}

/// What may have come of it when one took the rights away with which the other
/// raised somebody: both in this order, or the first alone.
fn in_some_order(ends: &[String; 2], demoted_stays: bool, raised: bool) {
    assert_eq!(ends[0], "ok", "{ends:?}");
    assert!(!demoted_stays, "{ends:?}");
    let lost = ["FORBIDDEN", "UNAUTHENTICATED"].contains(&&*ends[1]);
    assert!(lost || ends[1] == "ok", "{ends:?}");
    assert_eq!(raised, !lost, "{ends:?}");
}

on_both! {
    /// Ada takes mia's rights away while mia raises noah, or herself.
    async fn a_client_admin_is_demoted_while_they_raise(world) {
        let (mia, noah) = (id::user(world.cast.mia), id::user(world.cast.noah));
        for round in 0..12 {
            write(&world, "UPDATE client_users SET access = 'admin', status = 'active' WHERE email IN ('ada@alder.example', 'mia@alder.example')").await;
            write(&world, "UPDATE client_users SET access = 'member' WHERE email = 'noah@alder.example'").await;
            let (a, b) = (world.client("ada@alder.example").await, world.client("mia@alder.example").await);
            let demote = match round % 3 {
                0 => ("userUpdate", json!({"id": mia, "access": "MEMBER"})),
                1 => ("userUpdate", json!({"id": mia, "access": "NONE"})),
                _ => ("userDisable", json!({"id": mia})),
            };
            if round % 4 == 3 {
                let ends = at_once((&a, demote), (&b, ("userUpdate", json!({"id": mia, "access": "ADMIN"})))).await;
                assert!(ends[0] == "ok" && ["NOTHING_TO_CHANGE", "FORBIDDEN", "UNAUTHENTICATED"].contains(&&*ends[1]), "{ends:?}");
                assert!(!is_admin(&world, "client_users", "access", "mia@alder.example").await, "{ends:?}");
                continue;
            }
            let ends = at_once((&a, demote), (&b, ("userUpdate", json!({"id": noah, "access": "ADMIN"})))).await;
            let stays = is_admin(&world, "client_users", "access", "mia@alder.example").await;
            in_some_order(&ends, stays, is_admin(&world, "client_users", "access", "noah@alder.example").await);
        }
    }
}

on_both! {
    /// The owner takes an admin's rights away while that admin raises a member.
    async fn staff_are_demoted_while_they_raise(world) {
        let owner = world.staff("owner@glass.example").await;
        let admin = world.staff("admin@glass.example").await;
        let me = admin.read("{ viewer { id } }").await["viewer"]["id"].clone();
        for round in 0..12 {
            write(&world, "UPDATE staff_users SET role = 'admin', status = 'active' WHERE email = 'admin@glass.example'").await;
            write(&world, "UPDATE staff_users SET role = 'member' WHERE email = 'member@glass.example'").await;
            let b = world.staff("admin@glass.example").await;
            let demote = match round % 3 {
                0 => json!({"id": me, "role": "MEMBER"}),
                1 => json!({"id": me, "role": "MANAGER"}),
                _ => json!({"id": me, "active": false}),
            };
            let raise = json!({"id": id::staff(world.cast.member), "role": "ADMIN"});
            let ends = at_once((&owner, ("staffUpdate", demote)), (&b, ("staffUpdate", raise))).await;
            let stays = is_admin(&world, "staff_users", "role", "admin@glass.example").await;
            in_some_order(&ends, stays, is_admin(&world, "staff_users", "role", "member@glass.example").await);
        }
    }
}

on_both! {
    /// Two admins of the team who demote each other: one does, each time.
    async fn of_two_admins_who_demote_each_other_one_stays(world) {
        let admin = world.staff("admin@glass.example").await;
        let me = admin.read("{ viewer { id } }").await["viewer"]["id"].clone();
        for round in 0..8 {
            write(&world, "UPDATE staff_users SET role = 'admin', status = 'active' WHERE email IN ('admin@glass.example', 'manager@glass.example')").await;
            let (a, b) = (world.staff("admin@glass.example").await, world.staff("manager@glass.example").await);
            let off = |id: Value| match round % 2 {
                0 => json!({"id": id, "role": "MEMBER"}),
                _ => json!({"id": id, "active": false}),
            };
            let (to_b, to_a) = (off(json!(id::staff(world.cast.manager))), off(me.clone()));
            let mut ends = at_once((&a, ("staffUpdate", to_b)), (&b, ("staffUpdate", to_a))).await;
            ends.sort();
            let lost = ["FORBIDDEN", "UNAUTHENTICATED"].contains(&&*ends[0]);
            assert!(lost && ends[1] == "ok", "{round}: {ends:?}");
            let mut left = 0;
            for email in ["admin@glass.example", "manager@glass.example"] {
                left += usize::from(is_admin(&world, "staff_users", "role", email).await);
            }
            assert_eq!(left, 1, "{round}: {ends:?}");
        }
    }
}
