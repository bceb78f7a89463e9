//! Requests to join, where there are many, or several of one address, and who
//! opens the door that they come to (ID-5).

use end_to_end::{PASSWORD, Persona, World, id, on_both};
use serde_json::{Value, json};

use super::{
    FRESH, accepted, act, count, end, invited,
    joining::{opened, requests, waiting},
    mail, sign_in, token, visitor, write,
};

/// Asks to join; answers the token of the mail.
async fn asked(world: &World, email: &str) -> String {
    let input = json!({"workspace": "glass", "email": email, "name": "Nia Novak"});
    assert_eq!(end(&visitor(world), "joinRequestCreate", input).await, "ok");
    token(world).await
}

async fn confirm(world: &World, token: &str, password: &str) -> String {
    let input = json!({"token": token, "password": password});
    end(&visitor(world), "emailConfirm", input).await
}

/// Grants the only request there is.
async fn approved(world: &World, admin: &Persona) {
    let found = requests(admin).await;
    assert_eq!(found.len(), 1, "{found:?}");
    let input = json!({"id": found[0]["id"], "sections": ["TICKETS"]});
    assert_eq!(end(admin, "joinRequestApprove", input).await, "ok");
    world.post().await;
}

on_both! {
    /// Whoever reads the mail sets the password. Somebody else may ask with nia's
    /// address, before her, after her, or alone: nothing that they say is
    /// believed, and she is listed once.
    async fn the_password_is_that_of_whoever_reads_the_mail(world) {
        let ada = world.client("ada@alder.example").await;
        opened(&ada, &["alder.example"]).await;
        let smuggled = json!({"input": {"workspace": "glass", "email": "nia@alder.example", "name": "Nia", "password": FRESH}});
        let document = "mutation ($input: JoinRequestCreateInput!) { joinRequestCreate(input: $input) { requested } }";
        assert_eq!(visitor(&world).code(document, smuggled).await, "GRAPHQL_VALIDATION_FAILED");
        for (email, requests, followed) in [("n0@alder.example", 1, 0), ("n1@alder.example", 2, 0), ("n2@alder.example", 3, 1)] {
            let mut tokens = Vec::new();
            for _ in 0..requests {
                tokens.push(asked(&world, email).await);
            }
            for (password, code) in [("", "PASSWORD_TOO_SHORT"), ("password1", "PASSWORD_TOO_WEAK"), ("nia novak", "PASSWORD_TOO_WEAK"), (FRESH, "ok")] {
                assert_eq!(confirm(&world, &tokens[followed], password).await, code, "{password}");
            }
            world.post().await;
            // The other links are worthless: the requests were overtaken.
            for token in tokens {
                assert_eq!(confirm(&world, &token, PASSWORD).await, "INVALID_TOKEN", "{email}");
            }
            approved(&world, &ada).await;
            assert_eq!(sign_in(&visitor(&world), "glass", email, PASSWORD).await, "INVALID_CREDENTIALS");
            assert_eq!(sign_in(&visitor(&world), "glass", email, FRESH).await, "ok");
        }
    }
}

on_both! {
    /// A later request of the same mailbox takes the place of the first, also
    /// when both are confirmed at once.
    async fn the_request_confirmed_last_counts(world) {
        let ada = world.client("ada@alder.example").await;
        opened(&ada, &["alder.example"]).await;
        let email = "nia@alder.example";
        for password in [FRESH, PASSWORD] {
            let token = asked(&world, email).await;
            assert_eq!(confirm(&world, &token, password).await, "ok");
            world.post().await;
        }
        approved(&world, &ada).await;
        assert_eq!(sign_in(&visitor(&world), "glass", email, FRESH).await, "INVALID_CREDENTIALS");
        assert_eq!(sign_in(&visitor(&world), "glass", email, PASSWORD).await, "ok");

        let email = "nel@alder.example";
        let tokens = [asked(&world, email).await, asked(&world, email).await];
        let confirming = tokens.map(|token| {
            let nobody = visitor(&world);
            async move { end(&nobody, "emailConfirm", json!({"token": token, "password": FRESH})).await }
        });
        let held = format!("UPDATE join_requests SET name = name WHERE email = '{email}'");
        let mut codes = world.in_line(&[&held], confirming.into()).await;
        codes.sort();
        assert_eq!(codes, ["INVALID_TOKEN", "ok"]);
        world.post().await;
        approved(&world, &ada).await;
        assert_eq!(sign_in(&visitor(&world), "glass", email, FRESH).await, "ok");
    }
}

/// Three hundred confirmed requests at Alder, all older than any other.
async fn flood(world: &World) {
    let id = match world.kind {
        end_to_end::Kind::Postgres => "md5('J' || n)::uuid",
        end_to_end::Kind::Sqlite => "unhex(printf('%032x', 7000000 + n))",
    };
    let statement = format!(
        "INSERT INTO join_requests (id, workspace_id, company_id, email, name, locale, status, created_at, confirmed_at) \
         WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 300) \
         SELECT {id}, c.workspace_id, c.id, 'f' || n || '@alder.example', 'Flood', 'en', 'waiting', c.created_at, c.created_at \
         FROM s, companies c WHERE c.name = 'Alder'"
    );
    write(world, &statement).await;
}

on_both! {
    /// A flood at one company neither hides nor blocks what waits at another.
    async fn a_flood_at_one_company_hides_no_request_of_another(world) {
        let bea = world.client("bea@birch.example").await;
        flood(&world).await;
        opened(&bea, &["birch.example"]).await;
        waiting(&world, "nia@birch.example").await;
        assert_eq!(mail(&world).await.to, "bea@birch.example");
        let owner = world.staff("owner@glass.example").await;
        let data = owner.read("{ companies(first: 100) { nodes { name joinRequests { id email } } } }").await;
        let of = |name: &str| {
            let nodes = data["companies"]["nodes"].as_array().expect("companies");
            let company = nodes.iter().find(|company| company["name"] == name).expect("the company");
            company["joinRequests"].as_array().expect("requests").clone()
        };
        assert_eq!((of("Alder").len(), of("Birch").len()), (100, 1), "the oldest hundred of each");
        assert_eq!(of("Birch")[0]["email"], "nia@birch.example");
        let found = requests(&bea).await;
        assert_eq!((found.len(), &found[0]["email"]), (1, &json!("nia@birch.example")));
        assert_eq!(end(&bea, "joinRequestApprove", json!({"id": found[0]["id"]})).await, "ok");
        assert_eq!(sign_in(&visitor(&world), "glass", "nia@birch.example", FRESH).await, "ok");
        // What is decided makes room for what waits behind it.
        let ada = world.client("ada@alder.example").await;
        assert_eq!(end(&ada, "joinRequestDecline", json!({"id": requests(&ada).await[0]["id"]})).await, "ok");
        assert_eq!(requests(&ada).await.len(), 100);
    }
}

on_both! {
    /// An admin lists the domain of their own mailbox and no other; what staff
    /// have listed may stay. Whom they invite is not bound to it.
    async fn an_admin_lists_no_domain_of_others(world) {
        let ada = world.client("ada@alder.example").await;
        let manager = world.staff("manager@glass.example").await;
        let listed = async |domains: Value| {
            let payload = act(&ada, "companyUpdate", "company { registrationDomains }", json!({"registrationDomains": domains})).await;
            match payload["errors"][0]["code"].as_str() {
                None => payload["company"]["registrationDomains"].clone(),
                Some(code) => {
                    assert_eq!((&payload["errors"][0]["field"], &payload["company"]), (&json!("registrationDomains"), &Value::Null));
                    json!(code)
                }
            }
        };
        for foreign in [json!(["birch.example"]), json!(["alder.example", "birch.example"]), json!(["sub.alder.example"]), json!(["example.alder"]),
            json!(["notalder.example"]), json!(["@BIRCH.example"]), json!(["mail.example"])] {
            assert_eq!(listed(foreign.clone()).await, "FOREIGN_DOMAIN", "{foreign}");
        }
        assert_eq!(ada.read("{ company { registrationDomains } }").await["company"]["registrationDomains"], json!([]));
        assert_eq!(count(&world, "SELECT id FROM audit WHERE kind = 'company.changed'").await, 0);
        assert_eq!(listed(json!(["@Alder.example"])).await, json!(["alder.example"]));
        // With another change it is refused as a whole.
        let both = json!({"sharing": "COMPANY", "registrationDomains": ["birch.example"]});
        assert_eq!(end(&ada, "companyUpdate", both).await, "FOREIGN_DOMAIN");
        assert_eq!(ada.read("{ company { sharing } }").await["company"]["sharing"], "OWN");

        let more = json!({"id": id::company(world.cast.alder), "registrationDomains": ["alder.example", "alder.co.example"]});
        assert_eq!(end(&manager, "companyUpdate", more).await, "ok");
        assert_eq!(listed(json!(["alder.co.example"])).await, json!(["alder.co.example"]), "what staff listed stays");
        assert_eq!(listed(json!([])).await, json!([]));
        assert_eq!(listed(json!(["alder.co.example"])).await, "FOREIGN_DOMAIN", "and once gone is gone");

        // An invitation goes to one mailbox, whose owner takes it or does not.
        let token = invited(&world, &ada, "nia@freelance.example", json!({})).await;
        accepted(&visitor(&world), &token).await;
        ask_for_nothing(&world).await;
    }
}

/// Nobody of a domain that no company lists is mailed anything.
async fn ask_for_nothing(world: &World) {
    for email in ["x@freelance.example", "x@birch.example"] {
        super::joining::ask(&visitor(world), email).await;
    }
    super::silence(world).await;
}
