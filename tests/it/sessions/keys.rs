//! Changing the signing keys while people are signed in.

use std::{collections::BTreeSet, path::Path, process::Output};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use end_to_end::{PASSWORD, Realm, World, on_both, patience::soon, socket::Socket, world};
use identity::{Keys, rotate};
use serde_json::{Value, json};
use tokio::process::Command;

use super::{WHO, refresh, sign_in};
use crate::{
    crash::server::{Server, binary, free_port},
    http::{alone, empty, send},
};

/// Makes the newest keys as old as if they had been written at this instant.
fn written(folder: &Path, number: u32, at: DateTime<Utc>) {
    for realm in ["portal", "staff"] {
        let path = folder.join(format!("{realm}-{number:04}.pem"));
        let file = std::fs::File::options().append(true).open(path);
        file.expect("a key").set_modified(at.into()).expect("set");
    }
}

/// What a process does every some seconds.
fn read_again(world: &World, folder: &Path) {
    let keys = Keys::load(folder).expect("loaded");
    world.tokens.replace(keys);
}

/// The ids of the keys that the portal publishes.
async fn published(world: &World) -> BTreeSet<String> {
    let request = http::Request::get("/.well-known/jwks.json");
    let answer = send(&world.router, empty(request)).await.json();
    let keys = answer["keys"].as_array().expect("a list").clone();
    let id = |key: &Value| key["kid"].as_str().expect("an id").to_owned();
    keys.iter().map(id).collect()
}

/// The id of the key that signed an access token.
fn signer(session: &Value) -> String {
    let token = session["accessToken"].as_str().expect("a token");
    let header = URL_SAFE_NO_PAD.decode(token.split('.').next().expect("a header"));
    let header: Value = serde_json::from_slice(&header.expect("base64")).expect("JSON");
    header["kid"].as_str().expect("an id").to_owned()
}

on_both! {
    /// From the first key to the third: who is signed in stays so, with the
    /// tokens they hold.
    async fn no_session_ends_by_a_rotation(world) {
        let folder = world.database.folder.path().join("keys");
        let anonymous = world.anonymous(Realm::Portal);
        let mia = async || sign_in(&anonymous, "glass", "mia@alder.example", PASSWORD).await["session"].clone();
        let keys = Keys::load_or_create(&folder, world.entropy.as_ref()).expect("created");
        world.tokens.replace(keys);
        written(&folder, 1, world::beginning());
        let first = mia().await;

        rotate(&folder, world::beginning(), world.entropy.as_ref()).expect("rotated");
        written(&folder, 2, world::beginning());
        read_again(&world, &folder);
        assert_eq!(published(&world).await.len(), 2);
        let second = mia().await;
        assert_eq!(signer(&second), signer(&first), "the new key is not known everywhere yet");
        world.later(TimeDelta::seconds(60));
        let third = mia().await;
        assert_ne!(signer(&third), signer(&first));
        assert_eq!(published(&world).await, BTreeSet::from([signer(&first), signer(&third)]));
        for session in [&first, &second, &third] {
            anonymous.with(session).read(WHO).await;
        }

        // A day later the first key goes, and no token of it is left in force.
        world.later(TimeDelta::days(1));
        let now = world.work().now;
        let rotation = rotate(&folder, now, world.entropy.as_ref()).expect("rotated");
        assert_eq!(rotation.removed.len(), 2);
        written(&folder, 3, now);
        read_again(&world, &folder);
        assert!(!published(&world).await.contains(&signer(&first)));
        assert_eq!(anonymous.with(&first).code(WHO, json!({})).await, "UNAUTHENTICATED");
        let fourth = refresh(&anonymous, &first["refreshToken"]).await["session"].clone();
        assert_eq!(signer(&fourth), signer(&third));
        anonymous.with(&fourth).read(WHO).await;
    }
}

async fn vitrine(data: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(binary());
    command
        .args(arguments)
        .env_clear()
        .env("VITRINE_DATA_DIR", data);
    let output = soon("the command ends", command.output()).await;
    output.expect("the binary starts")
}

/// The commands, and a server that starts on what they wrote.
#[test]
fn the_commands_rotate_and_tell() {
    alone(async |world| {
        let data = world.database.folder.path().join("data");
        let rotated = vitrine(&data, &["keys", "rotate"]).await;
        assert!(rotated.status.success(), "{rotated:?}");
        let rotated = vitrine(&data, &["keys", "rotate"]).await;
        assert!(rotated.status.success(), "{rotated:?}");
        let told = vitrine(&data, &["keys", "list"]).await;
        let told = String::from_utf8(told.stdout).expect("text");
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines.len(), 4, "{told}");
        assert!(
            lines[0].starts_with("portal") && lines[0].ends_with("signs"),
            "{told}"
        );
        assert!(
            lines[3].starts_with("staff") && lines[3].ends_with("waits"),
            "{told}"
        );

        let database = format!("sqlite://{}", data.join("vitrine.db").display());
        let mut server = Server::start(&database, &data, free_port());
        server.ready().await;
        let url = format!("http://{}/staff/.well-known/jwks.json", server.address);
        let keys = reqwest::get(&url).await.expect("an answer");
        let keys: Value = serde_json::from_str(&keys.text().await.expect("text")).expect("JSON");
        assert_eq!(keys["keys"].as_array().map(Vec::len), Some(2));
        // Its connections also turn into sockets.
        let socket = Socket::of(&server.address, &world.anonymous(Realm::Portal)).await;
        drop(socket);
        assert!(server.stop().await.success());

        std::fs::write(data.join("keys/portal-0003.pem"), "no key").expect("written");
        let refused = vitrine(&data, &["keys", "list"]).await;
        assert!(!refused.status.success());
        let told = String::from_utf8(refused.stderr).expect("text");
        assert!(told.contains("portal-0003.pem"), "{told}");
    });
}
