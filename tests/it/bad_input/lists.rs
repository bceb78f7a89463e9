//! Cursors, pages and lists.

use end_to_end::{id, on_both};
use serde_json::{Value, json};

use super::People;
use crate::http::{Answer, tell};

on_both! {
    /// A cursor is good for the list and the order that it came from.
    async fn cursors_belong_to_their_list(world) {
        let people = People::of(&world).await;
        let list = |order: &str, after: &Value| {
            let query = format!("query ($after: String) {{ tickets(first: 1, after: $after {order}) {{ nodes {{ id }} pageInfo {{ endCursor }} }} }}");
            let envelope = json!({"query": query, "variables": {"after": after}});
            let (world, staff) = (&world, &people.staff);
            async move { tell(world, staff, &envelope).await }
        };
        let orders: Vec<String> = ["OPENED_AT", "UPDATED_AT", "REFERENCE"].iter()
            .flat_map(|field| ["ASC", "DESC"].map(|direction| format!("orderBy: {{field: {field}, direction: {direction}}}"))).collect();
        let mut cursors = Vec::new();
        for order in &orders {
            cursors.push(list(order, &Value::Null).await.json()["data"]["tickets"]["pageInfo"]["endCursor"].clone());
        }
        let ticket = id::ticket(world.cast.mias);
        let timeline = |after: &Value| {
            let query = "query ($id: ID!, $after: String) { ticket(id: $id) { timeline(first: 1, after: $after) { pageInfo { endCursor } } } }";
            let envelope = json!({"query": query, "variables": {"id": ticket, "after": after}});
            let (world, staff) = (&world, &people.staff);
            async move { tell(world, staff, &envelope).await }
        };
        let entry = timeline(&Value::Null).await.json()["data"]["ticket"]["timeline"]["pageInfo"]["endCursor"].clone();
        assert!(entry.is_string());
        let refused = |answer: &Answer| {
            let error = &answer.json()["errors"][0]["extensions"];
            assert_eq!((&error["code"], &error["field"]), (&json!("BAD_USER_INPUT"), &json!("after")), "{}", answer.text);
        };
        for (order, own) in orders.iter().zip(&cursors) {
            assert_eq!(list(order, own).await.code(), "none");
            for other in cursors.iter().chain([&entry]).filter(|other| *other != own) {
                refused(&list(order, other).await);
            }
        }
        for cursor in &cursors {
            assert!(cursor.is_string());
            refused(&timeline(cursor).await);
        }
        let own = cursors[0].as_str().expect("a cursor");
        let long = "A".repeat(5_000);
        for text in ["", " ", "x", "0", "-1", "null", "é", "🎫", "=", &own[1..], &own[..own.len() - 4], &format!("{own}AAAA"), &format!("{own}="), &own.to_lowercase(), &long, &ticket] {
            refused(&list(&orders[0], &json!(text)).await);
            refused(&timeline(&json!(text)).await);
        }
    }
}

on_both! {
    /// Somebody else's cursor begins the page elsewhere, and opens nothing.
    async fn a_foreign_cursor_opens_nothing(world) {
        let bea = world.client("bea@birch.example").await;
        let mia = world.client("mia@alder.example").await;
        let query = "query ($after: String) { tickets(after: $after, orderBy: {field: OPENED_AT, direction: ASC}) { nodes { subject } pageInfo { endCursor } } }";
        let theirs = bea.done(query, json!({})).await["tickets"]["pageInfo"]["endCursor"].clone();
        let own = mia.done(query, json!({})).await["tickets"]["nodes"].clone();
        let after = mia.done(query, json!({"after": theirs})).await["tickets"]["nodes"].clone();
        let (own, after) = (own.as_array().expect("a list"), after.as_array().expect("a list"));
        assert!(after.iter().all(|ticket| own.contains(ticket)), "{after:?}");
    }
}

on_both! {
    async fn pages_and_lists_have_bounds(world) {
        let people = People::of(&world).await;
        let nested = "tickets(first: $n) { nodes { timeline(first: $n) { nodes { id body kind author { name side } } } } }";
        for first in [0, -1, 101, i64::from(i32::MIN), i64::from(i32::MAX), 1 << 31, i64::MAX, i64::MIN] {
            for (by, fields) in [(&people.client, "tickets(first: $n) { nodes { id } }"), (&people.staff, nested), (&people.staff, "tickets { nodes { timeline(first: $n) { nodes { id } } } }")] {
                let answer = tell(&world, by, &json!({"query": format!("query ($n: Int) {{ {fields} }}"), "variables": {"n": first}})).await;
                let code = match i32::try_from(first) {
                    Ok(large) if large > 0 && fields == nested => "LIMIT_EXCEEDED",
                    Ok(_) => "BAD_USER_INPUT",
                    Err(_) => "GRAPHQL_VALIDATION_FAILED",
                };
                assert_eq!(answer.code(), code, "{first} {fields}: {}", answer.text);
                let literal = fields.replace("$n", &first.to_string());
                let answer = tell(&world, by, &json!({"query": format!("{{ {literal} }}")})).await;
                assert_eq!(answer.code(), code, "{literal}: {}", answer.text);
            }
        }
        for (filter, count, code) in [("status", 100, "none"), ("status", 101, "BAD_USER_INPUT"), ("category", 100, "none"), ("category", 101, "BAD_USER_INPUT")] {
            let query = "query ($filter: TicketFilter) { tickets(filter: $filter) { nodes { id } } }";
            let answer = tell(&world, &people.client, &json!({"query": query, "variables": {"filter": {filter: vec!["OPEN"; count]}}})).await;
            assert_eq!(answer.code(), code, "{filter} {count}: {}", answer.text);
            if code != "none" {
                assert_eq!(answer.json()["errors"][0]["extensions"]["field"], format!("filter.{filter}"));
            }
        }
    }
}
