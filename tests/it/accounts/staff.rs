//! The team: invitations, roles, and the rule about owners (WS-3, VI-11).

use chrono::TimeDelta;
use end_to_end::{Persona, Realm, World, id, on_both};
use serde_json::{Value, json};

use super::{FRESH, WHO, accepted, act, count, end, links_to, mail, sign_in, silence, token};

fn rookie(email: &str, role: &str) -> Value {
    json!({ "email": email, "name": "Rita Rook", "role": role })
}

async fn invited(world: &World, by: &Persona, email: &str, role: &str) -> (String, String) {
    let payload = act(
        by,
        "staffInvite",
        "staffMember { id status }",
        rookie(email, role),
    )
    .await;
    assert_eq!(payload["staffMember"]["status"], "INVITED", "{payload}");
    let id = payload["staffMember"]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    (id, token(world).await)
}

/// What must not move when something is refused.
async fn team(world: &World) -> Value {
    let owner = world.staff("owner@glass.example").await;
    owner
        .read("{ staffMembers { id name email role status } }")
        .await
}

on_both! {
    async fn a_new_colleague_comes_by_mail(world) {
        let owner = world.staff("owner@glass.example").await;
        let mut input = rookie("rita@glass.example", "MEMBER");
        input["locale"] = "fr".into();
        assert_eq!(end(&owner.saying("host", "evil.example"), "staffInvite", input).await, "ok");
        let letter = mail(&world).await;
        assert_eq!(letter.to, "rita@glass.example");
        assert!(letter.text.contains("Bonjour Rita Rook") && letter.text.contains("Owner"), "{}", letter.text);
        links_to(&letter, "/staff/glass/invitation");
        let token = end_to_end::letterbox::token(&letter);
        let nobody = world.anonymous(Realm::Staff);
        let query = "query ($token: String!) { invitation(token: $token) { email name locale workspace workspaceName companyName invitedBy } }";
        let shown = nobody.done(query, json!({"token": token})).await["invitation"].clone();
        assert_eq!(shown, json!({"email": "rita@glass.example", "name": "Rita Rook", "locale": "fr", "workspace": "glass",
            "workspaceName": "GLASS", "companyName": null, "invitedBy": "Owner"}));
        // Not at the portal, and not for clients.
        let portal = world.anonymous(Realm::Portal);
        assert_eq!(portal.done(query, json!({"token": token})).await["invitation"], Value::Null);
        assert_eq!(end(&portal, "invitationAccept", json!({"token": token, "password": FRESH})).await, "INVALID_TOKEN");
        let rita = accepted(&nobody, &token).await;
        assert_eq!(rita.read("{ viewer { name role } tickets { nodes { id } } }").await,
            json!({"viewer": {"name": "Rita Rook", "role": "MEMBER"}, "tickets": {"nodes": []}}), "a member sees what is assigned");
        assert_eq!(end(&nobody, "invitationAccept", json!({"token": token, "password": FRESH})).await, "INVALID_TOKEN");
        assert_eq!(sign_in(&nobody, "glass", "rita@glass.example", FRESH).await, "ok");
        silence(&world).await;
    }
}

on_both! {
    async fn only_owners_and_admins_change_the_team(world) {
        let before = team(&world).await;
        let update = |id: kernel::StaffUserId, role: &str| json!({"id": id::staff(id), "role": role});
        for email in ["manager@glass.example", "member@glass.example"] {
            let persona = world.staff(email).await;
            assert_eq!(end(&persona, "staffInvite", rookie("rita@glass.example", "MEMBER")).await, "FORBIDDEN");
            assert_eq!(end(&persona, "staffUpdate", update(world.cast.member, "OWNER")).await, "FORBIDDEN");
        }
        let admin = world.staff("admin@glass.example").await;
        assert_eq!(end(&admin, "staffInvite", rookie("rita@glass.example", "OWNER")).await, "OWNERS_ONLY");
        assert_eq!(end(&admin, "staffUpdate", update(world.cast.member, "OWNER")).await, "OWNERS_ONLY");
        assert_eq!(end(&admin, "staffUpdate", update(world.cast.owner, "MEMBER")).await, "OWNERS_ONLY");
        assert_eq!(end(&admin, "staffUpdate", json!({"id": id::staff(world.cast.owner), "active": false})).await, "OWNERS_ONLY");
        assert_eq!(end(&admin, "staffUpdate", json!({"id": id::staff(world.cast.owner), "name": "X"})).await, "OWNERS_ONLY");
        let me = admin.read("{ viewer { id } }").await["viewer"]["id"].clone();
        assert_eq!(end(&admin, "staffUpdate", json!({"id": me, "role": "OWNER"})).await, "ONESELF");
        assert_eq!(end(&admin, "staffUpdate", json!({"id": me, "active": false})).await, "ONESELF");
        let stranger = world.sign_in(Realm::Staff, "other", "owner@other.example").await;
        assert_eq!(end(&stranger, "staffUpdate", update(world.cast.member, "OWNER")).await, "NOT_FOUND");
        for (input, code) in [
            (json!({"email": "MEMBER@glass.example", "name": "X", "role": "MEMBER"}), "EMAIL_TAKEN"),
            (json!({"email": "rita", "name": "X", "role": "MEMBER"}), "INVALID_EMAIL"),
            (json!({"email": "rita@glass.example", "name": " ", "role": "MEMBER"}), "INVALID_NAME"),
            (json!({"email": "rita@glass.example", "name": "X", "role": "MEMBER", "locale": "xx"}), "UNKNOWN_LOCALE"),
        ] {
            assert_eq!(end(&admin, "staffInvite", input.clone()).await, code, "{input}");
        }
        assert_eq!(end(&admin, "staffUpdate", json!({"id": id::staff(world.cast.member)})).await, "NOTHING_TO_CHANGE");
        assert_eq!(team(&world).await, before);
        silence(&world).await;
    }
}

on_both! {
    /// A role is in force on the next request; who is switched off is out at once.
    async fn roles_and_standing_are_in_force_at_once(world) {
        let owner = world.staff("owner@glass.example").await;
        let member = world.staff("member@glass.example").await;
        let companies = "{ companies { nodes { id } } }";
        assert_eq!(member.code(companies, json!({})).await, "FORBIDDEN");
        let change = json!({"id": id::staff(world.cast.member), "role": "MANAGER"});
        assert_eq!(act(&owner, "staffUpdate", "staffMember { role }", change).await["staffMember"]["role"], "MANAGER");
        member.read(companies).await;
        let off = json!({"id": id::staff(world.cast.member), "active": false});
        assert_eq!(end(&owner, "staffUpdate", off).await, "ok");
        assert_eq!(member.code(WHO, json!({})).await, "UNAUTHENTICATED");
        let on = json!({"id": id::staff(world.cast.member), "active": true});
        assert_eq!(act(&owner, "staffUpdate", "staffMember { status }", on).await["staffMember"]["status"], "ACTIVE");
        assert_eq!(member.code(WHO, json!({})).await, "UNAUTHENTICATED", "what was open stays closed");
        world.staff("member@glass.example").await;
    }
}

on_both! {
    /// Whoever never came is invited anew; the old link is worthless.
    async fn who_never_came_is_invited_anew(world) {
        let owner = world.staff("owner@glass.example").await;
        let nobody = world.anonymous(Realm::Staff);
        let (id, first) = invited(&world, &owner, "rita@glass.example", "MEMBER").await;
        assert_eq!(end(&owner, "staffUpdate", json!({"id": id, "active": true})).await, "NOTHING_TO_CHANGE");
        assert_eq!(end(&owner, "staffUpdate", json!({"id": id, "active": false})).await, "ok");
        assert_eq!(end(&nobody, "invitationAccept", json!({"token": first, "password": FRESH})).await, "INVALID_TOKEN");
        let on = act(&owner, "staffUpdate", "staffMember { status }", json!({"id": id, "active": true})).await;
        assert_eq!(on["staffMember"]["status"], "INVITED");
        let second = token(&world).await;
        assert_eq!(end(&nobody, "invitationAccept", json!({"token": first, "password": FRESH})).await, "INVALID_TOKEN");
        world.later(TimeDelta::days(7));
        assert_eq!(end(&nobody, "invitationAccept", json!({"token": second, "password": FRESH})).await, "INVALID_TOKEN");
        assert_eq!(count(&world, "SELECT id FROM staff_users WHERE status = 'invited'").await, 1);
    }
}

on_both! {
    /// Two owners who demote each other at once leave one, each time.
    async fn a_workspace_keeps_an_owner(world) {
        let owner = world.staff("owner@glass.example").await;
        let change = |id: &str, role: &str| json!({"id": id, "role": role});
        let manager = id::staff(world.cast.manager);
        let first = id::staff(world.cast.owner);
        for round in 0..6 {
            let promoted = end(&owner_of(&world).await, "staffUpdate", change(&other_of(&world, &first, &manager).await, "OWNER")).await;
            assert_eq!(promoted, "ok", "{round}");
            let (a, b) = (world.staff("owner@glass.example").await, world.staff("manager@glass.example").await);
            let (to_b, to_a) = (change(&manager, "ADMIN"), change(&first, "ADMIN"));
            let one = tokio::spawn(async move { end(&a, "staffUpdate", to_b).await });
            let two = tokio::spawn(async move { end(&b, "staffUpdate", to_a).await });
            let ends = [one.await.expect("no panic"), two.await.expect("no panic")];
            assert_eq!(ends.iter().filter(|end| *end == "ok").count(), 1, "{ends:?}");
            assert_eq!(count(&world, "SELECT id FROM staff_users WHERE role = 'owner' AND status = 'active' AND email LIKE '%glass%'").await, 1);
        }
        drop(owner);
    }
}

/// Whoever of the two is the owner now.
async fn owner_of(world: &World) -> Persona {
    let owner = world.staff("owner@glass.example").await;
    if owner.read("{ viewer { role } }").await["viewer"]["role"] == "OWNER" {
        owner
    } else {
        world.staff("manager@glass.example").await
    }
}

/// Whoever of the two is not.
async fn other_of(world: &World, first: &str, second: &str) -> String {
    let owner = owner_of(world).await;
    let id = owner.read("{ viewer { id } }").await["viewer"]["id"].clone();
    if id == first {
        second.to_owned()
    } else {
        first.to_owned()
    }
}
