//! Calendars, policies and contracts: made, changed, refused, entered.

use end_to_end::{id, on_both};
use serde_json::{Value, json};

on_both! {
    async fn a_team_writes_down_what_it_promises(world) {
        let owner = world.staff("owner@glass.example").await;
        let create = "mutation ($hours: String!) { calendarCreate(input: {name: \"Office\", hours: $hours, timeZone: \"Europe/Paris\", \
                      holidays: [{date: \"2027-05-01\", name: \"May Day\"}]}) { calendar { id name hours timeZone holidays { date name } } errors { code message field } } }";
        let bad = owner.done(create, json!({"hours": "Mo-Fr 09:00-17:00; Xx off"})).await;
        let error = json!([{"code": "INVALID_HOURS", "field": "hours", "message": "Refused: the opening hours cannot be read from character 20 on."}]);
        assert_eq!(bad["calendarCreate"]["errors"], error);
        let never = owner.done(create, json!({"hours": "off"})).await;
        assert_eq!(never["calendarCreate"]["errors"][0]["code"], "NEVER_OPEN");
        let made = owner.done(create, json!({"hours": "Mo-Fr 09:00-17:00; PH off"})).await;
        let calendar = &made["calendarCreate"]["calendar"];
        assert_eq!(calendar["holidays"], json!([{"date": "2027-05-01", "name": "May Day"}]));

        let policy = format!("mutation ($targets: [SlaTargetInput!]!) {{ slaPolicyCreate(input: {{name: \"Standard\", calendar: {}, targets: $targets, isDefault: true}}) \
            {{ policy {{ id name isDefault nearBreachPercent calendar {{ name }} targets {{ priority responseMinutes resolutionMinutes }} }} errors {{ code field }} }} }}", calendar["id"]);
        let high = json!({"priority": "HIGH", "responseMinutes": 60});
        for targets in [json!([high, high]), json!([{"priority": "LOW", "responseMinutes": 0}]), json!([{"priority": "LOW", "resolutionMinutes": 600_000}])] {
            let refused = owner.done(&policy, json!({"targets": targets})).await;
            assert_eq!(refused["slaPolicyCreate"]["errors"], json!([{"code": "INVALID_TARGETS", "field": "targets"}]), "{targets}");
        }
        let made = owner.done(&policy, json!({"targets": [high]})).await;
        let policy = &made["slaPolicyCreate"]["policy"];
        assert_eq!((&policy["isDefault"], &policy["nearBreachPercent"], &policy["calendar"]["name"]), (&json!(true), &json!(80), &json!("Office")));
        assert_eq!(policy["targets"][2], json!({"priority": "HIGH", "responseMinutes": 60, "resolutionMinutes": null}));

        let contract = format!("mutation ($ends: NaiveDate) {{ contractCreate(input: {{title: \"Care\", companies: [\"{}\"], policy: {}, startsOn: \"2027-01-01\", endsOn: $ends}}) \
            {{ contract {{ id reference title countdown startsOn endsOn companies {{ name }} policy {{ name }} }} errors {{ code field }} }} }}", id::company(world.cast.alder), policy["id"]);
        let refused = owner.done(&contract, json!({"ends": "2026-12-31"})).await;
        assert_eq!(refused["contractCreate"]["errors"], json!([{"code": "INVALID_DATES", "field": "endsOn"}]));
        let made = owner.done(&contract, json!({"ends": "2027-12-31"})).await;
        let contract = &made["contractCreate"]["contract"];
        assert_eq!((&contract["reference"], &contract["companies"], &contract["policy"]), (&json!("CTR-0002"), &json!([{"name": "Alder"}]), &json!({"name": "Standard"})));

        let kinds = owner.read("{ audit(first: 20) { nodes { kind subjectKind subject } } }").await;
        let entered = kinds["audit"]["nodes"].as_array().expect("entries").clone();
        for (kind, subject) in [("contract.created", contract), ("slaPolicy.created", policy), ("calendar.created", calendar)] {
            let entry = |entry: &&Value| entry["kind"] == kind && entry["subject"] == subject["id"];
            assert!(entered.iter().any(|one| entry(&one)), "{kind}: {entered:?}");
        }
        let lists = owner.read("{ calendars(first: 1) { nodes { name } pageInfo { hasNextPage endCursor } } slaPolicies { nodes { name isDefault } } contracts { nodes { title } } }").await;
        assert_eq!((&lists["calendars"]["nodes"], &lists["calendars"]["pageInfo"]["hasNextPage"]), (&json!([{"name": "Office"}]), &json!(true)));
        let defaults = lists["slaPolicies"]["nodes"].as_array().expect("policies").iter().filter(|policy| policy["isDefault"] == true).count();
        assert_eq!(defaults, 1, "a workspace has one default at most");
        let more = owner.read(&format!("{{ calendars(after: {}) {{ nodes {{ name }} }} }}", lists["calendars"]["pageInfo"]["endCursor"])).await;
        assert_eq!(more["calendars"]["nodes"].as_array().map(Vec::len), Some(2));
    }
}

on_both! {
    async fn a_change_says_what_it_changes(world) {
        let owner = world.staff("owner@glass.example").await;
        let promised = world.cast.promised;
        let same = format!("mutation {{ contractUpdate(input: {{id: \"{}\"}}) {{ errors {{ code }} }} }}", id::contract(promised.birchs.0));
        assert_eq!(owner.read(&same).await["contractUpdate"]["errors"], json!([{"code": "NOTHING_TO_CHANGE"}]));
        let other = format!("mutation {{ contractUpdate(input: {{id: \"{}\", countdown: false, policy: null, companies: []}}) {{ contract {{ countdown policy {{ id }} companies {{ id }} }} errors {{ code }} }} }}", id::contract(promised.birchs.0));
        let changed = owner.read(&other).await["contractUpdate"].clone();
        assert_eq!(changed, json!({"contract": {"countdown": false, "policy": null, "companies": []}, "errors": []}));
        let entry = owner.read("{ audit(kind: \"contract.changed\") { nodes { kind detail } } }").await["audit"]["nodes"][0].clone();
        assert_eq!((&entry["kind"], &entry["detail"]["countdown"]), (&json!("contract.changed"), &json!({"from": true, "to": false})));
        // Of another workspace, nothing is there.
        let stranger = world.sign_in(end_to_end::Realm::Staff, "other", "owner@other.example").await;
        assert_eq!(stranger.code(&other, json!({})).await, "NOT_FOUND");
        assert_eq!(stranger.read("{ contracts { nodes { id } } slaPolicies { nodes { id } } calendars { nodes { id } } }").await.to_string().matches("\"id\"").count(), 0);
    }
}
