//! The tables of this crate.

pub mod assignment;
pub mod attachment;
pub mod breach;
pub mod category;
pub mod clock;
pub mod entry;
pub mod participant;
pub mod pause;
pub mod settings;
pub mod ticket;
pub mod triage;
pub mod view;
