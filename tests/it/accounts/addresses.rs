//! Whom one may invite, where, and what that tells about other companies.

use end_to_end::{Realm, World, id, letterbox, on_both};
use serde_json::{Value, json};

use super::{FRESH, accepted, act, count, end, invited, sign_in, silence, user_id, visitor};

/// Everybody, as the database has them.
async fn people(world: &World) -> usize {
    count(world, "SELECT id FROM client_users").await
}

on_both! {
    /// What is no address, or looks like another's, is refused; spellings of
    /// one address are one address.
    async fn addresses_have_one_spelling(world) {
        let ada = world.client("ada@alder.example").await;
        let before = people(&world).await;
        for email in ["", "nia", "nia@", "@alder.example", "nia@alder", "nia @alder.example", "nia@alder.example\r\nBcc: all@evil.example",
            "nia@alder.example\nnia@evil.example", "nia@alder.example,x@evil.example", "Nia <nia@alder.example>", "nia\0@alder.example",
            "ni\u{430}@alder.example", "nia@\u{430}lder.example", "\u{ff4d}ia@alder.example", "nia@127.0.0.1", &format!("{}@alder.example", "n".repeat(1_000))] {
            let payload = act(&ada, "userInvite", "user { id }", json!({"email": email, "name": "Nia"})).await;
            let told = (&payload["errors"][0]["code"], &payload["errors"][0]["field"], &payload["user"]);
            assert_eq!(told, (&json!("INVALID_EMAIL"), &json!("email"), &Value::Null), "{email:?}");
        }
        for name in ["", " ", "a\nb", "a\0b", &"x".repeat(10_000)] {
            let code = end(&ada, "userInvite", json!({"email": "nia@alder.example", "name": name})).await;
            assert_eq!(code, "INVALID_NAME", "{name:.20?}");
        }
        assert_eq!(end(&ada, "userInvite", json!({"email": "nia@alder.example", "name": "Nia", "locale": "xx"})).await, "UNKNOWN_LOCALE");
        for taken in ["mia@alder.example", "MIA@ALDER.EXAMPLE", " mia@alder.example\t"] {
            assert_eq!(end(&ada, "userInvite", json!({"email": taken, "name": "Mia"})).await, "EMAIL_TAKEN", "{taken:?}");
        }
        assert_eq!(people(&world).await, before);
        // With a plus it is another mailbox.
        invited(&world, &ada, "mia+two@alder.example", json!({})).await;
        assert_eq!(end(&ada, "userInvite", json!({"email": "Mia+Two@alder.example", "name": "Mia"})).await, "EMAIL_TAKEN");
        assert_eq!(people(&world).await, before + 1);
        silence(&world).await;
    }
}

on_both! {
    /// An admin learns nothing of other companies' people: inviting bea, who is
    /// at Birch, answers as inviting somebody nobody knows. Only bea is told.
    async fn inviting_tells_nothing_of_other_companies(world) {
        let ada = world.client("ada@alder.example").await;
        let ask = async |email: &str| {
            let fields = "user { access sections status lastSignInAt sessions { id } }";
            act(&ada, "userInvite", fields, json!({"email": email, "name": "Somebody"})).await
        };
        let (known, of_bea) = world.statements(ask("bea@birch.example")).await;
        let (unknown, of_nobody) = world.statements(ask("nobody@birch.example")).await;
        assert_eq!((known, of_bea), (unknown, of_nobody));
        let mut mails = world.post().await;
        mails.sort_by(|a, b| a.to.cmp(&b.to));
        let [to_bea, to_nobody] = &mails[..] else { panic!("{}", mails.len()) };
        assert_eq!((&*to_bea.to, &*to_nobody.to), ("bea@birch.example", "nobody@birch.example"));

        let token = letterbox::token(to_bea);
        let input = json!({"token": token, "password": FRESH});
        assert_eq!(end(&visitor(&world), "invitationAccept", input.clone()).await, "ALREADY_REGISTERED");
        assert_eq!(end(&visitor(&world), "invitationAccept", input).await, "ALREADY_REGISTERED", "the token is no oracle that wears off");
        let bea = world.client("bea@birch.example").await;
        assert_eq!(bea.read("{ viewer { company { name } } }").await["viewer"]["company"]["name"], "Birch");
        let open = "SELECT id FROM client_users WHERE email = 'bea@birch.example' AND status = 'invited' AND accepted_at IS NULL";
        assert_eq!(count(&world, open).await, 1);
        // Ada sees an open invitation, as of anybody who has not come yet.
        assert_eq!(end(&ada, "userInvite", json!({"email": "bea@birch.example", "name": "Bea"})).await, "EMAIL_TAKEN");
    }
}

on_both! {
    /// Staff see every customer, so they are told.
    async fn staff_are_told_of_an_account_elsewhere(world) {
        let manager = world.staff("manager@glass.example").await;
        let before = people(&world).await;
        let alder = json!({"email": "bea@birch.example", "name": "Bea", "company": id::company(world.cast.alder)});
        assert_eq!(end(&manager, "userInvite", alder).await, "EMAIL_TAKEN");
        for company in [Value::Null, json!(""), json!(id::user(world.cast.mia)), json!(id::company(kernel::CompanyId(uuid::Uuid::nil())))] {
            let input = json!({"email": "nia@alder.example", "name": "Nia", "company": company});
            assert_eq!(end(&manager, "userInvite", input).await, "UNKNOWN_COMPANY", "{company}");
        }
        let off = json!({"id": id::company(world.cast.birch), "active": false});
        assert_eq!(end(&manager, "companyUpdate", off).await, "ok");
        let birch = json!({"email": "nia@birch.example", "name": "Nia", "company": id::company(world.cast.birch)});
        assert_eq!(end(&manager, "userInvite", birch).await, "UNKNOWN_COMPANY");
        assert_eq!(people(&world).await, before);
    }
}

on_both! {
    /// Whoever may not invite, and whoever may not touch what others invited.
    async fn who_may_not_invite(world) {
        let ada = world.client("ada@alder.example").await;
        let token = invited(&world, &ada, "nia@alder.example", json!({})).await;
        let nia = user_id(&ada, "nia@alder.example").await;
        let before = people(&world).await;
        let input = json!({"email": "new@alder.example", "name": "New"});
        for email in ["mia@alder.example", "zoe@alder.example"] {
            let member = world.client(email).await;
            assert_eq!(end(&member, "userInvite", input.clone()).await, "FORBIDDEN");
            assert_eq!(end(&member, "invitationResend", json!({"id": nia})).await, "FORBIDDEN");
            assert_eq!(end(&member, "userDisable", json!({"id": nia})).await, "FORBIDDEN");
        }
        let bea = world.client("bea@birch.example").await;
        let carl = world.sign_in(Realm::Portal, "other", "carl@cedar.example").await;
        let stranger = world.sign_in(Realm::Staff, "other", "owner@other.example").await;
        for persona in [&bea, &carl, &stranger] {
            for (field, input) in [
                ("invitationResend", json!({"id": nia})), ("userDisable", json!({"id": nia})), ("userEnable", json!({"id": nia})),
                ("userUpdate", json!({"id": nia, "access": "ADMIN"})),
            ] {
                assert_eq!(end(persona, field, input).await, "NOT_FOUND", "{field}");
            }
        }
        let over = json!({"email": "new@alder.example", "name": "New", "company": id::company(world.cast.alder)});
        assert_eq!(end(&stranger, "userInvite", over.clone()).await, "UNKNOWN_COMPANY");
        assert_eq!(end(&bea, "userInvite", over.clone()).await, "GRAPHQL_VALIDATION_FAILED");
        assert_eq!(end(&world.staff("member@glass.example").await, "userInvite", over).await, "FORBIDDEN");
        assert_eq!(people(&world).await, before);
        accepted(&visitor(&world), &token).await;
        silence(&world).await;
    }
}

on_both! {
    /// The same address in two workspaces is two people.
    async fn workspaces_know_nothing_of_each_other(world) {
        let carl = world.sign_in(Realm::Portal, "other", "carl@cedar.example").await;
        let token = invited(&world, &carl, "mia@alder.example", json!({"sections": ["TICKETS"]})).await;
        let there = accepted(&visitor(&world), &token).await;
        assert_eq!(there.read("{ viewer { name company { name } } }").await["viewer"], json!({"name": "Nia Novak", "company": {"name": "Cedar"}}));
        let here = world.client("mia@alder.example").await;
        assert_eq!(here.read("{ viewer { name company { name } } }").await["viewer"], json!({"name": "Mia", "company": {"name": "Alder"}}));
        assert_eq!(sign_in(&visitor(&world), "glass", "mia@alder.example", FRESH).await, "INVALID_CREDENTIALS");
        assert_eq!(sign_in(&visitor(&world), "other", "mia@alder.example", FRESH).await, "ok");
    }
}
