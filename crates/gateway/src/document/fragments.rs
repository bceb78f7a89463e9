//! Fragments in an order in which each follows all that it spreads.
//!
//! With that order a fragment is weighed once, from the weights before it, and
//! no function has to call itself along a chain of spreads, whose length is the
//! caller's choice. Fragments in a circle have no such order.

use std::collections::HashMap;

use async_graphql::parser::types::{
    ExecutableDocument, FragmentDefinition, Selection, SelectionSet,
};

use super::exceeded::LimitExceeded;

/// The fragments of `document` with their names, each after those it spreads.
///
/// Spreads of fragments that do not exist are left to validation, which names
/// them.
pub(super) fn in_order(
    document: &ExecutableDocument,
) -> Result<Vec<(&str, &FragmentDefinition)>, LimitExceeded> {
    let mut users: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut waiting: HashMap<&str, usize> = HashMap::new();
    for (name, fragment) in &document.fragments {
        let spread = spreads(&fragment.node.selection_set.node);
        let known = spread
            .into_iter()
            .filter(|spread| document.fragments.contains_key(*spread));
        let awaited = known
            .map(|spread| users.entry(spread).or_default().push(name))
            .count();
        waiting.insert(name, awaited);
    }

    let mut ready: Vec<&str> = waiting
        .iter()
        .filter(|(_, awaited)| **awaited == 0)
        .map(|(name, _)| *name)
        .collect();
    let mut order = Vec::with_capacity(document.fragments.len());
    while let Some(name) = ready.pop() {
        order.extend(
            document
                .fragments
                .get(name)
                .map(|fragment| (name, &fragment.node)),
        );
        for user in users.remove(name).unwrap_or_default() {
            if let Some(awaited) = waiting.get_mut(user) {
                *awaited -= 1;
                ready.extend((*awaited == 0).then_some(user));
            }
        }
    }

    if order.len() < document.fragments.len() {
        return Err(LimitExceeded::FragmentCycle);
    }
    Ok(order)
}

/// The names that a selection set spreads anywhere in it, as often as it does.
fn spreads(set: &SelectionSet) -> Vec<&str> {
    let mut found = Vec::new();
    let mut sets = vec![set];
    while let Some(set) = sets.pop() {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => sets.push(&field.node.selection_set.node),
                Selection::InlineFragment(inline) => sets.push(&inline.node.selection_set.node),
                Selection::FragmentSpread(spread) => {
                    found.push(spread.node.fragment_name.node.as_str());
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn order(text: &str) -> Result<Vec<String>, LimitExceeded> {
        let document = parse_query(text).expect("the test writes valid documents");
        let order = in_order(&document)?;
        Ok(order.into_iter().map(|(name, _)| name.to_owned()).collect())
    }

    #[test]
    fn each_follows_what_it_spreads() {
        let text = "{ ...A } fragment A on T { a { ...B ... { ...C } } ...B } \
                    fragment C on T { c } fragment B on T { ...C }";
        assert_eq!(order(text), Ok(["C", "B", "A"].map(str::to_owned).to_vec()));
    }

    #[test]
    fn fragments_that_do_not_exist_are_left_to_validation() {
        assert_eq!(
            order("{ ...A } fragment A on T { ...X ...Y }"),
            Ok(vec!["A".to_owned()])
        );
    }

    #[test]
    fn circles_are_refused_whether_used_or_not() {
        for circle in [
            "fragment A on T { ...A }",
            "fragment A on T { a { ...B } } fragment B on T { ... { ...A } }",
            "fragment A on T { ...B } fragment B on T { ...C } fragment C on T { c ...A }",
        ] {
            for operation in ["{ ...A }", "{ a }"] {
                let text = format!("{operation} {circle}");
                assert_eq!(order(&text), Err(LimitExceeded::FragmentCycle), "{text}");
            }
        }
    }

    #[test]
    fn a_long_chain_takes_no_stack() {
        let links = (0..10_000).map(|n| format!("fragment F{n} on T {{ ...F{} }} ", n + 1));
        let text = format!("{{ ...F0 }} {}", links.collect::<String>());
        assert_eq!(order(&text).map(|order| order.len()), Ok(10_000));
    }
}
