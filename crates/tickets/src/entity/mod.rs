//! The tables of this crate.

pub mod assignment;
pub mod attachment;
pub mod breach;
pub mod category;
pub mod clock;
pub mod entry;
pub mod exposure;
pub mod item;
pub mod item_note;
pub mod participant;
pub mod pause;
pub mod settings;
pub mod ticket;
pub mod ticket_item;
pub mod triage;
pub mod view;
