//! The tables of this crate.

pub mod mail;
