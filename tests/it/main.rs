//! The end-to-end tests: personas against the real router, on both databases.

mod accounts;
mod bad_input;
mod crash;
mod desk;
mod faults;
mod files;
mod finding;
mod house;
mod http;
mod lifecycle;
mod live;
mod mail;
mod outbox;
mod refusals;
mod schema;
mod sessions;
mod shapes;
mod sharing;
mod sla;
mod sockets;
mod statements;
mod two_worlds;
mod visibility;
mod walk;
mod walls;
mod weight;
