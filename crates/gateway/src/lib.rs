//! The GraphQL gateway: two schemas over one set of resolvers, and the
//! transports that carry them.
//!
//! There is no SQL here and no rule about who may see what: resolvers parse,
//! make one domain call, and answer. What clients may not know is absent from
//! the portal's schema (`audience/`), out of scope in the domains, and in
//! tables that portal reads never touch.
//!
//! | file | what it holds |
//! |---|---|
//! | `audience/` | the `@internal` directive and guard, the pruning, the allow-list |
//! | `schema.rs` | the roots of both schemas, and their SDL |
//! | `caller.rs` | what a request says of who sends it |
//! | `services.rs` | what every request shares: store, clock, keys, hub |
//! | `session.rs` | from a session to a viewer, cached for seconds |
//! | `cookie.rs`, `held.rs` | the cookie of a browser, and the session it stands for |
//! | `context.rs` | who asks, for resolvers |
//! | `refusal.rs` | the one place that turns a fault into a GraphQL error |
//! | `connection.rs`, `node.rs`, `batch.rs` | pages, ids and relations, once for all nouns |
//! | `limits.rs`, `document/` | what a document may cost, and how that is counted |
//! | `engine.rs`, `answer.rs`, `persisted.rs` | one request through schema and limits |
//! | `reader.rs` | reading as somebody, for mails |
//! | `csv.rs` | comma-separated values that no spreadsheet takes for formulas |
//! | `shape.rs` | an answer's order and nulls, as the specification asks |
//! | `http/` | routes, GET and POST, the specification's status codes |
//! | `live/` | events for subscriptions; WebSocket and SSE |
//! | `identity/`, `documents/`, `tickets/`, `notifications/` | one folder per domain crate |
// The members of the roots are merged one within the other, and so are the futures that
// resolve them: the compiler works out one layout for all of it.
#![recursion_limit = "256"]

mod answer;
mod audience;
mod batch;
mod caller;
mod connection;
mod context;
mod contracts;
mod cookie;
mod csv;
mod document;
mod documents;
mod engine;
mod held;
mod http;
mod identity;
pub mod limits;
mod live;
mod node;
mod notifications;
mod payload;
mod persisted;
mod reader;
mod refusal;
mod schema;
mod services;
mod session;
mod shape;
mod tickets;

#[doc(hidden)]
pub use engine::SecondWall;
pub use http::unsubscribe_address;
pub use http::{Faces, TrustedProxies, router};
pub use live::Hub;
pub use node::{entry_id, join_request_id, staff_member_id, ticket_id};
pub use reader::{Reader, Unread};
pub use schema::{candidate_sdl, full_sdl, portal_sdl};
pub use services::{Services, ServicesConfig};
