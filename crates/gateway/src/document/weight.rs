//! What a selection weighs once every spread in it is expanded.
//!
//! Weights are added without the expansion being made: what a fragment weighs
//! is known before its spreads are met, so a spread costs one addition whether
//! it stands for one field or for 10^9. All sums saturate.

use std::collections::HashMap;

use async_graphql::Positioned;
use async_graphql::parser::types::{
    Directive, Field, FragmentDefinition, OperationDefinition, Selection, SelectionSet,
};

use super::exceeded::{Bound, LimitExceeded};
use crate::limits::{
    ALIASES, INTROSPECTION_DEPTH, INTROSPECTION_LISTS, LEVELS, Limits, ROOT_FIELDS,
};

/// The weight of a selection set, every spread in it expanded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Weight {
    /// Fields, spreads and inline fragments, and the arguments of the fields.
    selections: usize,
    /// Aliases.
    aliases: usize,
    /// Fields that stand in the set itself and not below a field of it.
    pub(super) fields: usize,
    /// Selections of any kind on the longest way down.
    levels: usize,
    /// Fields on the longest way down, not going below introspection roots.
    depth: usize,
    /// What stands below the introspection roots in the set.
    introspection: Introspection,
    /// What it is if the whole set stands below an introspection root. A
    /// fragment is weighed before it is known where it will be spread.
    as_introspection: Introspection,
}

/// How deep a set goes below `__schema` or `__type`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Introspection {
    /// Fields on the longest way down.
    depth: usize,
    /// Lists of types or fields on the way down that has most of them.
    lists: usize,
}

/// Weighs selections, and counts the directives it meets.
#[derive(Debug, Default)]
pub(super) struct Scale<'a> {
    /// The fragments weighed so far.
    fragments: HashMap<&'a str, Weight>,
    /// Directives as written. Since nothing is visited twice, this counts the
    /// visits as well.
    pub(super) directives: usize,
}

impl<'a> Scale<'a> {
    /// Weighs a fragment; those that it spreads have to be weighed before.
    pub(super) fn weigh_fragment(
        &mut self,
        name: &'a str,
        fragment: &FragmentDefinition,
    ) -> Weight {
        self.mark(&fragment.directives);
        let weight = self.weigh(&fragment.selection_set.node);
        self.fragments.insert(name, weight);
        weight
    }

    /// Weighs an operation, after all fragments.
    pub(super) fn weigh_operation(&mut self, operation: &OperationDefinition) -> Weight {
        self.mark(&operation.directives);
        for variable in &operation.variable_definitions {
            self.mark(&variable.node.directives);
        }
        self.weigh(&operation.selection_set.node)
    }

    fn mark(&mut self, directives: &[Positioned<Directive>]) {
        self.directives = self.directives.saturating_add(directives.len());
    }

    /// Calls itself for sets inside it, at most as deep as the
    /// 64 levels that the parser allows in one definition, but never for a spread.
    fn weigh(&mut self, set: &SelectionSet) -> Weight {
        let selections = set
            .items
            .iter()
            .map(|selection| self.weigh_one(&selection.node));
        selections.fold(Weight::default(), Weight::beside)
    }

    fn weigh_one(&mut self, selection: &Selection) -> Weight {
        self.mark(selection.directives());
        match selection {
            Selection::Field(field) => self
                .weigh(&field.node.selection_set.node)
                .below(&field.node),
            Selection::InlineFragment(inline) => {
                self.weigh(&inline.node.selection_set.node).spread()
            }
            // Fragments that do not exist weigh nothing; validation names them.
            Selection::FragmentSpread(spread) => {
                let name = spread.node.fragment_name.node.as_str();
                self.fragments
                    .get(name)
                    .copied()
                    .unwrap_or_default()
                    .spread()
            }
        }
    }
}

impl Weight {
    /// Two selections side by side.
    fn beside(self, other: Self) -> Self {
        Self {
            selections: self.selections.saturating_add(other.selections),
            aliases: self.aliases.saturating_add(other.aliases),
            fields: self.fields.saturating_add(other.fields),
            levels: self.levels.max(other.levels),
            depth: self.depth.max(other.depth),
            introspection: self.introspection.max(other.introspection),
            as_introspection: self.as_introspection.max(other.as_introspection),
        }
    }

    /// A spread or inline fragment with this inside.
    fn spread(self) -> Self {
        Self {
            selections: self.selections.saturating_add(1),
            levels: self.levels.saturating_add(1),
            ..self
        }
    }

    /// A field with this below it.
    fn below(self, field: &Field) -> Self {
        let name = field.name.node.as_str();
        let is_root = matches!(name, "__schema" | "__type");
        Self {
            selections: self.selections.saturating_add(1 + field.arguments.len()),
            aliases: self
                .aliases
                .saturating_add(usize::from(field.alias.is_some())),
            fields: 1,
            levels: self.levels.saturating_add(1),
            depth: if is_root {
                1
            } else {
                self.depth.saturating_add(1)
            },
            introspection: if is_root {
                self.as_introspection
            } else {
                self.introspection
            },
            as_introspection: self.as_introspection.below(name),
        }
    }

    /// The part of a fragment's weight that counts even if nothing spreads it.
    /// The rest depends on where it stands: one that lists types is deep, but
    /// below `__schema` that is another depth.
    pub(super) fn anywhere(self) -> Self {
        Self {
            selections: self.selections,
            levels: self.levels,
            ..Self::default()
        }
    }

    /// Of each number the greater.
    pub(super) fn or_worse(self, other: Self) -> Self {
        Self {
            selections: self.selections.max(other.selections),
            aliases: self.aliases.max(other.aliases),
            fields: self.fields.max(other.fields),
            ..self.beside(other)
        }
    }

    /// Refuses what is too heavy.
    pub(super) fn hold(&self, limits: &Limits) -> Result<(), LimitExceeded> {
        Bound::Expansion.hold(self.selections, limits.expansion)?;
        Bound::Levels.hold(self.levels, LEVELS)?;
        Bound::Aliases.hold(self.aliases, ALIASES)?;
        Bound::Depth.hold(self.depth, limits.depth)?;
        Bound::IntrospectionDepth.hold(self.introspection.depth, INTROSPECTION_DEPTH)?;
        Bound::IntrospectionLists.hold(self.introspection.lists, INTROSPECTION_LISTS)?;
        Bound::RootFields.hold(self.fields, ROOT_FIELDS)
    }
}

impl Introspection {
    fn max(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            lists: self.lists.max(other.lists),
        }
    }

    fn below(self, field: &str) -> Self {
        let is_list = matches!(
            field,
            "fields" | "inputFields" | "interfaces" | "possibleTypes"
        );
        Self {
            depth: self.depth.saturating_add(1),
            lists: self.lists.saturating_add(usize::from(is_list)),
        }
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::*;

    fn weigh(text: &str) -> Weight {
        let document = parse_query(text).expect("the test writes valid documents");
        let (_, operation) = document.operations.iter().next().expect("an operation");
        let mut scale = Scale::default();
        for (name, fragment) in &document.fragments {
            scale.weigh_fragment(name, &fragment.node);
        }
        scale.weigh_operation(&operation.node)
    }

    #[test]
    fn fields_inline_fragments_and_arguments_are_selections() {
        let weight = weigh("{ a(x: 1, y: 2) { b } ... { c ... on T { d } } }");
        assert_eq!((weight.selections, weight.fields), (8, 3));
        assert_eq!((weight.levels, weight.depth), (3, 2));
    }

    #[test]
    fn a_spread_weighs_what_it_stands_for_and_itself() {
        let weight = weigh("{ ...F x { ...F } } fragment F on T { k: a { b } c }");
        assert_eq!((weight.selections, weight.aliases), (9, 2));
        assert_eq!((weight.fields, weight.depth, weight.levels), (3, 3, 4));
    }

    #[test]
    fn a_spread_of_nothing_weighs_itself() {
        let weight = weigh("{ ...Nowhere }");
        assert_eq!((weight.selections, weight.levels, weight.depth), (1, 1, 0));
    }

    #[test]
    fn below_an_introspection_root_other_depths_count() {
        let weight =
            weigh("{ a { b } __schema { types { ...T } } } fragment T on T { fields { n } }");
        assert_eq!(weight.depth, 2);
        assert_eq!(weight.introspection, Introspection { depth: 3, lists: 1 });
    }

    #[test]
    fn roots_inside_roots_do_not_start_anew() {
        let weight = weigh("{ __schema { a { __type { b { c } } } } }");
        assert_eq!(weight.introspection.depth, 4);
    }

    #[test]
    fn sums_end_at_the_greatest_number() {
        let heavy = Weight {
            selections: usize::MAX,
            aliases: usize::MAX,
            ..Weight::default()
        };
        assert_eq!(heavy.spread().beside(heavy).selections, usize::MAX);
        assert_eq!(heavy.beside(heavy).aliases, usize::MAX);
    }
}
