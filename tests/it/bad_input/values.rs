//! Ids of nothing, values of other types, and too many of them.

use end_to_end::{Realm, id, on_both};
use http::StatusCode;
use serde_json::{Value, json};

use super::{
    People, give,
    places::{Place, places},
};
use crate::http::{body, empty, get, post, send, tell};

on_both! {
    /// An id of nothing, of something else and of no form at all are one answer.
    async fn ids_of_nothing_are_one_answer(world) {
        let people = People::of(&world).await;
        let before = people.everything().await;
        let others = [id::ticket(world.cast.others), id::entry(world.cast.note), id::user(world.cast.mia), id::company(world.cast.alder), id::staff(world.cast.owner)];
        let ticket = id::ticket(world.cast.mias);
        let uuid = world.cast.mias.0.to_string();
        let malformed = ["", " ", "x", "1", "TKT-0001", &uuid, &format!("{ticket}="), &format!(" {ticket}"), &ticket[1..], &format!("{ticket}A"), "é", "🎫", "../x", "'; DROP TABLE tickets; --", &"A".repeat(5_000)];
        for place in places(&world).iter().filter(|place| place.ty.starts_with("ID")) {
            let unknown = give(&world, &people, place, json!(id::no_ticket())).await;
            assert_eq!(unknown.code(), place.refusal, "{}: {}", place.name, unknown.text);
            let kin = match place.name {
                // Of participants, oneself and the requester are somebody, too.
                "userDisable.id" | "userEnable.id" | "userUpdate.id" | "userErase.id" | "userExport.id" | "invitationResend.id" | "ticketOpen.requester" | "ticketOpen.onBehalfOf" | "ticketOpen.participants"
                | "ticketParticipantsAdd.users" | "ticketParticipantRemove.user" | "tickets.filter.requester" => 2,
                "tickets.filter.company" | "configurationItemCreate.company" | "configurationExposureUpdate.company" | "ticketOpen.company" | "company.id" | "companyUpdate.id" | "userInvite.company" | "contractCreate.companies" | "contractUpdate.companies" => 3,
                "node.id" | "ticketAssign.assignee" | "ticketNote.mentions" | "staffUpdate.id"
                | "slaPolicyCreate.escalations.assignee" | "slaPolicyCreate.escalations.notify" | "slaPolicyUpdate.escalations.assignee" | "slaPolicyUpdate.escalations.notify" => 4,
                _ => usize::MAX,
            };
            let others = others.iter().enumerate().filter(|(kind, _)| *kind != kin && (place.name != "node.id" || *kind == 0));
            // An export's address must stay short: what is too long for it is refused as that.
            let short = malformed.into_iter().filter(|text| text.len() < 100 || !place.name.starts_with("ticketsExport."));
            for text in others.map(|(_, id)| id.as_str()).chain(short) {
                let answer = give(&world, &people, place, json!(text)).await;
                assert_eq!((answer.status, &answer.text), (unknown.status, &unknown.text), "{} with {text}", place.name);
            }
            let number = give(&world, &people, place, json!(-7)).await;
            assert_eq!(number.text, unknown.text, "{}", place.name);
        }
        assert_eq!(people.everything().await, before);
    }
}

on_both! {
    /// Values of other types, and none where one must be.
    async fn values_must_fit_their_types(world) {
        let people = People::of(&world).await;
        let before = people.everything().await;
        let mut deep = json!("x");
        for _ in 0..100 {
            deep = json!([deep]);
        }
        for place in places(&world) {
            for value in [json!(true), json!(1.5), json!({"a": 1}), json!(["x", "y"]), deep.clone(), json!({"value": deep})] {
                let answer = give(&world, &people, &place, value.clone()).await;
                assert_eq!((answer.code().as_str(), answer.json().get("data")), ("GRAPHQL_VALIDATION_FAILED", None), "{} {value}: {}", place.name, answer.text);
            }
            if place.ty.ends_with('!') {
                let null = give(&world, &people, &place, Value::Null).await;
                assert_eq!(null.code(), "GRAPHQL_VALIDATION_FAILED", "{}", place.name);
                assert!(null.json().get("data").is_none(), "{}", null.text);
                let missing = Place { document: place.document.replace("$value", "$other"), ..place };
                let answer = give(&world, &people, &missing, json!("x")).await;
                assert_eq!((answer.code().as_str(), answer.json().get("data")), ("GRAPHQL_VALIDATION_FAILED", None));
            }
        }
        for (document, variables) in [
            ("{ tickets(first: $n) { nodes { id } } }", json!({"n": 1})),
            ("query ($n: Nothing) { tickets(first: $n) { nodes { id } } }", json!({"n": 1})),
            ("query ($n: String) { tickets(first: $n) { nodes { id } } }", json!({"n": "1"})),
            ("query ($n: Ticket) { tickets(first: $n) { nodes { id } } }", json!({"n": {}})),
            ("query ($n: Int, $n: Int) { tickets(first: $n) { nodes { id } } }", json!({"n": 1})),
            ("query ($n: Int) { __typename }", json!({"n": 1})),
            ("query ($s: TicketFilter) { tickets(filter: $s) { nodes { id } } }", json!({"s": {"status": ["NOWHERE"]}})),
            ("query ($s: TicketFilter) { tickets(filter: $s) { nodes { id } } }", json!({"s": {"own": 1}})),
            ("query ($s: TicketOrder) { tickets(orderBy: $s) { nodes { id } } }", json!({"s": {}})),
            ("query ($s: Boolean!) { tickets @skip(if: $s) { nodes { id } } }", json!({"s": "x"})),
        ] {
            let answer = tell(&world, &people.staff, &json!({"query": document, "variables": variables})).await;
            assert_eq!((answer.code().as_str(), answer.json().get("data")), ("GRAPHQL_VALIDATION_FAILED", None), "{document}: {}", answer.text);
        }
        let absent = "query ($n: Int, $d: Int = 1) { a: tickets(first: $n) { nodes { id } } b: tickets(first: $d) { nodes { id } } }";
        assert_eq!(tell(&world, &people.staff, &json!({"query": absent, "variables": {"unknown": 1}})).await.code(), "none");
        assert_eq!(people.everything().await, before);
    }
}

on_both! {
    /// What is too much for one request, in form or in size.
    async fn variables_have_an_end(world) {
        let people = People::of(&world).await;
        let nested = |levels: usize| format!("{{\"query\":\"{{ __typename }}\",\"variables\":{{\"v\":{}{}}}}}", "[".repeat(levels), "]".repeat(levels));
        for (levels, status) in [(100, StatusCode::OK), (200, StatusCode::BAD_REQUEST), (60_000, StatusCode::BAD_REQUEST)] {
            let answer = send(&world.router, body(post(Realm::Portal), nested(levels))).await;
            assert_eq!(answer.status, status, "{levels}");
        }
        let deep = "[".repeat(200);
        for parameters in [[("query", "{ __typename }"), ("variables", deep.as_str())], [("query", "{ __typename }"), ("extensions", deep.as_str())]] {
            assert_eq!(send(&world.router, empty(get(Realm::Portal, &parameters))).await.code(), "BAD_REQUEST");
        }
        let many: serde_json::Map<_, _> = (0..20_000).map(|n| (format!("v{n}"), json!(1))).collect();
        assert_eq!(tell(&world, &people.client, &json!({"query": "{ __typename }", "variables": many})).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    }
}

on_both! {
    /// A value of another shape in the place of an input object is the caller's
    /// mistake, and said as one; a nullable variable left out where null is none.
    async fn input_objects_must_be_objects(world) {
        let mia = world.client("mia@alder.example").await;
        let sign_in = "mutation ($i: SignInInput!) { signIn(input: $i) { errors { code } } }";
        let reply = "mutation ($i: TicketReplyInput!) { ticketReply(input: $i) { errors { code } } }";
        let list = "query ($i: TicketFilter) { tickets(filter: $i) { nodes { id } } }";
        for document in [sign_in, reply, list] {
            for value in [json!([{"password": "CANARY"}]), json!("x"), json!(5), json!(true)] {
                let code = mia.code(document, json!({"i": value})).await;
                let mistake = ["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"].contains(&code.as_str());
                assert!(mistake, "{document} with {value}: {code}");
            }
        }
        let left_out = "query ($i: ID) { node(id: $i) { id } }";
        let code = mia.code(left_out, json!({})).await;
        assert!(["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"].contains(&code.as_str()), "{code}");
    }
}
