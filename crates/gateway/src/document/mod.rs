//! Bounds the work that a GraphQL document can ask for, before it is done.
//!
//! The parser overflows its stack on nested literals, and validation takes
//! seconds over fragments that spread each other, so neither may see a document
//! that is not known to be harmless. A document passes two gates, whatever
//! transport brought it:
//!
//! 1. [`scan()`] counts bytes, tokens and brackets on the raw text, before the
//!    parser: it makes the parser safe.
//! 2. [`measure()`] counts what the parsed document grows to once its fragments
//!    are expanded, before validation: it makes validation and execution safe.
//!
//! Both take linear time, need no schema and know no user. The numbers and
//! their reasons are in [`crate::limits`].
//!
//! | file | what it does |
//! |---|---|
//! | `escapes.rs` | spells out the escapes that the parser does not know |
//! | `lexemes.rs` | cuts raw text at least as finely as the parser does |
//! | `scan.rs` | the first gate |
//! | `fragments.rs` | fragments in an order without recursion; refuses cycles |
//! | `weight.rs` | what one selection weighs; the arithmetic |
//! | `measure.rs` | the second gate |
//! | `roots.rs` | how often each field stands at a root |
//! | `exceeded.rs` | what is said when a limit is exceeded |
//!
//! **Invariant**: no text makes `scan` see fewer tokens or brackets than the
//! parser does. `scan.rs` tests it over all short texts made of the pieces that
//! open and close strings, comments and lists.
//!
//! **Invariant**: each definition is visited once, however often it is spread,
//! and no recursion crosses a spread. `measure.rs` tests it by counting.

mod escapes;
mod exceeded;
mod fragments;
mod lexemes;
mod measure;
mod roots;
mod scan;
mod weight;

pub(crate) use escapes::spelled;
pub(crate) use exceeded::LimitExceeded;
pub(crate) use measure::measure;
pub(crate) use scan::scan;

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;

    use super::{LimitExceeded, measure, scan};
    use crate::limits::{Limits, NESTING};

    /// Passes `text` through both gates, and the parser between them.
    fn admit(text: &str, limits: &Limits) -> Result<(), LimitExceeded> {
        scan(text, limits)?;
        let document = parse_query(text).expect("the test writes valid documents");
        measure(&document, limits).map(|_| ())
    }

    /// Documents that nest each thing that can nest as deep as `scan` lets pass.
    fn deepest() -> Vec<String> {
        let nest = |open: &str, inner: &str, close: &str, levels: usize| {
            format!("{}{inner}{}", open.repeat(levels), close.repeat(levels))
        };
        vec![
            format!("{{ f(a: {}) }}", nest("[", "", "]", NESTING - 2)),
            format!("{{ f(a: {}) }}", nest("{a: ", "0", "}", NESTING - 2)),
            format!("{{ f(a: {}) }}", nest("[{a: ", "0", "}]", NESTING / 2 - 1)),
            format!("{{ f @d(a: {}) }}", nest("[", "$v", "]", NESTING - 2)),
            format!(
                "query ($v: I = {}) {{ f }}",
                nest("[", "", "]", NESTING - 1)
            ),
            format!("query ($v: {}) {{ f }}", nest("[", "I", "]", NESTING - 1)),
            format!(
                "query ($v: I @d(a: {})) {{ f }}",
                nest("[", "", "]", NESTING - 2)
            ),
            nest("{ f ", "", "}", NESTING - 1).replace("f }", "f { f } }"),
            format!("{{ {} }}", nest("... on A @d { ", "f", "}", NESTING - 1)),
            format!(
                "fragment F on A {} {{ f }}",
                nest("{ f ", "{ f }", "}", NESTING - 1)
            ),
        ]
    }

    #[test]
    fn what_the_scan_lets_pass_fits_the_stack_of_a_worker() {
        let worker = std::thread::Builder::new()
            .stack_size(2 * 1024 * 1024)
            .spawn(|| {
                for text in deepest() {
                    scan(&text, &Limits::PORTAL).expect("at the limit");
                    let parsed = parse_query(&text).expect("the test writes valid documents");
                    drop(measure(&parsed, &Limits::PORTAL));
                }
            });
        worker
            .expect("a thread starts")
            .join()
            .expect("no overflow");
    }

    #[test]
    fn the_standard_introspection_query_passes() {
        let type_ref = format!(
            "kind name {}{}",
            "ofType { name kind ".repeat(9),
            "}".repeat(9)
        );
        let old = "(includeDeprecated: true)";
        let text = format!(
            "query IntrospectionQuery {{ __schema {{ description queryType {{ name kind }} \
             mutationType {{ name kind }} subscriptionType {{ name kind }} types {{ ...FullType }} \
             directives{old} {{ name description isRepeatable isDeprecated deprecationReason \
             locations args{old} {{ ...InputValue }} }} }} }} \
             fragment FullType on __Type {{ kind name description specifiedByURL isOneOf \
             fields{old} {{ name description args{old} {{ ...InputValue }} \
             type {{ ...TypeRef }} isDeprecated deprecationReason }} \
             inputFields{old} {{ ...InputValue }} interfaces {{ ...TypeRef }} \
             enumValues{old} {{ name description isDeprecated deprecationReason }} \
             possibleTypes {{ ...TypeRef }} }} \
             fragment InputValue on __InputValue {{ name description type {{ ...TypeRef }} \
             defaultValue isDeprecated deprecationReason }} \
             fragment TypeRef on __Type {{ {type_ref} }}"
        );

        assert_eq!(admit(&text, &Limits::PORTAL), Ok(()));
    }

    #[test]
    fn a_page_of_components_passes() {
        let text = "query Inbox($first: Int = 20) { viewer { ...Header tickets(first: $first) { \
                    edges { node { ...Row } } } } } fragment Header on Viewer { name } \
                    fragment Row on Ticket { id title open: messages(first: 1) { edges { node { \
                    author { name } } } } }";
        assert_eq!(admit(text, &Limits::PORTAL), Ok(()));
    }
}
