//! The binary's parts: command line, settings, wiring. The only crate that
//! reads the environment.
//!
//! | file | what it holds |
//! |---|---|
//! | `cli.rs` | the commands and their arguments |
//! | `settings.rs` | from file and environment, refused by name when wrong |
//! | `serve.rs` | the server: database, keys, worker, listeners |
//! | `listen.rs` | connections: from a listener to the router |
//! | `live.rs` | the worker's reaction that feeds live streams |
//! | `mail.rs` | how mail leaves: the reaction that queues it, the sender |
//! | `mailbox/` | the page that shows the mails of demo and development |
//! | `chores.rs` | what a server does now and then |
//! | `keys.rs` | listing and rotating the signing keys |
//! | `correspondence.rs` | who is told what: from facts and people to letters |
//! | `workspaces.rs` | the operator's commands on workspaces |
//! | `founding.rs` | the reaction that makes a new workspace ready |
//! | `doctor.rs` | what is wrong with an installation, and what to do |
//! | `demo/` | the invented world, `load.rs` writes it |
//! | `logging.rs` | where the log goes |
// As in the gateway: with optimisation its futures are laid out here.
#![recursion_limit = "256"]

mod chores;
pub mod cli;
pub mod clocks;
pub mod correspondence;
mod demo;
mod doctor;
pub mod founding;
mod keys;
mod listen;
pub mod live;
mod logging;
pub mod mail;
mod mailbox;
mod serve;
mod settings;
mod workspaces;
