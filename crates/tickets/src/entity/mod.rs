//! The tables of this crate.

pub mod answers;
pub mod assignment;
pub mod attachment;
pub mod breach;
pub mod canned;
pub mod category;
pub mod clock;
pub mod entry;
pub mod escalation;
pub mod exposure;
pub mod form_shape;
pub mod form_version;
pub mod internal_answers;
pub mod item;
pub mod item_note;
pub mod mention;
pub mod merge;
pub mod participant;
pub mod pause;
pub mod settings;
pub mod status_label;
pub mod ticket;
pub mod ticket_item;
pub mod triage;
pub mod version;
pub mod view;
