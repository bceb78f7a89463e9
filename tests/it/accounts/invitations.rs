//! Client users: invited by mail, and coming by it (CT-2, ID-4).

use chrono::TimeDelta;
use end_to_end::{Realm, World, id, letterbox, on_both};
use serde_json::{Value, json};

use super::{
    FRESH, WHO, accepted, act, count, end, invited, links_to, mail, sign_in, silence, token, trail,
    user_id, visitor,
};

const INVITATION: &str = "query ($token: String!) { invitation(token: $token) { \
     email name locale workspace workspaceName companyName invitedBy expiresAt } }";

/// What an unusable token is good for.
async fn worthless(world: &World, realm: Realm, token: &str) {
    let nobody = world.anonymous(realm);
    let payload = act(
        &nobody,
        "invitationAccept",
        "session { accessToken }",
        json!({"token": token, "password": FRESH}),
    )
    .await;
    let told = json!([{"code": "INVALID_TOKEN", "field": "token", "message": "This invitation is not valid any more."}]);
    assert_eq!(
        payload,
        json!({"session": null, "errors": told}),
        "{token:.60}"
    );
    assert_eq!(
        nobody.done(INVITATION, json!({"token": token})).await["invitation"],
        Value::Null
    );
}

on_both! {
    /// An admin invites somebody who sees tickets alone; the mail brings them in.
    async fn an_admin_invites_a_colleague(world) {
        let ada = world.client("ada@alder.example").await.saying("host", "evil.example").saying("x-forwarded-host", "evil.example");
        let input = json!({"email": " Nia+Vitrine@Alder.Example ", "name": "Nia Novak", "sections": ["TICKETS"], "locale": "de"});
        let payload = act(&ada, "userInvite", "user { email name access sections status lastSignInAt }", input).await;
        assert_eq!(payload["user"], json!({"email": "nia+vitrine@alder.example", "name": "Nia Novak", "access": "MEMBER",
            "sections": ["TICKETS"], "status": "INVITED", "lastSignInAt": null}));
        let letter = mail(&world).await;
        assert_eq!(letter.to, "nia+vitrine@alder.example");
        for said in ["Guten Tag Nia Novak", "Ada", "Alder", "GLASS"] {
            assert!(letter.text.contains(said) && letter.html.contains(said), "{said}: {}", letter.text);
        }
        for internal in ["CANARY", "INTERNAL", "staff", "Owner"] {
            assert!(!letter.text.contains(internal) && !letter.html.contains(internal), "{internal}");
        }
        links_to(&letter, "/glass/invitation");

        let token = letterbox::token(&letter);
        let nobody = visitor(&world);
        let shown = nobody.done(INVITATION, json!({"token": token})).await["invitation"].clone();
        assert_eq!(shown, json!({"email": "nia+vitrine@alder.example", "name": "Nia Novak", "locale": "de", "workspace": "glass",
            "workspaceName": "GLASS", "companyName": "Alder", "invitedBy": "Ada", "expiresAt": "2027-01-22T08:00:00+00:00"}));
        assert_eq!(sign_in(&nobody, "glass", "nia+vitrine@alder.example", FRESH).await, "INVALID_CREDENTIALS");
        let nia = accepted(&nobody, &token).await;
        let seen = nia.read("{ viewer { name access sections company { name } } categories { key } tickets { nodes { subject } } }").await;
        assert_eq!(seen["viewer"], json!({"name": "Nia Novak", "access": "MEMBER", "sections": ["TICKETS"], "company": {"name": "Alder"}}));
        assert_eq!(seen["tickets"]["nodes"], json!([]), "colleagues' tickets are theirs");
        assert_eq!(end(&nia, "ticketOpen", json!({"subject": "Mine", "description": "x"})).await, "ok");
        assert_eq!(sign_in(&nobody, "glass", "NIA+vitrine@alder.example", FRESH).await, "ok");
        let kinds = trail(&world).await;
        assert!(["session.opened", "invitation.accepted", "clientUser.invited"].iter().all(|kind| kinds.contains(*kind)), "{kinds:?}");
        silence(&world).await;
    }
}

on_both! {
    /// Staff say the company; no section is opened unless it is said.
    async fn staff_invite_to_a_company(world) {
        let manager = world.staff("manager@glass.example").await;
        let company = id::company(world.cast.birch);
        let token = invited(&world, &manager, "nia@birch.example", json!({"company": company})).await;
        let shown = visitor(&world).done(INVITATION, json!({"token": token})).await["invitation"].clone();
        assert_eq!((&shown["companyName"], &shown["invitedBy"]), (&json!("Birch"), &json!("Manager")));
        let nia = accepted(&visitor(&world), &token).await;
        assert_eq!(nia.read("{ viewer { sections } categories { key } tickets { nodes { id } } }").await,
            json!({"viewer": {"sections": []}, "categories": [], "tickets": {"nodes": []}}));
        assert_eq!(end(&nia, "ticketOpen", json!({"subject": "x", "description": "x"})).await, "FORBIDDEN");

        let admin = json!({"company": company, "access": "ADMIN"});
        let boss = accepted(&visitor(&world), &invited(&world, &manager, "boss@birch.example", admin).await).await;
        assert_eq!(boss.read("{ viewer { access sections } }").await["viewer"]["sections"].as_array().map(Vec::len), Some(6));
        assert_eq!(end(&boss, "userInvite", json!({"email": "next@birch.example", "name": "Next"})).await, "ok");
    }
}

on_both! {
    /// Whatever is wrong with a token, the answer is one and the same.
    async fn a_token_is_good_once_for_a_week_in_one_realm(world) {
        let ada = world.client("ada@alder.example").await;
        let good = invited(&world, &ada, "nia@alder.example", json!({})).await;
        worthless(&world, Realm::Staff, &good).await;
        let flipped: String = good.chars().rev().collect();
        for bad in ["", " ", "x", "null", &good[..42], &format!("{good}="), &format!(" {good}"), &good.to_uppercase(), &flipped,
            &"A".repeat(43), &"A".repeat(100_000), "\0", "' OR 1=1 --", "é".repeat(43).as_str()] {
            worthless(&world, Realm::Portal, bad).await;
        }
        // Of another purpose.
        let input = json!({"workspace": "glass", "email": "mia@alder.example"});
        end(&visitor(&world), "passwordResetRequest", input).await;
        worthless(&world, Realm::Portal, &token(&world).await).await;
        assert_eq!(end(&visitor(&world), "passwordReset", json!({"token": good, "password": FRESH})).await, "INVALID_TOKEN");
        assert_eq!(end(&visitor(&world), "emailConfirm", json!({"token": good, "password": FRESH})).await, "INVALID_TOKEN");

        let late = invited(&world, &ada, "late@alder.example", json!({})).await;
        world.later(TimeDelta::days(7) - TimeDelta::seconds(1));
        accepted(&visitor(&world), &good).await;
        worthless(&world, Realm::Portal, &good).await;
        world.later(TimeDelta::seconds(1));
        worthless(&world, Realm::Portal, &late).await;
        let states = "SELECT id FROM client_users WHERE status = 'invited' AND email = 'late@alder.example' AND accepted_at IS NULL AND password_hash IS NULL";
        assert_eq!(count(&world, states).await, 1);
    }
}

on_both! {
    /// Of many who take one invitation at once one gets in, with their password.
    async fn of_parallel_acceptances_one_wins(world) {
        let ada = world.client("ada@alder.example").await;
        let token = invited(&world, &ada, "nia@alder.example", json!({})).await;
        let tries: Vec<_> = (0..8).map(|index| {
            let (nobody, token) = (visitor(&world), token.clone());
            let password = format!("{FRESH} {index}");
            tokio::spawn(async move {
                let input = json!({"token": token, "password": password});
                (end(&nobody, "invitationAccept", input).await, password)
            })
        }).collect();
        let mut winners = Vec::new();
        for one in tries {
            match one.await.expect("no panic") {
                (end, password) if end == "ok" => winners.push(password),
                (end, _) => assert!(["INVALID_TOKEN", "TOO_BUSY"].contains(&&*end), "{end}"),
            }
        }
        assert_eq!(winners.len(), 1);
        assert_eq!(sign_in(&visitor(&world), "glass", "nia@alder.example", &winners[0]).await, "ok");
        assert_eq!(count(&world, "SELECT s.id FROM client_sessions s JOIN client_users u ON u.id = s.user_id WHERE u.email = 'nia@alder.example'").await, 2);
        assert_eq!(count(&world, "SELECT id FROM audit WHERE kind = 'invitation.accepted'").await, 1);
    }
}

on_both! {
    /// A password that is not taken costs nothing: the token is still good.
    async fn a_weak_password_leaves_the_token_good(world) {
        let ada = world.client("ada@alder.example").await;
        let token = invited(&world, &ada, "nia@alder.example", json!({})).await;
        for (password, code) in [
            (String::new(), "PASSWORD_TOO_SHORT"),
            ("x".to_owned(), "PASSWORD_TOO_SHORT"),
            ("ü".repeat(7), "PASSWORD_TOO_SHORT"),
            ("x".repeat(257), "PASSWORD_TOO_LONG"),
            ("x".repeat(10_000), "PASSWORD_TOO_LONG"),
            ("password".to_owned(), "PASSWORD_TOO_WEAK"),
            ("12345678".to_owned(), "PASSWORD_TOO_WEAK"),
            ("iloveyou".to_owned(), "PASSWORD_TOO_WEAK"),
            ("nia novak".to_owned(), "PASSWORD_TOO_WEAK"),
            ("nia@alder.example".to_owned(), "PASSWORD_TOO_WEAK"),
        ] {
            let input = json!({"token": token, "password": password});
            let payload = act(&visitor(&world), "invitationAccept", "session { accessToken }", input).await;
            assert_eq!((&payload["errors"][0]["code"], &payload["errors"][0]["field"]), (&json!(code), &json!("password")), "{password:.20}");
            assert_eq!(payload["session"], Value::Null);
        }
        let untouched = "SELECT id FROM client_users WHERE email = 'nia@alder.example' AND status = 'invited' AND password_hash IS NULL";
        assert_eq!(count(&world, untouched).await, 1);
        accepted(&visitor(&world), &token).await;
    }
}

on_both! {
    /// Sending again voids what was sent, withdrawing voids it all.
    async fn what_is_sent_again_or_withdrawn_voids_the_old_link(world) {
        let ada = world.client("ada@alder.example").await;
        let first = invited(&world, &ada, "nia@alder.example", json!({})).await;
        let nia = user_id(&ada, "nia@alder.example").await;
        assert_eq!(end(&ada, "invitationResend", json!({"id": nia})).await, "ok");
        let second = token(&world).await;
        worthless(&world, Realm::Portal, &first).await;
        assert!(visitor(&world).done(INVITATION, json!({"token": second})).await["invitation"].is_object());

        assert_eq!(end(&ada, "userDisable", json!({"id": nia})).await, "ok");
        worthless(&world, Realm::Portal, &second).await;
        assert_eq!(end(&ada, "invitationResend", json!({"id": nia})).await, "NOT_INVITED");
        // Withdrawn before the mail is written: no mail.
        end(&ada, "userInvite", json!({"email": "nel@alder.example", "name": "Nel"})).await;
        let nel = user_id(&ada, "nel@alder.example").await;
        assert_eq!(end(&ada, "userDisable", json!({"id": nel})).await, "ok");
        silence(&world).await;

        // Enabled, somebody who never came is invited anew.
        let payload = act(&ada, "userEnable", "user { status }", json!({"id": nia})).await;
        assert_eq!(payload["user"]["status"], "INVITED");
        let third = token(&world).await;
        worthless(&world, Realm::Portal, &second).await;
        let nia = accepted(&visitor(&world), &third).await;
        let me = user_id(&ada, "nia@alder.example").await;
        assert_eq!(end(&ada, "invitationResend", json!({"id": me})).await, "NOT_INVITED");
        nia.read(WHO).await;
    }
}

on_both! {
    /// An invitation to a company, a portal or a workspace that is switched off
    /// waits: it opens nothing, and is good again afterwards.
    async fn an_invitation_waits_while_the_company_is_switched_off(world) {
        let ada = world.client("ada@alder.example").await;
        let owner = world.staff("owner@glass.example").await;
        let token = invited(&world, &ada, "nia@alder.example", json!({})).await;
        let company = |active: bool| json!({"id": id::company(world.cast.alder), "active": active});
        assert_eq!(end(&owner, "companyUpdate", company(false)).await, "ok");
        worthless(&world, Realm::Portal, &token).await;
        assert_eq!(count(&world, "SELECT id FROM client_users WHERE email = 'nia@alder.example' AND status = 'invited'").await, 1);
        assert_eq!(end(&owner, "companyUpdate", company(true)).await, "ok");
        assert_eq!(end(&owner, "workspaceUpdate", json!({"modules": ["TICKETS"]})).await, "ok");
        worthless(&world, Realm::Portal, &token).await;
        assert_eq!(end(&owner, "workspaceUpdate", json!({"modules": ["TICKETS", "PORTAL"]})).await, "ok");
        accepted(&visitor(&world), &token).await;
    }
}
