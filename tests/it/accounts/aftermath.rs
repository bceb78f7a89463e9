//! What else ends when somebody loses access, rights or their address.

use end_to_end::{PASSWORD, Realm, World, id, on_both};
use serde_json::{Value, json};

use super::{FRESH, accepted, end, invited, sign_in, token, user_id, visitor};

/// Tries an invitation; `ok` or the code.
async fn take(world: &World, realm: Realm, token: &str) -> String {
    let input = json!({"token": token, "password": FRESH});
    end(&world.anonymous(realm), "invitationAccept", input).await
}

on_both! {
    /// Invitations of an admin who is one no longer are worthless: what they
    /// sent may have gone to themselves. Others send them again.
    async fn invitations_end_with_the_inviter(world) {
        let ada = world.client("ada@alder.example").await;
        let nobody = visitor(&world);
        for (index, (verb, change)) in [("userDisable", json!({})), ("userUpdate", json!({"access": "MEMBER"})), ("userUpdate", json!({"access": "NONE"}))].into_iter().enumerate() {
            let email = format!("second{index}@alder.example");
            let link = invited(&world, &ada, &email, json!({"access": "ADMIN", "sections": ["TICKETS"]})).await;
            let second = accepted(&nobody, &link).await;
            let puppet = format!("puppet{index}@evil.example");
            let link = invited(&world, &second, &puppet, json!({"access": "ADMIN"})).await;
            let mut input = change;
            input["id"] = user_id(&ada, &email).await.into();
            assert_eq!(end(&ada, verb, input).await, "ok");
            assert_eq!(take(&world, Realm::Portal, &link).await, "INVALID_TOKEN", "{verb}");
            let again = json!({"id": user_id(&ada, &puppet).await});
            assert_eq!(end(&ada, "invitationResend", again).await, "ok");
            let link = token(&world).await;
            assert_eq!(take(&world, Realm::Portal, &link).await, "ok");
        }
    }
}

on_both! {
    /// So are those of the team, to either side.
    async fn invitations_end_with_the_member(world) {
        let owner = world.staff("owner@glass.example").await;
        let alder = id::company(world.cast.alder);
        for (index, change) in [json!({"active": false}), json!({"role": "MEMBER"})].into_iter().enumerate() {
            let email = format!("boss{index}@glass.example");
            let invite = |email: &str, role: &str| json!({"email": email, "name": "Nia Novak", "role": role});
            assert_eq!(end(&owner, "staffInvite", invite(&email, "ADMIN")).await, "ok");
            let boss = accepted(&world.anonymous(Realm::Staff), &token(&world).await).await;
            assert_eq!(end(&boss, "staffInvite", invite(&format!("pawn{index}@evil.example"), "ADMIN")).await, "ok");
            let pawn = token(&world).await;
            let client = invited(&world, &boss, &format!("client{index}@evil.example"), json!({"company": alder})).await;
            let mut input = change;
            input["id"] = boss.read("{ viewer { id } }").await["viewer"]["id"].clone();
            assert_eq!(end(&owner, "staffUpdate", input).await, "ok");
            assert_eq!(take(&world, Realm::Staff, &pawn).await, "INVALID_TOKEN");
            assert_eq!(take(&world, Realm::Portal, &client).await, "INVALID_TOKEN");
        }
    }
}

on_both! {
    /// Sessions end with the access and with the address, and do not come back
    /// with either.
    async fn sessions_end_with_access_and_with_the_address(world) {
        let manager = world.staff("manager@glass.example").await;
        let mia = id::user(world.cast.mia);
        let who = "{ viewer { name } }";
        let before = world.client("mia@alder.example").await;
        for access in ["NONE", "MEMBER"] {
            assert_eq!(end(&manager, "userUpdate", json!({"id": mia, "access": access})).await, "ok");
            assert_eq!(before.code(who, Value::Null).await, "UNAUTHENTICATED", "{access}");
        }
        let before = world.client("mia@alder.example").await;
        assert_eq!(end(&manager, "userUpdate", json!({"id": mia, "email": "mia.meyer@alder.example"})).await, "ok");
        assert_eq!(before.code(who, Value::Null).await, "UNAUTHENTICATED");
        assert_eq!(sign_in(&visitor(&world), "glass", "mia.meyer@alder.example", PASSWORD).await, "ok");
    }
}

on_both! {
    /// An invitation without access opens nothing, until there is some.
    async fn an_invitation_without_access_waits(world) {
        let ada = world.client("ada@alder.example").await;
        let link = invited(&world, &ada, "nia@alder.example", json!({"access": "NONE"})).await;
        assert_eq!(take(&world, Realm::Portal, &link).await, "INVALID_TOKEN");
        let nia = user_id(&ada, "nia@alder.example").await;
        assert_eq!(end(&ada, "userUpdate", json!({"id": nia, "access": "MEMBER"})).await, "ok");
        assert_eq!(take(&world, Realm::Portal, &link).await, "ok");
    }
}
