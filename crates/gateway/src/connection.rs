//! Relay connections, once for all nouns.

use async_graphql::{
    OutputType,
    connection::{Connection, Edge},
};
use kernel::Slice;

/// The connection type of a node.
pub(crate) type Page<N> = Connection<String, N>;

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
