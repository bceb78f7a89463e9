//! Sessions of browsers: a cookie that no script can read, good for pages of
//! our own alone.

use chrono::TimeDelta;
use end_to_end::{
    PASSWORD, Persona, Realm, World,
    events::{Event, Events},
    on_both,
    persona::{SIGN_IN, text},
    socket::{Heard, PROTOCOL, Socket},
};
use http::{Request, StatusCode, header};
use serde_json::{Value, json};

use super::{WHO, sign_in};
use crate::http::{Answer, body, empty, get, plain_get, post, send};

const PORTAL: &str = "__Host-vitrine-portal";
const CHANGED: &str = "subscription { ticketChanged { id } }";

/// Signs in as a browser does; answers the session's JSON and `Set-Cookie`.
async fn browse(world: &World, realm: Realm, email: &str) -> (Value, String) {
    let variables = json!({"input": {"workspace": "glass", "email": email, "password": PASSWORD}});
    let request = post(realm).header("x-vitrine-session", "cookie");
    let envelope = json!({"query": SIGN_IN, "variables": variables});
    let answer = send(&world.router, body(request, envelope.to_string())).await;
    let session = answer.json()["data"]["signIn"]["session"].clone();
    (session, answer.header("set-cookie").to_owned())
}

/// The pair of name and value.
fn pair(set_cookie: &str) -> String {
    let (pair, _) = set_cookie.split_once(';').expect("attributes");
    pair.to_owned()
}

async fn mia(world: &World) -> Persona {
    let (_, cookie) = browse(world, Realm::Portal, "mia@alder.example").await;
    world.anonymous(Realm::Portal).holding(&pair(&cookie))
}

/// A query with these headers.
async fn ask(world: &World, headers: &[(&str, &str)]) -> Answer {
    let mut request = post(Realm::Portal);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let envelope = json!({"query": WHO}).to_string();
    send(&world.router, body(request, envelope)).await
}

on_both! {
    /// No token is told, and the cookie is all there is.
    async fn a_browser_holds_a_cookie_and_no_token(world) {
        for (realm, email, name) in [(Realm::Portal, "mia@alder.example", PORTAL), (Realm::Staff, "manager@glass.example", "__Host-vitrine-staff")] {
            let (session, cookie) = browse(&world, realm, email).await;
            assert_eq!(session, json!({"accessToken": null, "refreshToken": null, "expiresAt": "2027-02-14T08:00:00+00:00"}));
            let secret = cookie.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')).expect("the cookie of the realm");
            let (secret, attributes) = secret.split_once("; ").expect("attributes");
            assert_eq!(secret.len(), 43);
            assert_eq!(attributes, "Path=/; Max-Age=2592000; HttpOnly; Secure; SameSite=Strict");
            let browser = world.anonymous(realm).holding(&pair(&cookie));
            browser.read(WHO).await;
            assert_eq!(browser.read("{ sessions { current } }").await["sessions"], json!([{"current": true}]));
            let other = if realm == Realm::Portal { Realm::Staff } else { Realm::Portal };
            assert_eq!(browser.at(other).code(WHO, json!({})).await, "UNAUTHENTICATED");
            let renamed = world.anonymous(other).holding(&pair(&cookie).replace("portal", "STAFF").replace("staff", "portal").replace("STAFF", "staff"));
            assert_eq!(renamed.code(WHO, json!({})).await, "UNAUTHENTICATED");
        }
        // Whoever fails to sign in, or wants tokens, gets no cookie.
        let (session, cookie) = browse(&world, Realm::Portal, "nobody@alder.example").await;
        assert_eq!((session, cookie.as_str()), (Value::Null, ""));
        let tokens = sign_in(&world.anonymous(Realm::Portal), "glass", "mia@alder.example", PASSWORD).await;
        assert!(tokens["session"]["accessToken"].is_string());
    }
}

on_both! {
    /// Pages of other sites can make a browser send its cookie, but not the header.
    async fn a_cookie_needs_the_header(world) {
        let (_, cookie) = browse(&world, Realm::Portal, "mia@alder.example").await;
        let cookie = pair(&cookie);
        let refused = ask(&world, &[("cookie", &cookie)]).await;
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::FORBIDDEN, "BAD_REQUEST"));
        assert!(refused.text.contains("X-Vitrine-Request"), "{}", refused.text);
        let query = [("query", WHO)];
        let by_get = send(&world.router, empty(plain_get(Realm::Portal, &query).header("cookie", &cookie))).await;
        assert_eq!((by_get.status, by_get.code().as_str()), (StatusCode::FORBIDDEN, "BAD_REQUEST"));
        let by_get = get(Realm::Portal, &query).header("cookie", &cookie).header("x-vitrine-request", "1");
        assert_eq!(send(&world.router, empty(by_get)).await.code(), "none");
        assert_eq!(ask(&world, &[("cookie", &cookie), ("x-vitrine-request", "")]).await.code(), "none");
        // Other pages may ask us first whether they may send it: they may not.
        for (origin, header) in [("https://portal.example", "x-vitrine-session"), ("https://evil.example", "x-vitrine-request")] {
            let preflight = Request::options("/graphql")
                .header(header::ORIGIN, origin)
                .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
                .header(header::ACCESS_CONTROL_REQUEST_HEADERS, header);
            let answer = send(&world.router, empty(preflight)).await;
            let origins = answer.header("access-control-allow-origin");
            let headers = answer.header("access-control-allow-headers");
            assert!(origins != origin || !headers.contains(header), "{origin} {header}");
            assert_eq!(answer.header("access-control-allow-credentials"), "");
        }
    }
}

on_both! {
    /// What is doubled, malformed, foreign or too long counts as none, and a
    /// token counts before any cookie.
    async fn a_doubtful_cookie_is_none(world) {
        let (_, cookie) = browse(&world, Realm::Portal, "mia@alder.example").await;
        let good = pair(&cookie);
        let (name, secret) = good.split_once('=').expect("a pair");
        let long = format!("{name}={}", "A".repeat(50_000));
        let unknown = format!("{name}={}", "A".repeat(43));
        let twice = format!("{good}; {good}");
        let planted = format!("{good}; {name}=x");
        let quoted = format!("{name}=\"{secret}\"");
        let short = format!("{name}={}", &secret[1..]);
        let encoded = format!("{name}=%41{}", &secret[1..]);
        for bad in [&twice, &planted, &quoted, &short, &encoded, &long, &unknown, "", ";", "=", name] {
            let answer = ask(&world, &[("cookie", bad), ("x-vitrine-request", "1")]).await;
            assert_eq!((answer.status, answer.code().as_str()), (StatusCode::OK, "UNAUTHENTICATED"), "{bad:.80}");
        }
        let lines = ask(&world, &[("cookie", &good), ("cookie", &good), ("x-vitrine-request", "1")]).await;
        assert_eq!(lines.code(), "UNAUTHENTICATED");
        let beside = ask(&world, &[("cookie", "a=b"), ("cookie", &good), ("x-vitrine-request", "1")]).await;
        assert_eq!(beside.code(), "none");
        for worthless in ["Bearer x", "Basic x", ""] {
            let answer = ask(&world, &[("cookie", &good), ("x-vitrine-request", "1"), ("authorization", worthless)]).await;
            assert_eq!(answer.code(), "UNAUTHENTICATED", "{worthless}");
        }
        let noah = world.client("noah@alder.example").await.token.expect("signed in");
        let token = ask(&world, &[("cookie", &good), ("authorization", &format!("Bearer {noah}"))]).await;
        assert!(token.text.contains("Noah"), "{}", token.text);
    }
}

on_both! {
    /// The cookie is taken back wherever its session ends by its own request.
    async fn signing_out_takes_the_cookie_back(world) {
        let gone = format!("{PORTAL}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Strict");
        for mutation in ["signOut { signedOut }", "signOutEverywhere { signedOut }", "sessionRevoke(input: {id: \"OWN\"}) { revoked }"] {
            let (_, cookie) = browse(&world, Realm::Portal, "mia@alder.example").await;
            let cookie = pair(&cookie);
            let mia = world.anonymous(Realm::Portal).holding(&cookie);
            let all = mia.read("{ sessions { id current } }").await;
            let own = all["sessions"].as_array().and_then(|all| all.iter().find(|one| one["current"] == true)).expect("its own");
            let mutation = mutation.replace("OWN", own["id"].as_str().expect("an id"));
            let request = post(Realm::Portal).header("cookie", &cookie).header("x-vitrine-request", "1");
            let envelope = json!({"query": format!("mutation {{ {mutation} }}")}).to_string();
            let answer = send(&world.router, body(request, envelope)).await;
            assert!(answer.text.contains("true"), "{}", answer.text);
            assert_eq!(answer.header("set-cookie"), gone);
            assert_eq!(mia.code(WHO, json!({})).await, "UNAUTHENTICATED");
        }
        // Also one that is worthless by now; but no token has a cookie to lose.
        let stale = world.anonymous(Realm::Portal).holding(&format!("{PORTAL}={}", "A".repeat(43)));
        let request = Request::post("/graphql").header(header::CONTENT_TYPE, "application/json");
        let out = || json!({"query": "mutation { signOut { signedOut } }"}).to_string();
        let answer = stale.send(request.body(out().into()).expect("a request")).await;
        assert_eq!(answer.headers()["set-cookie"], gone.as_str());
        let noah = world.client("noah@alder.example").await;
        let token = noah.token.clone().expect("signed in");
        let request = post(Realm::Portal).header("authorization", format!("Bearer {token}"));
        assert_eq!(send(&world.router, body(request, out())).await.header("set-cookie"), "");
    }
}

on_both! {
    /// Idle for two weeks, or thirty days old: over. Its use is noted once a minute.
    async fn a_cookie_ends_with_its_session(world) {
        let mia = mia(&world).await;
        let used = async || mia.read("{ sessions { lastUsedAt } }").await["sessions"][0]["lastUsedAt"].clone();
        world.later(TimeDelta::seconds(59));
        assert_eq!(used().await, "2027-01-15T08:00:00+00:00");
        world.later(TimeDelta::seconds(1));
        used().await;
        assert_eq!(used().await, "2027-01-15T08:01:00+00:00");
        let (statements, _) = world.statements(mia.read("{ __typename }")).await;
        assert_eq!(statements, 0, "a cookie that is known costs nothing");
        for _ in 0..2 {
            world.later(TimeDelta::days(13));
            mia.read(WHO).await;
        }
        world.later(TimeDelta::days(3));
        mia.read(WHO).await;
        world.later(TimeDelta::days(1));
        assert_eq!(mia.code(WHO, json!({})).await, "UNAUTHENTICATED");

        let idle = self::mia(&world).await;
        idle.read(WHO).await;
        world.later(TimeDelta::days(14));
        assert_eq!(idle.code(WHO, json!({})).await, "UNAUTHENTICATED");
    }
}

on_both! {
    /// Rights are asked of the session, as with a token.
    async fn disabling_ends_a_cookie_at_once(world) {
        let mia = mia(&world).await;
        mia.read(WHO).await;
        let mut events = Events::of(&mia, CHANGED).await;
        let manager = world.staff("manager@glass.example").await;
        let disable = "mutation ($input: UserStandingInput!) { userDisable(input: $input) { user { status } errors { code } } }";
        manager.done(disable, json!({"input": {"id": end_to_end::id::user(world.cast.mia)}})).await;
        assert_eq!(mia.code(WHO, json!({})).await, "UNAUTHENTICATED");
        assert_eq!(events.hear().await, Event::Gone);
    }
}

on_both! {
    /// A stream cannot set a cookie, and nothing but `cookie` can be asked for.
    async fn what_cannot_be_held_is_refused(world) {
        let input = json!({"input": {"workspace": "glass", "email": "mia@alder.example", "password": PASSWORD}});
        let envelope = json!({"query": SIGN_IN, "variables": input}).to_string();
        for (accept, wish) in [("text/event-stream", "cookie"), ("application/json", "Cookie"), ("application/json", "token"), ("application/json", "")] {
            let request = post(Realm::Portal).header("accept", accept).header("x-vitrine-session", wish);
            let answer = send(&world.router, body(request, envelope.clone())).await;
            assert_eq!((answer.status, answer.code().as_str()), (StatusCode::BAD_REQUEST, "BAD_REQUEST"), "{accept} {wish}");
        }
        let without = Events::ask(&world.anonymous(Realm::Portal).saying("cookie", format!("{PORTAL}={}", "A".repeat(43))), CHANGED).await;
        assert_eq!(without.status(), StatusCode::FORBIDDEN);
        assert!(text(without).await.contains("BAD_REQUEST"));
    }
}

on_both! {
    /// A socket is opened by the cookie when its page says so, and is one of ours.
    async fn a_page_of_ours_opens_a_socket_with_its_cookie(world) {
        let address = world.serve().await;
        let (_, cookie) = browse(&world, Realm::Portal, "mia@alder.example").await;
        let cookie = pair(&cookie);
        let ours = format!("http://{address}");
        let init = |payload: Value| json!({"type": "connection_init", "payload": payload});
        let heard = async |path: &str, headers: &[(&str, &str)], payload: Value| {
            let headers = [&[PROTOCOL], headers].concat();
            let mut socket = Socket::knock(&address, path, &headers).await.expect("a socket");
            socket.say(init(payload)).await;
            (socket.hear().await, socket)
        };
        let ack = Heard::Message(json!({"type": "connection_ack"}));
        for origin in [ours.as_str(), "https://portal.example"] {
            let (first, mut socket) = heard("/graphql", &[("origin", origin), ("cookie", &cookie)], json!({"cookie": true})).await;
            assert_eq!(first, ack);
            socket.ask("1", WHO).await;
            assert_eq!(socket.next("1").await["viewer"]["name"], "Mia");
        }
        let forbidden = Heard::Closed(4403, "Forbidden".into());
        let worthless = format!("{PORTAL}={}", "A".repeat(43));
        for headers in [
            vec![("cookie", cookie.as_str())],
            vec![("origin", ours.as_str())],
            vec![("origin", ours.as_str()), ("cookie", worthless.as_str())],
            vec![("origin", ours.as_str()), ("cookie", cookie.as_str()), ("cookie", cookie.as_str())],
        ] {
            assert_eq!(heard("/graphql", &headers, json!({"cookie": true})).await.0, forbidden, "{headers:?}");
        }
        assert_eq!(heard("/staff/graphql", &[("origin", &ours), ("cookie", &cookie)], json!({"cookie": true})).await.0, forbidden);
        let evil = Socket::knock(&address, "/graphql", &[PROTOCOL, ("origin", "https://evil.example"), ("cookie", &cookie)]).await;
        assert_eq!(evil.err(), Some(403));
        // Unless it is said, the cookie does not count.
        for payload in [json!({}), json!({"cookie": "true"}), json!({"cookie": false})] {
            let (first, mut socket) = heard("/graphql", &[("origin", &ours), ("cookie", &cookie)], payload).await;
            assert_eq!(first, ack);
            socket.ask("1", WHO).await;
            let answer = socket.message().await;
            assert_eq!(answer["payload"]["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{answer}");
        }
    }
}

on_both! {
    /// What is stored opens nothing.
    async fn the_database_holds_no_cookie(world) {
        let (_, cookie) = browse(&world, Realm::Portal, "mia@alder.example").await;
        let rows = crate::outbox::rows(&world.store, "SELECT cookie_hash FROM client_sessions").await;
        let hash: String = rows[0].try_get("", "cookie_hash").expect("a digest");
        assert!(!cookie.contains(&hash));
        let thief = world.anonymous(Realm::Portal).holding(&format!("{PORTAL}={hash}"));
        assert_eq!(thief.code(WHO, json!({})).await, "UNAUTHENTICATED");
    }
}
