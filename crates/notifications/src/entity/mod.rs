//! The tables of this crate.

pub mod mail;
pub mod news;
pub mod opt_out;
