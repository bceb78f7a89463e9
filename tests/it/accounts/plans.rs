//! What a plan allows, and what it says when it allows no more (WS-4).

use end_to_end::{Realm, World, id, on_both};
use serde_json::{Value, json};

use super::{FRESH, act, count, end, invited, mail, silence, token, user_id, visitor, write};

async fn plan(world: &World, plan: &str) {
    let change = format!("UPDATE workspaces SET plan = '{plan}' WHERE slug = 'glass'");
    write(world, &change).await;
}

/// Client users in force or invited.
async fn people(world: &World) -> usize {
    count(
        world,
        "SELECT id FROM client_users u WHERE status IN ('active', 'invited') \
         AND workspace_id = (SELECT id FROM workspaces WHERE slug = 'glass')",
    )
    .await
}

/// Fills the workspace up to this many client users.
async fn fill(world: &World, up_to: usize) {
    let (cast, id) = match world.kind {
        end_to_end::Kind::Postgres => ("::jsonb", "md5('F' || n)::uuid"),
        end_to_end::Kind::Sqlite => ("", "unhex(printf('%032x', 5000000 + n))"),
    };
    let more = up_to - people(world).await;
    let statement = format!(
        "INSERT INTO client_users (id, workspace_id, company_id, email, name, locale, access, sections, status, created_at, accepted_at) \
         WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {more}) \
         SELECT {id}, c.workspace_id, c.id, 'f' || n || '@birch.example', 'Filler', 'en', 'member', '[]'{cast}, 'active', c.created_at, c.created_at \
         FROM s, companies c WHERE c.name = 'Birch'"
    );
    write(world, &statement).await;
    assert_eq!(people(world).await, up_to);
}

on_both! {
    /// Fifty on the smallest plan; the fifty-first is refused, by whatever way.
    async fn client_users_have_a_limit_that_names_itself(world) {
        let ada = world.client("ada@alder.example").await;
        let manager = world.staff("manager@glass.example").await;
        assert_eq!(end(&ada, "companyUpdate", json!({"registrationDomains": ["alder.example"]})).await, "ok");
        let ask = json!({"workspace": "glass", "email": "joins@alder.example", "name": "Jo"});
        assert_eq!(end(&visitor(&world), "joinRequestCreate", ask).await, "ok");
        let confirm = json!({"token": token(&world).await, "password": FRESH});
        assert_eq!(end(&visitor(&world), "emailConfirm", confirm).await, "ok");
        mail(&world).await;
        let request = ada.read("{ company { joinRequests { id } } }").await["company"]["joinRequests"][0]["id"].clone();
        assert_eq!(end(&manager, "userDisable", json!({"id": id::user(world.cast.noah)})).await, "ok");

        plan(&world, "starter").await;
        fill(&world, 49).await;
        invited(&world, &ada, "last@alder.example", json!({})).await;
        let refused = act(&ada, "userInvite", "user { id }", json!({"email": "more@alder.example", "name": "More"})).await;
        assert_eq!(refused, json!({"user": null, "errors": [{"code": "PLAN_LIMIT", "field": null, "message": "No more people can be added right now."}]}));
        let staffs = json!({"email": "more@alder.example", "name": "More", "company": id::company(world.cast.alder)});
        let refused = act(&manager, "userInvite", "user { id }", staffs).await;
        assert_eq!(refused["errors"][0]["message"], "The plan `starter` allows 50 client users.");
        assert_eq!(end(&manager, "userEnable", json!({"id": id::user(world.cast.noah)})).await, "PLAN_LIMIT");
        assert_eq!(end(&ada, "joinRequestApprove", json!({"id": request})).await, "PLAN_LIMIT");
        assert_eq!(people(&world).await, 50);
        silence(&world).await;
        // Everything else goes on, and a place that is left is a place.
        assert_eq!(end(&ada, "userUpdate", json!({"id": id::user(world.cast.mia), "sections": ["TICKETS"]})).await, "ok");
        let last = user_id(&ada, "last@alder.example").await;
        assert_eq!(end(&ada, "userDisable", json!({"id": last})).await, "ok");
        assert_eq!(end(&manager, "userEnable", json!({"id": id::user(world.cast.noah)})).await, "ok");
        assert_eq!(end(&ada, "joinRequestApprove", json!({"id": request})).await, "PLAN_LIMIT");
        plan(&world, "team").await;
        assert_eq!(end(&ada, "joinRequestApprove", json!({"id": request})).await, "ok");
        let other = world.sign_in(Realm::Portal, "other", "carl@cedar.example").await;
        assert_eq!(end(&other, "userInvite", json!({"email": "new@cedar.example", "name": "New"})).await, "ok");
    }
}

on_both! {
    /// Of many who take the last place at once one gets it.
    async fn the_last_place_is_taken_once(world) {
        plan(&world, "starter").await;
        fill(&world, 49).await;
        let ada = world.client("ada@alder.example").await;
        let tries: Vec<_> = (0..6).map(|index| {
            let ada = ada.clone();
            tokio::spawn(async move {
                let input = json!({"email": format!("n{index}@alder.example"), "name": "New"});
                end(&ada, "userInvite", input).await
            })
        }).collect();
        let mut ends = Vec::new();
        for one in tries {
            ends.push(one.await.expect("no panic"));
        }
        assert_eq!(ends.iter().filter(|end| *end == "ok").count(), 1, "{ends:?}");
        assert!(ends.iter().all(|end| end == "ok" || end == "PLAN_LIMIT"), "{ends:?}");
        assert_eq!(people(&world).await, 50);
    }
}

on_both! {
    /// The owner and five more.
    async fn the_team_has_a_limit_that_names_itself(world) {
        plan(&world, "starter").await;
        let owner = world.staff("owner@glass.example").await;
        let new = |index: usize| json!({"email": format!("n{index}@glass.example"), "name": "New", "role": "MEMBER"});
        let mut ids = Vec::new();
        for index in 0..2 {
            let payload = act(&owner, "staffInvite", "staffMember { id }", new(index)).await;
            ids.push(payload["staffMember"]["id"].clone());
            mail(&world).await;
        }
        let refused = act(&owner, "staffInvite", "staffMember { id }", new(2)).await;
        assert_eq!(refused["errors"][0]["message"], "The plan `starter` allows 6 members of the team.");
        assert_eq!((&refused["errors"][0]["code"], &refused["staffMember"]), (&json!("PLAN_LIMIT"), &Value::Null));
        assert_eq!(end(&owner, "staffUpdate", json!({"id": ids[0], "active": false})).await, "ok");
        assert_eq!(end(&owner, "staffInvite", new(2)).await, "ok");
        assert_eq!(end(&owner, "staffUpdate", json!({"id": ids[0], "active": true})).await, "PLAN_LIMIT");
        let shown = owner.read("{ workspace { plan limits { members clientUsers portalContracts } } }").await;
        assert_eq!(shown["workspace"], json!({"plan": "starter", "limits": {"members": 6, "clientUsers": 50, "portalContracts": 10}}));
        plan(&world, "business").await;
        assert_eq!(end(&owner, "staffUpdate", json!({"id": ids[0], "active": true})).await, "ok");
        let shown = owner.read("{ workspace { plan limits { members clientUsers portalContracts } } }").await;
        assert_eq!(shown["workspace"]["limits"], json!({"members": null, "clientUsers": null, "portalContracts": null}));
        // A plan is no setting of the workspace's own.
        let document = "mutation { workspaceUpdate(input: {plan: \"business\"}) { errors { code } } }";
        assert_eq!(owner.code(document, json!({})).await, "GRAPHQL_VALIDATION_FAILED");
    }
}
