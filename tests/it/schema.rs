//! The checked-in schemas are what runs, and the portal's names nothing internal.

use std::collections::BTreeSet;

use async_graphql::parser::types::TypeKind;
use end_to_end::sdl::{Sdl, is_internal};

const ADVICE: &str = "the schema differs from the checked-in file; if that is meant, run script/schema \
                      and have the difference in schema.portal.graphql reviewed: clients will see it";

#[test]
fn the_full_schema_is_the_checked_in_one() {
    assert!(
        gateway::full_sdl() == include_str!("../../schema.graphql"),
        "schema.graphql: {ADVICE}"
    );
}

#[test]
fn the_portal_schema_is_the_checked_in_one() {
    let checked_in = include_str!("../../schema.portal.graphql");
    assert!(
        gateway::candidate_sdl() == checked_in,
        "schema.portal.graphql: {ADVICE}"
    );
    assert!(
        gateway::portal_sdl() == checked_in,
        "the allow-list prunes something that it names"
    );
}

/// Internal members with names that are ordinary words, which descriptions of
/// public members use too.
const ORDINARY_WORDS: [&str; 36] = [
    "NOT_FOUND",
    "Workspace",
    "answered",
    "at",
    "calendar",
    "companies",
    "count",
    "filter",
    "form",
    "helps",
    "ids",
    "into",
    "invitation",
    "item",
    "items",
    "itself",
    "labels",
    "language",
    "mail",
    "mails",
    "members",
    "older",
    "oneself",
    "open",
    "opened",
    "orderBy",
    "owner",
    "path",
    "paused",
    "plan",
    "portal",
    "resolution",
    "sent",
    "shared",
    "user",
    "workspace",
];

/// Whether a name is a value of one word, such as `NOTE`.
fn is_one_word(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_uppercase())
}

/// The names of internal members, and only of them.
fn internal_names() -> BTreeSet<String> {
    let full = Sdl::full();
    let mut internal = BTreeSet::new();
    let mut public = BTreeSet::new();
    for definition in &full.types {
        let whole = is_internal(&definition.directives);
        let mut add = |name: &str, marked: bool| {
            if marked || whole {
                internal.insert(name.to_owned())
            } else {
                public.insert(name.to_owned())
            };
        };
        add(&definition.name.node, whole);
        match &definition.kind {
            TypeKind::Object(object) => {
                for field in &object.fields {
                    add(&field.node.name.node, is_internal(&field.node.directives));
                }
            }
            TypeKind::InputObject(input) => {
                for field in &input.fields {
                    add(&field.node.name.node, is_internal(&field.node.directives));
                }
            }
            TypeKind::Enum(values) => {
                for value in &values.values {
                    add(&value.node.value.node, is_internal(&value.node.directives));
                }
            }
            _ => {}
        }
    }
    internal.difference(&public).cloned().collect()
}

#[test]
fn the_portal_schema_names_nothing_internal() {
    let internal = internal_names();
    for expected in [
        "sla",
        "assignee",
        "ticketNote",
        "Sla",
        "NOTE",
        "StaffMember",
        "visibility",
    ] {
        assert!(internal.contains(expected), "{expected} should be internal");
    }
    let portal = gateway::portal_sdl();
    let words: BTreeSet<&str> = portal
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .collect();
    // A value of an enumeration is spoken of in small letters.
    let spoken = internal.iter().filter(|name| is_one_word(name));
    let spoken: Vec<_> = spoken.map(|name| name.to_lowercase()).collect();
    let leaked: Vec<_> = internal
        .iter()
        .chain(&spoken)
        .filter(|name| words.contains(name.as_str()) && !ORDINARY_WORDS.contains(&name.as_str()))
        .collect();
    assert!(
        leaked.is_empty(),
        "schema.portal.graphql names {leaked:?}, in a member or in a description"
    );
    assert!(
        !portal.contains("@internal"),
        "schema.portal.graphql names the directive"
    );
}

#[test]
fn every_member_is_documented() {
    for sdl in [Sdl::full(), Sdl::portal()] {
        for definition in &sdl.types {
            let name = &definition.name.node;
            // The library describes its own connections, but not the types by name.
            let ours = !name.ends_with("Connection") && !name.ends_with("Edge");
            assert!(
                !ours || definition.description.is_some(),
                "{name} has no description"
            );
            for field in sdl.fields(name) {
                let field_name = &field.name.node;
                assert!(
                    field.description.is_some(),
                    "{name}.{field_name} has no description"
                );
                for argument in &field.arguments {
                    let documented =
                        argument.node.description.is_some() || argument.node.name.node == "input";
                    assert!(
                        documented,
                        "{name}.{field_name}({}) has no description",
                        argument.node.name.node
                    );
                }
            }
            if let TypeKind::Enum(values) = &definition.kind {
                for value in &values.values {
                    assert!(
                        value.node.description.is_some(),
                        "{name}.{} has no description",
                        value.node.value.node
                    );
                }
            }
            if let TypeKind::InputObject(input) = &definition.kind {
                for field in &input.fields {
                    assert!(
                        field.node.description.is_some(),
                        "{name}.{} has no description",
                        field.node.name.node
                    );
                }
            }
        }
    }
}

#[test]
fn every_field_says_who_sees_it() {
    let page = include_str!("../../docs/fields.md");
    let full = Sdl::full();
    for definition in &full.types {
        let name = &definition.name.node;
        let library = ["PageInfo"].contains(&name.as_str())
            || name.ends_with("Connection")
            || name.ends_with("Edge");
        // Payloads and their errors repeat the rules of what they carry.
        let derived = name.ends_with("Payload") || name.ends_with("Error");
        if library || derived {
            continue;
        }
        for field in full.fields(name) {
            let row = format!("| `{name}.{}` |", field.name.node);
            assert!(page.contains(&row), "docs/fields.md lacks {row}");
        }
    }
}
