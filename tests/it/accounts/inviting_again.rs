//! Invitations that go out again: counted, whatever way they go (ID-10), and to
//! the address that the person has now.

use chrono::TimeDelta;
use end_to_end::{Persona, Realm, World, id, letterbox, on_both};
use serde_json::{Value, json};

use super::{
    FRESH, accepted, act, count, end, invited, mail, sign_in, silence, snapshot, token, user_id,
    visitor, write,
};

/// Switches somebody off and on, until that is refused; answers how many mails
/// went out.
async fn off_and_on(world: &World, by: &Persona, off: (&str, &Value), on: (&str, &Value)) -> usize {
    let mut mails = 0;
    for _ in 0..10 {
        assert_eq!(end(by, off.0, off.1.clone()).await, "ok");
        let before = snapshot(world).await;
        let code = end(by, on.0, on.1.clone()).await;
        if code != "ok" {
            assert_eq!(code, "TOO_MANY_REQUESTS");
            assert_eq!(snapshot(world).await, before, "still off");
            silence(world).await;
            return mails;
        }
        mails += world.post().await.len();
    }
    panic!("nothing stops them");
}

on_both! {
    /// Enabling whoever never came has them mailed, and counts as that: three
    /// to one address, for its company's admin and for staff alike.
    async fn switching_an_invited_person_off_and_on_is_counted(world) {
        let ada = world.client("ada@alder.example").await;
        invited(&world, &ada, "nia@alder.example", json!({})).await;
        let nia = json!({"id": user_id(&ada, "nia@alder.example").await});
        let (off, on) = (("userDisable", &nia), ("userEnable", &nia));
        assert_eq!(off_and_on(&world, &ada, off, on).await, 2, "besides the invitation itself");
        // Somebody else is another address, and another inviter is another count.
        invited(&world, &ada, "nel@alder.example", json!({})).await;
        let manager = world.staff("manager@glass.example").await;
        assert_eq!(end(&manager, "userEnable", nia.clone()).await, "ok");
        token(&world).await;
        assert_eq!(end(&ada, "invitationResend", nia.clone()).await, "TOO_MANY_REQUESTS");
        assert_eq!(off_and_on(&world, &manager, off, on).await, 2);

        world.later(TimeDelta::minutes(10));
        let ada = world.client("ada@alder.example").await;
        let payload = act(&ada, "userEnable", "user { status }", nia).await;
        assert_eq!(payload["user"]["status"], "INVITED");
        accepted(&visitor(&world), &token(&world).await).await;
    }
}

on_both! {
    /// On the team likewise.
    async fn switching_an_invited_colleague_off_and_on_is_counted(world) {
        let owner = world.staff("owner@glass.example").await;
        let rita = json!({"email": "rita@glass.example", "name": "Rita", "role": "MEMBER"});
        let payload = act(&owner, "staffInvite", "staffMember { id }", rita).await;
        token(&world).await;
        let to = |active: bool| json!({"id": payload["staffMember"]["id"], "active": active});
        let (off, on) = (to(false), to(true));
        assert_eq!(off_and_on(&world, &owner, ("staffUpdate", &off), ("staffUpdate", &on)).await, 2);
        world.later(TimeDelta::minutes(10));
        let owner = world.staff("owner@glass.example").await;
        assert_eq!(end(&owner, "staffUpdate", on).await, "ok");
        accepted(&world.anonymous(Realm::Staff), &token(&world).await).await;
    }
}

on_both! {
    /// A hundred by one person, to whomever: then one a minute, by any way.
    async fn a_hundred_invitations_are_enough_for_one_person(world) {
        write(&world, "UPDATE workspaces SET plan = 'business' WHERE slug = 'glass'").await;
        for (realm, email, field) in [(Realm::Portal, "ada@alder.example", "userInvite"), (Realm::Staff, "admin@glass.example", "staffInvite")] {
            let by = world.sign_in(realm, "glass", email).await;
            let rookie = |index: usize| match realm {
                Realm::Portal => json!({"email": format!("p{index}@alder.example"), "name": "Rookie"}),
                Realm::Staff => json!({"email": format!("p{index}@glass.example"), "name": "Rookie", "role": "MEMBER"}),
            };
            for index in 0..100 {
                assert_eq!(end(&by, field, rookie(index)).await, "ok", "{index}");
            }
            let before = snapshot(&world).await;
            assert_eq!(end(&by, field, rookie(100)).await, "TOO_MANY_REQUESTS");
            assert_eq!(snapshot(&world).await, before);
            world.later(TimeDelta::minutes(1));
            assert_eq!(end(&by, field, rookie(100)).await, "ok");
            assert_eq!(end(&by, field, rookie(101)).await, "TOO_MANY_REQUESTS");
        }
        // Whoever invites less is not held up by it.
        let manager = world.staff("manager@glass.example").await;
        let input = json!({"email": "more@alder.example", "name": "More", "company": id::company(world.cast.alder)});
        assert_eq!(end(&manager, "userInvite", input).await, "ok");
    }
}

on_both! {
    /// Whose address is changed before they came is invited at the new one; what
    /// lies in the old mailbox, or is still to be written to it, opens nothing.
    async fn a_new_address_gets_a_new_invitation(world) {
        let ada = world.client("ada@alder.example").await;
        let manager = world.staff("manager@glass.example").await;
        let nobody = visitor(&world);
        let old = invited(&world, &ada, "nia@alder.example", json!({"sections": ["TICKETS"]})).await;
        let nia = user_id(&ada, "nia@alder.example").await;
        let change = |email: &str| json!({"id": nia, "email": email});
        assert_eq!(end(&manager, "userUpdate", change("NIA@alder.example")).await, "NOTHING_TO_CHANGE");
        silence(&world).await;
        let payload = act(&manager, "userUpdate", "user { email status }", change("nia.novak@alder.example")).await;
        assert_eq!(payload["user"], json!({"email": "nia.novak@alder.example", "status": "INVITED"}));
        let letter = mail(&world).await;
        assert_eq!(letter.to, "nia.novak@alder.example");
        let new = letterbox::token(&letter);
        let shown = "query ($token: String!) { invitation(token: $token) { email } }";
        assert_eq!(nobody.done(shown, json!({"token": old})).await["invitation"], Value::Null);
        assert_eq!(end(&nobody, "invitationAccept", json!({"token": old, "password": FRESH})).await, "INVALID_TOKEN");

        // Changed twice before a mail is written: one mail, to the last address.
        assert_eq!(end(&manager, "userUpdate", change("n1@alder.example")).await, "ok");
        assert_eq!(end(&manager, "userUpdate", change("n2@alder.example")).await, "ok");
        let letter = mail(&world).await;
        assert_eq!(letter.to, "n2@alder.example");
        let last = letterbox::token(&letter);
        for worthless in [&old, &new] {
            assert_eq!(end(&nobody, "invitationAccept", json!({"token": worthless, "password": FRESH})).await, "INVALID_TOKEN");
        }
        assert_eq!(nobody.done(shown, json!({"token": last})).await["invitation"]["email"], "n2@alder.example");
        assert_eq!(count(&world, "SELECT id FROM client_users WHERE status = 'invited' AND password_hash IS NULL").await, 1);
        let person = accepted(&nobody, &last).await;
        assert_eq!(person.read("{ viewer { sections } }").await["viewer"]["sections"], json!(["TICKETS"]));
        for gone in ["nia@alder.example", "nia.novak@alder.example", "n1@alder.example"] {
            assert_eq!(sign_in(&nobody, "glass", gone, FRESH).await, "INVALID_CREDENTIALS");
        }
        assert_eq!(sign_in(&nobody, "glass", "n2@alder.example", FRESH).await, "ok");
        // Who is switched off is mailed nothing by a new address.
        assert_eq!(end(&manager, "userDisable", json!({"id": nia})).await, "ok");
        assert_eq!(end(&manager, "userUpdate", change("n3@alder.example")).await, "ok");
        silence(&world).await;
    }
}
