//! The tables of this crate.

pub mod assignment;
pub mod attachment;
pub mod category;
pub mod clock;
pub mod entry;
pub mod participant;
pub mod ticket;
