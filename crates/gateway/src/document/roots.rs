//! How often each field stands at the root of an operation.
//!
//! Some fields are held to a number of their own: a request signs in once. A
//! look at the names that stand in the text would miss those behind aliases
//! and fragments, so the root is expanded.

use std::collections::HashMap;

use async_graphql::Name;
use async_graphql::parser::types::{ExecutableDocument, OperationDefinition, Selection};

/// What is known of a document that is within the limits.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    /// For each operation, how often each field stands at its root.
    roots: Vec<HashMap<Name, usize>>,
}

impl Measured {
    /// Expands the root of each operation. Takes as many steps as the root has
    /// selections after expansion, so that has to be held to its limit before.
    pub(super) fn of(document: &ExecutableDocument) -> Self {
        let operations = document.operations.iter();
        Self {
            roots: operations
                .map(|(_, operation)| root(&operation.node, document))
                .collect(),
        }
    }

    /// How often `field` stands at the root, in the operation where it stands
    /// there most often; aliases and fragments do not hide it.
    pub(crate) fn most_at_root(&self, field: &str) -> usize {
        self.roots
            .iter()
            .filter_map(|root| root.get(field))
            .max()
            .copied()
            .unwrap_or(0)
    }
}

fn root(operation: &OperationDefinition, document: &ExecutableDocument) -> HashMap<Name, usize> {
    let mut root = HashMap::new();
    let mut sets = vec![&operation.selection_set.node];
    while let Some(set) = sets.pop() {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    *root.entry(field.node.name.node.clone()).or_default() += 1;
                }
                Selection::InlineFragment(inline) => sets.push(&inline.node.selection_set.node),
                Selection::FragmentSpread(spread) => {
                    let fragment = document.fragments.get(&spread.node.fragment_name.node);
                    sets.extend(fragment.map(|fragment| &fragment.node.selection_set.node));
                }
            }
        }
    }
    root
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn measured(text: &str) -> Measured {
        Measured::of(&parse_query(text).expect("the test writes valid documents"))
    }

    #[test]
    fn fields_are_found_behind_aliases_and_fragments() {
        let measured = measured(
            "mutation { x: signIn ...F ... { signIn ... on M { signIn } } } \
             fragment F on M { y: signIn ...G } fragment G on M { signIn signOut }",
        );
        assert_eq!(measured.most_at_root("signIn"), 5);
        assert_eq!(measured.most_at_root("signOut"), 1);
    }

    #[test]
    fn what_stands_below_the_root_is_another_field() {
        assert_eq!(
            measured("{ signIn { signIn signIn } }").most_at_root("signIn"),
            1
        );
        assert_eq!(measured("{ signIn: other }").most_at_root("signIn"), 0);
    }

    #[test]
    fn the_operation_with_most_of_them_counts() {
        let measured = measured("query A { a a } query B { a b ...Nowhere } query C { c }");
        assert_eq!(measured.most_at_root("a"), 2);
        assert_eq!(measured.most_at_root("c"), 1);
    }
}
