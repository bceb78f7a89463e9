//! Exports: what is in them, for whom, and for how long.

use axum::body::Body;
use chrono::TimeDelta;
use end_to_end::{Persona, Realm, World, id, on_both};
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::{Seed, found, sow};
use crate::http::{Answer, empty, send};

const COLUMNS: &str = "\u{feff}\"reference\",\"subject\",\"category\",\"status\",\"requester\",\"openedAt\",\"changedAt\",\"resolvedAt\",\"closedAt\"";

/// The address of an export of this filter.
async fn address(by: &Persona, filter: Value) -> String {
    let query =
        "query ($filter: TicketFilter) { ticketsExport(filter: $filter) { url expiresAt } }";
    let data = by.done(query, json!({"filter": filter})).await;
    let url = data["ticketsExport"]["url"].as_str();
    url.expect("an address").to_owned()
}

async fn fetch(world: &World, url: &str) -> Answer {
    send(&world.router, empty(Request::get(url))).await
}

async fn export(world: &World, by: &Persona, filter: Value) -> String {
    let answer = fetch(world, &address(by, filter).await).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    answer.text
}

/// The second column of each line but the first.
fn subjects(csv: &str) -> Vec<&str> {
    let lines = csv.lines().skip(1);
    lines.filter_map(|line| line.split('"').nth(3)).collect()
}

on_both! {
    async fn a_client_gets_what_they_may_see(world) {
        let mia = world.client("mia@alder.example").await;
        let answer = fetch(&world, &address(&mia, json!({})).await).await;
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!(answer.header("content-disposition"), "attachment; filename=\"tickets-2027-01-15.csv\"");
        let line = "\"TKT-0001\",\"The printer on floor 2 is silent\",\"general\",\"IN_PROGRESS\",\"Mia\",\"2027-01-14T23:00:00Z\",\"2027-01-15T00:00:00Z\",\"\",\"\"";
        assert_eq!(answer.text, format!("{COLUMNS}\r\n{line}\r\n"));
        for email in ["ada@alder.example", "zoe@alder.example", "bea@birch.example", "dan@dogwood.example", "dina@dogwood.example", "emil@elm.example"] {
            let client = world.client(email).await;
            for filter in [json!({}), json!({"status": ["OPEN"]}), json!({"text": "this"}), json!({"openedBetween": {"from": "2027-01-15T02:00:00Z"}})] {
                let csv = export(&world, &client, filter.clone()).await;
                assert_eq!(subjects(&csv), found(&client, filter).await, "{email}");
                assert!(csv.starts_with(COLUMNS) && !csv.contains("CANARY"), "{email}: {csv}");
            }
        }
    }
}

on_both! {
    async fn staff_get_more_columns(world) {
        let owner = world.staff("owner@glass.example").await;
        let csv = export(&world, &owner, json!({"text": "canary"})).await;
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines[0], format!("{COLUMNS},\"company\",\"visibility\",\"assignee\""));
        assert!(lines[1].ends_with("\"Alder\",\"INTERNAL_ONLY\",\"Manager\""), "{csv}");
        assert!(lines[2].ends_with("\"Alder\",\"CLIENT_VISIBLE\",\"Member\""), "{csv}");
        let member = world.staff("member@glass.example").await;
        assert_eq!(subjects(&export(&world, &member, json!({})).await).len(), 1);
        let query = "{ ticketsExport(orderBy: {field: REFERENCE, direction: ASC}) { url } }";
        let url = owner.read(query).await["ticketsExport"]["url"].as_str().expect("an address").to_owned();
        let answer = fetch(&world, &url).await;
        let numbers: Vec<&str> = answer.text.lines().skip(1).filter_map(|line| line.split('"').nth(1)).collect();
        assert!(numbers.len() == 9 && numbers.is_sorted(), "{numbers:?}");
    }
}

on_both! {
    /// Rights are those of the fetching, not of the asking.
    async fn rights_are_read_when_it_is_fetched(world) {
        let ada = world.client("ada@alder.example").await;
        let owner = world.staff("owner@glass.example").await;
        let url = address(&ada, json!({})).await;
        assert_eq!(subjects(&fetch(&world, &url).await.text).len(), 2);
        let input = json!({"input": {"id": id::ticket(world.cast.mias), "visibility": "INTERNAL_ONLY", "reason": "Wrong company"}});
        let hide = "mutation ($input: TicketSetVisibilityInput!) { ticketSetVisibility(input: $input) { errors { code } } }";
        owner.done(hide, input).await;
        assert_eq!(subjects(&fetch(&world, &url).await.text), ["A new laptop for the new colleague"]);
        let sections = json!({"input": {"id": id::user(world.cast.mia), "sections": ["JOBS"]}});
        let mia = world.client("mia@alder.example").await;
        let hers = address(&mia, json!({})).await;
        owner.done("mutation ($input: UserUpdateInput!) { userUpdate(input: $input) { errors { code } } }", sections).await;
        assert_eq!(subjects(&fetch(&world, &hers).await.text), Vec::<&str>::new());
        let disable = format!("mutation {{ userDisable(input: {{id: \"{}\"}}) {{ errors {{ code }} }} }}", id::user(world.cast.mia));
        owner.read(&disable).await;
        assert_eq!(fetch(&world, &hers).await.status, StatusCode::NOT_FOUND);
    }
}

on_both! {
    /// Whatever an address is worthless for, the answer is one.
    async fn worthless_addresses_are_one_answer(world) {
        let mia = world.client("mia@alder.example").await;
        let owner = world.staff("owner@glass.example").await;
        let nothing = fetch(&world, "/exports/nonsense").await;
        assert_eq!((nothing.status, nothing.code().as_str()), (StatusCode::NOT_FOUND, "NOT_FOUND"));
        let url = address(&mia, json!({})).await;
        let staffs = address(&owner, json!({})).await;
        assert!(url.starts_with("/exports/") && staffs.starts_with("/staff/exports/"));
        let token = mia.token.clone().expect("signed in");
        for worthless in [
            format!("/staff{url}"),
            staffs.replace("/staff", ""),
            format!("/exports/{token}"),
            format!("{url}x"),
            url[..url.len() - 4].to_owned(),
            format!("/exports/{}", "A".repeat(10_000)),
            "/exports/%00".to_owned(),
        ] {
            let answer = fetch(&world, &worthless).await;
            assert_eq!((answer.status, answer.text), (nothing.status, nothing.text.clone()), "{worthless:.60}");
        }
        // The address is no access token either.
        let as_token = mia.with(&json!({"accessToken": url.trim_start_matches("/exports/")}));
        assert_eq!(as_token.code("{ viewer { name } }", json!({})).await, "UNAUTHENTICATED");
        assert_eq!(fetch(&world, &url).await.status, StatusCode::OK);
        world.later(TimeDelta::minutes(5));
        assert_eq!(fetch(&world, &url).await.text, nothing.text);
        let mia = world.client("mia@alder.example").await;
        let url = address(&mia, json!({})).await;
        mia.read("mutation { signOutEverywhere { errors { code } } }").await;
        assert_eq!(fetch(&world, &url).await.text, nothing.text);
        let other = send(&world.router, empty(Request::post(&url))).await;
        assert_eq!(other.status, StatusCode::METHOD_NOT_ALLOWED);
    }
}

on_both! {
    async fn formulas_are_text(world) {
        let mia = world.client("mia@alder.example").await;
        for subject in ["=cmd|' /C calc'!A0", "+49 30 1234", "@SUM(A1)", "\"=1\"", "a=1"] {
            let variables = json!({"input": {"subject": subject, "description": "x"}});
            mia.done("mutation ($input: TicketOpenInput!) { ticketOpen(input: $input) { errors { code } } }", variables).await;
            world.later(TimeDelta::seconds(1));
        }
        let csv = export(&world, &mia, json!({})).await;
        for cell in ["\"'=cmd|' /C calc'!A0\"", "\"'+49 30 1234\"", "\"'@SUM(A1)\"", "\"'\"\"=1\"\"\"", "\"a=1\""] {
            assert!(csv.contains(&format!(",{cell},")), "{cell}: {csv}");
        }
    }
}

on_both! {
    /// Any number of tickets, page by page, at a fixed number of statements each.
    async fn a_long_list_is_streamed(world) {
        let beginning = end_to_end::world::beginning();
        let seeds = (0..1_200).map(|n| Seed::of_birch(&world, &format!("Ticket {n}"), beginning - TimeDelta::days(1) - TimeDelta::minutes(n / 3)));
        sow(&world, seeds.collect()).await;
        let bea = world.client("bea@birch.example").await;
        let url = address(&bea, json!({})).await;
        let (statements, answer) = world.statements(fetch(&world, &url)).await;
        // Three pages: the viewer, the tickets, their requesters.
        assert_eq!(statements, 9);
        let mut lines: Vec<&str> = answer.text.lines().skip(1).collect();
        assert_eq!(lines.len(), 1_201);
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines.len(), 1_201);
        let words = export(&world, &bea, json!({"text": "ticket"})).await;
        assert_eq!(subjects(&words).len(), 1_200);
    }
}

on_both! {
    /// When the session ends in between, the answer breaks off.
    async fn an_export_ends_with_the_session(world) {
        let beginning = end_to_end::world::beginning();
        let seeds = (0..1_200).map(|n| Seed::of_birch(&world, &format!("Ticket {n}"), beginning - TimeDelta::minutes(n)));
        sow(&world, seeds.collect()).await;
        let bea = world.client("bea@birch.example").await;
        let request = Request::get(address(&bea, json!({})).await).body(Body::empty());
        let answer = world.router.clone().oneshot(request.expect("a request")).await;
        let mut body = answer.expect("an answer").into_body();
        assert!(body.frame().await.expect("a page").is_ok());
        bea.read("mutation { signOutEverywhere { errors { code } } }").await;
        assert!(body.frame().await.expect("an end").is_err());
        assert!(body.frame().await.is_none());
    }
}

on_both! {
    /// What a list refuses, an export refuses when it is asked for.
    async fn an_export_refuses_what_a_list_refuses(world) {
        let mia = world.client("mia@alder.example").await;
        let keys: Vec<String> = (0..100).map(|n| format!("{n}{}", "x".repeat(40))).collect();
        for (arguments, field) in [
            (json!({"filter": {"text": "x".repeat(201)}}), "filter.text"),
            (json!({"filter": {"openedBetween": {"from": "2027-01-02T00:00:00Z", "to": "2027-01-01T00:00:00Z"}}}), "filter.openedBetween"),
            (json!({"filter": {"text": "x"}, "order": {"field": "REFERENCE"}}), "orderBy"),
            (json!({"filter": {"category": keys}}), "filter"),
        ] {
            let query = "query ($filter: TicketFilter, $order: TicketOrder) { ticketsExport(filter: $filter, orderBy: $order) { url } }";
            let answer = mia.ask(query, arguments).await;
            let error = &answer["errors"][0]["extensions"];
            assert_eq!((&error["code"], &error["field"]), (&json!("BAD_USER_INPUT"), &json!(field)));
        }
        let nobody = world.anonymous(Realm::Portal);
        assert_eq!(nobody.code("{ ticketsExport { url } }", json!({})).await, "UNAUTHENTICATED");
    }
}
