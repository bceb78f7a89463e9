//! Publishing: versions, and what clients see of them.

use end_to_end::{Kind, World, on_both};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::{form, internal, open, publish, published, with};

on_both! {
    /// What clients see has versions of its own, which nothing internal moves.
    async fn clients_see_their_shape_of_each_version(world) {
        let owner = world.staff("owner@glass.example").await;
        let mia = world.client("mia@alder.example").await;
        let zoe = world.client("zoe@alder.example").await;
        assert_eq!(form(&mia, "hardware").await, Value::Null);
        assert_eq!(form(&owner, "hardware").await, Value::Null);
        // A form that is internal alone is none.
        published(&owner, "hardware", 0, json!([internal("risk")])).await;
        assert_eq!(form(&mia, "hardware").await, Value::Null);
        assert_eq!(form(&owner, "hardware").await["fields"][0]["label"], "CANARY");
        published(&owner, "hardware", 1, json!([internal("risk"), open("room", "TEXT"), internal("cost"), open("since", "DATE")])).await;
        let seen = form(&mia, "hardware").await;
        assert_eq!((&seen["version"], &seen["fields"][0]["key"], &seen["fields"][1]["key"]), (&json!(1), &json!("room"), &json!("since")), "{seen}");
        assert_eq!(seen["fields"].as_array().map(Vec::len), Some(2));
        // In another order, with other internal fields: the same to the byte.
        published(&owner, "hardware", 2, json!([open("room", "TEXT"), open("since", "DATE"), with(internal("risk"), json!({"required": true}))])).await;
        assert_eq!(form(&mia, "hardware").await, seen);
        let all = form(&owner, "hardware").await;
        assert_eq!((&all["version"], all["fields"].as_array().map(Vec::len)), (&json!(3), Some(3)));
        published(&owner, "hardware", 3, json!([with(open("room", "TEXT"), json!({"help": [{"locale": "en", "text": "Which?"}]}))])).await;
        let seen = form(&mia, "hardware").await;
        assert_eq!((&seen["version"], &seen["fields"][0]["help"]), (&json!(2), &json!("Which?")));
        // Withdrawn; the team still knows which version that was.
        published(&owner, "hardware", 4, json!([])).await;
        assert_eq!(form(&mia, "hardware").await, Value::Null);
        assert_eq!(form(&owner, "hardware").await["version"], 5);
        for nowhere in ["nonsense", "general\u{0}", ""] {
            let query = "query ($category: String!) { ticketForm(category: $category) { version } }";
            for persona in [&mia, &owner] {
                assert_eq!(persona.code(query, json!({"category": nowhere})).await, "NOT_FOUND");
            }
        }
        assert_eq!(zoe.code("{ ticketForm(category: \"general\") { version } }", json!({})).await, "NOT_FOUND");
        let trail = owner.read("{ audit(kind: \"ticketForm.published\") { nodes { detail } } }").await;
        assert_eq!(trail["audit"]["nodes"].as_array().map(Vec::len), Some(5), "{trail}");
    }
}

on_both! {
    /// Nobody overwrites what somebody else has published meanwhile.
    async fn of_two_who_publish_one_wins(world) {
        let owner = world.staff("owner@glass.example").await;
        let admin = world.staff("admin@glass.example").await;
        let code = |answer: &Value| answer["errors"][0]["code"].clone();
        for version in 0..4 {
            let key = |who: &str| json!([open(&format!("{who}{version}"), "TEXT")]);
            let both = tokio::join!(publish(&owner, "hardware", version, key("own")), publish(&admin, "hardware", version, key("adm")));
            let refused: Vec<Value> = [&both.0, &both.1].into_iter().filter(|answer| answer["form"].is_null()).map(code).collect();
            assert_eq!(refused, [json!("CHANGED_MEANWHILE")], "{both:?}");
        }
        assert_eq!(code(&publish(&owner, "hardware", 3, json!([])).await), "CHANGED_MEANWHILE");
        let same = json!([open("same", "TEXT")]);
        published(&owner, "hardware", 4, same.clone()).await;
        assert_eq!(code(&publish(&owner, "hardware", 5, same).await), "NOTHING_TO_CHANGE");
        assert_eq!(code(&publish(&owner, "nonsense", 0, json!([])).await), "UNKNOWN_CATEGORY");
    }
}

on_both! {
    /// What cannot be is told at its place, all of it.
    async fn defects_are_told_at_their_places(world) {
        let owner = world.staff("owner@glass.example").await;
        let fields = json!([
            open("Room", "TEXT"),
            with(open("size", "NUMBER"), json!({"minimum": "3", "maximum": "2", "decimals": 7})),
            with(open("one", "CHOICE"), json!({"options": [{"key": "a", "labels": []}, {"key": "a", "labels": [{"locale": "tlh", "text": "x"}]}]})),
            with(open("size", "TEXT"), json!({"visible": false, "most": 2, "labels": [{"locale": "en", "text": "a\u{0}"}]})),
        ]);
        let answer = publish(&owner, "hardware", 0, fields).await;
        let told: Vec<(&str, &str)> = answer["errors"].as_array().expect("errors").iter()
            .map(|error| (error["path"].as_str().expect("a path"), error["code"].as_str().expect("a code"))).collect();
        assert_eq!(told, [
            ("fields.0.key", "INVALID_KEY"),
            ("fields.1.decimals", "INVALID_BOUND"),
            ("fields.1.maximum", "INVALID_BOUND"),
            ("fields.2.options.0.labels", "REQUIRED"),
            ("fields.2.options.1.key", "DUPLICATE"),
            ("fields.2.options.1.labels.0.locale", "UNKNOWN_LOCALE"),
            ("fields.3.key", "DUPLICATE"),
            ("fields.3.editable", "NOT_VISIBLE"),
            ("fields.3.most", "NOT_OF_THIS_KIND"),
            ("fields.3.labels.0.text", "INVALID_CHARACTERS"),
        ]);
        let fifty = |count: usize| (0..count).map(|n| open(&format!("x{n}"), "YES_NO")).collect::<Value>();
        assert_eq!(publish(&owner, "hardware", 0, fifty(51)).await["errors"][0]["code"], "TOO_MANY");
        let long = |n: usize| with(open(&format!("x{n}"), "TEXT"), json!({"help": [{"locale": "en", "text": "x".repeat(2_000)}]}));
        assert_eq!(publish(&owner, "hardware", 0, (0..40).map(long).collect()).await["errors"][0]["code"], "TOO_LONG");
        assert_eq!(form(&owner, "hardware").await, Value::Null);
        published(&owner, "hardware", 0, fifty(50)).await;
    }
}

/// Runs a statement behind everybody's back; whether the database took it.
#[expect(clippy::disallowed_methods, reason = "does what no command does")]
async fn takes(world: &World, statement: &str) -> bool {
    let done = world.store.connection().execute_unprepared(statement).await;
    done.is_ok()
}

on_both! {
    /// What was published is not rewritten, not even by whoever holds the database.
    async fn versions_and_shapes_are_never_changed(world) {
        for table in ["ticket_form_shapes", "ticket_form_versions"] {
            let mut statements = vec![
                format!("UPDATE {table} SET category = 'hardware'"),
                format!("DELETE FROM {table}"),
            ];
            match world.kind {
                Kind::Sqlite => statements.push(format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table}")),
                Kind::Postgres => statements.push(format!("TRUNCATE {table}")),
            }
            for statement in statements {
                assert!(!takes(&world, &statement).await, "{statement}");
            }
        }
    }
}
