//! Asking to join a company by oneself (ID-5): where its admins allow it, with
//! a confirmed address, and with their approval.

use chrono::TimeDelta;
use end_to_end::{PASSWORD, Persona, Realm, World, id, letterbox, on_both};
use serde_json::{Value, json};

use super::{
    FRESH, accepted, act, count, end, invited, links_to, mail, sign_in, silence, trail, visitor,
    write,
};

fn wish(email: &str) -> Value {
    json!({"workspace": "glass", "email": email, "name": "Nia Novak", "locale": "de"})
}

pub(super) async fn ask(persona: &Persona, email: &str) -> Value {
    act(persona, "joinRequestCreate", "requested", wish(email)).await
}

/// Lets mailboxes of these domains ask to join the company of an admin.
pub(super) async fn opened(admin: &Persona, domains: &[&str]) {
    let input = json!({"registrationDomains": domains});
    assert_eq!(end(admin, "companyUpdate", input).await, "ok");
}

/// Asks and confirms; whoever decides has been told.
pub(super) async fn waiting(world: &World, email: &str) {
    ask(&visitor(world), email).await;
    let token = letterbox::token(&mail(world).await);
    assert_eq!(
        end(
            &visitor(world),
            "emailConfirm",
            json!({"token": token, "password": FRESH})
        )
        .await,
        "ok"
    );
}

/// The requests that an admin sees.
pub(super) async fn requests(admin: &Persona) -> Vec<Value> {
    let data = admin
        .read("{ company { joinRequests { id email name } } }")
        .await;
    data["company"]["joinRequests"]
        .as_array()
        .expect("requests")
        .clone()
}

on_both! {
    /// Asked, confirmed, approved: a member with the sections that were opened.
    async fn a_colleague_joins_by_themselves(world) {
        let ada = world.client("ada@alder.example").await;
        opened(&ada, &["alder.example"]).await;
        let nobody = visitor(&world).saying("host", "evil.example");
        assert_eq!(ask(&nobody, "Nia@Alder.example").await, json!({"requested": true, "errors": []}));
        assert_eq!(requests(&ada).await, Vec::<Value>::new(), "nobody sees an address that is not confirmed");
        let letter = mail(&world).await;
        assert!(letter.to == "nia@alder.example" && letter.text.contains("Guten Tag,") && !letter.text.contains("Nia"), "{}", letter.text);
        links_to(&letter, "/glass/confirm");
        assert!(!letter.text.contains("Alder"), "who takes the domain is not said before the address is confirmed");
        let token = letterbox::token(&letter);
        let query = "query ($token: String!) { confirmation(token: $token) { email name workspaceName } }";
        assert_eq!(nobody.done(query, json!({"token": token})).await["confirmation"],
            json!({"email": "nia@alder.example", "name": "Nia Novak", "workspaceName": "GLASS"}));
        assert_eq!(end(&nobody.at(Realm::Staff), "emailConfirm", json!({"token": token, "password": FRESH})).await, "INVALID_TOKEN");
        let payload = act(&nobody, "emailConfirm", "confirmed session { accessToken }", json!({"token": token, "password": FRESH})).await;
        assert_eq!(payload, json!({"confirmed": true, "session": null, "errors": []}), "nobody is signed in before somebody agrees");
        assert_eq!(end(&nobody, "emailConfirm", json!({"token": token, "password": FRESH})).await, "INVALID_TOKEN");
        assert_eq!(sign_in(&nobody, "glass", "nia@alder.example", FRESH).await, "INVALID_CREDENTIALS");

        let to_ada = mail(&world).await;
        assert!(to_ada.to == "ada@alder.example" && to_ada.text.contains("Nia Novak (nia@alder.example)"), "{}", to_ada.text);
        assert!(to_ada.text.contains("https://vitrine.example/glass/team"), "{}", to_ada.text);
        let found = requests(&ada).await;
        assert_eq!((found.len(), &found[0]["email"]), (1, &json!("nia@alder.example")));
        assert_eq!(requests(&world.client("mia@alder.example").await).await, Vec::<Value>::new());
        assert_eq!(requests(&world.client("bea@birch.example").await).await, Vec::<Value>::new());
        let approve = json!({"id": found[0]["id"], "sections": ["TICKETS"]});
        for email in ["mia@alder.example", "bea@birch.example"] {
            let code = end(&world.client(email).await, "joinRequestApprove", approve.clone()).await;
            assert_eq!(code, if email.starts_with("mia") { "FORBIDDEN" } else { "NOT_FOUND" });
        }
        let payload = act(&ada, "joinRequestApprove", "user { email access sections status }", approve.clone()).await;
        assert_eq!(payload["user"], json!({"email": "nia@alder.example", "access": "MEMBER", "sections": ["TICKETS"], "status": "ACTIVE"}));
        for field in ["joinRequestApprove", "joinRequestDecline"] {
            assert_eq!(end(&ada, field, json!({"id": found[0]["id"]})).await, "ALREADY_DECIDED");
        }
        let welcome = mail(&world).await;
        assert!(welcome.to == "nia@alder.example" && welcome.text.contains("Alder"), "{}", welcome.text);
        assert_eq!(sign_in(&nobody, "glass", "nia@alder.example", FRESH).await, "ok");
        assert!(trail(&world).await.contains("joinRequest.approved"));
        assert_eq!(count(&world, "SELECT id FROM join_requests WHERE password_hash IS NOT NULL").await, 0);
    }
}

on_both! {
    /// The answer and the work are the same, whether a company takes the domain,
    /// none does, or the address has an account.
    async fn asking_tells_nothing(world) {
        let ada = world.client("ada@alder.example").await;
        assert_eq!(ada.read("{ company { registrationDomains } }").await["company"]["registrationDomains"], json!([]), "off by default");
        let nobody = visitor(&world);
        let (usual, told) = world.statements(ask(&nobody, "nia@alder.example")).await;
        silence(&world).await;
        opened(&ada, &["alder.example"]).await;
        for email in ["new@alder.example", "mia@alder.example", "new@sub.alder.example", "new@notalder.example", "new@birch.example", "new@example.alder"] {
            let (cost, answer) = world.statements(ask(&nobody, email)).await;
            assert_eq!((cost, &answer), (usual, &told), "{email}");
        }
        let mut mails = world.post().await;
        mails.sort_by(|a, b| a.to.cmp(&b.to));
        let to: Vec<&str> = mails.iter().map(|mail| &*mail.to).collect();
        assert_eq!(to, ["mia@alder.example", "new@alder.example"]);
        // Only who reads that mail learns of the account.
        let code = end(&nobody, "emailConfirm", json!({"token": letterbox::token(&mails[0]), "password": FRESH})).await;
        assert_eq!(code, "ALREADY_REGISTERED");
        for (name, value) in [("workspace", json!("nowhere")), ("workspace", json!("glass\0")), ("workspace", json!("other")), ("company", json!("nonsense")), ("company", json!(id::company(world.cast.birch)))] {
            let mut input = wish("more@alder.example");
            input["email"] = format!("{}@alder.example", name.len() + value.to_string().len()).into();
            input[name] = value.clone();
            assert_eq!(act(&nobody, "joinRequestCreate", "requested", input).await, told, "{value}");
        }
        silence(&world).await;
        for (name, value, code) in [("email", "nia", "INVALID_EMAIL"), ("name", "\0", "INVALID_NAME")] {
            let mut input = wish("weak@alder.example");
            input[name] = value.into();
            assert_eq!(end(&nobody, "joinRequestCreate", input).await, code);
        }
        assert_eq!(end(&nobody.at(Realm::Staff), "joinRequestCreate", wish("x@alder.example")).await, "FORBIDDEN");
    }
}

on_both! {
    /// A confirmation is good for a day; a company that is switched off takes nobody.
    async fn a_confirmation_has_its_time_and_company(world) {
        let ada = world.client("ada@alder.example").await;
        let owner = world.staff("owner@glass.example").await;
        opened(&ada, &["alder.example"]).await;
        ask(&visitor(&world), "late@alder.example").await;
        let late = letterbox::token(&mail(&world).await);
        world.later(TimeDelta::hours(24));
        assert_eq!(end(&visitor(&world), "emailConfirm", json!({"token": late, "password": FRESH})).await, "INVALID_TOKEN");
        let owner = { drop(owner); world.staff("owner@glass.example").await };
        ask(&visitor(&world), "nia@alder.example").await;
        let token = letterbox::token(&mail(&world).await);
        ask(&visitor(&world), "nel@alder.example").await;
        let company = |active: bool| json!({"id": id::company(world.cast.alder), "active": active});
        assert_eq!(end(&owner, "companyUpdate", company(false)).await, "ok");
        silence(&world).await;
        assert_eq!(end(&visitor(&world), "emailConfirm", json!({"token": token, "password": FRESH})).await, "INVALID_TOKEN");
        assert_eq!(ask(&visitor(&world), "new@alder.example").await["requested"], true);
        silence(&world).await;
        assert_eq!(count(&world, "SELECT id FROM join_requests WHERE status = 'unconfirmed'").await, 4);
        assert_eq!(end(&owner, "companyUpdate", company(true)).await, "ok");
        assert_eq!(end(&visitor(&world), "emailConfirm", json!({"token": token, "password": FRESH})).await, "ok");
    }
}

on_both! {
    /// When several companies take a domain, the asker says which.
    async fn an_ambiguous_domain_needs_a_company(world) {
        let manager = world.staff("manager@glass.example").await;
        for company in [world.cast.alder, world.cast.birch] {
            let input = json!({"id": id::company(company), "registrationDomains": ["shared.example"]});
            assert_eq!(end(&manager, "companyUpdate", input).await, "ok");
        }
        assert_eq!(ask(&visitor(&world), "nia@shared.example").await["requested"], true);
        silence(&world).await;
        let mut input = wish("nia@shared.example");
        input["company"] = json!(id::company(world.cast.birch));
        assert_eq!(end(&visitor(&world), "joinRequestCreate", input).await, "ok");
        let token = letterbox::token(&mail(&world).await);
        assert_eq!(end(&visitor(&world), "emailConfirm", json!({"token": token, "password": FRESH})).await, "ok");
        assert_eq!(mail(&world).await.to, "bea@birch.example");
        assert_eq!(requests(&world.client("ada@alder.example").await).await.len(), 0);
        assert_eq!(requests(&world.client("bea@birch.example").await).await.len(), 1);
    }
}

on_both! {
    /// Declined, nobody is told; asked twice, listed once; staff may decide too.
    async fn requests_are_declined_and_replaced(world) {
        let ada = world.client("ada@alder.example").await;
        opened(&ada, &["alder.example"]).await;
        waiting(&world, "nia@alder.example").await;
        world.post().await;
        let first = requests(&ada).await[0]["id"].clone();
        waiting_again(&world).await;
        let list = requests(&ada).await;
        assert_eq!(list.len(), 1);
        assert_ne!(list[0]["id"], first);
        assert_eq!(end(&ada, "joinRequestApprove", json!({"id": first})).await, "ALREADY_DECIDED");
        let payload = act(&ada, "joinRequestDecline", "declined", json!({"id": list[0]["id"]})).await;
        assert_eq!(payload["declined"], true);
        silence(&world).await;
        assert_eq!(sign_in(&visitor(&world), "glass", "nia@alder.example", FRESH).await, "INVALID_CREDENTIALS");
        assert_eq!(requests(&ada).await.len(), 0);

        // Invited in the meantime: the invitation gives way.
        world.later(TimeDelta::hours(1));
        let ada = world.client("ada@alder.example").await;
        let token = invited(&world, &ada, "nia@alder.example", json!({})).await;
        waiting(&world, "nia@alder.example").await;
        world.post().await;
        let manager = world.staff("manager@glass.example").await;
        let id = requests(&ada).await[0]["id"].clone();
        assert_eq!(end(&world.staff("member@glass.example").await, "joinRequestApprove", json!({"id": id})).await, "FORBIDDEN");
        assert_eq!(end(&manager, "joinRequestApprove", json!({"id": id})).await, "ok");
        assert_eq!(end(&visitor(&world), "invitationAccept", json!({"token": token, "password": PASSWORD})).await, "INVALID_TOKEN");
        assert_eq!(count(&world, "SELECT id FROM client_users WHERE email = 'nia@alder.example'").await, 1);
        assert_eq!(sign_in(&visitor(&world), "glass", "nia@alder.example", FRESH).await, "ok");
    }
}

/// The same person once more.
async fn waiting_again(world: &World) {
    waiting(world, "nia@alder.example").await;
    world.post().await;
}

on_both! {
    /// Of two who decide at once one does.
    async fn of_two_who_decide_one_does(world) {
        write(&world, "UPDATE client_users SET access = 'admin' WHERE email = 'mia@alder.example'").await;
        let (ada, mia) = (world.client("ada@alder.example").await, world.client("mia@alder.example").await);
        opened(&ada, &["alder.example"]).await;
        for round in 0..6 {
            let email = format!("n{round}@alder.example");
            waiting(&world, &email).await;
            assert_eq!(world.post().await.len(), 2, "both admins are told");
            let id = requests(&ada).await[0]["id"].clone();
            let decide = |by: &Persona, field: &'static str| {
                let (by, input) = (by.clone(), json!({"id": id}));
                tokio::spawn(async move { end(&by, field, input).await })
            };
            let other = if round % 2 == 0 { "joinRequestApprove" } else { "joinRequestDecline" };
            let (one, two) = (decide(&ada, "joinRequestApprove"), decide(&mia, other));
            let mut ends = [one.await.expect("no panic"), two.await.expect("no panic")];
            ends.sort();
            assert_eq!(ends, ["ALREADY_DECIDED", "ok"], "{round}");
            let there = count(&world, &format!("SELECT id FROM client_users WHERE email = '{email}'")).await;
            let approved = count(&world, &format!("SELECT id FROM join_requests WHERE email = '{email}' AND status = 'approved'")).await;
            assert_eq!(there, approved);
            world.post().await;
        }
    }
}

on_both! {
    /// An account that came about otherwise overtakes a request.
    async fn a_request_can_be_overtaken(world) {
        let ada = world.client("ada@alder.example").await;
        opened(&ada, &["alder.example"]).await;
        waiting(&world, "nia@alder.example").await;
        world.post().await;
        let bea = world.client("bea@birch.example").await;
        let token = invited(&world, &bea, "nia@alder.example", json!({})).await;
        accepted(&visitor(&world), &token).await;
        let id = requests(&ada).await[0]["id"].clone();
        assert_eq!(end(&ada, "joinRequestApprove", json!({"id": id})).await, "OVERTAKEN");
        assert_eq!(end(&ada, "joinRequestDecline", json!({"id": id})).await, "ok");
        assert_eq!(count(&world, "SELECT id FROM client_users WHERE email = 'nia@alder.example'").await, 1);
    }
}
