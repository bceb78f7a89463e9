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

/// Declares the connection of a node that is for staff alone. The library's own
/// cannot carry the mark, and what returns an internal type needs it.
macro_rules! internal_connection {
    ($node:ident: $connection:ident $connection_name:literal, $edge:ident $edge_name:literal) => {
        /// A page of a list, for staff.
        pub(crate) struct $connection {
            slice: kernel::Slice<(String, $node)>,
            has_previous: bool,
        }

        impl $connection {
            pub(crate) fn new(slice: kernel::Slice<(String, $node)>, has_previous: bool) -> Self {
                Self {
                    slice,
                    has_previous,
                }
            }
        }

        /// A page of a list, for staff.
        #[async_graphql::Object(name = $connection_name, directive = crate::audience::internal::apply())]
        impl $connection {
            /// The rows with their cursors.
            #[graphql(
                guard = "crate::audience::Internal",
                directive = crate::audience::internal::apply()
            )]
            async fn edges(&self) -> Vec<$edge<'_>> {
                self.slice.rows.iter().map($edge).collect()
            }

            /// The rows.
            #[graphql(
                guard = "crate::audience::Internal",
                directive = crate::audience::internal::apply()
            )]
            async fn nodes(&self) -> Vec<&$node> {
                self.slice.rows.iter().map(|(_, node)| node).collect()
            }

            /// Whether there are rows before and behind the page.
            #[graphql(
                guard = "crate::audience::Internal",
                directive = crate::audience::internal::apply()
            )]
            async fn page_info(&self) -> async_graphql::connection::PageInfo {
                let cursor = |row: Option<&(String, $node)>| row.map(|(cursor, _)| cursor.clone());
                async_graphql::connection::PageInfo {
                    has_previous_page: self.has_previous,
                    has_next_page: self.slice.has_next,
                    start_cursor: cursor(self.slice.rows.first()),
                    end_cursor: cursor(self.slice.rows.last()),
                }
            }
        }

        /// A row of a list with its cursor, for staff.
        pub(crate) struct $edge<'a>(&'a (String, $node));

        /// A row of a list with its cursor, for staff.
        #[async_graphql::Object(name = $edge_name, directive = crate::audience::internal::apply())]
        impl $edge<'_> {
            /// Where the row stands in the list.
            #[graphql(
                guard = "crate::audience::Internal",
                directive = crate::audience::internal::apply()
            )]
            async fn cursor(&self) -> &str {
                &self.0.0
            }

            /// The row.
            #[graphql(
                guard = "crate::audience::Internal",
                directive = crate::audience::internal::apply()
            )]
            async fn node(&self) -> &$node {
                &self.0.1
            }
        }
    };
}

pub(crate) use internal_connection;
