//! What an address is worth: once, for minutes, to whom it was given, for as
//! long as they may.

use axum::body::Body;
use chrono::TimeDelta;
use end_to_end::{
    Persona, World,
    files::{PNG, address, get, kept, put, reply_with, text, upload},
    id, on_both,
};
use http::{Method, Request, StatusCode};
use serde_json::{Value, json};

/// What is answered at an address that is worth nothing: to the byte the same.
async fn nothing(world: &World, method: Method, url: &str) {
    let expected = r#"{"code":"NOT_FOUND","message":"There is nothing here."}"#;
    let request = Request::builder()
        .method(method.clone())
        .uri(url)
        .header("content-type", "image/png");
    let answer = world
        .anonymous(end_to_end::Realm::Portal)
        .send(request.body(Body::from(PNG)).expect("a request"))
        .await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{method} {url}");
    let body = end_to_end::persona::text(answer).await;
    assert_eq!(body, expected, "{method} {url}");
}

on_both! {
    async fn an_address_for_uploads_is_good_once_for_minutes(world) {
        let mia = world.client("mia@alder.example").await;
        let (_, url) = address(&mia, "a.png", "image/png", PNG.len()).await;
        assert_eq!(put(&world, &url, "image/png", PNG).await.0, StatusCode::NO_CONTENT);
        nothing(&world, Method::PUT, &url).await;
        let (_, url) = address(&mia, "a.png", "image/png", PNG.len()).await;
        world.later(TimeDelta::minutes(15));
        nothing(&world, Method::PUT, &url).await;
        assert_eq!(kept(&world).len(), 1);
    }
}

on_both! {
    /// An address says which realm, which use and which file; any other is none.
    async fn a_foreign_or_broken_address_is_none(world) {
        let mia = world.client("mia@alder.example").await;
        let (_, put_here) = address(&mia, "a.png", "image/png", PNG.len()).await;
        let file = reply_with(&world, &mia, &id::ticket(world.cast.mias), ("b.png", "image/png"), PNG).await;
        let read_here = text(&file["url"]);
        let upload_token = put_here.strip_prefix("/files/uploads/").expect("an address");
        let read_token = read_here.strip_prefix("/files/").expect("an address");
        for url in [
            format!("/files/uploads/{read_token}"),
            format!("/staff/files/uploads/{upload_token}"),
            format!("/files/uploads/{}", mia.token.clone().expect("signed in")),
            format!("{put_here}x"),
            "/files/uploads/x".to_owned(),
            format!("/files/uploads/{}", "A".repeat(5_000)),
            "/files/uploads/%00".to_owned(),
            "/files/uploads/%FF".to_owned(),
        ] {
            nothing(&world, Method::PUT, &url).await;
        }
        for url in [
            format!("/files/{upload_token}"),
            format!("/staff/files/{read_token}"),
            format!("/files/{}", mia.token.clone().expect("signed in")),
            format!("/files/{}", text(&file["id"])),
            read_here[..read_here.len() - 3].to_owned(),
            "/files/x".to_owned(),
        ] {
            nothing(&world, Method::GET, &url).await;
        }
        // None of this used anything up.
        assert_eq!(put(&world, &put_here, "image/png", PNG).await.0, StatusCode::NO_CONTENT);
        assert_eq!(get(&world, Method::GET, &read_here).await.status(), StatusCode::OK);
        assert_eq!(get(&world, Method::POST, &read_here).await.status(), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(get(&world, Method::GET, &put_here).await.status(), StatusCode::METHOD_NOT_ALLOWED);
    }
}

/// Does something as ada, who manages mia's company.
async fn as_ada(world: &World, mutation: &str) -> Value {
    let ada = world.client("ada@alder.example").await;
    ada.read(&format!("mutation {{ {mutation} }}")).await
}

/// An address to upload to, and one to read from, of mia's.
async fn both(world: &World, mia: &Persona) -> (String, String) {
    let (_, put_here) = address(mia, "a.png", "image/png", PNG.len()).await;
    let ticket = id::ticket(world.cast.mias);
    let file = reply_with(world, mia, &ticket, ("b.png", "image/png"), PNG).await;
    (put_here, text(&file["url"]))
}

on_both! {
    /// Whoever is disabled, signed out or shut out of the section meanwhile holds
    /// addresses that are worth nothing.
    async fn an_address_ends_with_the_right(world) {
        let person = format!("id: \"{}\"", id::user(world.cast.mia));
        let shut = format!("userUpdate(input: {{ {person} sections: [JOBS] }}) {{ errors {{ code }} }}");
        let open = format!("userUpdate(input: {{ {person} sections: [TICKETS] }}) {{ errors {{ code }} }}");
        let disable = format!("userDisable(input: {{ {person} }}) {{ errors {{ code }} }}");
        let mia = world.client("mia@alder.example").await;
        let (put_here, read_here) = both(&world, &mia).await;
        as_ada(&world, &shut).await;
        nothing(&world, Method::PUT, &put_here).await;
        nothing(&world, Method::GET, &read_here).await;
        // Back in the section the address is what it was: nothing was used up.
        as_ada(&world, &open).await;
        assert_eq!(get(&world, Method::GET, &read_here).await.status(), StatusCode::OK);
        mia.read("mutation { signOutEverywhere { signedOut } }").await;
        nothing(&world, Method::PUT, &put_here).await;
        nothing(&world, Method::GET, &read_here).await;
        let mia = world.client("mia@alder.example").await;
        let (put_here, read_here) = both(&world, &mia).await;
        as_ada(&world, &disable).await;
        nothing(&world, Method::PUT, &put_here).await;
        nothing(&world, Method::GET, &read_here).await;
        assert_eq!(kept(&world).len(), 2);
    }
}

on_both! {
    /// Five minutes, and what is seen at the moment of reading.
    async fn an_address_for_reading_is_good_for_minutes_and_for_what_is_seen(world) {
        let (mia, owner) = (world.client("mia@alder.example").await, world.staff("owner@glass.example").await);
        let ticket = id::ticket(world.cast.mias);
        let file = reply_with(&world, &mia, &ticket, ("b.png", "image/png"), PNG).await;
        let url = text(&file["url"]);
        world.later(TimeDelta::seconds(299));
        assert_eq!(get(&world, Method::GET, &url).await.status(), StatusCode::OK);
        world.later(TimeDelta::seconds(1));
        nothing(&world, Method::GET, &url).await;
        // The flag is withdrawn after the address was given.
        let read = format!("{{ node(id: {}) {{ ... on Attachment {{ url }} }} }}", file["id"]);
        let url = text(&mia.read(&read).await["node"]["url"]);
        assert_eq!(get(&world, Method::GET, &url).await.status(), StatusCode::OK);
        let flag = |visibility: &str| format!("mutation {{ ticketSetVisibility(input: {{id: \"{ticket}\", visibility: {visibility}, reason: \"x\"}}) {{ errors {{ code }} }} }}");
        owner.read(&flag("INTERNAL_ONLY")).await;
        nothing(&world, Method::GET, &url).await;
        assert_eq!(mia.code(&read, json!({})).await, "NOT_FOUND");
        let theirs = text(&owner.read(&read).await["node"]["url"]);
        assert!(theirs.starts_with("/staff/files/"), "{theirs}");
        assert_eq!(get(&world, Method::GET, &theirs).await.status(), StatusCode::OK);
        owner.read(&flag("CLIENT_VISIBLE")).await;
        assert_eq!(get(&world, Method::GET, &url).await.status(), StatusCode::OK);
    }
}

on_both! {
    /// An upload of one's own is no record before it is attached, not even to
    /// those who uploaded it.
    async fn an_upload_is_no_record(world) {
        let mia = world.client("mia@alder.example").await;
        let id = upload(&world, &mia, ("a.png", "image/png"), PNG).await;
        let read = format!("{{ node(id: \"{id}\") {{ id }} }}");
        assert_eq!(mia.code(&read, json!({})).await, "NOT_FOUND");
        assert_eq!(world.staff("owner@glass.example").await.code(&read, json!({})).await, "NOT_FOUND");
    }
}
