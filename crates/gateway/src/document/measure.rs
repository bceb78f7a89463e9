//! The second gate: what a parsed document grows to, before validation.
//!
//! Validation expands fragments as often as they are spread, and so do the
//! library's own limits, which run inside it: the standard limits are part of
//! the fault. Here each definition is visited once.

use async_graphql::parser::types::{ExecutableDocument, OperationType};

use super::exceeded::{Bound, LimitExceeded};
use super::fragments::in_order;
use super::roots::Measured;
use super::weight::{Scale, Weight};
use crate::limits::{DIRECTIVES, Limits, OPERATIONS, STREAM_FIELDS, VARIABLES};

/// Measures a document, and refuses one that is beyond the limits.
///
/// Every operation has to be within them, not only the one to be executed,
/// since all are validated. What is told is the worst there is of a thing, so
/// that the same document always gets the same answer: definitions come in an
/// order that changes from run to run.
pub(crate) fn measure(
    document: &ExecutableDocument,
    limits: &Limits,
) -> Result<Measured, LimitExceeded> {
    Bound::Operations.hold(document.operations.iter().len(), OPERATIONS)?;
    Bound::Fragments.hold(document.fragments.len(), limits.fragments)?;

    let operations = || {
        document
            .operations
            .iter()
            .map(|(_, operation)| &operation.node)
    };
    let variables = operations().map(|operation| operation.variable_definitions.len());
    Bound::Variables.hold(variables.max().unwrap_or(0), VARIABLES)?;

    let mut scale = Scale::default();
    let (mut worst, mut worst_stream) = (Weight::default(), 0);
    for (name, fragment) in in_order(document)? {
        worst = worst.or_worse(scale.weigh_fragment(name, fragment).anywhere());
    }
    for operation in operations() {
        let weight = scale.weigh_operation(operation);
        if operation.ty == OperationType::Subscription {
            worst_stream = weight.fields.max(worst_stream);
        }
        worst = worst.or_worse(weight);
    }
    Bound::Directives.hold(scale.directives, DIRECTIVES)?;
    Bound::RootFields.hold(worst_stream, STREAM_FIELDS)?;
    worst.hold(limits)?;

    // Expanding the roots is safe only now.
    Ok(Measured::of(document))
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;
    use crate::limits::{ALIASES, INTROSPECTION_DEPTH, INTROSPECTION_LISTS, LEVELS, ROOT_FIELDS};

    fn measured(text: &str, limits: &Limits) -> Result<Measured, LimitExceeded> {
        measure(
            &parse_query(text).expect("the test writes valid documents"),
            limits,
        )
    }

    /// Asserts that `text(limit)` passes and `text(limit + 1)` is refused as `name`.
    fn held(name: &str, limits: &Limits, limit: usize, text: impl Fn(usize) -> String) {
        assert_eq!(
            measured(&text(limit), limits).err(),
            None,
            "{name} at {limit}"
        );
        let over = measured(&text(limit + 1), limits).expect_err("over the limit");
        let LimitExceeded::Above {
            limit: told,
            actual,
            ..
        } = over
        else {
            panic!("{over} is not about a number");
        };
        assert_eq!((over.name(), told, actual), (name, limit, limit + 1));
    }

    fn each(count: usize, text: impl Fn(usize) -> String) -> String {
        (0..count).map(text).collect()
    }

    fn nested(field: &str, levels: usize) -> String {
        format!(
            "{{ {} x {}",
            format!("{field} {{ ").repeat(levels - 1),
            "}".repeat(levels)
        )
    }

    /// Fragments that each spread the next `width` times, `levels` times over.
    fn bomb(width: usize, levels: usize, directive: &str) -> String {
        let fragment = |n: usize| {
            let spreads = format!("...F{} {directive} ", n + 1).repeat(width);
            format!("fragment F{n} on T {{ {spreads} }} ")
        };
        format!(
            "{{ ...F0 }} {} fragment F{levels} on T {{ a }}",
            each(levels, fragment)
        )
    }

    #[test]
    fn operations_are_held() {
        held("operations", &Limits::PORTAL, OPERATIONS, |n| {
            each(n, |n| format!("query Q{n} {{ a }} "))
        });
    }

    #[test]
    fn fragments_are_held() {
        for limits in [Limits::PORTAL, Limits::STAFF] {
            held("fragments", &limits, limits.fragments, |n| {
                format!(
                    "{{ a }} {}",
                    each(n, |n| format!("fragment F{n} on T {{ a }} "))
                )
            });
        }
    }

    #[test]
    fn expansion_is_held() {
        for limits in [Limits::PORTAL, Limits::STAFF] {
            // One field and its argument, 10 spreads of 9 fields, and as many again.
            held("fragmentExpansion", &limits, limits.expansion, |n| {
                let spreads = "...F ".repeat((n - 2) / 10);
                let fields = "a ".repeat((n - 2) % 10);
                let fragment = format!("fragment F on T {{ {} }}", "a ".repeat(9));
                format!("{{ a(x: 1) {{ {spreads} {fields} }} }} {fragment}")
            });
        }
    }

    #[test]
    fn levels_are_held_across_spreads() {
        held("expandedNesting", &Limits::STAFF, LEVELS, |n| {
            let chain = each(n - 2, |n| {
                format!("fragment F{n} on T {{ ...F{} }} ", n + 1)
            });
            format!("{{ ...F0 }} {chain} fragment F{} on T {{ a }}", n - 2)
        });
    }

    #[test]
    fn depth_is_held_with_and_without_fragments() {
        for limits in [Limits::PORTAL, Limits::STAFF] {
            held("depth", &limits, limits.depth, |n| nested("a", n));
            held("depth", &limits, limits.depth, |n| {
                format!("{{ a {{ ...F }} }} fragment F on T {}", nested("a", n - 1))
            });
            held("depth", &limits, limits.depth, |n| {
                format!("{{ ... {} }}", nested("a", n))
            });
        }
    }

    #[test]
    fn introspection_is_held_by_its_own_limits() {
        for root in ["__schema", "r: __type(name: \"T\")"] {
            held(
                "introspectionDepth",
                &Limits::PORTAL,
                INTROSPECTION_DEPTH,
                |n| format!("{{ {root} {} }}", nested("ofType", n)),
            );
            held(
                "introspectionLists",
                &Limits::PORTAL,
                INTROSPECTION_LISTS,
                |n| format!("{{ {root} {} }}", nested("fields", n + 1)),
            );
        }
    }

    #[test]
    fn aliases_are_held_after_expansion() {
        held("aliases", &Limits::PORTAL, ALIASES, |n| {
            format!("{{ a {{ {} }} }}", each(n, |n| format!("b{n}: b ")))
        });
        held("aliases", &Limits::PORTAL, ALIASES, |n| {
            let spreads = each(n, |n| format!("f{} {{ ...F }} ", n % 7));
            format!("{{ a {{ {spreads} }} }} fragment F on T {{ b: c }}")
        });
    }

    /// GraphQL knows no other: each event would be an answer without the others.
    #[test]
    fn a_subscription_has_one_root_field() {
        let measured = |text: &str| {
            let document = parse_query(text).expect("the test writes valid documents");
            measure(&document, &Limits::PORTAL).is_ok()
        };
        assert!(measured("subscription { a { b c } }"));
        assert!(measured("query { a b }"));
        for text in [
            "subscription { a b }",
            "subscription { x: a y: a }",
            "subscription { a ...F } fragment F on S { b }",
        ] {
            assert!(!measured(text), "{text}");
        }
    }

    #[test]
    fn root_fields_are_held_after_expansion() {
        held("rootFields", &Limits::PORTAL, ROOT_FIELDS, |n| {
            format!("{{ {} }}", "a ".repeat(n))
        });
        held("rootFields", &Limits::PORTAL, ROOT_FIELDS, |n| {
            format!(
                "{{ {} }} fragment F on T {{ a {{ b c d }} }}",
                "...F ".repeat(n)
            )
        });
    }

    #[test]
    fn directives_are_held_wherever_they_stand() {
        for place in [
            "query % { a }",
            "query ($v: I %) { a }",
            "{ a % }",
            "{ a { b % } }",
            "{ ... % { a } }",
            "{ ...F % } fragment F on T { a }",
            "{ ...F } fragment F on T % { a }",
            "{ ...F } fragment F on T { a % }",
            "{ __typename % }",
        ] {
            held("directives", &Limits::PORTAL, DIRECTIVES, |n| {
                place.replace('%', &"@d ".repeat(n))
            });
        }
        held("directives", &Limits::PORTAL, DIRECTIVES, |n| {
            "query ($v: I @d) @d { x @d ...F @d ... @d { y } } fragment F on T @d { z % }"
                .replace('%', &"@d ".repeat(n - 6))
        });
    }

    #[test]
    fn variables_are_held_in_each_operation() {
        held("variables", &Limits::PORTAL, VARIABLES, |n| {
            format!(
                "query A {{ a }} query B({}) {{ a }}",
                each(n, |n| format!("$v{n}: I "))
            )
        });
    }

    #[test]
    fn fragment_bombs_are_refused_for_what_they_expand_to() {
        let expanded = |text: &str| match measured(text, &Limits::STAFF) {
            Err(LimitExceeded::Above {
                bound: Bound::Expansion,
                actual,
                ..
            }) => actual,
            other => panic!("{other:?}"),
        };
        // Each level is the spreads of it and what they stand for.
        assert_eq!(expanded(&bomb(2, 24, "")), 1 + (2 << 24) - 2 + (1 << 24));
        assert_eq!(
            expanded(&bomb(10, 9, "")),
            1 + 1_111_111_110 + 1_000_000_000
        );
        assert_eq!(expanded(&bomb(20, 99, "")), usize::MAX);
        for text in [bomb(2, 19, ""), bomb(10, 9, "")] {
            let refused = measured(&text, &Limits::PORTAL).expect_err("a bomb");
            assert_eq!(refused.name(), "fragmentExpansion");
        }
    }

    #[test]
    fn each_fragment_is_visited_once() {
        let document = parse_query(bomb(10, 9, "@d")).expect("valid");
        let mut scale = Scale::default();
        for (name, fragment) in in_order(&document).expect("no circle") {
            scale.weigh_fragment(name, fragment);
        }
        assert_eq!(scale.directives, 90, "one visit per spread as written");
    }
}
