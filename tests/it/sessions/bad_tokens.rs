//! Access tokens that somebody made, found or kept: on HTTP each counts as
//! none, a socket is refused. `identity`'s `token::tests` try each claim.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use end_to_end::{Persona, Realm, World, on_both, socket::Socket};
use serde_json::{Value, json};

use super::WHO;

/// A token of these parts, whoever signed it.
fn token(header: &Value, claims: &Value, signature: &str) -> String {
    let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
    format!("{}.{}.{signature}", part(header), part(claims))
}

fn read(part: &str) -> Value {
    let bytes = URL_SAFE_NO_PAD.decode(part).expect("base64");
    serde_json::from_slice(&bytes).expect("JSON")
}

/// What is wrong, and a token that has it.
fn worthless(good: &str, others: &str) -> Vec<(&'static str, String)> {
    let parts: Vec<&str> = good.split('.').collect();
    let [head, claims, signature] = parts[..] else {
        panic!("three parts: {good}");
    };
    let (header, said) = (read(head), read(claims));
    let with = |value: &Value, name: &str, new: Value| {
        let mut value = value.clone();
        value[name] = new;
        value
    };
    let foreign = others.split('.').nth(2).expect("a signature");
    let mut list = vec![
        ("nothing", String::new()),
        ("no token", "x".to_owned()),
        ("dots", "..".to_owned()),
        ("no signature", format!("{head}.{claims}.")),
        ("two parts", format!("{head}.{claims}")),
        ("four parts", format!("{good}.{signature}")),
        ("another's signature", format!("{head}.{claims}.{foreign}")),
        ("white space", format!("{head}. {claims}.{signature}")),
        ("a megabyte", "A".repeat(1 << 20)),
        (
            "a megabyte of claims",
            format!("{head}.{}.{signature}", "A".repeat(1 << 20)),
        ),
    ];
    for (name, wrong) in [
        ("alg", json!("none")),
        ("alg", json!("HS256")),
        ("alg", json!("RS256")),
        ("kid", json!("unknown")),
        ("kid", json!(null)),
        ("kid", json!("../../keys/portal-0001.pem")),
        ("typ", json!("JWT")),
    ] {
        list.push((
            "a header",
            token(&with(&header, name, wrong), &said, signature),
        ));
    }
    for (name, wrong) in [
        ("aud", json!("staff")),
        ("iss", json!("somebody")),
        ("exp", json!(i64::MAX)),
        ("exp", json!(0)),
        ("iat", json!(4_000_000_000_i64)),
        ("nbf", json!(4_000_000_000_i64)),
        ("sub", json!("00000000-0000-0000-0000-000000000000")),
        ("sid", json!("00000000-0000-0000-0000-000000000000")),
    ] {
        list.push((
            "a claim",
            token(&header, &with(&said, name, wrong), signature),
        ));
    }
    list
}

async fn tokens(world: &World) -> (Persona, Vec<(&'static str, String)>) {
    let mia = world.client("mia@alder.example").await;
    let noah = world.client("noah@alder.example").await;
    let good = mia.token.clone().expect("signed in");
    let list = worthless(&good, &noah.token.expect("signed in"));
    (mia, list)
}

on_both! {
    async fn a_worthless_token_counts_as_none(world) {
        let (mia, list) = tokens(&world).await;
        mia.read(WHO).await;
        for (what, token) in list {
            let mut thief = mia.clone();
            thief.token = Some(token);
            let text = format!("{what}: {:.120}", thief.token.as_deref().unwrap_or_default());
            assert_eq!(thief.code(WHO, json!({})).await, "UNAUTHENTICATED", "{text}");
            // It keeps nobody from the front door.
            thief.read("{ branding(workspace: \"glass\") { name } }").await;
        }
        let staff = world.staff("manager@glass.example").await;
        assert_eq!(staff.at(Realm::Portal).code(WHO, json!({})).await, "UNAUTHENTICATED");
    }
}

on_both! {
    async fn a_worthless_token_opens_no_socket(world) {
        let address = world.serve().await;
        let (mia, list) = tokens(&world).await;
        // What does not fit into a message has an end of its own; none at all is nobody.
        for (what, token) in list.iter().filter(|(_, token)| !token.is_empty() && token.len() < 60_000) {
            let mut socket = Socket::open(&address, &mia).await;
            socket.introduce(Some(token)).await;
            assert_eq!(socket.closed().await, 4403, "{what}: {token}");
        }
    }
}
