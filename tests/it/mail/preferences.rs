//! Who wants to be told what, and how somebody has no more of it.

use end_to_end::{Persona, Realm, id, on_both};
use http::{Method, Request, StatusCode};
use serde_json::Value;

use super::{
    tickets::{addresses, later, to},
    *,
};
use crate::http as transport;

const READ: &str = "{ mailPreferences { ticketOpened replies status resolution } }";

async fn wanted(by: &Persona) -> Value {
    by.read(READ).await["mailPreferences"].clone()
}

async fn update(by: &Persona, input: &str) {
    by.act("mailPreferencesUpdate", input).await;
}

on_both! {
    async fn a_client_chooses_what_they_are_mailed_about(world) {
        let (dan, owner) = (world.client("dan@dogwood.example").await, world.staff("owner@glass.example").await);
        let dans = world.cast.sharers.dans;
        let all = json!({"ticketOpened": true, "replies": true, "status": true, "resolution": true});
        assert_eq!(wanted(&dan).await, all);
        update(&dan, "replies: false, status: true").await;
        update(&dan, "replies: false").await;
        assert_eq!(wanted(&dan).await["replies"], false);
        to(&owner, "ticketReply", dans, "body: \"A reply\"").await;
        assert_eq!(addresses(&later(&world).await), ["dina@dogwood.example"]);
        to(&owner, "ticketReply", dans, "body: \"A reply\"").await;
        to(&owner, "ticketSetStatus", dans, "status: WAITING").await;
        let mails = later(&world).await;
        assert_eq!(addresses(&mails), ["dan@dogwood.example", "dina@dogwood.example"]);
        assert!(!mails[0].text.contains("A reply") && mails[0].text.contains("“Waiting for you”"), "{}", mails[0].text);
        // What waits to be sent is asked about when it is sent.
        to(&owner, "ticketSetStatus", dans, "status: IN_PROGRESS").await;
        world.post().await;
        update(&dan, "status: false").await;
        assert_eq!(addresses(&later(&world).await), ["dina@dogwood.example"]);
        update(&dan, "replies: true, status: true").await;
        assert_eq!(wanted(&dan).await, all);
        assert_eq!(later(&world).await, [], "what was not wanted does not come later");
        let dina = world.client("dina@dogwood.example").await;
        assert_eq!(wanted(&dina).await, all, "each for themselves");
    }
}

on_both! {
    async fn the_team_chooses_too(world) {
        let (owner, member) = (world.staff("owner@glass.example").await, world.staff("member@glass.example").await);
        let read = "{ mailPreferences { ticketOpened replies status resolution assigned serviceLevel mentioned escalated } }";
        let all = json!({"ticketOpened": null, "replies": true, "status": null, "resolution": null, "assigned": true, "serviceLevel": true, "mentioned": true, "escalated": true});
        assert_eq!(member.read(read).await["mailPreferences"], all);
        let update = "mutation ($input: MailPreferencesUpdateInput!) { mailPreferencesUpdate(input: $input) { preferences { assigned serviceLevel } errors { code field } } }";
        let done = member.done(update, json!({"input": {"assigned": false}})).await;
        assert_eq!(done["mailPreferencesUpdate"]["preferences"], json!({"assigned": false, "serviceLevel": true}));
        let foreign = member.done(update, json!({"input": {"serviceLevel": false, "resolution": false}})).await;
        assert_eq!(foreign["mailPreferencesUpdate"], json!({"preferences": null, "errors": [{"code": "NO_SUCH_MAILS", "field": "resolution"}]}));
        let assign = format!("assignee: \"{}\"", id::staff(world.cast.member));
        to(&owner, "ticketAssign", world.cast.noahs, &assign).await;
        assert_eq!(later(&world).await, []);
        assert_eq!(member.read(read).await["mailPreferences"]["serviceLevel"], true, "refused as a whole");
    }
}

on_both! {
    async fn preferences_cost_one_statement(world) {
        let dan = world.client("dan@dogwood.example").await;
        wanted(&dan).await;
        let (statements, _) = world.statements(wanted(&dan)).await;
        assert_eq!(statements, 1);
    }
}

/// Where the mail says that a POST switches off such mails.
fn path(mail: &Message) -> String {
    let address = mail.unsubscribe.as_deref().expect("an address");
    assert!(
        mail.text.lines().any(|line| line == address),
        "{}",
        mail.text
    );
    let path = address.strip_prefix(end_to_end::PUBLIC_URL).expect("ours");
    path.to_owned()
}

async fn ask(world: &World, method: Method, path: &str) -> transport::Answer {
    let request = Request::builder().method(method).uri(path);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let body = axum::body::Body::from("List-Unsubscribe=One-Click");
    transport::send(&world.router, request.body(body).expect("a request")).await
}

on_both! {
    /// One POST, without signing in: no more ticket mails, and still codes and
    /// links. To fetch the address does nothing.
    async fn one_click_and_there_are_no_more(world) {
        let (dan, owner) = (world.client("dan@dogwood.example").await, world.staff("owner@glass.example").await);
        let dans = world.cast.sharers.dans;
        to(&owner, "ticketReply", dans, "body: \"A reply\"").await;
        let mails = later(&world).await;
        let path = path(&mails[0]);
        for method in [Method::GET, Method::HEAD] {
            assert_eq!(ask(&world, method, &path).await.status, StatusCode::OK);
        }
        let page = ask(&world, Method::GET, &path).await;
        assert!(page.text.contains("<form method=\"post\">") && !page.text.contains("dan"), "{}", page.text);
        assert_eq!(wanted(&dan).await["replies"], true);
        let first = ask(&world, Method::POST, &path).await;
        let second = ask(&world, Method::POST, &path).await;
        assert_eq!((first.status, &first.text), (StatusCode::OK, &second.text));
        let none = json!({"ticketOpened": false, "replies": false, "status": false, "resolution": false});
        assert_eq!(wanted(&dan).await, none);
        to(&owner, "ticketResolve", dans, "resolution: \"Done\"").await;
        assert_eq!(addresses(&later(&world).await), ["dina@dogwood.example"]);
        let guest = world.anonymous(Realm::Portal);
        guest.act("passwordResetRequest", "workspace: \"glass\", email: \"dan@dogwood.example\"").await;
        let mails = world.post().await;
        assert_eq!(addresses(&mails), ["dan@dogwood.example"]);
        assert_eq!((&mails[0].unsubscribe, mails[0].thread), (&None, None));
        update(&dan, "replies: true").await;
        assert_eq!(wanted(&dan).await["replies"], true, "they may change their mind");
    }
}

on_both! {
    /// Whatever is wrong with an address, the answer is one: that it changes nothing.
    async fn a_wrong_address_tells_nothing(world) {
        let (dan, owner) = (world.client("dan@dogwood.example").await, world.staff("owner@glass.example").await);
        to(&owner, "ticketReply", world.cast.sharers.dans, "body: \"A reply\"").await;
        let good = path(&later(&world).await[0]);
        let token = good.rsplit('/').next().expect("a token").to_owned();
        let access = dan.token.clone().expect("signed in");
        world.later(chrono::TimeDelta::days(91));
        let expired = ask(&world, Method::POST, &good).await;
        assert!(expired.text.contains("This address is no longer good"), "{}", expired.text);
        for wrong in [
            "/unsubscribe/x".to_owned(),
            format!("/unsubscribe/{access}"),
            format!("/staff/unsubscribe/{token}"),
            format!("/unsubscribe/{}", "A".repeat(5_000)),
            format!("{}x", &good[..good.len() - 3]),
        ] {
            let answer = ask(&world, Method::POST, &wrong).await;
            assert_eq!((answer.status, &answer.text), (StatusCode::NOT_FOUND, &expired.text), "{wrong:.60}");
            assert_eq!(ask(&world, Method::GET, &wrong).await.status, StatusCode::OK);
        }
        for method in [Method::PUT, Method::DELETE] {
            assert_eq!(ask(&world, method, &good).await.status, StatusCode::METHOD_NOT_ALLOWED);
        }
        let dan = world.client("dan@dogwood.example").await;
        assert_eq!(wanted(&dan).await["replies"], true);
    }
}

on_both! {
    async fn the_team_has_its_own_address(world) {
        let owner = world.staff("owner@glass.example").await;
        let assign = format!("assignee: \"{}\"", id::staff(world.cast.manager));
        to(&owner, "ticketAssign", world.cast.noahs, &assign).await;
        let path = path(&later(&world).await[0]);
        assert!(path.starts_with("/staff/unsubscribe/"), "{path}");
        ask(&world, Method::POST, &path).await;
        let manager = world.staff("manager@glass.example").await;
        let wants = manager.read("{ mailPreferences { replies assigned serviceLevel } }").await;
        assert_eq!(wants["mailPreferences"], json!({"replies": false, "assigned": false, "serviceLevel": false}));
    }
}
