//! Names are mailed to others and shown beside other names: what is not seen,
//! turns or breaks text, or leads somewhere, is no part of one (CT-3).

use end_to_end::{Persona, Realm, World, id, on_both};
use serde_json::{Value, json};

use super::{act, end, silence, snapshot, visitor};

/// What no name may have.
const BAD: [&str; 34] = [
    // Nothing, and nothing that is seen.
    "",
    " \t ",
    "\u{a0}\u{2003}",
    "\u{200b}",
    "\u{2060}\u{feff}",
    "\u{115f}\u{1160}",
    "\u{3164}",
    "\u{ffa0}",
    "\u{2800}\u{2800}",
    // Line breaks and other control characters.
    "Mia\nBcc: all@evil.example",
    "Mia\r\nMeyer",
    "Mia\tMeyer",
    "Mia\u{b}Meyer",
    "Mia\u{85}Meyer",
    "Mia\u{2028}Meyer",
    "Mia\u{2029}Meyer",
    "Mia\u{1b}[31m",
    "Mia\0",
    // Direction marks, overrides and isolates.
    "Mia\u{200e}",
    "\u{200f}Mia",
    "\u{61c}Mia",
    "Mia\u{202e}reyeM",
    "Mia\u{2066}Meyer\u{2069}",
    // Letters that are not seen between letters that are.
    "Mi\u{ad}a",
    "Mi\u{34f}a",
    "Mi\u{17b5}a",
    "Mi\u{180e}a",
    "Mi\u{feff}a",
    "Mi\u{fff9}a",
    "Mi\u{e0061}a",
    // Web addresses.
    "Win at HTTPS://evil.example",
    "see WWW.evil.example",
    "http:evil.example",
    "MailTo:x@evil.example",
];

/// Names of people and organisations.
const GOOD: [&str; 6] = [
    "O'Neil & S\u{f6}hne GmbH / Co. KG",
    "Jos\u{e9}-Mar\u{ed}a \u{d1}and\u{fa}",
    "\u{645}\u{631}\u{64a}\u{645}",
    "\u{6e21}\u{9089}\u{e0102} \u{82b1}\u{5b50}",
    "Cafe\u{301} \u{2615}\u{fe0f}",
    "Booking.example",
];

/// Every place where a name comes in: who says it, the mutation, the rest of
/// its input, and the name of the name.
async fn places(world: &World) -> Vec<(Persona, &'static str, Value, &'static str)> {
    let owner = world.staff("owner@glass.example").await;
    let ada = world.client("ada@alder.example").await;
    let founder = world.anonymous(Realm::Staff);
    let north = json!({
        "workspace": "north", "name": "North", "ownerName": "Olga", "email": "olga@north.example",
    });
    let join = json!({"workspace": "glass", "email": "nia@alder.example"});
    let rita = json!({"email": "rita@glass.example", "role": "MEMBER"});
    let nia = json!({"email": "nia@alder.example", "company": id::company(world.cast.alder)});
    vec![
        (
            ada,
            "userInvite",
            json!({"email": "nia@alder.example"}),
            "name",
        ),
        (owner.clone(), "userInvite", nia, "name"),
        (
            owner.clone(),
            "userUpdate",
            json!({"id": id::user(world.cast.mia)}),
            "name",
        ),
        (owner.clone(), "staffInvite", rita, "name"),
        (
            owner.clone(),
            "staffUpdate",
            json!({"id": id::staff(world.cast.member)}),
            "name",
        ),
        (owner.clone(), "companyCreate", json!({}), "name"),
        (
            owner.clone(),
            "companyUpdate",
            json!({"id": id::company(world.cast.alder)}),
            "name",
        ),
        (owner, "workspaceUpdate", json!({}), "name"),
        (founder.clone(), "workspaceCreate", north.clone(), "name"),
        (founder, "workspaceCreate", north, "ownerName"),
        (visitor(world), "joinRequestCreate", join, "name"),
    ]
}

on_both! {
    /// Wherever a name comes in, the same is refused, by field, and nothing is
    /// written, mailed or counted.
    async fn a_name_is_seen_and_leads_nowhere(world) {
        let places = places(&world).await;
        let before = snapshot(&world).await;
        for (persona, mutation, input, field) in places {
            for name in BAD {
                let mut input = input.clone();
                input[field] = name.into();
                let payload = act(&persona, mutation, "", input).await;
                let told = (&payload["errors"][0]["code"], &payload["errors"][0]["field"]);
                assert_eq!(told, (&json!("INVALID_NAME"), &json!(field)), "{mutation}: {name:?}: {payload}");
            }
        }
        assert_eq!(snapshot(&world).await, before);
        silence(&world).await;
    }
}

on_both! {
    /// Names of many scripts stay as they are.
    async fn names_of_people_stay_as_they_are(world) {
        let owner = world.staff("owner@glass.example").await;
        for name in GOOD {
            let person = json!({"id": id::user(world.cast.mia), "name": name});
            assert_eq!(act(&owner, "userUpdate", "user { name }", person).await["user"]["name"], name);
            let company = json!({"id": id::company(world.cast.alder), "name": name});
            assert_eq!(act(&owner, "companyUpdate", "company { name }", company).await["company"]["name"], name);
        }
        assert_eq!(end(&owner, "staffUpdate", json!({"id": id::staff(world.cast.member), "name": " Mem Ber "})).await, "ok");
        let team = owner.read("{ staffMembers { name } }").await;
        assert!(team["staffMembers"].as_array().expect("people").contains(&json!({"name": "Mem Ber"})), "{team}");
    }
}
