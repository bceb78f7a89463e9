//! The shape of answers: empty objects, nulls in place, the order of keys.

use end_to_end::{id, on_both};
use serde_json::json;

on_both! {
    /// An object of which nothing is selected is an object, and no null.
    async fn nothing_selected_is_an_empty_object(world) {
        let ada = world.client("ada@alder.example").await;
        let no = json!({"no": false});
        for (document, expected) in [
            ("query ($no: Boolean!) { tickets(first: 2) { nodes { ...R @include(if: $no) } } } fragment R on Ticket { id }", json!({"tickets": {"nodes": [{}, {}]}})),
            ("query ($no: Boolean!) { tickets(first: 2) { nodes @include(if: $no) { id } } }", json!({"tickets": {}})),
            ("query ($no: Boolean!) { viewer { name @include(if: $no) } }", json!({"viewer": {}})),
            ("query ($no: Boolean!) { viewer @include(if: $no) { name } }", json!({})),
        ] {
            assert_eq!(ada.done(document, no.clone()).await, expected, "{document}");
        }
        let other = "query ($id: ID!) { node(id: $id) { ... on Ticket { subject } } }";
        let user = json!({"id": id::user(world.cast.mia)});
        assert_eq!(ada.done(other, user).await, json!({"node": {}}));
    }
}

on_both! {
    /// What failed is null beside what did not, and keys stand as selected.
    async fn what_failed_is_null_in_its_place(world) {
        let mia = world.client("mia@alder.example").await;
        let document = format!("{{ viewer {{ side name }} ticket(id: \"{}\") {{ id }} categories {{ key }} }}", id::no_ticket());
        let (_, text) = mia.raw(json!({"query": document})).await;
        let expected = "{\"data\":{\"viewer\":{\"side\":\"CLIENT\",\"name\":\"Mia\"},\"ticket\":null,\"categories\":[{\"key\":\"general\"},{\"key\":\"hardware\"}]}";
        assert!(text.starts_with(expected), "{text}");
        let must = "{ viewer { name } tickets(first: 101) { nodes { id } } }";
        let answer = mia.ask(must, json!({})).await;
        assert_eq!(answer["data"], json!(null), "`tickets` must not be null, so `data` is");
        assert_eq!(answer["errors"][0]["extensions"]["field"], "first");
    }
}
