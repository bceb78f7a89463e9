//! Where people are signed in, and ending that from elsewhere.

use chrono::TimeDelta;
use end_to_end::{
    PASSWORD, Persona, Realm, World,
    events::{Event, Events},
    on_both,
    persona::SIGN_IN,
    socket::Socket,
};
use serde_json::{Value, json};

use super::{WHO, refresh, sign_in};

const SESSIONS: &str = "{ sessions { id createdAt lastUsedAt expiresAt agent network current } }";
const REVOKE: &str = "mutation ($input: SessionRevokeInput!) { sessionRevoke(input: $input) { revoked errors { code field } } }";
const EVERYWHERE: &str = "mutation { signOutEverywhere { signedOut errors { code } } }";

async fn sessions(persona: &Persona) -> Vec<Value> {
    let data = persona.read(SESSIONS).await;
    data["sessions"].as_array().expect("a list").clone()
}

/// The id of the session that asks.
async fn own_id(persona: &Persona) -> Value {
    let all = sessions(persona).await;
    let current = all.iter().find(|session| session["current"] == true);
    current.expect("one is current")["id"].clone()
}

async fn revoke(persona: &Persona, id: &Value) -> Value {
    persona.ask(REVOKE, json!({"input": {"id": id}})).await
}

/// Signs somebody in with the whole pair of tokens.
async fn pair(world: &World, realm: Realm, email: &str) -> (Persona, Value) {
    let anonymous = world.anonymous(realm);
    let session = sign_in(&anonymous, "glass", email, PASSWORD).await["session"].clone();
    (anonymous.with(&session), session["refreshToken"].clone())
}

on_both! {
    /// Each with its program, its network and its times; newest first.
    async fn each_sign_in_is_a_device(world) {
        let anonymous = world.anonymous(Realm::Portal);
        let phone = anonymous.from_address("192.0.2.77").saying("user-agent", "Phone/1");
        let session = sign_in(&phone, "glass", "mia@alder.example", PASSWORD).await["session"].clone();
        world.later(TimeDelta::minutes(5));
        let laptop = anonymous.from_address("2001:db8:1:2::3").saying("user-agent", "\tLaptop/2\u{e9}");
        let other = sign_in(&laptop, "glass", "mia@alder.example", PASSWORD).await["session"].clone();
        let mia = anonymous.with(&other);
        let all = sessions(&mia).await;
        let told: Vec<_> = all.iter().map(|session| json!([session["agent"], session["network"], session["current"], session["lastUsedAt"] == session["createdAt"]])).collect();
        assert_eq!(told[1], json!(["Phone/1", "192.0.2.0/24", false, true]));
        assert_eq!(told[0][1], "2001:db8:1::/48");
        assert_eq!((&told[0][2], all.len()), (&json!(true), 2));
        assert_eq!(all[1]["createdAt"], "2027-01-15T08:00:00+00:00");
        assert_eq!(all[1]["expiresAt"], "2027-01-29T08:00:00+00:00");

        // A refresh is a use, and puts the end off, but not for ever.
        let refreshed = refresh(&anonymous, &session["refreshToken"]).await["session"].clone();
        let all = sessions(&mia).await;
        assert_eq!(all[1]["lastUsedAt"], "2027-01-15T08:05:00+00:00");
        assert_eq!(all[1]["expiresAt"], "2027-01-29T08:05:00+00:00");
        let mut token = refreshed["refreshToken"].clone();
        for _ in 0..2 {
            world.later(TimeDelta::days(13));
            token = refresh(&anonymous, &token).await["session"]["refreshToken"].clone();
        }
        let back = world.client("mia@alder.example").await;
        let all = sessions(&back).await;
        // The laptop has lain idle for too long.
        assert_eq!(all.len(), 2);
        assert_eq!(all[1]["expiresAt"], "2027-02-14T08:00:00+00:00");
        world.later(TimeDelta::days(5));
        assert_eq!(refresh(&anonymous, &token).await["errors"][0]["code"], "INVALID_REFRESH_TOKEN");
    }
}

on_both! {
    /// The address comes with the connection; what is forwarded counts for a
    /// proxy that is named, and for nobody else.
    async fn a_forwarded_address_counts_from_a_named_proxy_alone(world) {
        let anonymous = world.anonymous(Realm::Portal);
        let forwarded = anonymous.saying("x-forwarded-for", "198.51.100.9, 198.51.100.7");
        let mut networks = Vec::new();
        for caller in [forwarded.from_address("192.0.2.1"), forwarded.from_address("10.1.2.3"), forwarded.clone()] {
            let session = sign_in(&caller, "glass", "mia@alder.example", PASSWORD).await["session"].clone();
            let all = sessions(&caller.with(&session)).await;
            let own = all.iter().find(|session| session["current"] == true).expect("one is current");
            networks.push(own["network"].clone());
        }
        assert_eq!(networks, [json!("192.0.2.0/24"), json!("198.51.100.0/24"), Value::Null]);
    }
}

on_both! {
    /// Over a real connection, sockets included.
    async fn a_connection_tells_its_address(world) {
        let address = world.serve().await;
        let nobody = world.anonymous(Realm::Portal);
        let mut socket = Socket::of(&address, &nobody).await;
        let input = json!({"input": {"workspace": "glass", "email": "mia@alder.example", "password": PASSWORD}});
        socket.ask_with("1", SIGN_IN, input).await;
        let session = socket.next("1").await["signIn"]["session"].clone();
        let all = sessions(&nobody.with(&session)).await;
        assert_eq!(all[0]["network"], "127.0.0.0/24");
    }
}

on_both! {
    /// In force on the next request, and at once for live streams.
    async fn a_revoked_session_is_over(world) {
        let (here, _) = pair(&world, Realm::Portal, "mia@alder.example").await;
        let (there, token) = pair(&world, Realm::Portal, "mia@alder.example").await;
        let id = own_id(&there).await;
        let mut events = Events::of(&there, "subscription { ticketChanged { id } }").await;
        assert_eq!(revoke(&here, &id).await["data"]["sessionRevoke"]["revoked"], true);
        assert_eq!(there.code(WHO, json!({})).await, "UNAUTHENTICATED");
        assert_eq!(events.hear().await, Event::Gone);
        let stale = refresh(&world.anonymous(Realm::Portal), &token).await;
        assert_eq!(stale["errors"][0]["code"], "INVALID_REFRESH_TOKEN");
        assert_eq!(sessions(&here).await.len(), 1);
        let again = revoke(&here, &id).await;
        assert_eq!(again["data"]["sessionRevoke"], json!({"revoked": null, "errors": [{"code": "ALREADY_ENDED", "field": "id"}]}));
        assert_eq!(here.code("query ($id: ID!) { node(id: $id) { id } }", json!({"id": id})).await, "NOT_FOUND");
    }
}

on_both! {
    /// Own sessions; those of the company's people for its admins; those of all
    /// client users for staff with the permission. Everything else is not there.
    async fn who_may_end_whose_session(world) {
        let carl = world.sign_in(Realm::Portal, "other", "carl@cedar.example").await;
        let stranger = world.sign_in(Realm::Staff, "other", "owner@other.example").await;
        let ada = world.client("ada@alder.example").await;
        let noah = world.client("noah@alder.example").await;
        let bea = world.client("bea@birch.example").await;
        let owner = world.staff("owner@glass.example").await;
        let manager = world.staff("manager@glass.example").await;
        let member = world.staff("member@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        let (mias, managers) = (own_id(&mia).await, own_id(&manager).await);
        for (name, other) in [("noah", &noah), ("bea", &bea), ("carl", &carl), ("stranger", &stranger), ("member", &member)] {
            for id in [&mias, &managers] {
                let refused = revoke(other, id).await;
                assert_eq!(refused["errors"][0]["extensions"]["code"], "NOT_FOUND", "{name}: {refused}");
                let node = other.code("query ($id: ID!) { node(id: $id) { id } }", json!({"id": id})).await;
                assert_eq!(node, "NOT_FOUND", "{name}");
            }
        }
        for (name, other) in [("ada", &ada), ("owner", &owner), ("mia", &mia)] {
            let refused = revoke(other, &managers).await;
            assert_eq!(refused["errors"][0]["extensions"]["code"], "NOT_FOUND", "{name}: {refused}");
        }
        mia.read(WHO).await;
        manager.read(WHO).await;
        for who in [&ada, &owner, &mia] {
            let victim = world.client("mia@alder.example").await;
            let id = own_id(&victim).await;
            assert_eq!(revoke(who, &id).await["data"]["sessionRevoke"]["revoked"], true);
            assert_eq!(victim.code(WHO, json!({})).await, "UNAUTHENTICATED");
        }
        assert_eq!(revoke(&manager, &managers).await["data"]["sessionRevoke"]["revoked"], true);
        assert_eq!(manager.code(WHO, json!({})).await, "UNAUTHENTICATED");
    }
}

on_both! {
    /// Everything of the user ends, streams included, and nothing of others.
    async fn signing_out_everywhere_leaves_nothing(world) {
        for (realm, email, other) in [
            (Realm::Portal, "mia@alder.example", "noah@alder.example"),
            (Realm::Staff, "manager@glass.example", "member@glass.example"),
        ] {
            let bystander = world.sign_in(realm, "glass", other).await;
            let (here, token) = pair(&world, realm, email).await;
            let (there, _) = pair(&world, realm, email).await;
            for persona in [&here, &there, &bystander] {
                persona.read(WHO).await;
            }
            let mut events = Events::of(&there, "subscription { ticketChanged { id } }").await;
            assert_eq!(here.read(EVERYWHERE).await["signOutEverywhere"]["signedOut"], true);
            for persona in [&here, &there] {
                assert_eq!(persona.code(WHO, json!({})).await, "UNAUTHENTICATED");
            }
            assert_eq!(events.hear().await, Event::Gone);
            let stale = refresh(&world.anonymous(realm), &token).await;
            assert_eq!(stale["errors"][0]["code"], "INVALID_REFRESH_TOKEN");
            bystander.read(WHO).await;
            let nobody = here.read(EVERYWHERE).await;
            assert_eq!(nobody["signOutEverywhere"]["errors"][0]["code"], "NOT_SIGNED_IN");
            let back = world.sign_in(realm, "glass", email).await;
            assert_eq!(sessions(&back).await.len(), 1);
        }
    }
}

on_both! {
    /// Whoever's access token has ended can still sign out.
    async fn a_refresh_token_signs_out(world) {
        const SIGN_OUT: &str = "mutation ($input: SignOutInput) { signOut(input: $input) { signedOut errors { code } } }";
        let anonymous = world.anonymous(Realm::Portal);
        let (mia, token) = pair(&world, Realm::Portal, "mia@alder.example").await;
        let input = json!({"input": {"refreshToken": token}});
        // The other realm knows nothing of it.
        let staff = world.anonymous(Realm::Staff).done(SIGN_OUT, input.clone()).await;
        assert_eq!(staff["signOut"]["errors"][0]["code"], "NOT_SIGNED_IN");
        mia.read(WHO).await;
        assert_eq!(anonymous.done(SIGN_OUT, input).await["signOut"]["signedOut"], true);
        assert_eq!(mia.code(WHO, json!({})).await, "UNAUTHENTICATED");
        assert_eq!(refresh(&anonymous, &token).await["errors"][0]["code"], "INVALID_REFRESH_TOKEN");
        for input in [json!({}), json!({"input": {}}), json!({"input": {"refreshToken": "x"}})] {
            let nobody = anonymous.done(SIGN_OUT, input).await;
            assert_eq!(nobody["signOut"]["errors"][0]["code"], "NOT_SIGNED_IN");
        }
    }
}

/// Name, last sign-in and number of sessions of the requesters of all tickets.
async fn review(persona: &Persona) -> Value {
    let data = persona
        .read("{ tickets(first: 20) { nodes { requester { name lastSignInAt sessions { current agent } } } } }")
        .await;
    let nodes = data["tickets"]["nodes"].as_array().expect("a list").clone();
    nodes
        .iter()
        .map(|node| {
            let user = &node["requester"];
            let name = user["name"].as_str().expect("a name").to_owned();
            let count = user["sessions"].as_array().map(Vec::len);
            (name, json!([user["lastSignInAt"], count]))
        })
        .collect::<serde_json::Map<_, _>>()
        .into()
}

on_both! {
    /// Oneself, the company's admins, and staff with the permission; colleagues
    /// see each other's names and no more.
    async fn access_is_reviewed_by_those_who_may(world) {
        let ada = world.client("ada@alder.example").await;
        let bea = world.client("bea@birch.example").await;
        let ben = world.client("ben@birch.example").await;
        world.client("mia@alder.example").await;
        let mia = world.client("mia@alder.example").await;
        let now = "2027-01-15T08:00:00+00:00";
        assert_eq!(review(&ada).await, json!({"Mia": [now, 2], "Noah": [null, 0]}));
        assert_eq!(review(&mia).await, json!({"Mia": [now, 2]}));
        assert_eq!(review(&bea).await, json!({"Bea": [now, 1]}));
        assert_eq!(review(&ben).await, json!({"Bea": [null, null]}));
        let manager = world.staff("manager@glass.example").await;
        let all = json!({"Mia": [now, 2], "Noah": [null, 0], "Bea": [now, 1],
            "Dan": [null, 0], "Ella": [null, 0], "Emil": [null, 0], "Erik": [null, 0]});
        assert_eq!(review(&manager).await, all);
        let member = world.staff("member@glass.example").await;
        assert_eq!(review(&member).await, json!({"Mia": [null, null]}));
    }
}

on_both! {
    /// However many people stand in a list, their sessions cost one statement.
    async fn a_review_of_many_costs_one_statement_more(world) {
        let ada = world.client("ada@alder.example").await;
        let cost = async |selection: &str| {
            let query = format!("{{ tickets(first: 20) {{ nodes {{ requester {{ name {selection} }} }} }} }}");
            world.cost(&ada, &query, json!({})).await
        };
        let names = cost("").await;
        assert_eq!(cost("lastSignInAt sessions { agent }").await, names + 1);
    }
}
