//! The end-to-end tests: personas against the real router, on both databases.

mod house;
mod lifecycle;
mod refusals;
mod schema;
mod sessions;
mod statements;
mod two_worlds;
mod visibility;
mod walls;
