//! Signing in, staying in, getting out, and being shown out.

mod bad_tokens;
mod cookies;
mod devices;
mod keys;
mod sweep;

use chrono::TimeDelta;
use end_to_end::{PASSWORD, Persona, Realm, id, on_both, persona::SIGN_IN};
use serde_json::{Value, json};

const REFRESH: &str = "mutation ($input: SessionRefreshInput!) { sessionRefresh(input: $input) { \
     session { accessToken refreshToken } errors { code field } } }";
const WHO: &str = "{ viewer { name side } }";

async fn sign_in(persona: &Persona, workspace: &str, email: &str, password: &str) -> Value {
    let input = json!({"input": {"workspace": workspace, "email": email, "password": password}});
    persona.done(SIGN_IN, input).await["signIn"].clone()
}

async fn refresh(persona: &Persona, token: &Value) -> Value {
    persona
        .done(REFRESH, json!({"input": {"refreshToken": token}}))
        .await["sessionRefresh"]
        .clone()
}

on_both! {
    /// Whatever is wrong with the credentials, the answer is one and the same.
    async fn wrong_credentials_are_one_answer(world) {
        let anonymous = world.anonymous(Realm::Portal);
        let wrong = sign_in(&anonymous, "glass", "mia@alder.example", "guess").await;
        assert_eq!(wrong["errors"][0]["code"], "INVALID_CREDENTIALS");
        assert_eq!(wrong["session"], Value::Null);
        let manager = world.staff("manager@glass.example").await;
        let disable = "mutation ($input: UserStandingInput!) { userDisable(input: $input) { user { status } errors { code } } }";
        manager.done(disable, json!({"input": {"id": id::user(world.cast.noah)}})).await;
        for (workspace, email, password) in [
            ("glass", "nobody@alder.example", PASSWORD),
            ("nowhere", "mia@alder.example", PASSWORD),
            ("other", "mia@alder.example", PASSWORD),
            ("glass", "noah@alder.example", PASSWORD),
            ("glass", "owner@glass.example", PASSWORD),
            ("glass", "mia@alder.example", ""),
            ("glass\0", "mia@alder.example\0", "\0"),
            ("glass", "mia@alder.example", &"x".repeat(10_000)),
        ] {
            assert_eq!(sign_in(&anonymous, workspace, email, password).await, wrong, "{workspace} {email}");
        }
        let right = sign_in(&anonymous, "glass", " MIA@Alder.Example ", PASSWORD).await;
        assert_eq!(right["errors"], json!([]));
    }
}

on_both! {
    /// A refresh token is good once; using it twice ends the session for everybody.
    async fn a_spent_refresh_token_ends_the_session(world) {
        let anonymous = world.anonymous(Realm::Portal);
        let first = sign_in(&anonymous, "glass", "mia@alder.example", PASSWORD).await["session"].clone();
        let second = refresh(&anonymous, &first["refreshToken"]).await["session"].clone();
        let mia = anonymous.with(&second);
        assert_eq!(mia.read(WHO).await["viewer"]["name"], "Mia");

        let reuse = refresh(&anonymous, &first["refreshToken"]).await;
        assert_eq!(reuse["errors"][0]["code"], "INVALID_REFRESH_TOKEN");
        assert_eq!(mia.code(WHO, json!({})).await, "UNAUTHENTICATED");
        assert_eq!(refresh(&anonymous, &second["refreshToken"]).await["errors"][0]["code"], "INVALID_REFRESH_TOKEN");
    }
}

on_both! {
    /// Of many uses of one refresh token at once, one wins at most.
    async fn one_refresh_wins(world) {
        let anonymous = world.anonymous(Realm::Portal);
        let token = sign_in(&anonymous, "glass", "mia@alder.example", PASSWORD).await["session"]["refreshToken"].clone();
        let uses: Vec<_> = (0..8).map(|_| {
            let (anonymous, token) = (anonymous.clone(), token.clone());
            tokio::spawn(async move { refresh(&anonymous, &token).await["session"] != Value::Null })
        }).collect();
        let mut won = 0;
        for one in uses {
            won += usize::from(one.await.expect("no panic"));
        }
        assert!(won <= 1, "{won} refreshes won");
    }
}

on_both! {
    async fn tokens_end_and_belong_to_a_realm(world) {
        let anonymous = world.anonymous(Realm::Portal);
        let session = sign_in(&anonymous, "glass", "mia@alder.example", PASSWORD).await["session"].clone();
        let mia = anonymous.with(&session);
        let staff = refresh(&anonymous.at(Realm::Staff), &session["refreshToken"]).await;
        assert_eq!(staff["errors"][0]["code"], "INVALID_REFRESH_TOKEN");
        world.later(TimeDelta::minutes(10));
        assert_eq!(mia.code(WHO, json!({})).await, "UNAUTHENTICATED");
        let next = refresh(&anonymous, &session["refreshToken"]).await["session"].clone();
        let mia = anonymous.with(&next);
        assert_eq!(mia.read(WHO).await["viewer"]["side"], "CLIENT");
        world.later(TimeDelta::days(15));
        assert_eq!(refresh(&anonymous, &next["refreshToken"]).await["errors"][0]["code"], "INVALID_REFRESH_TOKEN");
    }
}

on_both! {
    async fn signing_out_ends_the_session_at_once(world) {
        let mia = world.client("mia@alder.example").await;
        assert_eq!(mia.read("mutation { signOut { signedOut errors { code } } }").await["signOut"]["signedOut"], true);
        assert_eq!(mia.code(WHO, json!({})).await, "UNAUTHENTICATED");
        let again = mia.read("mutation { signOut { signedOut errors { code } } }").await;
        assert_eq!(again["signOut"]["errors"][0]["code"], "NOT_SIGNED_IN");
    }
}

on_both! {
    /// Disabling is in force on the next request, and can be undone.
    async fn disabling_is_in_force_on_the_next_request(world) {
        let anonymous = world.anonymous(Realm::Portal);
        let session = sign_in(&anonymous, "glass", "mia@alder.example", PASSWORD).await["session"].clone();
        let mia = anonymous.with(&session);
        mia.read(WHO).await;
        let manager = world.staff("manager@glass.example").await;
        let input = json!({"input": {"id": id::user(world.cast.mia)}});
        let change = |verb: &str| format!("mutation ($input: UserStandingInput!) {{ {verb}(input: $input) {{ user {{ status }} errors {{ code }} }} }}");
        let done = manager.done(&change("userDisable"), input.clone()).await;
        assert_eq!(done["userDisable"]["user"]["status"], "DISABLED");
        assert_eq!(mia.code(WHO, json!({})).await, "UNAUTHENTICATED");
        let again = manager.done(&change("userDisable"), input.clone()).await;
        assert_eq!(again["userDisable"]["errors"][0]["code"], "UNCHANGED");
        manager.done(&change("userEnable"), input).await;
        // Enabled again, but what was open stays closed.
        assert_eq!(mia.code(WHO, json!({})).await, "UNAUTHENTICATED");
        let stale = refresh(&world.anonymous(Realm::Portal), &session["refreshToken"]).await;
        assert_eq!(stale["errors"][0]["code"], "INVALID_REFRESH_TOKEN");
        let mia = world.client("mia@alder.example").await;
        assert_eq!(mia.read(WHO).await["viewer"]["name"], "Mia");
    }
}

on_both! {
    /// Nobody learns more than the public face of a workspace.
    async fn anonymous_reaches_branding_and_sign_in(world) {
        let anonymous = world.anonymous(Realm::Portal);
        let data = anonymous.read("{ branding(workspace: \"glass\") { workspace name locale } }").await;
        assert_eq!(data["branding"], json!({"workspace": "glass", "name": "GLASS", "locale": "en"}));
        for nowhere in ["nowhere", "", "a\\u0000"] {
            let data = anonymous.read(&format!("{{ branding(workspace: \"{nowhere}\") {{ name }} }}")).await;
            assert_eq!(data["branding"], Value::Null);
        }
    }
}
