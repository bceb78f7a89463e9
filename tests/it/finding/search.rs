//! Who finds what, in which order, and what a search refuses.

use chrono::TimeDelta;
use end_to_end::{Realm, id, on_both};
use serde_json::{Value, json};
use visibility::Flag;

use super::{Seed, found, sow};

const MIAS: &str = "The printer on floor 2 is silent";
const NOAHS: &str = "A new laptop for the new colleague";
const HIDDEN: &str = "CANARY: renewal at risk";
const BEAS: &str = "Birch wants a second line";
const DANS: &str = "Dan shares this with Dina";
const DANS_OWN: &str = "Dan shares this with nobody";
const EMILS: &str = "Emil shares this with Ella";
const ELLAS: &str = "Emil raised this for Ella";
const ERIKS: &str = "Erik keeps this";

on_both! {
    /// Each finds the words that they may read, and no others: neither those of a
    /// note, nor of a hidden ticket, a colleague's, another company's, a name's.
    async fn each_finds_what_they_may_read(world) {
        for (email, text, expected) in [
            ("mia@alder.example", "printer", vec![MIAS]),
            ("mia@alder.example", "FLÓOR prin", vec![MIAS]),
            ("mia@alder.example", "looking into", vec![MIAS]),
            ("mia@alder.example", "TKT-0001", vec![MIAS]),
            ("mia@alder.example", "printer laptop", vec![]),
            ("mia@alder.example", "rinter", vec![]),
            ("mia@alder.example", "pr", vec![]),
            ("mia@alder.example", "laptop", vec![]),
            ("mia@alder.example", "canary", vec![]),
            ("mia@alder.example", "paid march", vec![]),
            ("mia@alder.example", "owner", vec![]),
            ("noah@alder.example", "printer", vec![]),
            ("noah@alder.example", "laptop", vec![NOAHS]),
            ("ada@alder.example", "please help", vec![NOAHS, MIAS]),
            ("ada@alder.example", "renewal", vec![]),
            ("ada@alder.example", "canary", vec![]),
            ("zoe@alder.example", "printer", vec![]),
            ("bea@birch.example", "printer", vec![]),
            ("ben@birch.example", "second", vec![BEAS]),
            ("dora@dogwood.example", "shares", vec![DANS_OWN, DANS]),
            ("dan@dogwood.example", "shares", vec![DANS_OWN, DANS]),
            ("dina@dogwood.example", "shares", vec![DANS]),
            ("emil@elm.example", "this", vec![ELLAS, EMILS]),
            ("ella@elm.example", "this", vec![ELLAS, EMILS]),
            ("erik@elm.example", "this", vec![ERIKS, ELLAS, EMILS]),
        ] {
            let client = world.client(email).await;
            assert_eq!(found(&client, json!({"text": text})).await, expected, "{email}: {text}");
        }
        for (email, text, expected) in [
            ("owner@glass.example", "canary", vec![HIDDEN, MIAS]),
            ("owner@glass.example", "paid mar", vec![MIAS]),
            ("owner@glass.example", "affair", vec![]),
            ("member@glass.example", "please", vec![MIAS]),
            ("member@glass.example", "canary", vec![MIAS]),
            ("member@glass.example", "renewal", vec![]),
        ] {
            let staff = world.staff(email).await;
            assert_eq!(found(&staff, json!({"text": text})).await, expected, "{email}: {text}");
        }
        let stranger = world.sign_in(Realm::Staff, "other", "owner@other.example").await;
        assert_eq!(found(&stranger, json!({"text": "affair"})).await, ["Cedar's own affair"]);
        assert_eq!(found(&stranger, json!({"text": "canary"})).await, Vec::<String>::new());
    }
}

on_both! {
    /// What is found can be filtered as a list can.
    async fn filters_hold_for_what_is_found(world) {
        let owner = world.staff("owner@glass.example").await;
        let beginning = end_to_end::world::beginning();
        let at = |hours: i64| json!(beginning + TimeDelta::hours(hours));
        let canaries = |mut filter: Value| {
            filter["text"] = "canary".into();
            let owner = &owner;
            async move { found(owner, filter).await }
        };
        assert_eq!(canaries(json!({"status": ["OPEN"]})).await, [HIDDEN]);
        assert_eq!(canaries(json!({"status": ["OPEN", "IN_PROGRESS"], "category": ["general"]})).await, [HIDDEN, MIAS]);
        assert_eq!(canaries(json!({"category": ["hardware"]})).await, Vec::<String>::new());
        assert_eq!(canaries(json!({"openedBetween": {"from": at(-5)}})).await, [HIDDEN]);
        assert_eq!(canaries(json!({"openedBetween": {"to": at(-5)}})).await, [MIAS]);
    }
}

on_both! {
    /// A stretch of time holds its first instant and not its last, with words and without.
    async fn a_stretch_of_time_is_half_open(world) {
        let beginning = end_to_end::world::beginning();
        let minute = |n: i64| beginning + TimeDelta::minutes(n);
        sow(&world, (1..=3).map(|n| Seed::of_birch(&world, &format!("Minute {n}"), minute(n))).collect()).await;
        let bea = world.client("bea@birch.example").await;
        for (between, expected) in [
            (json!({"from": minute(1), "to": minute(3)}), vec!["Minute 2", "Minute 1"]),
            (json!({"from": minute(2)}), vec!["Minute 3", "Minute 2"]),
            (json!({"from": minute(2), "to": null}), vec!["Minute 3", "Minute 2"]),
            (json!({"from": minute(2), "to": minute(2)}), vec![]),
            (json!({"to": minute(2)}), vec!["Minute 1", BEAS]),
            (json!({"from": "0000-01-01T00:00:00Z", "to": "9999-12-31T23:59:59.999999999Z"}), vec!["Minute 3", "Minute 2", "Minute 1", BEAS]),
        ] {
            assert_eq!(found(&bea, json!({"openedBetween": between})).await, expected, "{between}");
            let words: Vec<&str> = expected.iter().copied().filter(|subject| *subject != BEAS).collect();
            assert_eq!(found(&bea, json!({"openedBetween": between, "text": "minute"})).await, words, "{between}");
        }
        let query = "query ($filter: TicketFilter) { tickets(filter: $filter) { nodes { id } } }";
        for between in [
            json!({"from": minute(2), "to": minute(1)}),
            // No database compares such years with others.
            json!({"from": "+10000-01-01T00:00:00Z"}),
            json!({"to": "+262142-12-31T23:59:59Z"}),
            json!({"from": "-262143-01-01T00:00:00Z"}),
        ] {
            let refused = bea.ask(query, json!({"filter": {"openedBetween": between}})).await;
            let error = &refused["errors"][0]["extensions"];
            assert_eq!((&error["code"], &error["field"]), (&json!("BAD_USER_INPUT"), &json!("filter.openedBetween")), "{between}");
        }
    }
}

on_both! {
    /// Paging meets each ticket once, the newest first, whatever was opened at the
    /// same instant; and what clients may not see moves none of it.
    async fn pages_cover_what_is_found_once(world) {
        let beginning = end_to_end::world::beginning();
        let mut seeds = Vec::new();
        for n in 0..30_i64 {
            // Months apart, and some at one instant.
            let at = beginning - TimeDelta::days(40 * (n / 4));
            for flag in [Flag::InternalOnly, Flag::ClientVisible, Flag::InternalOnly] {
                let subject = format!("Toner {n} {}", if n % 2 == 0 { "even" } else { "odd" });
                seeds.push(Seed { flag, ..Seed::of_birch(&world, &subject, at) });
            }
        }
        sow(&world, seeds).await;
        let bea = world.client("bea@birch.example").await;
        for (text, count) in [("toner", 30), ("ton", 30), ("even", 15), ("toner odd", 15), ("story tone", 30), ("toner 17", 1)] {
            let whole = "query ($text: String) { tickets(first: 100, filter: {text: $text}) { edges { cursor node { id openedAt } } } }";
            let whole = bea.done(whole, json!({"text": text})).await["tickets"]["edges"].clone();
            let whole = whole.as_array().expect("edges").clone();
            assert_eq!(whole.len(), count, "{text}");
            let instants: Vec<&str> = whole.iter().filter_map(|edge| edge["node"]["openedAt"].as_str()).collect();
            assert!(instants.is_sorted_by(|one, next| one >= next), "{text}: {instants:?}");
            let (mut paged, mut after) = (Vec::new(), Value::Null);
            loop {
                let query = "query ($text: String, $after: String) { tickets(first: 4, after: $after, filter: {text: $text}) { \
                             edges { cursor node { id openedAt } } pageInfo { hasNextPage endCursor } } }";
                let page = bea.done(query, json!({"text": text, "after": after})).await["tickets"].clone();
                paged.extend(page["edges"].as_array().expect("edges").clone());
                if page["pageInfo"]["hasNextPage"] == false {
                    break;
                }
                after = page["pageInfo"]["endCursor"].clone();
            }
            assert_eq!(paged, whole, "{text}");
            // The cursor is that of the list.
            let query = "query ($after: String) { tickets(after: $after) { nodes { id } } }";
            bea.done(query, json!({"after": whole[0]["cursor"]})).await;
        }
    }
}

on_both! {
    /// Nothing that is searched for is ever syntax.
    async fn bad_queries_are_safe(world) {
        let mia = world.client("mia@alder.example").await;
        let owner = world.staff("owner@glass.example").await;
        for text in [
            "", " ", "\"", "'", "*", "()", "&|!", "<->", ":*", "\\", "%", "_", "🎫", "\0", "\u{202e}", "--", ";", "\"'\\", "^",
        ] {
            for persona in [&mia, &owner] {
                assert_eq!(found(persona, json!({"text": text})).await, Vec::<String>::new(), "{text:?}");
            }
        }
        for text in [
            "printer\"", "'printer'", "printer*", "printer:*", "(printer)", "print*er OR", "\"printer\" AND", "NEAR(printer)", "words:printer",
            "printer & | !", "printer <-> floor", "a\0printer", "^printer", "-printer", "printer'); DROP TABLE tickets; --", "MMMM", "wMMMMprinter",
            "日本語 🎫 تذكرة", "ß ﬁ ﷺ", "{printer}",
        ] {
            for persona in [&mia, &owner] {
                // Whatever it finds, it is the one ticket with that word, or nothing.
                let found = found(persona, json!({"text": text})).await;
                assert!(found.is_empty() || found == [MIAS], "{text:?}: {found:?}");
            }
        }
        assert_eq!(found(&mia, json!({"text": "\u{0}¡printer!"})).await, [MIAS]);
        assert_eq!(found(&mia, json!({"text": "*silent* \"printer\""})).await, [MIAS]);
        let query = "query ($text: String) { tickets(filter: {text: $text}) { nodes { id } } }";
        let many: Vec<String> = (0..21).map(|n| n.to_string()).collect();
        for text in ["x".repeat(201), "x".repeat(10_000), "🎫".repeat(201), many.join(" ")] {
            let answer = mia.ask(query, json!({"text": text})).await;
            let error = &answer["errors"][0]["extensions"];
            assert_eq!((&error["code"], &error["field"]), (&json!("BAD_USER_INPUT"), &json!("filter.text")), "{text:.10}");
        }
        for order in ["{field: OPENED_AT, direction: ASC}", "{field: UPDATED_AT}", "{field: REFERENCE}"] {
            let query = format!("{{ tickets(filter: {{text: \"printer\"}}, orderBy: {order}) {{ nodes {{ id }} }} }}");
            let answer = mia.ask(&query, json!({})).await;
            let error = &answer["errors"][0]["extensions"];
            assert_eq!((&error["code"], &error["field"]), (&json!("BAD_USER_INPUT"), &json!("orderBy")), "{order}");
        }
        let query = "{ tickets(filter: {text: \"printer\"}, orderBy: {field: OPENED_AT}) { nodes { subject } } }";
        assert_eq!(mia.read(query).await["tickets"]["nodes"], json!([{"subject": MIAS}]));
    }
}

on_both! {
    /// A search is one statement, however much it finds.
    async fn a_search_costs_one_statement(world) {
        let beginning = end_to_end::world::beginning();
        let seeds = (0..120).map(|n| Seed::of_birch(&world, "Toner", beginning - TimeDelta::days(n))).collect();
        sow(&world, seeds).await;
        let query = "query ($first: Int, $text: String) { tickets(first: $first, filter: {text: $text}) { nodes { id subject } } }";
        let bea = world.client("bea@birch.example").await;
        let dina = world.client("dina@dogwood.example").await;
        let owner = world.staff("owner@glass.example").await;
        for persona in [&bea, &dina, &owner] {
            for (first, text) in [(1, "toner"), (100, "toner"), (100, "nothing"), (20, "story ton")] {
                let variables = json!({"first": first, "text": text});
                assert_eq!(world.cost(persona, query, variables).await, 1, "{text}");
            }
        }
    }
}

on_both! {
    /// A cursor of what is not seen any more still ends where it stood.
    async fn a_cursor_outlives_its_ticket(world) {
        let ada = world.client("ada@alder.example").await;
        let owner = world.staff("owner@glass.example").await;
        let query = "query ($after: String) { tickets(first: 1, after: $after, filter: {text: \"please\"}) { nodes { subject } pageInfo { endCursor } } }";
        let first = ada.done(query, json!({})).await["tickets"].clone();
        assert_eq!(first["nodes"], json!([{"subject": NOAHS}]));
        let input = json!({"input": {"id": id::ticket(world.cast.noahs), "visibility": "INTERNAL_ONLY", "reason": "Wrong company"}});
        let hide = "mutation ($input: TicketSetVisibilityInput!) { ticketSetVisibility(input: $input) { errors { code } } }";
        owner.done(hide, input).await;
        let next = ada.done(query, json!({"after": first["pageInfo"]["endCursor"]})).await["tickets"].clone();
        assert_eq!(next["nodes"], json!([{"subject": MIAS}]));
    }
}
