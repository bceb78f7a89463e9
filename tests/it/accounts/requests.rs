//! Requests to join, where there are many, or several of one address, and who
//! opens the door that they come to (ID-5).

use end_to_end::{PASSWORD, Persona, World, id, on_both};
use serde_json::{Value, json};

use super::{
    FRESH, accepted, act, count, end, invited,
    joining::{opened, requests, waiting},
    mail, sign_in, token, visitor, write,
};

/// Asks to join with this password; answers the token of the mail.
async fn asked(world: &World, email: &str, password: &str) -> String {
    let input =
        json!({"workspace": "glass", "email": email, "name": "Nia Novak", "password": password});
    assert_eq!(end(&visitor(world), "joinRequestCreate", input).await, "ok");
    token(world).await
}

async fn confirm(world: &World, token: &str) -> String {
    end(&visitor(world), "emailConfirm", json!({"token": token})).await
}

/// Grants the only request there is.
async fn approved(world: &World, admin: &Persona) {
    let found = requests(admin).await;
    assert_eq!(found.len(), 1, "{found:?}");
    let input = json!({"id": found[0]["id"], "sections": ["TICKETS"]});
    assert_eq!(end(admin, "joinRequestApprove", input).await, "ok");
    world.post().await;
}

/// Sets a password through a mailed link.
async fn reset(world: &World, email: &str, password: &str) -> String {
    let ask = json!({"workspace": "glass", "email": email});
    assert_eq!(
        end(&visitor(world), "passwordResetRequest", ask).await,
        "ok"
    );
    let input = json!({"token": token(world).await, "password": password});
    end(&visitor(world), "passwordReset", input).await
}

on_both! {
    /// Somebody else asks with nia's address and a password of theirs. Whichever
    /// link nia follows, no password of a request is believed: she sets one by
    /// mail.
    async fn of_several_requests_no_password_is_believed(world) {
        let ada = world.client("ada@alder.example").await;
        opened(&ada, &["alder.example"]).await;
        let (theirs, hers) = ("seven grey elephants", FRESH);
        let orders: [(&str, &[&str], usize); 4] = [
            ("n0@alder.example", &[theirs, hers], 0),
            ("n1@alder.example", &[theirs, hers], 1),
            ("n2@alder.example", &[hers, theirs], 0),
            ("n3@alder.example", &[hers, theirs, hers], 1),
        ];
        for (email, passwords, followed) in orders {
            let mut tokens = Vec::new();
            for password in passwords {
                tokens.push(asked(&world, email, password).await);
            }
            assert_eq!(confirm(&world, &tokens[followed]).await, "ok");
            world.post().await;
            // The other links are worthless: the requests were overtaken.
            for token in tokens {
                assert_eq!(confirm(&world, &token).await, "INVALID_TOKEN", "{email}");
            }
            approved(&world, &ada).await;
            for password in [theirs, hers] {
                assert_eq!(sign_in(&visitor(&world), "glass", email, password).await, "INVALID_CREDENTIALS", "{email}");
            }
            let unset = format!("SELECT id FROM client_users WHERE email = '{email}' AND status = 'active' AND password_hash IS NULL");
            assert_eq!(count(&world, &unset).await, 1);
            assert_eq!(reset(&world, email, PASSWORD).await, "ok");
            world.post().await;
            assert_eq!(sign_in(&visitor(&world), "glass", email, PASSWORD).await, "ok");
        }
        assert_eq!(count(&world, "SELECT id FROM join_requests WHERE password_hash IS NOT NULL AND status <> 'declined'").await, 0);
    }
}

on_both! {
    /// So too when the other request comes after nia's was confirmed, and when
    /// both are confirmed at once. Who asked alone keeps their password.
    async fn a_later_request_takes_the_password_of_the_first_along(world) {
        let ada = world.client("ada@alder.example").await;
        opened(&ada, &["alder.example"]).await;
        let email = "nia@alder.example";
        let first = asked(&world, email, FRESH).await;
        assert_eq!(confirm(&world, &first).await, "ok");
        world.post().await;
        let second = asked(&world, email, "seven grey elephants").await;
        assert_eq!(confirm(&world, &second).await, "ok");
        world.post().await;
        approved(&world, &ada).await;
        for password in [FRESH, "seven grey elephants"] {
            assert_eq!(sign_in(&visitor(&world), "glass", email, password).await, "INVALID_CREDENTIALS");
        }

        let email = "nel@alder.example";
        let tokens = [asked(&world, email, FRESH).await, asked(&world, email, "seven grey elephants").await];
        let confirming = tokens.map(|token| {
            let nobody = visitor(&world);
            async move { end(&nobody, "emailConfirm", json!({"token": token})).await }
        });
        let held = format!("UPDATE join_requests SET name = name WHERE email = '{email}'");
        let mut codes = world.in_line(&[&held], confirming.into()).await;
        codes.sort();
        assert_eq!(codes, ["INVALID_TOKEN", "ok"]);
        world.post().await;
        approved(&world, &ada).await;
        for password in [FRESH, "seven grey elephants"] {
            assert_eq!(sign_in(&visitor(&world), "glass", email, password).await, "INVALID_CREDENTIALS");
        }

        let alone = asked(&world, "alone@alder.example", FRESH).await;
        assert_eq!(confirm(&world, &alone).await, "ok");
        world.post().await;
        approved(&world, &ada).await;
        assert_eq!(sign_in(&visitor(&world), "glass", "alone@alder.example", FRESH).await, "ok");
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
