//! Relay connections, once for all nouns.

use async_graphql::{
    OutputType,
    connection::{Connection, Edge},
};
use kernel::Slice;

use crate::limits::{PAGE_DEFAULT, PAGE_MAX};

/// The connection type of a node.
pub(crate) type Page<N> = Connection<String, N>;

/// How many nodes a page counts for when the cost of an operation is added up.
/// A page of more is refused, so it counts for no more: pages in pages of
/// billions would be beyond counting.
pub(crate) fn nodes(first: Option<i32>) -> usize {
    first.map_or(PAGE_DEFAULT, |first| {
        usize::try_from(first).unwrap_or(0).min(PAGE_MAX)
    })
}

/// A page of nodes with their cursors.
pub(crate) fn page<N: OutputType>(slice: Slice<(String, N)>, has_previous: bool) -> Page<N> {
    let mut connection = Connection::new(has_previous, slice.has_next);
    connection.edges.extend(
        slice
            .rows
            .into_iter()
            .map(|(cursor, node)| Edge::new(cursor, node)),
    );
    connection
}
