//! What is said of a document that asks for too much.
//!
//! The sentences are for the developer of the client: what there is too much
//! of, how much there is, and how much is allowed. They repeat nothing of the
//! document's text.

use std::fmt;

/// A document asks for more than a limit allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LimitExceeded {
    /// Something that is counted is above its bound.
    Above {
        /// What was counted.
        bound: Bound,
        /// The most that is allowed.
        limit: usize,
        /// How much there is; `usize::MAX` if it is beyond counting.
        actual: usize,
    },
    /// Fragments spread one another in a circle: they expand to no end.
    FragmentCycle,
    /// A string has no end, so that nobody can say what stands inside it.
    UnclosedString,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    /// Bytes of the text.
    Bytes,
    /// Lexical tokens of the text.
    Tokens,
    /// Brackets open at one time.
    Nesting,
    /// Operation definitions.
    Operations,
    /// Fragment definitions.
    Fragments,
    /// Selections and arguments after expansion.
    Expansion,
    /// Levels of selections after expansion.
    Levels,
    /// Levels of fields after expansion.
    Depth,
    /// Levels of fields below `__schema` and `__type`.
    IntrospectionDepth,
    /// Levels of lists of types and fields below `__schema` and `__type`.
    IntrospectionLists,
    /// Aliases after expansion.
    Aliases,
    /// Fields at the root after expansion.
    RootFields,
    /// Directives as written.
    Directives,
    /// Variable definitions of one operation.
    Variables,
}

impl LimitExceeded {
    /// The limit's name for machines; it never changes.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Above { bound, .. } => bound.words().0,
            Self::FragmentCycle => "fragmentCycle",
            Self::UnclosedString => "unclosedString",
        }
    }
}

impl Bound {
    /// Refuses `actual` if it is above `limit`.
    pub(crate) fn hold(self, actual: usize, limit: usize) -> Result<(), LimitExceeded> {
        if actual > limit {
            return Err(LimitExceeded::Above {
                bound: self,
                limit,
                actual,
            });
        }
        Ok(())
    }

    /// The name, and what is said before and after the number.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Bytes => ("documentBytes", "is", "bytes long"),
            Self::Tokens => ("tokens", "has", "tokens"),
            Self::Nesting => ("nesting", "nests brackets", "deep"),
            Self::Operations => ("operations", "defines", "operations"),
            Self::Fragments => ("fragments", "defines", "fragments"),
            Self::Expansion => (
                "fragmentExpansion",
                "expands to",
                "selections and arguments in one operation",
            ),
            Self::Levels => ("expandedNesting", "expands to selections nested", "deep"),
            Self::Depth => ("depth", "nests fields", "deep"),
            Self::IntrospectionDepth => {
                ("introspectionDepth", "nests introspection fields", "deep")
            }
            Self::IntrospectionLists => ("introspectionLists", "nests introspection lists", "deep"),
            Self::Aliases => ("aliases", "expands to", "aliases in one operation"),
            Self::RootFields => ("rootFields", "expands to", "root fields in one operation"),
            Self::Directives => ("directives", "has", "directives"),
            Self::Variables => ("variables", "declares", "variables in one operation"),
        }
    }
}

impl fmt::Display for LimitExceeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Above {
                bound,
                limit,
                actual,
            } => {
                let (_, before, after) = bound.words();
                match actual {
                    usize::MAX => write!(f, "The document {before} countless {after}")?,
                    _ => write!(f, "The document {before} {actual} {after}")?,
                }
                write!(f, "; at most {limit} are allowed.")
            }
            Self::FragmentCycle => {
                f.write_str("The document has fragments that spread each other in a circle.")
            }
            Self::UnclosedString => f.write_str("The document has a string that is not closed."),
        }
    }
}

impl std::error::Error for LimitExceeded {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_holds_what_is_above_it_and_nothing_else() {
        assert_eq!(Bound::Tokens.hold(10, 10), Ok(()));
        let refused = Bound::Tokens.hold(11, 10).expect_err("above");
        assert_eq!(
            refused,
            LimitExceeded::Above {
                bound: Bound::Tokens,
                limit: 10,
                actual: 11
            }
        );
    }

    #[test]
    fn the_sentence_says_what_how_much_and_how_much_is_allowed() {
        let refused = Bound::Nesting.hold(41, 32).expect_err("above");
        assert_eq!(refused.name(), "nesting");
        assert_eq!(
            refused.to_string(),
            "The document nests brackets 41 deep; at most 32 are allowed."
        );
    }

    #[test]
    fn a_number_beyond_counting_is_not_written_out() {
        let refused = Bound::Expansion.hold(usize::MAX, 1_000).expect_err("above");
        assert_eq!(
            refused.to_string(),
            "The document expands to countless selections and arguments in one operation; \
             at most 1000 are allowed."
        );
    }
}
